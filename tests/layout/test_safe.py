"""Words outside the safe area or on top of others are Problems, however they got there."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.model.deck import Card, CardCode, Deck, Reference
from deckgen.model.text import words
from deckgen.model.workbook import Workbook
from tests.kinds import with_texts
from tests.layout.made_up import HERE, card, deck_of, faces_of, lay_out_workbook

LONG = "1234567890" * 6  # no language has a hyphen for it
CHANGES: dict[str, Card] = {
    "a word that can't be broken": with_texts(card("A1"), points=(words(LONG),)),
    "a title that can't be broken": card("A1", title=LONG[:26]),
    "too many chips": replace(
        card("A1"), see_also=tuple(Reference(CardCode("B", 1), HERE) for _ in range(9))
    ),
    "three lines of title above a note": replace(
        card("A1", title="Several rather longer words that will take three lines"), printed_as="B2"
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_it_is_a_problem(name: str, workbook: Workbook, design: Design) -> None:
    _, problems = faces_of(deck_of(CHANGES[name], card("B1")), workbook, design)
    assert {p.code for p in problems} == {"text-too-long"}
    assert problems[0].place.file == "content/cards/A1.md"


def test_a_cover_title_that_leaves_the_page(deck: Deck, workbook: Workbook, design: Design) -> None:
    _, problems = lay_out_workbook(replace(workbook, title=LONG), deck, design)
    assert any(LONG[:20] in p.found for p in problems)
