"""The picture counts: as many strong tiles as the card's number, always the same."""

from __future__ import annotations

import pytest

from deckgen.geometry import Matrix
from deckgen.layout.faces.tiles import card_tiles, into_bleed, mosaic


@pytest.mark.parametrize("number", range(13))
def test_strong_tiles_count_the_card(number: int) -> None:
    free = frozenset({(0, 0), (0, 1)})
    tiles = card_tiles(f"K{number}", 4, 5, number, free)
    assert sum(tile.strong for tile in tiles) == number
    assert len(tiles) == 18 and not free & {tile.cell for tile in tiles}


@pytest.mark.parametrize(("number", "strong"), [(18, 18), (20, 18), (21, 1), (30, 0), (107, 7)])
def test_a_number_that_nobody_counts_shows_its_last_digit(number: int, strong: int) -> None:
    tiles = card_tiles(f"K{number}", 4, 5, number, frozenset({(0, 0), (0, 1)}))
    assert sum(tile.strong for tile in tiles) == strong


def test_sections_of_one_colour_differ_in_their_pattern() -> None:
    drawn = [card_tiles("K7", 4, 5, 3, frozenset(), pattern) for pattern in range(8)]
    kinds = [frozenset(t.kind for t in tiles if not t.strong) for tiles in drawn]
    assert len(set(kinds)) == 8
    assert {sum(tile.strong for tile in tiles) for tiles in drawn} == {3}
    assert drawn[0] == card_tiles("K7", 4, 5, 3, frozenset())


def test_a_picture_depends_on_its_seed_alone() -> None:
    one = card_tiles("K7", 4, 5, 7, frozenset())
    assert one == card_tiles("K7", 4, 5, 7, frozenset())
    assert one != card_tiles("K8", 4, 5, 7, frozenset())


def test_neighbours_in_a_mosaic_differ() -> None:
    grounds = {t.cell: key for key, t in mosaic("x", 5, 6, ("a", "b", "c"), (1, 1, 1))}
    assert all(
        grounds[r, c] != grounds.get((r + 1, c)) and grounds[r, c] != grounds.get((r, c + 1))
        for r, c in grounds
    )


def test_edge_tiles_run_on_over_the_bleed_and_no_others_do() -> None:
    grid = Matrix(f=100.0)
    copies = {
        cell: len(into_bleed(cell, 4, 5, 20.0, grid))
        for cell in [(0, 0), (1, 2), (3, 2), (3, 0), (2, 4)]
    }
    assert copies == {(0, 0): 1, (1, 2): 0, (3, 2): 1, (3, 0): 3, (2, 4): 1}


def test_a_mirrored_tile_touches_the_trim_from_outside() -> None:
    (mirrored,) = into_bleed((1, 4), 4, 5, 20.0, Matrix(f=100.0))
    assert mirrored.apply(100.0, 30.0) == (100.0, 130.0)
    assert mirrored.apply(95.0, 30.0) == (105.0, 130.0)
