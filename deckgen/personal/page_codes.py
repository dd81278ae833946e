"""The page codes of many teams: each is worked out from what changes in the code of another.

What a QR code says, its check words and its modules hang together by sums without carry, so the
modules that another number changes are the same whatever else it says (ISO/IEC 18004, 7.5).
"""

from __future__ import annotations

from functools import lru_cache

from deckgen.geometry import Rect
from deckgen.layout.workbooks.corner_codes import page_words
from deckgen.layout.workbooks.page_qr import page_qr
from deckgen.pdf.copies import PageCode


def page_code_of(box: Rect, code: str, page: int, number: int) -> PageCode:
    """The code of a page of a team's workbook, in a square."""
    said = page_words(code, page, str(number))
    before = page_words(code, page, "0")[:-1]
    blank = before + "0" * (len(said) - len(before))
    side, bits = _bits(blank)
    for start in range(len(before) - len(before) % 2, len(said), 2):  # letters go in pairs
        bits ^= _changes(blank, start, said[start : start + 2])
    return PageCode(side, bits, box)


@lru_cache(maxsize=1 << 10)
def _bits(said: str) -> tuple[int, int]:
    """A code's modules a side, and all of them from the upper left as bits of a number."""
    rows = page_qr(said)
    return len(rows), int("".join("01"[dark] for row in rows for dark in row), 2)


@lru_cache(maxsize=1 << 14)
def _changes(blank: str, start: int, pair: str) -> int:
    """The modules that differ once a pair of letters stands at its place."""
    return _bits(blank)[1] ^ _bits(blank[:start] + pair + blank[start + len(pair) :])[1]
