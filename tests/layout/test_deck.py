"""Cards: parts of a theme become faces, sections share a size class, too much is a Problem."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.layout.faces.deck import set_deck
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing, Role, TextLine
from deckgen.model.text import words
from deckgen.model.workbook import Workbook
from tests.kinds import with_texts
from tests.layout.made_up import card, deck_of, design_of, faces_of, plain_marks


def body_sizes(drawing: Drawing) -> set[float]:
    """Sizes of the points on a face."""
    sizes = set()
    for element in drawing.elements:
        if element.role is Role.LIST:
            sizes |= {m.size_pt for m in element.marks() if isinstance(m, TextLine)}
    return sizes


def texts(drawing: Drawing) -> str:
    return " ".join(
        "".join(run.text for run in mark.runs)
        for mark in drawing.marks()
        if isinstance(mark, TextLine)
    )


def test_every_card_has_two_faces_and_the_index_comes_last(
    deck: Deck, workbook: Workbook, design: Design
) -> None:
    faces, problems = faces_of(deck, workbook, design)
    assert not problems
    assert [f.front.name for f in faces] == [
        "A1-front",
        "A2-front",
        "A3-front",
        "B1-front",
        "Index-front",
    ]
    assert all(f.back.name == f.front.name.replace("front", "back") for f in faces)
    assert "A1 to A3" in texts(faces[-1].back)
    assert "Edition 7" in texts(faces[-1].front)


def test_activities_on_a_card_are_derived_from_the_workbook(
    deck: Deck, workbook: Workbook, design: Design
) -> None:
    faces, _ = faces_of(deck, workbook, design)
    said = texts(faces[0].back).replace("\u00a0", " ")
    assert "Immediate 1" in said and "Longer term 1" in said
    assert "Workbook" not in texts(faces[3].back)


def test_one_full_card_sets_its_whole_section_smaller(workbook: Workbook, design: Design) -> None:
    deck = deck_of(card("A1"), card("A2", points=4), card("B1"))
    faces, problems = faces_of(deck, workbook, design)
    assert not problems
    first, second, other = (body_sizes(f.back) for f in faces[:3])
    assert first == second
    assert max(other) > max(first)


def test_too_many_words_say_card_side_lines_and_words(workbook: Workbook, design: Design) -> None:
    deck = deck_of(card("A1", points=14), card("B1"))
    _, problems = faces_of(deck, workbook, design)
    assert [p.code for p in problems] == ["text-too-long"]
    assert "back of A1" in problems[0].found and "lines" in problems[0].found
    assert "words" in problems[0].todo
    assert problems[0].place.line == 3


def test_a_title_of_too_many_lines_is_a_problem(workbook: Workbook, design: Design) -> None:
    deck = deck_of(card("A1", title="Long words " * 12), card("B1"))
    _, problems = faces_of(deck, workbook, design)
    assert any("title on the front of A1" in p.found for p in problems)


def test_a_letter_that_no_font_has_is_a_problem(workbook: Workbook, design: Design) -> None:
    odd = with_texts(card("A1"), lead=(words("A snowman ☃ here."),))
    _, problems = faces_of(deck_of(odd, card("B1")), workbook, design)
    assert [p.code for p in problems] == ["letter-missing"]
    assert "snowman" in problems[0].found


@pytest.mark.parametrize("theme", ["gallery", "masthead"])
@pytest.mark.parametrize("saver", [False, True])
def test_no_text_on_a_card_is_below_twelve_points(
    deck: Deck, workbook: Workbook, theme: str, saver: bool
) -> None:
    faces, problems = faces_of(deck, workbook, design_of(theme, ink_saver=saver))
    assert not problems
    for face in faces:
        for drawing in (face.front, face.back):
            sizes = [m.size_pt for m in drawing.marks() if isinstance(m, TextLine)]
            assert min(sizes) >= 12


def test_text_stays_inside_the_safe_area(deck: Deck, workbook: Workbook, design: Design) -> None:
    faces, _ = faces_of(deck, workbook, design)
    for face in faces:
        for drawing in (face.front, face.back):
            for mark in drawing.marks():
                if isinstance(mark, TextLine):
                    right = mark.x_pt + design.book.width_pt(mark.runs, mark.size_pt)
                    assert mark.x_pt > 14 and right < drawing.size.width_pt - 11
                    assert mark.y_pt > 14


@pytest.mark.parametrize("key", ["pink", "teal"])
def test_a_palette_that_is_gone_is_a_problem(
    deck: Deck, workbook: Workbook, design: Design, key: str
) -> None:
    left = {k: v for k, v in design.palettes.sections.items() if k != key}
    poor = replace(design, palettes=replace(design.palettes, sections=left))
    faces, problems = faces_of(deck, workbook, poor)
    assert not faces
    assert [p.code for p in problems] == ["template-unknown"]
    assert f'"{key}"' in problems[0].found


def test_a_card_that_is_first_now_gets_its_sections_bookmark(
    deck: Deck, workbook: Workbook, design: Design
) -> None:
    """Nothing that can be seen of it differs, but it is not taken as it was before."""
    before, _ = faces_of(deck, workbook, design)
    fewer = deck_of(*deck.cards[1:])
    taken, _ = set_deck(fewer, workbook, design, plain_marks(fewer), before)
    assert taken == faces_of(fewer, workbook, design)[0]
    assert [mark.title for mark in taken[0].front.bookmarks] == ["Apples", "A2 A short title"]
    assert taken[1] is before[2] and taken[2] is before[3]
