"""The tile picture: quarter, half and whole discs on a square grid, drawn from a seed.

On a card the number of strong tiles is the card's number, so K7 shows seven.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from random import Random

from msgspec import Struct

from deckgen.geometry import Matrix
from deckgen.layout.setting.shapes import KAPPA, circle, mapped, turned
from deckgen.model.drawing import Segment, Shape

Cell = tuple[int, int]  # row from the bottom, column from the left

_QUIET_KINDS = ("quarter",) * 4 + ("half",) * 3 + ("disc", "ring", "ring", "leaf", "leaf", "dot")
_RING = 0.17  # how thick a ring is, in sides of a tile
# What a section's pictures are made of that shares its colours with others; 0 is all kinds.
_PATTERNS = (
    _QUIET_KINDS,
    ("ring", "ring", "dot"),
    ("leaf",),
    ("quarter",),
    ("half",),
    ("disc", "dot"),
    ("leaf", "ring"),
    ("half", "quarter"),
)
_STRONG_KINDS = ("disc", "disc", "quarter", "quarter", "leaf", "half")


class Tile(Struct, frozen=True):
    """One tile: what it shows, where, how it is turned, and whether it counts."""

    kind: str
    cell: Cell
    quarter_turns: int
    tone: int
    strong: bool


def card_tiles(
    seed: str, rows: int, columns: int, strong: int, free: frozenset[Cell], pattern: int = 0
) -> list[Tile]:
    """The tiles of a card's picture; `free` cells stay empty (the code stands there).

    Sections of one colour differ in their `pattern`.
    """
    random = Random(f"deckgen tiles {seed}")
    cells = [(r, c) for r in range(rows) for c in range(columns) if (r, c) not in free]
    counted = _spread(cells, strong, random)
    kinds = _bag(random, _PATTERNS[pattern % len(_PATTERNS)])
    tiles = []
    for row, column in cells:
        counts = (row, column) in counted
        kind = next(kinds)
        if counts:
            kind = random.choice(_STRONG_KINDS)
        turn, tone = random.randrange(4), random.randrange(4)
        tiles.append(Tile(kind, (row, column), turn, (tone + row + column) % 4, counts))
    return tiles


def _bag(random: Random, of: tuple[str, ...] = _QUIET_KINDS) -> Iterator[str]:
    """Kinds in a random order in which each comes up as often as in the list."""
    while True:
        bag = list(of)
        random.shuffle(bag)
        yield from bag


def _spread(cells: list[Cell], wanted: int, random: Random) -> set[Cell]:
    """Choose cells, neighbours only when there is no other room."""
    pool = cells[:]
    random.shuffle(pool)
    chosen: list[Cell] = []
    for apart in (True, False):
        for cell in pool:
            near = any(abs(cell[0] - r) + abs(cell[1] - c) < 2 for r, c in chosen)
            if len(chosen) < wanted and cell not in chosen and not (apart and near):
                chosen.append(cell)
    return set(chosen)


def tile_path(kind: str, side_pt: float, *, outline: bool) -> tuple[Segment, ...]:
    """A tile around the origin. An outlined one is drawn inside its cell."""
    r = side_pt / 2 - (0.75 if outline else 0.0)
    k = 2 * r * KAPPA
    if kind == "quarter":
        return ("m", -r, -r), ("l", r, -r), ("c", r, k - r, k - r, r, -r, r), ("h",)
    if kind == "half":
        h = r * KAPPA
        return (
            ("m", -r, 0.0),
            ("c", -r, -h, -h, -r, 0.0, -r),
            ("c", h, -r, r, -h, r, 0.0),
            ("h",),
        )
    if kind == "leaf":
        return (
            ("m", -r, -r),
            ("c", k - r, -r, r, r - k, r, r),
            ("c", r - k, r, -r, k - r, -r, -r),
            ("h",),
        )
    return circle(0.0, 0.0, {"disc": r, "ring": r, "dot": side_pt * 0.17}[kind])


def tile_shapes(
    tile: Tile, side_pt: float, at: Matrix, colour: str, *, outline: bool
) -> tuple[Shape, ...]:
    """The tile as shapes, the grid's lower left corner at the origin of `at`."""
    return _drawn(tile.kind, tile.cell, tile.quarter_turns, side_pt, at, colour, outline)


# Tiles repeat on every card: equal ones are one and the same object.
@lru_cache(maxsize=8192)
def _drawn(
    kind: str, cell: Cell, turns: int, side_pt: float, at: Matrix, colour: str, outline: bool
) -> tuple[Shape, ...]:
    paths = _paths(kind, cell, turns, side_pt, at, outline)
    if outline:
        return tuple(Shape(path, stroke=colour, width_pt=1.4) for path in paths)
    if kind == "ring":
        return tuple(Shape(path, stroke=colour, width_pt=side_pt * _RING) for path in paths)
    return tuple(Shape(path, fill=colour) for path in paths)


@lru_cache(maxsize=8192)
def _paths(
    kind: str, cell: Cell, turns: int, side_pt: float, at: Matrix, outline: bool
) -> tuple[tuple[Segment, ...], ...]:
    """A tile's paths in their place; they are the same in all colours."""
    row, column = cell
    centre = Matrix(e=(column + 0.5) * side_pt, f=(row + 0.5) * side_pt)
    place = turned(90.0 * turns).then(centre).then(at)
    paths = [tile_path(kind, side_pt, outline=outline)]
    if kind == "ring" and outline:
        paths.append(circle(0.0, 0.0, side_pt * 0.28))
    elif kind == "ring":
        paths = [circle(0.0, 0.0, (side_pt - side_pt * _RING) / 2)]
    return tuple(mapped(path, place) for path in paths)


@lru_cache
def into_bleed(
    cell: Cell, rows: int, columns: int, side_pt: float, at: Matrix
) -> tuple[Matrix, ...]:
    """Where copies of an edge tile have their grid so that the picture runs on past the trim,
    mirrored.

    A cut a little off then shows more of the tile instead of bare ground. The grid ends at the
    left, right and top trim; below it, the card goes on.
    """
    row, column = cell
    mirrors = []
    if column == 0:
        mirrors.append(Matrix(a=-1.0, e=2 * at.e))
    if column == columns - 1:
        mirrors.append(Matrix(a=-1.0, e=2 * (at.e + columns * side_pt)))
    if row == rows - 1:
        up = Matrix(d=-1.0, f=2 * (at.f + rows * side_pt))
        mirrors += [up, *(mirror.then(up) for mirror in mirrors)]
    return tuple(at.then(mirror) for mirror in mirrors)


def mosaic(
    seed: str, rows: int, columns: int, keys: tuple[str, ...], weights: tuple[float, ...]
) -> list[tuple[str, Tile]]:
    """A cover picture: every cell in one section's colours, never like its neighbours."""
    random = Random(f"deckgen mosaic {seed}")
    kinds = _bag(random)
    ground: dict[Cell, str] = {}
    tiles = []
    for row in range(rows):
        for column in range(columns):
            near = {ground.get((row - 1, column)), ground.get((row, column - 1))}
            options = [k for k in keys if k not in near] or list(keys)
            weight = [weights[keys.index(k)] for k in options]
            key = random.choices(options, weight)[0]
            ground[row, column] = key
            turn, tone = random.randrange(4), random.randrange(5)
            tiles.append((key, Tile(next(kinds), (row, column), turn, tone, False)))
    return tiles
