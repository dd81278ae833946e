"""Words that deckgen adds are part of the look: another one makes another face."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.editions.looks import WORDS, changed_looks, facts_of_look
from deckgen.editions.marking import Stage
from deckgen.model.change import Kind
from tests.control.story_deck import StoryDeck
from tests.wording.orchard import Orchard, disguised_words


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Orchard:
    deck = Orchard(tmp_path_factory.mktemp("issued"), disguised_words())
    deck.number("1", 2026)
    deck.issue("1")
    return deck


def test_another_word_is_another_look_and_says_why(issued: Orchard) -> None:
    assert issued.state().standing.stage is Stage.ISSUED
    old = issued.state().snapshot
    issued.edit("content/deck.toml", "Göës wïth", "Göës tö")
    state, changes = issued.state(), issued.changes()
    assert state.standing.stage is Stage.AFTER
    card = changes["mixing"]
    assert card.floor is Kind.LAYOUT and card.why[0].endswith(f"new {WORDS}")
    # So all cards in any other look, none of which was drawn, count as others too.
    names = facts_of_look("masthead", "letter", press=False)
    assert changed_looks(old, state.snapshot, names) == [WORDS]
    assert changed_looks(old, old, names) == []


def test_english_words_are_no_fact_as_they_never_were(tmp_path: Path) -> None:
    facts = {fact.name for fact in StoryDeck(tmp_path / "deck").state().snapshot.looks}
    assert "theme" in facts and WORDS not in facts
