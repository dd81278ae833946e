"""What is equal is one object, and nothing is measured twice: large decks depend on it."""

from __future__ import annotations

import gc

import pytest

from deckgen.design.load import Design
from deckgen.layout.faces.deck import set_deck
from deckgen.layout.setting.lines import Setter, type_of
from deckgen.model.drawing import Drawing, Shape, TextLine
from deckgen.model.text import words
from deckgen.model.workbook import Workbook
from tests.layout.made_up import card, deck_of, plain_marks
from tests.layout.test_many_sections import many


def shapes(drawings: list[Drawing]) -> list[Shape]:
    return [mark for drawing in drawings for mark in drawing.marks() if isinstance(mark, Shape)]


def test_equal_tiles_of_all_cards_are_one_object(workbook: Workbook, design: Design) -> None:
    deck = many(2, cards=200)
    cards, _ = set_deck(deck, workbook, design, plain_marks(deck))
    tiles = [each.front.elements[0].kids for each in cards if each.code.startswith("AA")]
    drawn = [shape for kids in tiles for shape in kids[1:]]
    assert len(drawn) > 1000
    assert len({id(shape) for shape in drawn}) == len(set(drawn)) < len(drawn) / 2
    assert len({id(shape.path) for shape in drawn}) < len(drawn) / 3


def test_what_a_section_shares_is_one_object(workbook: Workbook, design: Design) -> None:
    deck = deck_of(card("A1"), card("A2"), card("B1"))
    (one, two, other, _), _ = set_deck(deck, workbook, design, plain_marks(deck))
    own = {id(element) for element in one.front.elements}
    assert own & {id(element) for element in two.front.elements}
    assert not own & {id(element) for element in other.front.elements}


def test_the_collector_does_not_look_at_marks(workbook: Workbook, design: Design) -> None:
    deck = deck_of(card("A1"), card("B1"))
    cards, _ = set_deck(deck, workbook, design, plain_marks(deck))
    assert gc.is_tracked(cards[0].face) and not gc.is_tracked(cards[0].front)
    assert not any(map(gc.is_tracked, cards[0].front.marks()))


@pytest.mark.parametrize("sizes", [(14.0,), (14.0, 13.0, 12.0)])
def test_a_text_is_measured_once_for_all_sizes(
    design: Design, monkeypatch: pytest.MonkeyPatch, sizes: tuple[float, ...]
) -> None:
    measured = []
    real = Setter._measure
    monkeypatch.setattr(Setter, "_measure", lambda *a: (measured.append(a), real(*a))[1])
    setter = Setter(design.book)
    look = type_of(design.theme.styles["point"], "#000000", (14.0, 19.0))
    text = words("Some words that take more than one line in a column of this width.")
    counts = [setter.count(text, look.at(s, s), w) for s in sizes for w in (120.0, 90.0)]
    assert len(measured) == 1 and len(set(counts)) > 1
    setter.count(words("Other words."), look, 120.0)
    assert len(measured) == 2


def test_lines_of_one_text_do_not_depend_on_what_was_asked_before(design: Design) -> None:
    look = type_of(design.theme.styles["point"], "#000000", (14.0, 19.0))
    text = words("Some words that take more than one line in a column of this width.")
    used, fresh = Setter(design.book), Setter(design.book)
    for width in (60.0, 300.0, 90.0):
        used.count(text, look, width)
    assert used.column(text, look, 0, 0, 120.0) == fresh.column(text, look, 0, 0, 120.0)
    assert all(isinstance(line, TextLine) for line in used.column(text, look, 0, 0, 120.0))
