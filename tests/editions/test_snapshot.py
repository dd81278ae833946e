"""The content of today, in the form in which editions are compared."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.content.inline import inline, read_inline
from deckgen.editions.compare import compare
from deckgen.editions.snapshot import (
    DECK_PAGE,
    card_check,
    deck_check,
    snapshot_of,
    written,
)
from deckgen.model.deck import Deck
from deckgen.model.workbook import Workbook


def test_everything_of_a_deck_is_in_it(deck: Deck, workbook: Workbook) -> None:
    made = snapshot_of(deck, [workbook])
    assert [card.code for card in made.cards] == [str(card.code) for card in deck.cards]
    assert (made.title, made.edition, made.language) == ("Fruit", "7", "en-GB")
    first = {part.name: part.texts for part in made.cards[0].parts}
    assert first["title"] == ("A short title",) and len(first["points"]) == 3
    assert first["goes with"] == ("A1",)
    keys = [page.key for page in made.pages]
    assert keys[0] == DECK_PAGE and len(keys) == len(set(keys))
    assert {"made-up/cover", "made-up/how-to", "made-up/immediate-1"} <= set(keys)


def test_every_change_of_words_is_a_change(deck: Deck, workbook: Workbook) -> None:
    before = snapshot_of(deck, [workbook])
    renamed = replace(deck, subtitle="Other")
    assert [c.key for c in compare(before, snapshot_of(renamed, [workbook]))] == [DECK_PAGE]
    other = replace(deck, cards=(replace(deck.cards[0], title="Other"), *deck.cards[1:]))
    assert [c.key for c in compare(before, snapshot_of(other, [workbook]))] == [deck.cards[0].id]
    parts = [replace(p, points=()) if p.key == "sign-off" else p for p in workbook.parts]
    longer = replace(workbook, parts=tuple(parts))
    assert [c.key for c in compare(before, snapshot_of(deck, [longer]))] == ["made-up/sign-off"]
    assert compare(before, snapshot_of(deck, [workbook])) == ()


def test_pages_of_several_workbooks_name_their_roles(deck: Deck, workbook: Workbook) -> None:
    both = snapshot_of(deck, [workbook, replace(workbook, key="other", role="Bakers")])
    assert {page.name for page in both.pages} >= {"Cover (Gardeners)", "Cover (Bakers)"}
    assert "Cover" in {page.name for page in snapshot_of(deck, [workbook]).pages}


@pytest.mark.parametrize(
    "text", ["plain", "**strong** and {cy: bore da}", "**{cy: yn syth}** now", "a **b** **c**"]
)
def test_words_are_as_in_their_file(text: str) -> None:
    assert written(inline(text)) == text


def test_codes_hang_on_words_number_and_edition(deck: Deck, workbook: Workbook) -> None:
    first, second = snapshot_of(deck, [workbook]).cards[:2]
    assert len(card_check(first, "1")) == 4
    assert card_check(first, "1") == card_check(replace(first, look="x", check="y"), "1")
    assert len({card_check(first, "1"), card_check(first, "2"), card_check(second, "1")}) == 3
    assert deck_check("1", {"A1": "x", "A2": "y"}) == deck_check("1", {"A2": "y", "A1": "x"})
    assert deck_check("1", {"A1": "x"}) != deck_check("1", {"A1": "y"})


def test_where_a_link_leads_counts_as_words() -> None:
    text = read_inline("See [us](https://x.org), https://y.org", links=True).text
    assert written(text) == "See [us](https://x.org), https://y.org"
