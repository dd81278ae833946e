"""A day as somebody wrote it → a date, if it can mean one day only. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_NUMBERS = re.compile(r"(\d{1,4})\s*([./\-])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?")
_TOKENS = re.compile(r"\d+|[^\W\d_]+", re.UNICODE)
_SIGNS = re.compile(r"[\w\s.,/’'\-]*")  # what may stand in a day that is written in words
_BESIDE = frozenset("st nd rd th the of de del di do er º ª den".split())
_MONTHS_EN = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_DAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# English is written in both orders. A deck that says no country leaves it open, as do countries
# where both are common.
_MONTH_FIRST, _EITHER = frozenset({"US"}), frozenset({"", "CA", "PH", "ZA"})
_YEARS = (1990, 2199)


class Habits(Struct, frozen=True):
    """How days are written in a language: the order of day, month and year ("dmy"; "" if it isn't
    known), and the numbers of its months and weekdays (0 for Monday) by their names.
    """

    order: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]


def habits_of(language: str) -> Habits:
    """Those of a deck's language. English names are understood in every deck."""
    months, weekdays = _names(_MONTHS_EN, 1), _names(_DAYS_EN, 0)
    main, _, country = language.partition("-")
    if main == "en":
        country = country.rpartition("-")[2].upper()
        order = "mdy" if country in _MONTH_FIRST else "" if country in _EITHER else "dmy"
        return Habits(order, months, weekdays)
    from deckgen.wording.languages import calendar_of

    known = calendar_of(language)
    return Habits(known.order, {**months, **known.months}, {**weekdays, **known.weekdays})


def day_written(written: str, habits: Habits) -> date | None:
    """The day that is meant; None if it may be another, or none.

    "12/3/2027" is a day where people write one order only, "14/3/2027" in every order; "12 March"
    and "next week" are none, as they have no year.
    """
    said = " ".join(written.split()).strip(" .,;")
    if found := _ISO.fullmatch(said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    weekday, said = _without_weekday(said, habits)
    said = said.rstrip(".")
    found = _NUMBERS.fullmatch(said)
    day = _of_numbers(found, habits.order) if found else _of_words(said, habits)
    return day if day and weekday in (None, day.weekday()) else None


def _names(names: tuple[str, ...], first: int) -> dict[str, int]:
    """Names in full and in short."""
    made = {name[:3]: number for number, name in enumerate(names, first)}
    made |= {"sept": 9} if first else {"tues": 1, "thur": 3, "thurs": 3}
    return made | {name: number for number, name in enumerate(names, first)}


def _without_weekday(said: str, habits: Habits) -> tuple[int | None, str]:
    first = re.match(r"([^\W\d_]+)[.,]*\s+(?=.*\d)", said)
    weekday = habits.weekdays.get(first[1].casefold()) if first else None
    if first is None or weekday is None or first[1].casefold() in habits.months:
        return None, said
    return weekday, said[first.end() :]


def _of_numbers(found: re.Match[str], order: str) -> date | None:
    """Three numbers: in the language's order, or in the only one that makes a day of them."""
    one, two, three = found[1], found[3], found[4]
    if len(one) in (3, 4):
        return _day(int(one), int(two), int(three)) if len(one) == 4 and len(three) < 3 else None
    if len(three) not in (2, 4) or order == "ymd":  # where 12.3.27 may begin with its year
        return None
    year = int(three) + (2000 if len(three) == 2 else 0)
    first, second = int(one), int(two)
    if order == "dmy":
        return _day(year, second, first)
    if order == "mdy":
        return _day(year, first, second)
    if len(three) == 2:
        return None
    days = {_day(year, second, first), _day(year, first, second)} - {None}
    return days.pop() if len(days) == 1 else None


def _of_words(said: str, habits: Habits) -> date | None:
    """A day, a month by its name and a year, in any order that has the year at an end."""
    if not _SIGNS.fullmatch(said):
        return None
    tokens = [token.casefold() for token in _TOKENS.findall(said)]
    months = [habits.months[token] for token in tokens if token in habits.months]
    numbers = [token for token in tokens if token.isdigit()]
    others = {token for token in tokens if not token.isdigit() and token not in habits.months}
    if len(months) != 1 or len(numbers) != 2 or others - _BESIDE:
        return None
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) != 1 or len(days) != 1:
        return None
    return _day(int(years[0]), months[0], int(days[0]))


def _day(year: int, month: int, day: int) -> date | None:
    if not _YEARS[0] <= year <= _YEARS[1]:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
