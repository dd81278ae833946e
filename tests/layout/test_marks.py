"""The edition's mark: on both sides of every card, in every theme, however long its words are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import pytest
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.layout.faces.deck import CardFaces
from deckgen.layout.papers.guide import Printing, lay_out_guide
from deckgen.layout.papers.ticket import lay_out_ticket
from deckgen.model.deck import Card, Deck, Edition
from deckgen.model.drawing import Drawing, Element, Role, TextLine
from deckgen.model.text import plain, words
from deckgen.model.workbook import Workbook
from deckgen.problem import Problem
from deckgen.wording.names import edition_stamp
from deckgen.wording.say import SAY_ENGLISH
from tests.kinds import with_texts
from tests.layout.made_up import card, deck_of, design_of, lay_out_deck, lay_out_workbook, mark_of

REVIEW = date(2028, 5, 31)
THEMES = {
    "gallery": design_of("gallery"),
    "gallery, low ink": design_of("gallery", ink_saver=True),
    "gallery, large": design_of("gallery", large_print=True),
    "gallery, letter": design_of("gallery", stock="letter"),
    "masthead": design_of("masthead"),
    "masthead, letter": design_of("masthead", stock="letter"),
    "masthead, large": design_of("masthead", large_print=True),
    "poker": design_of("pocket", stock="a4-poker"),
    "bridge": design_of("pocket", stock="a4-bridge"),
    "tarot": design_of("pocket", stock="a4-tarot"),
    "a7": design_of("pocket", stock="a4-a7"),
    "business": design_of("wide", stock="a4-business"),
    "perforated": design_of("wide", stock="a4-perforated"),
}
EDITIONS = (
    "Edition 1",
    "Edition 12.10",
    "Edition 2 draft",
    "Edition 12.10.10 draft",
    "Draft after edition 1",
    "Draft after edition 12.10",
    "Draft after edition 12.10.10",
)


def brief(code: str) -> Card:
    """A card of so few words that they fit every size."""
    return with_texts(card(code, "Ask", points=1), lead=(words("Ask."),), points=(words("Now"),))


@pytest.fixture
def small_deck() -> Deck:
    deck = deck_of(brief("A1"), brief("A2"), brief("B1"))
    return replace(deck, how_to_use=(words("Pick one."),))


def marked(
    deck: Deck, workbook: Workbook, design: Design, edition: str, code: str = "7Q2M"
) -> tuple[tuple[CardFaces, ...], list[Problem]]:
    codes = [*(str(each.code) for each in deck.cards), "Index"]
    mark = mark_of(edition, REVIEW, code)
    return lay_out_deck(deck, workbook, design, dict.fromkeys(codes, mark))


def said(elements: Iterable[Element]) -> str:
    lines = (m for e in elements for m in e.marks() if isinstance(m, TextLine))
    return " | ".join("".join(run.text for run in line.runs) for line in lines)


def stamps(drawing: Drawing) -> list[Element]:
    return [element for element in drawing.elements if element.stamp]


def without_stamps(faces: tuple[CardFaces, ...]) -> list[Drawing]:
    drawings = [side for card in faces for side in (card.front, card.back)]
    return [replace(d, elements=tuple(e for e in d.elements if not e.stamp)) for d in drawings]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("theme", THEMES)
def test_both_sides_say_the_edition_and_the_review(
    small_deck: Deck, workbook: Workbook, theme: str, edition: str
) -> None:
    faces, problems = marked(small_deck, workbook, THEMES[theme], edition)
    assert not problems
    number = edition.removesuffix(" draft").split()[-1]
    for face in faces:
        for drawing in (face.front, face.back):
            text = said(stamps(drawing))
            assert f" {number}" in text and "May 2028" in text and "Review" in text
            assert ("draft" in edition.lower()) == ("draft" in text.lower())


@pytest.mark.parametrize("theme", THEMES)
def test_the_front_of_an_issued_card_has_its_check_code(
    small_deck: Deck, workbook: Workbook, theme: str
) -> None:
    faces, _ = marked(small_deck, workbook, THEMES[theme], "Edition 12")
    assert all("7Q2M" in said(stamps(face.front)) for face in faces)


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_but_the_stamps_depends_on_the_mark(
    small_deck: Deck, workbook: Workbook, theme: str
) -> None:
    one, _ = marked(small_deck, workbook, THEMES[theme], "Edition 1", "0000")
    other, _ = marked(small_deck, workbook, THEMES[theme], "Draft after edition 12.10", "WWWW")
    assert one != other
    assert without_stamps(one) == without_stamps(other)


def test_each_card_carries_its_own_mark(deck: Deck, workbook: Workbook, design: Design) -> None:
    codes = [*(str(each.code) for each in deck.cards), "Index"]
    marks = {code: mark_of(f"Edition {n}", REVIEW, f"{n:04}") for n, code in enumerate(codes)}
    faces, _ = lay_out_deck(deck, workbook, design, marks)
    found = [said(stamps(face.front)).partition(" | ")[0] for face in faces]
    assert found == [f"Edition {n} · {n:04}" for n in range(len(codes))]


@pytest.mark.parametrize("theme", ["gallery", "masthead", "poker", "business"])
def test_it_is_read_aloud_on_the_front_only(
    small_deck: Deck, workbook: Workbook, theme: str
) -> None:
    faces, _ = marked(small_deck, workbook, THEMES[theme], "Edition 1")
    assert [e.role for e in stamps(faces[0].front)] == [Role.P, Role.P]
    assert [e.role for e in stamps(faces[0].back)] == [Role.ARTIFACT, Role.ARTIFACT]


def test_dots_leave_the_words_beside_them_their_room(workbook: Workbook, design: Design) -> None:
    """Fourteen dots stand beside the date of review; of fifteen none is drawn."""

    def shapes(number: int) -> int:
        deck = deck_of(*(brief(f"A{n}") for n in range(1, number + 1)), brief("B1"))
        faces, problems = marked(deck, workbook, design, "Edition 1")
        assert not problems
        row = faces[number - 1].front.elements[-1]
        return 0 if row.stamp else len(row.kids)

    assert [shapes(number) for number in (2, 12, 16)] == [2, 12, 0]


PRINTING = Printing("long", "rows", 1, 2)
PAGES = {
    "workbook": lambda deck, workbook, design: lay_out_workbook(workbook, deck, design),
    "guide": lambda deck, workbook, design: lay_out_guide(deck, workbook, design, PRINTING),
    "ticket": lambda deck, _, design: lay_out_ticket(
        deck, design, [("Size", "A6")], [("Paper", "thick")]
    ),
}


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("kind", PAGES)
def test_every_page_says_the_edition_and_the_review(
    deck: Deck, workbook: Workbook, kind: str, draft: bool, large: bool
) -> None:
    edition = Edition("12.10", date(2026, 1, 2), REVIEW, draft, draft)
    deck = replace(deck, edition=edition)
    pages, problems = PAGES[kind](deck, workbook, design_of(large_print=large))
    assert not problems
    stamp = plain(edition_stamp(edition, SAY_ENGLISH))
    for page in pages:
        marks = said(page.elements).split(" | ")  # a workbook's has its code behind it
        assert stamp in [re.sub(r" · \d{3}-\d{3}$", "", mark) for mark in marks], page.label


def test_a_foot_of_many_words_takes_two_lines(
    deck: Deck, workbook: Workbook, design: Design
) -> None:
    """On one line they would run into each other."""

    def levels(title: str) -> set[float]:
        pages, problems = lay_out_workbook(replace(workbook, title=title), deck, design)
        assert not problems
        foot = pages[1].elements[-1]
        assert foot.role is Role.ARTIFACT
        return {mark.y_pt for mark in foot.marks() if isinstance(mark, TextLine)}

    assert len(levels("Growing together")) == 1
    assert len(levels("Growing together in all gardens, yards and windows")) == 2
