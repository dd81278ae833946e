"""What Babel knows of languages: catalogues of words, plurals, dates.

Only decks that are not in English come here, so that all others do without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from gettext import c2py
from io import BytesIO
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, get_day_names, get_month_names
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from msgspec import Struct

Forms = tuple[str, ...]
_WIDTHS: tuple[Literal["abbreviated"], Literal["wide"]] = ("abbreviated", "wide")


@lru_cache
def locale_of(language: str) -> Locale | None:
    """What is known of a language such as "de-DE", or of its main form; None of most others."""
    parts = language.replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        found = _parsed("-".join(parts[:length]))
        if found:
            return found
    return None


def _parsed(language: str) -> Locale | None:
    from babel import UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def month_in(day: date, language: str) -> str:
    """A month in few letters: "Nov. 2027" in German; "2027-11" where the language is unknown."""
    locale = locale_of(language)
    return format_skeleton("yMMM", day, locale=locale) if locale else f"{day:%Y-%m}"


def day_in(day: date, language: str) -> str:
    """A day as people write it: "3. November 2027"; "2027-11-03" where it is unknown how."""
    locale = locale_of(language)
    return format_date(day, "long", locale=locale) if locale else day.isoformat()


class Calendar(Struct, frozen=True):
    """How days are written in a language: `order` is "dmy", "ymd" or "mdy", "" if unknown; months
    count from 1, weekdays from 0 for Monday, each by its names in small letters.
    """

    order: str = ""
    months: Mapping[str, int] = {}
    weekdays: Mapping[str, int] = {}


@lru_cache
def calendar_of(language: str) -> Calendar:
    """What is known of the days of a language; nothing of most others."""
    locale = locale_of(language)
    if locale is None:
        return Calendar()
    short = locale.date_formats["short"].pattern
    order = "".join(dict.fromkeys(sign for sign in short.lower() if sign in "dmy"))
    months, weekdays = dict[str, int](), dict[str, int]()
    # As they stand inside a day. Of names that stand alone, Babel takes some from whatever language
    # was asked for first.
    for width in _WIDTHS:
        names = get_month_names(width, context="format", locale=locale)
        months |= {_bare(name): number for number, name in names.items()}
        days = get_day_names(width, context="format", locale=locale)
        weekdays |= {_bare(name): number for number, name in days.items()}
    return Calendar(order, months, weekdays)


def _bare(name: str) -> str:
    return name.casefold().strip(". ")


@lru_cache
def plural_of(language: str) -> tuple[int, Callable[[int], int]]:
    """How many forms a counted word has, and which of them goes with a number."""
    locale = locale_of(language)
    rule = get_plural(locale) if locale else get_plural("en")
    return rule.num_plurals, c2py(rule.plural_expr)


def messages_in(catalogue: bytes, language: str) -> Mapping[str, Forms]:
    """The translated words of a .po file by their English; doubtful ones are left out."""
    read = read_po(BytesIO(catalogue), locale=locale_of(language), abort_invalid=True)
    found = {_forms(m.id)[0]: _forms(m.string) for m in read if m.id and not m.fuzzy}
    return {key: forms for key, forms in found.items() if all(forms)}


def keys_in(template: bytes) -> Mapping[str, Forms]:
    """The English words of a .pot file; those that are counted have a form for one and another."""
    read = read_po(BytesIO(template), abort_invalid=True)
    return {_forms(m.id)[0]: _forms(m.id) for m in read if m.id}


def _forms(written: object) -> Forms:
    return tuple(written) if isinstance(written, list | tuple) else (str(written or ""),)
