"""Which way letters run: levels by the Unicode bidirectional algorithm (UAX 9), and their order.

The library gives the letters as they stand from left to right, but not where each came from. So
every letter takes two marks along that the algorithm passes over: they say which letter it was,
and, by their own order, which way it runs there.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from itertools import groupby

from deckgen.letters import EVERYDAY

_FROM_RIGHT = (
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LANGUAGES = frozenset("ar arc ckb dv fa he iw ks ku-arab nqo ps sd syr ug ur uz-arab yi".split())
_SCRIPTS = frozenset("adlm arab hebr mand nkoo rohg samr syrc thaa".split())
# Tags (U+E0020 and on) count as marks that bound nothing (BN) and are drawn by no font. A letter
# is named by one of the first half and one of the second.
_TAG, _HALF = 0xE0020, 47
_MOST = _HALF * _HALF  # letters at a time; a paragraph on a card has a tenth of that
_MARKED = re.compile("([\U000e0020-\U000e007e]{2})")


def is_rtl(language: str) -> bool:
    """True if a language such as "ar" or "he-IL" is written from right to left."""
    first, *others = language.lower().replace("_", "-").split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    if script:
        return script in _SCRIPTS
    return first in _LANGUAGES


def runs_back(text: str) -> bool:
    """True if a text has letters that run from right to left."""
    return not EVERYDAY.issuperset(text) and re.search(_FROM_RIGHT, text) is not None


def starts_rtl(text: str) -> bool:
    """True if the first letter that has a direction runs from right to left."""
    if not runs_back(text):
        return False
    from bidi import get_base_level

    return bool(get_base_level(text))


@lru_cache(maxsize=4096)
def levels(text: str, base: int) -> bytes:
    """The level of every character: even ones run from left to right, odd ones back.

    `base` is that of the paragraph: 0, or 1 if it runs from right to left.
    """
    if len(text) > _MOST:
        return b"".join(levels(text[i : i + _MOST], base) for i in range(0, len(text), _MOST))
    from bidi import get_display

    marks = [chr(_TAG + i // _HALF) + chr(_TAG + _HALF + i % _HALF) for i in range(len(text))]
    # The sign at the end keeps the last marks from counting as space there (L1).
    named = "".join(map("".join, zip(text, marks, strict=True))) + "!"
    shown = get_display(named, base_dir="LR"[base])
    order, back = list[int](), set[int]()
    for mark in _MARKED.findall(shown):
        one, other = (ord(c) - _TAG for c in mark)
        at = one * _HALF + other - _HALF if one < other else other * _HALF + one - _HALF
        order.append(at)
        if one > other:
            back.add(at)
    found = bytearray(len(text))
    _sink(order, back, base, found)
    return bytes(found)


def _sink(order: list[int], back: set[int], level: int, found: bytearray) -> None:
    """Levels from an order (left to right): what stands in its place and runs that way is here.

    Anything else is in a stretch of a higher level that was turned round as a whole.
    """
    if level % 2:
        order = order[::-1]
    first, high, start = min(order, default=0), -1, 0
    for i, at in enumerate(order):
        high = max(high, at)
        if high != first + i:
            continue  # a stretch is not complete yet
        stretch = order[start : i + 1]
        start = i + 1
        if len(stretch) == 1:
            found[at] = level + ((at in back) != bool(level % 2))
        else:
            _sink(stretch[::-1] if level % 2 else stretch, back, level + 1, found)


def visual_order(found: bytes) -> list[tuple[int, int, int]]:
    """Stretches of one level (start, end, level) as they stand from left to right (UAX 9, L2)."""
    stretches, at = list[tuple[int, int, int]](), 0
    for level, group in groupby(found):
        size = sum(1 for _ in group)
        stretches.append((at, at + size, level))
        at += size
    for turn in range(max(found, default=0), 0, -1):
        turned = list[tuple[int, int, int]]()
        for high, same in groupby(stretches, partial(_reaches, turn)):
            whole = list(same)
            turned += reversed(whole) if high else whole
        stretches = turned
    return stretches


def _reaches(level: int, stretch: tuple[int, int, int]) -> bool:
    return stretch[2] >= level
