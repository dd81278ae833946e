"""Words of deckgen's own are said in the deck's language, or in English that is marked so."""

from __future__ import annotations

from datetime import date

import pytest

from deckgen.model.text import Run, plain, words
from deckgen.wording.say import (
    SAY_ENGLISH,
    Day,
    Month,
    Wording,
    capital,
    language_of,
    listed,
    numbered,
    spoken,
    strong,
    tied,
    unbroken,
)

DAY = date(2027, 11, 3)
POLISH = Wording(
    "pl",
    (
        ("Goes with", ("Pasuje do",)),
        ("Review by {month}", ("Przegląd do {month}",)),
        ("{count} card", ("{count} karta", "{count} karty", "{count} kart")),
        ("{count} sheet", ("kartki: {count}",)),
    ),
    frozenset({"Goes with", "Review by {month}", "{count} card", "{count} sheet", "Turn over"}),
)


def test_english_says_its_keys() -> None:
    assert SAY_ENGLISH("Goes with") == (Run("Goes with"),)
    assert SAY_ENGLISH("Review by {month}", month=Month(DAY)) == (Run("Review by Nov 2027"),)
    assert plain(SAY_ENGLISH("issued on {day}", day=Day(DAY))) == "issued on 3 November 2027"
    assert SAY_ENGLISH.many("{count} card", "{count} cards", 1) == (Run("1 card"),)
    assert SAY_ENGLISH.many("{count} card", "{count} cards", 2) == (Run("2 cards"),)


def test_words_that_are_there_are_in_the_decks_language() -> None:
    assert POLISH("Goes with") == (Run("Pasuje do"),)
    assert POLISH("Review by {month}", month=Month(DAY)) == (Run("Przegląd do lis 2027"),)
    assert POLISH.given("{day}", day=Day(DAY)) == (Run("3 listopada 2027"),)


@pytest.mark.parametrize(("count", "said"), [(1, "1 karta"), (3, "3 karty"), (25, "25 kart")])
def test_a_language_has_as_many_plurals_as_it_has(count: int, said: str) -> None:
    assert plain(POLISH.many("{count} card", "{count} cards", count)) == said


def test_one_form_may_do_for_all_numbers() -> None:
    assert plain(POLISH.many("{count} sheet", "{count} sheets", 5)) == "kartki: 5"


def test_what_is_missing_is_english_and_says_so_with_its_month() -> None:
    assert POLISH.missing == {"Turn over"}
    assert POLISH("Turn over") == (Run("Turn over", language="en"),)
    assert POLISH("issued {day}", day=Day(DAY)) == (Run("issued 3 November 2027", language="en"),)


def test_what_is_filled_in_keeps_its_own_language() -> None:
    said = POLISH("{title}: ticket {number}", title=words("Owoce"), number=3)
    assert said == (Run("Owoce"), Run(": ticket 3", language="en"))
    welsh = POLISH("Goes with {x}", x=(Run("bore da", language="cy"),))
    assert welsh == (Run("Goes with ", language="en"), Run("bore da", language="cy"))


def test_words_of_a_template_are_deckgens_only_if_it_knows_them() -> None:
    assert POLISH.given("Goes with ") == (Run("Pasuje do "),)
    assert POLISH.given("Turn over") == (Run("Turn over", language="en"),)
    assert POLISH.given("Na odwrocie") == (Run("Na odwrocie"),)
    assert SAY_ENGLISH.given("Workbook: ") == (Run("Workbook: "),)
    assert SAY_ENGLISH.given("") == () and POLISH.given("  ") == (Run("  "),)


def test_an_unknown_language_has_dates_in_digits() -> None:
    klingon = Wording("tlh", (("by {month}", ("{month}",)), ("on {day}", ("{day}",))))
    assert plain(klingon("by {month}", month=Month(DAY))) == "2027-11"
    assert plain(klingon("on {day}", day=Day(DAY))) == "2027-11-03"


def test_a_day_is_in_the_language_of_what_it_stands_beside() -> None:
    assert POLISH.day(DAY, POLISH("Goes with")) == (Run("3 listopada 2027"),)
    assert POLISH.day(DAY, POLISH("Turn over")) == (Run("3 November 2027", language="en"),)
    assert SAY_ENGLISH.day(DAY, words("Issued")) == (Run("3 November 2027"),)


def test_a_heading_is_known_in_english_and_in_the_decks_language() -> None:
    keys = ("Goes with", "Turn over")
    assert POLISH.key_in("pasuje  DO", keys) == "Goes with"
    assert POLISH.key_in("goes with", keys) == "Goes with"
    assert POLISH.key_in("Turn over", keys) == "Turn over"
    assert POLISH.key_in("Anything", keys) == ""


def test_a_string_has_the_language_of_most_of_its_letters() -> None:
    text = (Run("Cover: ", language="en"), Run("Organizacja"))
    assert language_of(text) == "" and spoken(text) == ("Cover: Organizacja", "")
    assert spoken((Run("Date of the swap", language="en"),)) == ("Date of the swap", "en")
    assert spoken("Organizacja") == ("Organizacja", "")
    assert language_of(()) == ""


def test_small_changes_to_words() -> None:
    two = (Run("by ", language="en"), Run("3 sheets"))
    assert plain(unbroken(two)) == "by\u00a03\u00a0sheets"
    assert plain(tied(words("edition 2 of 3"))) == "edition\u00a02 of\u00a03"
    assert plain(capital(two)) == "By 3 sheets"
    assert all(run.strong for run in strong(two))
    assert listed((words("a"), "b")) == (Run("a, b"),)
    assert numbered(SAY_ENGLISH, "Cover", "Cover {number}", 3) == ["Cover", "Cover 2", "Cover 3"]


def test_wordings_of_the_same_words_are_equal() -> None:
    assert Wording("de", (("a", ("b",)),)) == Wording("de", (("a", ("b",)),))
    assert hash(SAY_ENGLISH) == hash(Wording())
