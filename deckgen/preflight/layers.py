"""Ink where paint lies over other paint and does not knock it out: overprint, Multiply, Darken.

Told from the graphics state and from the boxes around shapes, so no picture of the page is needed.
What this can't see is in docs/printing.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from deckgen.geometry import Matrix
from deckgen.preflight.content import STROKES, TEXT, Box, Inks, Paint, State, Walk, mode_of
from deckgen.preflight.entries import entry
from deckgen.preflight.inspected import Inspected
from deckgen.preflight.reach import least_growth
from deckgen.preflight.resources import PROCESS, overprints

_PATHS = frozenset(b"m l c v y re".split())
_FILLS = frozenset(b"f F f* B B* b b*".split())
_ENDS = STROKES | _FILLS | {b"n"}
_LETTER = 0.25  # of its size a letter surely takes, to the right of where it begins


def piles(state: Any) -> bool:
    """Whether an ExtGState lets paint pile up."""
    return overprints(state) or mode_of(state) in _MIXED


class Layers(Walk):
    """Follows a page once more, and adds up the inks of paint over paint."""

    def __init__(self, file: Inspected) -> None:
        super().__init__(file)
        # Each paint by its number: where its inks are, if they are known, and what hides all below.
        self._areas: dict[tuple[tuple[str, float], ...], list[tuple[int, Box]]] = {}
        self._hiding: list[tuple[int, Box]] = []
        self._count = 0
        self._points: list[tuple[float, float]] = []
        self._pieces, self._clips = list[bytes](), False

    def _step(self, state: State, operands: Any, operator: bytes) -> State:
        if operator in _PATHS:
            self._extend(state.matrix, [float(v) for v in operands], operator)
        elif operator in (b"W", b"W*"):
            self._clips = True
        elif operator in _ENDS:
            state = self._end(state, operator)
        elif operator in TEXT:
            place, part = state.text.then(state.matrix), _LETTER * state.size
            box = _bounds([place.apply(0, 0), place.apply(part, part)])
            self._paint(state, state.fill, _common(box, state.clip))
        return super()._step(state, operands, operator)

    def _extend(self, matrix: Matrix, values: Sequence[float], operator: bytes) -> None:
        if operator == b"re":
            x, y, width, height = values
            values = (x, y, x + width, y, x, y + height, x + width, y + height)
        self._points += [matrix.apply(*values[i : i + 2]) for i in range(0, len(values), 2)]
        self._pieces.append(operator)

    def _end(self, state: State, operator: bytes) -> State:
        """A path ends: it is painted, and limits what comes after if it clips."""
        if self._points:
            box = _common(_bounds(self._points), state.clip)
            whole = self._pieces == [b"re"] and _upright(state.matrix) and state.boxed
            if operator in _FILLS:
                self._paint(state, state.fill, box, whole)
            if operator in STROKES:
                half = state.width * least_growth(state.matrix) / 2
                wide = (box[0] - half, box[1] - half, box[2] + half, box[3] + half)
                self._paint(state, state.stroke, _common(wide, state.clip))
            if self._clips:
                state = replace(state, clip=box, boxed=whole)
        self._points, self._pieces, self._clips = [], [], False
        return state

    def _external(self, state: State, thing: Any) -> None:
        if entry(thing, "/Subtype") == "/Image" and not entry(thing, "/ImageMask"):
            corners = [state.matrix.apply(x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
            masked = entry(thing, "/SMask") is not None or "/Mask" in thing
            whole = _upright(state.matrix) and state.boxed and not masked
            unknown, box = replace(state.fill, inks=None), _common(_bounds(corners), state.clip)
            self._paint(state, unknown, box, whole)
        elif entry(thing, "/Group") and state.mode in _MIXED and state.floor is None:
            state = replace(state, floor=self._count)
        super()._external(state, thing)

    def _paint(self, state: State, paint: Paint, box: Box, whole: bool = False) -> None:
        if box[0] >= box[2] or box[1] >= box[3] or state.masked or not paint.part:
            return
        self._count += 1
        if whole and paint.part == 1 and state.mode == "/Normal" and not paint.over:
            self._hiding.append((self._count, box))
        if paint.inks is not None:
            own = {plate: ink * paint.part for plate, ink in paint.inks.items()}
            self._note(box, own)
            if paint.over or state.mode in _MIXED:
                nonzero = state.nonzero and paint.plates == PROCESS
                self._note(*self._piled(state, box, own, nonzero))

    def _note(self, box: Box, inks: Inks) -> None:
        self._areas.setdefault(tuple(sorted(inks.items())), []).append((self._count, box))

    def _piled(self, state: State, box: Box, own: Inks, nonzero: bool) -> tuple[Box, Inks]:
        """The fullest that comes of paint on what is below it, and where."""
        most, place = own, box
        last = self._count if state.floor is None else state.floor + 1
        first = max((n for n, area in self._hiding if _common(area, box) == box), default=0)
        for key, areas in self._areas.items():
            piled = _onto(dict(key), own, state.mode, nonzero)
            self.file.spend(1)
            if sum(piled.values()) <= sum(most.values()):
                continue
            self.file.spend(len(areas) // 16)  # a comparison takes less than an operator
            for number, area in areas:
                common = _common(area, box)
                if first <= number < last and common[0] < common[2] and common[1] < common[3]:
                    most, place = piled, common
                    break
        self.check_ink(most, "{:.0f} % ink in layers")
        return place, most


def _multiplied(one: float, other: float) -> float:
    return one + other - one * other / 100


_MIXED: Mapping[str, Callable[[float, float], float]] = {"/Multiply": _multiplied, "/Darken": max}


def _onto(below: Inks, own: Inks, mode: str, nonzero: bool) -> Inks:
    """What is on each plate once paint lies on other paint."""
    if mode in _MIXED:
        return {p: _MIXED[mode](below.get(p, 0), own.get(p, 0)) for p in {**below, **own}}
    return {**below, **{plate: ink for plate, ink in own.items() if ink or not nonzero}}


def _bounds(points: Sequence[tuple[float, float]]) -> Box:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _common(one: Box, other: Box) -> Box:
    """Where two boxes overlap; without size if they don't."""
    (a, b, c, d), (e, f, g, h) = one, other
    return max(a, e), max(b, f), min(c, g), min(d, h)


def _upright(matrix: Matrix) -> bool:
    return not (matrix.b or matrix.c) or not (matrix.a or matrix.d)
