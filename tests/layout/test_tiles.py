"""The picture counts: as many strong tiles as the card's number, always the same."""

from __future__ import annotations

import pytest

from deckgen.layout.tiles import card_tiles, mosaic


@pytest.mark.parametrize("number", range(13))
def test_strong_tiles_count_the_card(number: int) -> None:
    free = frozenset({(0, 0), (0, 1)})
    tiles = card_tiles(f"K{number}", 4, 5, number, free)
    assert sum(tile.strong for tile in tiles) == number
    assert len(tiles) == 18 and not free & {tile.cell for tile in tiles}


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
