"""Days as people write them in a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from deckgen.model.text import plain
from deckgen.wording.say import SAY_ENGLISH, Wording

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})([./])\s?(\d{1,2})\2\s?(\d{4})")
_WORDS = re.compile(r"(\d{1,2})\.?\s+([^\W\d]+)\.?,?\s+(\d{4})|([^\W\d]+)\s+(\d{1,2}),?\s+(\d{4})")


def read_day(written: str, say: Wording) -> date | None:
    """A day: 2027-03-01, 1.3.2027, 31/3/2027, "1 March 2027", "March 1, 2027".

    None for what is none, and for 3/4/2027, which is another day in America.
    """
    said = " ".join(written.split())
    if found := _ISO.fullmatch(said):
        return _day(found[1], found[2], found[3])
    if found := _NUMBERS.fullmatch(said):
        first, between, second, year = found.groups()
        if between == "/" and first != second and int(first) <= 12:
            return _day(year, first, second) if int(second) > 12 else None
        return _day(year, second, first)
    if found := _WORDS.fullmatch(said):
        day, month, year = found.groups()[:3] if found[1] else (found[5], found[4], found[6])
        number = _months(say).get(month.casefold()) or _months(SAY_ENGLISH).get(month.casefold())
        return _day(year, number, day) if number else None
    return None


def written_day(day: date, say: Wording) -> str:
    """A day in the deck's language: "1 March 2027"."""
    return plain(say.day(day, ()))


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=4)
def _months(say: Wording) -> Mapping[str, int]:
    """The months' names, whole and of three letters, as the language says them in dates."""
    known: dict[str, int] = {}
    for month in range(1, 13):
        name = re.sub(r"[\d\W]+", " ", written_day(date(2000, month, 1), say)).split()
        for word in name[:1]:
            known[word.casefold()] = known[word[:3].casefold()] = month
    return known
