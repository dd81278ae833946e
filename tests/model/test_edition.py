"""Editions and marks: what they say, to people and to machines."""

from __future__ import annotations

from datetime import date

import pytest

from deckgen.content.deck import read_deck_settings
from deckgen.model.edition import Edition, Mark
from tests.conftest import ROOT

DAYS = (date(2026, 11, 23), date(2027, 11, 23))


@pytest.mark.parametrize(
    ("edition", "label", "tag"),
    [
        (Edition("2", *DAYS), "Edition 2", "2"),
        (Edition("2", *DAYS, draft=True), "Edition 2 draft", "2-DRAFT"),
        (Edition("1", *DAYS, draft=True, after=True), "Draft after edition 1", "1+DRAFT"),
    ],
)
def test_an_edition_and_its_drafts_have_names_of_their_own(
    edition: Edition, label: str, tag: str
) -> None:
    assert (edition.label, edition.tag) == (label, tag)


def test_the_payload_is_all_capitals() -> None:
    """Capitals, digits and few signs need half the modules of other letters."""
    mark = Mark(Edition("2", *DAYS), "7Q2M", "2")
    assert mark.payload("K3") == "DG1:K3:2:7Q2M"
    assert mark.payload("Index") == "DG1:INDEX:2:7Q2M"


def numbered(number: str) -> list[str]:
    text = (ROOT / "content" / "deck.toml").read_text(encoding="utf-8")
    assert 'number = "1"' in text
    _, found = read_deck_settings(text.replace('number = "1"', f'number = "{number}"'))
    return [f"{p.code} {p.found} {p.todo}" for p in found]


@pytest.mark.parametrize("number", ["2", "2.1", "12.10", "2026.1.1"])
def test_a_number_of_digits_is_taken(number: str) -> None:
    assert numbered(number) == []


@pytest.mark.parametrize("number", ["", "two", "2a", "2/1", "2.", ".1", "1 2", "..", "123456789"])
def test_any_other_number_is_refused(number: str) -> None:
    (said,) = numbered(number)
    assert said.startswith("setting-invalid") and "digits, as in 2 or 2.1" in said


def test_digits_of_other_scripts_are_refused() -> None:
    assert numbered("٢")
