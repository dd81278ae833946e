"""What editions, marks and codes are called on what is printed."""

from __future__ import annotations

from datetime import date

import pytest

from deckgen.model.deck import CardCode
from deckgen.model.edition import Edition, Mark
from deckgen.model.text import Run, plain
from deckgen.wording.names import (
    codes_in_words,
    edition_inside,
    edition_name,
    edition_stamp,
    mark_for_listeners,
    mark_line,
    printed_code,
)
from deckgen.wording.say import SAY_ENGLISH, Wording

DAYS = (date(2026, 11, 23), date(2027, 11, 23))
ISSUED, DRAFT = Edition("2", *DAYS), Edition("2", *DAYS, draft=True)
AFTER = Edition("2.1", *DAYS, draft=True, after=True)
GERMAN = Wording(
    "de-DE",
    (
        ("Edition {number}", ("Ausgabe {number}",)),
        ("Index {number}", ("Übersicht {number}",)),
        ("Review by {month}", ("Prüfen bis {month}",)),
        ("{first} to {last}", ("{first} bis {last}",)),
    ),
    frozenset({"Goes with"}),
)


@pytest.mark.parametrize(
    ("edition", "name"),
    [(ISSUED, "Edition 2"), (DRAFT, "Edition 2 draft"), (AFTER, "Draft after edition 2.1")],
)
def test_english_names_are_those_of_messages(edition: Edition, name: str) -> None:
    assert plain(edition_name(edition, SAY_ENGLISH)) == edition.label == name
    assert plain(edition_inside(edition, SAY_ENGLISH)) == name[0].lower() + name[1:]
    assert plain(edition_stamp(edition, SAY_ENGLISH)) == f"{name} · review by Nov 2027"


def test_a_mark_fills_the_patterns_of_a_theme() -> None:
    def said(edition: Edition, pattern: str) -> str:
        return plain(mark_line(Mark(edition, "7Q2M", edition.tag), pattern, SAY_ENGLISH))

    assert said(AFTER, "{edition} · {code}") == "Draft after edition 2.1 · 7Q2M"
    assert said(AFTER, "{short}") == "Draft after ed. 2.1"
    assert said(AFTER, "{shorter}") == "Draft after 2.1"
    assert said(ISSUED, "Review by {month}") == "Review by Nov 2027"
    assert (said(ISSUED, "{short}"), said(ISSUED, "{shorter}")) == ("Ed. 2", "Ed. 2")


def test_each_piece_of_a_mark_keeps_its_own_language() -> None:
    mark = Mark(ISSUED, "7Q2M", "2")
    assert mark_line(mark, "{edition} · {code}", GERMAN) == (Run("Ausgabe 2 · 7Q2M"),)
    assert mark_line(mark, "{short} · {code}", GERMAN) == (
        Run("Ed. 2", language="en"),
        Run(" · 7Q2M"),
    )
    assert mark_line(mark, "Review by {month}", GERMAN) == (Run("Prüfen bis Nov. 2027"),)
    # A theme's own words are in the deck's language, and so is the month in them.
    assert mark_line(mark, "Neu ab {month}", GERMAN) == (Run("Neu ab Nov. 2027"),)


def test_a_mark_is_said_to_listeners() -> None:
    said = mark_for_listeners(Mark(ISSUED, "7Q2M", "2"), "K3", SAY_ENGLISH)
    assert plain(said) == "QR code: K3, edition 2, check code 7Q2M"


def test_codes_of_index_cards_are_words() -> None:
    assert printed_code("K3", GERMAN) == (Run("K3"),)
    assert printed_code("Index", GERMAN) == (Run("Index", language="en"),)
    assert plain(printed_code("Index 2", GERMAN)) == "Übersicht 2"
    assert plain(printed_code("Index 2", SAY_ENGLISH)) == "Index 2"


def test_rows_of_codes_are_in_words() -> None:
    codes = [CardCode("K", number) for number in (1, 2, 4, 5, 6)]
    assert plain(codes_in_words(codes, SAY_ENGLISH)) == "K1, K2, K4 to K6"
    assert plain(codes_in_words(codes, GERMAN)) == "K1, K2, K4 bis K6"
