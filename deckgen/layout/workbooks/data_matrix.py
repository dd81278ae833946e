"""Data Matrix symbols of six digits: ISO/IEC 16022, ECC 200, the smallest size, 10×10 modules."""

from __future__ import annotations

from deckgen.layout.faces.qr import Modules
from deckgen.layout.workbooks.reed_solomon import check_words

SIDE = 10  # modules
MOST = 999_999
_INSIDE = SIDE - 2
_FIELD, _FIRST_ROOT, _CHECKS = 0x12D, 1, 5
_TWO_DIGITS = 130  # and their value: a word that stands for them
# Where the last bit of each word goes, row and column in the inside of a symbol of this size; and
# where its eight bits go from there. What leaves the inside comes in again on the other side.
_WORDS_AT = ((4, 0), (2, 2), (0, 4), (1, 7), (3, 5), (5, 3), (7, 1), (6, 6))
_BITS_AT = ((-2, -2), (-2, -1), (-1, -2), (-1, -1), (-1, 0), (0, -2), (0, -1), (0, 0))


def data_matrix(number: int) -> Modules:
    """The dark modules of a number of up to six digits, row by row from the top.

    Raises ValueError if it has more digits.
    """
    if not 0 <= number <= MOST:
        raise ValueError(f"{number} has more than six digits")
    pairs = (number // 10_000, number // 100 % 100, number % 100)
    words = [_TWO_DIGITS + pair for pair in pairs]
    words += check_words(words, _CHECKS, _FIELD, _FIRST_ROOT)
    # Solid at the left and below; dark and light in turn above and at the right.
    rows = [[row == SIDE - 1 or column == 0 for column in range(SIDE)] for row in range(SIDE)]
    rows[0] = [column % 2 == 0 for column in range(SIDE)]
    for row in range(1, SIDE):
        rows[row][-1] = row % 2 == 1
    for word, (row, column) in zip(words, _WORDS_AT, strict=True):
        for bit, (down, right) in enumerate(_BITS_AT):
            place = rows[1 + (row + down) % _INSIDE]
            place[1 + (column + right) % _INSIDE] = bool(word >> 7 - bit & 1)
    return tuple(map(tuple, rows))
