"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from deckgen.personal.days import read_day, written_day
from deckgen.wording.say import SAY_ENGLISH, Wording

GERMAN = Wording("de-DE")


@pytest.mark.parametrize(
    "written",
    ["2027-03-31", "31.3.2027", "31. 3. 2027", "31/03/2027", "31 March 2027", "March 31, 2027"],
)
def test_a_day_in_many_ways(written: str) -> None:
    assert read_day(written, SAY_ENGLISH) == date(2027, 3, 31)


@pytest.mark.parametrize(
    "written", ["3/4/2027", "30 February 2027", "2027-13-01", "soon", "31.3.27", "31 Mxx 2027"]
)
def test_what_is_no_day_or_could_be_two(written: str) -> None:
    assert read_day(written, SAY_ENGLISH) is None


def test_months_of_the_deck_s_language() -> None:
    assert read_day("31. März 2027", GERMAN) == read_day("31 March 2027", GERMAN)
    assert written_day(date(2027, 3, 31), GERMAN) == "31. März 2027"
    assert read_day("31. März 2027", SAY_ENGLISH) is None
