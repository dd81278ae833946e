"""Days as people write them: read where they can mean one day only."""

from __future__ import annotations

from datetime import date

import pytest

from deckgen.reporting.days import day_written, habits_of

MARCH = date(2027, 3, 12)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en-GB", "12/3/2027"),
        ("en-GB", "12.03.27"),
        ("en-GB", " 12 - 3 - 2027 "),
        ("en-GB", "12 March 2027"),
        ("en-GB", "Friday, 12th of March 2027"),
        ("en-GB", "Mar 12, 2027"),
        ("en-GB", "2027-03-12"),
        ("en-GB", "2027-03-12T00:00:00Z"),
        ("en-GB", "2027/3/12"),
        ("en-US", "3/12/2027"),
        ("de-DE", "12.3.2027"),
        ("de-DE", "Freitag, 12. März 2027"),
        ("de-DE", "12 March 2027"),
        ("fr", "12 mars 2027"),
        ("hu", "2027. március 12."),
        ("pl", "12 marca 2027"),
        ("cy", "12 Mawrth 2027"),
        ("ar", "١٢/٣/٢٠٢٧"),
        ("ja", "2027/3/12"),
        ("xx", "2027-03-12"),
    ],
)
def test_a_day_is_read(language: str, written: str) -> None:
    assert day_written(written, habits_of(language)) == MARCH


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en-GB", ""),
        ("en-GB", "next week"),
        ("en-GB", "12 March"),
        ("en-GB", "March 2027"),
        ("en-GB", "12/3"),
        ("en-GB", "31/2/2027"),
        ("en-GB", "3/14/2027"),
        ("en-GB", "12/3/2027 or later"),
        ("en-GB", "before 12/3/2027"),
        ("en-GB", "Monday 12 March 2027"),  # which is a Friday
        ("en-GB", "12 March or 12 April 2027"),
        ("en-GB", "12/3/0027"),
        ("en-GB", "12/3/127"),
        ("en-GB", "12 3 2027"),
        ("en-GB", "½/3/2027"),
        ("en", "12/3/2027"),  # which is written in two ways
        ("en-CA", "3/12/2027"),
        ("en", "12/3/27"),
        ("hu", "12.3.27"),
        ("xx", "12/3/2027"),
    ],
)
def test_what_may_be_another_day_is_not_guessed(language: str, written: str) -> None:
    assert day_written(written, habits_of(language)) is None


def test_a_day_with_one_meaning_is_read_where_both_orders_are_written() -> None:
    assert day_written("14/3/2027", habits_of("en")) == date(2027, 3, 14)
    assert day_written("3/14/2027", habits_of("en")) == date(2027, 3, 14)


def test_one_language_takes_no_names_from_another() -> None:
    habits_of("he")
    assert "מרץ" not in habits_of("fr").months
