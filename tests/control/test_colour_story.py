"""A chosen colour and a drawn icon are part of a look: when they change, an edition says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.building.check import check
from deckgen.control.reissue import plan_reissue
from deckgen.editions.marking import Stage
from deckgen.model.change import Kind
from deckgen.options import Options
from deckgen.problem import blocks
from tests.control.story_deck import StoryDeck

DECK, DRAWING = "content/deck.toml", "content/icons/badge.svg"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1L8 8H1z"/></svg>'


@pytest.fixture
def deck(tmp_path: Path) -> StoryDeck:
    """The real deck, issued, with one section whose colour and icon are chosen."""
    deck = StoryDeck(tmp_path / "deck")
    (deck.folder / DRAWING).parent.mkdir()
    (deck.folder / DRAWING).write_text(SVG, encoding="utf-8")
    deck.edit(DECK, 'palette = "pink"\nicon = "lanyard"', 'colour = "#F4ABBA"\nicon = "badge.svg"')
    assert not blocks(check(deck.project(), Options()))
    deck.issue("1")
    assert deck.state().standing.stage is Stage.ISSUED
    return deck


def cards_changed(deck: StoryDeck) -> dict[str, str]:
    """The cards that are drawn otherwise, and why."""
    changes = deck.changes().values()
    assert {change.floor for change in changes} <= {Kind.LAYOUT}
    return {change.code: change.why[0] for change in changes if change.subject == "card"}


def test_a_new_colour_is_a_new_look_of_its_section_alone(deck: StoryDeck) -> None:
    deck.edit(DECK, "#F4ABBA", "#EBB1B1")
    why = cards_changed(deck)
    assert "section colour: #F4ABBA → #EBB1B1" in why["IFLW1"]
    assert set(why) == {"IFLW1", "K10"}  # K10 goes with it, and shows its colour
    assert "section" not in why["K10"]


def test_people_get_the_cards_of_a_new_colour_and_no_others(deck: StoryDeck) -> None:
    deck.number("2", 2028)
    deck.edit(DECK, "#F4ABBA", "#EBB1B1")
    deck.declare({})
    deck.issue("2")
    plan, problems = plan_reissue(deck.project(), "1")
    assert plan is not None and not blocks(problems)
    assert set(plan.swaps.put_in) == {"IFLW1", "K10"}


def test_a_drawing_that_is_drawn_anew_is_a_new_look(deck: StoryDeck) -> None:
    deck.edit(DRAWING, "M1 1L8 8H1z", "M1 1L8 8H2z")
    why = cards_changed(deck)
    assert set(why) == {"IFLW1"}
    assert "section icon: badge.svg" in why["IFLW1"]


def test_a_colour_written_in_small_letters_is_the_same(deck: StoryDeck) -> None:
    deck.edit(DECK, "#F4ABBA", "#f4abba")
    assert deck.changes() == {}
