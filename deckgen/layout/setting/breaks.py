"""Where a word may be broken at the end of a line (UAX 14), and what is drawn there.

Soft hyphens and zero-width spaces say it themselves. Chinese, Japanese, Thai, Lao, Khmer and
Burmese are broken as Unicode's library has it, with its dictionaries. Any other word is broken only
if it is too wide for its column: an address after its signs, a word by its language's patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from deckgen.letters import EVERYDAY

# What stands between two pieces of a line: a space, nothing, or a hyphen if the line ends there.
SPACE, NOTHING, HYPHEN = " ", "", "\u00ad"
# A piece of a word, and what stands behind it.
Piece = tuple[str, str]

MARKS = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))  # they are seen only where a line ends
_MARKED = "([\u00ad\u200b])"
# What follows is text, compiled when it's wanted: few decks want it.
_BEYOND = "[^\0-\u0dff\u1e00-\u2bff]"  # what may be of such a script
# Scripts that are written without spaces, and the signs of their lines.
_SPACELESS = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u2e80-\u312f\u3190-\ua4cf"
    "\ua9e0-\ua9ff\uaa60-\uaadf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f]"
)
_RARE = "\U00020000"  # from here on all are Chinese
_ADDRESS = r"[\w)]/[\w(]|://|^www\.|\w@\w|\w\.\w+\.\w"
_IN_ADDRESS = r"(?<=[/?&=\-._#:@%+~,;])(?![/?&=\-._#:@%+~,;])"
_AT_SIGNS = r"(?<=\w[-–—/])(?=\w)"
_LETTERS = r"[^\W\d_]{5,}"
_FEWEST = 2, 3  # letters before a hyphen, and after it


def breaks_anywhere(text: str) -> bool:
    """True if a text may be broken elsewhere than at spaces, however wide its column."""
    if EVERYDAY.issuperset(text):
        return False
    return bool(re.search(_MARKED, text) or _is_unspaced(text))


@lru_cache(maxsize=4096)
def pieces(word: str, language: str, _whole: str = "") -> tuple[Piece, ...]:
    """A word in pieces between which a line may end. The last has a space behind it."""
    found = list[Piece]()
    for text, mark in _between_marks(word):
        parts = list(_unspaced(text, language)) if _is_unspaced(text) else [text] * bool(text)
        found += [(part, NOTHING) for part in parts]
        if found and mark == HYPHEN:
            found[-1] = found[-1][0], HYPHEN
    return (*found[:-1], (found[-1][0], SPACE)) if found else ()


@lru_cache(maxsize=4096)
def forced(word: str, language: str, whole: str = "") -> tuple[Piece, ...]:
    """A word that is too wide for its column, in pieces that no other width asks for.

    It may be a part of a `whole` address.
    """
    if re.search(_ADDRESS, whole or word):
        parts = [(part, NOTHING) for part in re.split(_IN_ADDRESS, word) if part]
    else:
        parts = [p for part in re.split(_AT_SIGNS, word) for p in _hyphenated(part, language)]
    return (*parts[:-1], (parts[-1][0], SPACE))


def _is_unspaced(text: str) -> bool:
    if not re.search(_BEYOND, text):
        return False
    return max(text) >= _RARE or re.search(_SPACELESS, text) is not None


def _between_marks(word: str) -> Iterator[tuple[str, str]]:
    split = [*re.split(_MARKED, word), ""]
    yield from zip(split[::2], split[1::2], strict=True)


def _unspaced(text: str, language: str) -> Iterator[str]:
    try:
        from icu4py.breakers import LineBreaker
    except ImportError:  # which `design.settable` says
        yield text
        return
    # "strict" keeps small kana and marks of length from the beginning of a line.
    breaker = LineBreaker(text, f"{language.replace('-', '_') or 'en'}@lb=strict")
    for start, end in breaker.segments():
        yield text[start:end]


def _hyphenated(word: str, language: str) -> Iterator[Piece]:
    """A word's pieces by the patterns of its language; those that change letters are left out."""
    hyphens, last = _patterns(language), 0
    for found in re.finditer(_LETTERS, word) if hyphens else ():
        for at in hyphens.positions(found[0]):
            if at.data is None and _FEWEST[0] <= at <= len(found[0]) - _FEWEST[1]:
                yield word[last : found.start() + at], HYPHEN
                last = found.start() + at
    yield word[last:], NOTHING


@cache
def _patterns(language: str) -> Any:
    """A language's patterns for hyphens; None if there are none."""
    from pyphen import Pyphen, language_fallback

    known = language_fallback(language.replace("-", "_")) if language else None
    return Pyphen(lang=known) if known else None
