"""Small QR codes of capitals and digits: ISO/IEC 18004, versions 1 and 2, level M.

Every page of a workbook has one, so this does much less than a library: it has no other sizes,
and always the same mask. Loading a library takes longer than all codes of a workbook.
"""

from __future__ import annotations

from functools import lru_cache

from deckgen.layout.faces.qr import Modules
from deckgen.layout.workbooks.reed_solomon import check_words

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
# Modules a side, words of data, check words; and how many letters that holds.
_SIZES = ((21, 16, 10, 20), (25, 28, 16, 38))
MOST_LETTERS = _SIZES[-1][-1]
_FIELD, _FIRST_ROOT = 0x11D, 0
_PADDING = (0xEC, 0x11)
_FORMAT = 0b101101101001011  # level M and mask 3, with their check bits

_Place = tuple[int, int]  # row and column


def page_qr(said: str) -> Modules:
    """The dark modules, row by row from the top, without the quiet zone.

    Raises ValueError for other letters than capitals, digits, spaces and $%*+-./: and for more
    of them than a code holds.
    """
    if len(said) > MOST_LETTERS:
        raise ValueError(f"“{said}” has more than {MOST_LETTERS} letters")
    side, data, checks = next(size[:3] for size in _SIZES if len(said) <= size[-1])
    words = _words(said, data)
    words += check_words(words, checks, _FIELD, _FIRST_ROOT)
    bits = "".join(f"{word:08b}" for word in words)
    fixed, free = _drawn(side)
    rows = [list(row) for row in fixed]
    for (row, column), bit in zip(free, bits.ljust(len(free), "0"), strict=True):
        rows[row][column] = (bit == "1") != ((row + column) % 3 == 0)
    return tuple(map(tuple, rows))


def _words(said: str, count: int) -> list[int]:
    """What is said as words of eight bits, two letters in eleven of them; then padding."""
    values = [_LETTERS.index(letter) for letter in said]
    bits = f"0010{len(values):09b}"
    for first, second in zip(values[::2], values[1::2], strict=False):
        bits += f"{45 * first + second:011b}"
    if len(values) % 2:
        bits += f"{values[-1]:06b}"
    bits += "0" * min(4, 8 * count - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)]
    return words + [_PADDING[i % 2] for i in range(count - len(words))]


@lru_cache(maxsize=len(_SIZES))
def _drawn(side: int) -> tuple[Modules, tuple[_Place, ...]]:
    """What all codes of a size share, and the places of bits in their order."""
    known = _patterns(side) | _format(side)
    order, column, up = list[_Place](), side - 1, True
    while column > 0:
        column -= column == 6  # there the size is counted out
        for row in range(side)[:: -1 if up else 1]:
            order += [at for at in ((row, column), (row, column - 1)) if at not in known]
        column, up = column - 2, not up
    rows = tuple(tuple(known.get((r, c), False) for c in range(side)) for r in range(side))
    return rows, tuple(order)


def _patterns(side: int) -> dict[_Place, bool]:
    """Three corners, the fourth of the larger size, and the modules that count the size out."""
    known = {}
    for along in range(8, side - 8):
        known[6, along] = known[along, 6] = along % 2 == 0
    for top, left in ((3, 3), (3, side - 4), (side - 4, 3)):
        for place, ring in _rings(top, left, 4):
            if all(0 <= at < side for at in place):
                known[place] = ring not in (2, 4)
    if side > _SIZES[0][0]:
        known |= {place: ring != 1 for place, ring in _rings(side - 7, side - 7, 2)}
    return known


def _rings(row: int, column: int, most: int) -> list[tuple[_Place, int]]:
    """The places around one, and how far out they are."""
    span = range(-most, most + 1)
    return [((row + r, column + c), max(abs(r), abs(c))) for r in span for c in span]


def _format(side: int) -> dict[_Place, bool]:
    """Level and mask beside the corners, twice, from their last bit on; and one that is dark."""
    bits = [bool(_FORMAT >> i & 1) for i in range(15)]
    beside = [*((row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)), (8, 7)]
    beside += [(8, column) for column in range(5, -1, -1)]
    apart = [*((8, side - 1 - i) for i in range(8)), *((row, 8) for row in range(side - 7, side))]
    known = dict(zip(beside, bits, strict=True)) | dict(zip(apart, bits, strict=True))
    return known | {(side - 8, 8): True}
