"""A table that nobody has changed changes nothing, whatever the cards say."""

from __future__ import annotations

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from deckgen.content.cards import read_cards
from deckgen.interchange.columns import columns_of
from deckgen.interchange.comma_table import read_csv, written_csv
from deckgen.interchange.deck import as_said, dealt
from deckgen.interchange.exporting import SUFFIXES, export_cards
from deckgen.interchange.incoming import Sections, from_table
from deckgen.interchange.plan import plan_import
from deckgen.project import Project
from tests.interchange.made_up import project
from tests.kinds import KINDS
from tests.made_up_cards import PICTURES, cards

decks = st.tuples(cards(number=1), cards(number=2)).map("\n".join)


def readable(text: str) -> Project:
    made = project({"content/cards/K.md": text})
    deck, _found = dealt(made)
    assume(deck is not None)
    return made


@given(decks)
def test_any_card_comes_back_from_its_row(text: str) -> None:
    """As it would be written anew, not only as it is kept."""
    deck, _ = dealt(readable(text))
    assert deck
    rows = [deck.row(card) for card in deck.cards]
    columns = columns_of(KINDS.by_name.values(), short=True)
    table, found = read_csv(written_csv(columns, rows), "t.csv")
    incoming, more = from_table(table, Sections(deck.sections, set()), KINDS, "t.csv")
    assert not found and not more
    for card, other in zip(deck.cards, incoming, strict=True):
        (again,), faults = read_cards(other.text, "x", other.section, KINDS, PICTURES)
        assert as_said(again) == as_said(card), (other.text, faults)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(text=decks)
@settings(max_examples=6, phases=[Phase.generate])  # each takes two programs
def test_any_deck_goes_out_and_in_unchanged(suffix: str, text: str) -> None:
    if suffix == ".xlsx":
        pytest.importorskip("openpyxl")
    made = readable(text)
    data, found = export_cards(made, suffix)
    assert data and not found
    assert export_cards(made, suffix)[0] == data
    plan, problems = plan_import(made, data, f"cards{suffix}", remove=True)
    assert plan and not problems, problems
    assert (plan.files, plan.changed, plan.added, plan.removed) == ({}, (), (), ())


@given(st.binary(max_size=300), st.sampled_from([b"", b"\xef\xbb\xbf", b"code,title\r\nK1,"]))
def test_any_bytes_as_a_table_give_a_plan_or_problems(data: bytes, before: bytes) -> None:
    plan, problems = plan_import(project(), before + data, "cards.csv")
    assert plan or problems
    assert all(found.place.file == "cards.csv" for found in problems)
