"""Decks with more sections than one index card holds, and more cards than anybody counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from deckgen.design.load import Design
from deckgen.layout.faces.deck import CardFaces, deck_problems, stamped
from deckgen.layout.papers.guide import Printing, lay_out_guide
from deckgen.model.deck import CardCode, Deck, Section
from deckgen.model.drawing import Drawing, TextLine
from deckgen.model.snapshot import INDEX_CODE
from deckgen.model.text import plain, words
from deckgen.model.workbook import Workbook
from deckgen.pdf.metadata import DocumentInfo
from deckgen.pdf.write import write_pages
from deckgen.problem import Place
from deckgen.products.gate import checked
from deckgen.proof.choice import dealt_cards
from deckgen.wording.names import reach_in_words
from deckgen.wording.say import SAY_ENGLISH
from tests.layout.made_up import (
    HERE,
    card,
    deck_of,
    design_of,
    faces_of,
    lay_out_workbook,
    plain_marks,
)

PALETTES = ("blue-grey", "light-green", "mauve", "pink", "grey-green", "brown")


def prefix(number: int) -> str:
    return chr(65 + number // 26) + chr(65 + number % 26)


def many(sections: int, cards: int = 1) -> Deck:
    """A deck of so many sections, each with so many cards; "A" is there for the workbook."""
    plain = card("A1")
    made = [Section("A", "Apples", "light-green", "key", 2, HERE)]
    every = [card("A1"), card("A2")]
    for number in range(sections - 1):
        code, name = prefix(number), f"Section {number + 2}"
        place = Place("content/deck.toml", 10 + number)
        made.append(Section(code, name, PALETTES[number % 6], "book", cards, place))
        every += [
            replace(plain, code=CardCode(code, n), id=f"{code}{n}") for n in range(1, cards + 1)
        ]
    return replace(deck_of(plain), sections=tuple(made), cards=tuple(every))


def texts(drawing: Drawing) -> list[str]:
    return [
        "".join(run.text for run in mark.runs).strip()
        for mark in drawing.marks()
        if isinstance(mark, TextLine)
    ]


def indexes(faces: tuple[CardFaces, ...]) -> list[CardFaces]:
    return [each for each in faces if each.marked_as == INDEX_CODE]


def listed(faces: tuple[CardFaces, ...], deck: Deck) -> list[str]:
    """The names of sections on all index cards, in order."""
    names = {section.name for section in deck.sections}
    return [text for each in indexes(faces) for text in texts(each.back) if text in names]


LOOKS: dict[str, Callable[[], Design]] = {
    "gallery": design_of,
    "low ink": lambda: design_of("masthead", ink_saver=True),
    "large print": lambda: design_of(large_print=True),
    "QR codes": lambda: design_of(qr=True),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("count", [14, 26, 60])
def test_index_cards_go_on_until_each_section_is_on_one(
    workbook: Workbook, look: str, count: int
) -> None:
    deck = many(count)
    faces, problems = faces_of(deck, workbook, LOOKS[look]())
    assert problems == []
    assert listed(faces, deck) == [section.name for section in deck.sections]
    found = indexes(faces)
    assert faces[-len(found) :] == tuple(found)
    expected = ["Index", *(f"Index {n + 2}" for n in range(len(found) - 1))]
    assert [each.code for each in found] == expected
    assert [texts(each.front).count(each.code) for each in found] == [1] * len(found)
    names = [side.name for each in faces for side in (each.front, each.back)]
    assert len(set(names)) == len(names)


def test_they_look_alike_and_only_the_first_says_how_to_use_the_deck(
    workbook: Workbook, design: Design
) -> None:
    first, second, *_ = indexes(faces_of(many(30), workbook, design)[0])
    assert "Pick one." in texts(first.back) and "Pick one." not in texts(second.back)
    for side in ("front", "back"):
        assert "Edition 7 · 0000" in texts(getattr(first, side))
        assert "Edition 7 · 0000" in texts(getattr(second, side))
    assert second.front.size == first.front.size and second.front.bleed_pt == first.front.bleed_pt
    chips = [
        {m.size_pt for m in each.back.marks() if isinstance(m, TextLine) and " to " in str(m.runs)}
        for each in indexes(faces_of(many(30, cards=2), workbook, design)[0])
    ]
    assert len(set(map(frozenset, chips))) == 1
    assert [(b.title, b.depth) for each in (first, second) for b in each.front.bookmarks] == [
        ("Index card", 0),
        ("Index card 2", 0),
    ]
    assert [g.key for each in (first, second) for g in each.back.groups] == [
        "card-index",
        "card-index-2",
    ]


@pytest.mark.parametrize("count", [2, 11])
def test_sections_that_fit_are_on_one_index_card(
    workbook: Workbook, design: Design, count: int
) -> None:
    deck = many(count)
    faces, problems = faces_of(deck, workbook, design)
    assert problems == [] and [each.code for each in indexes(faces)] == ["Index"]
    assert listed(faces, deck) == [section.name for section in deck.sections]


def test_a_section_may_have_999_cards(workbook: Workbook, design: Design) -> None:
    deck = many(2, cards=999)
    faces, problems = faces_of(deck, workbook, design)
    assert problems == [] and len(faces) == 2 + 999 + 1
    assert "AA1 to AA999" in texts(faces[-1].back)
    assert faces[-2].code == "AA999" and "AA999" in texts(faces[-2].front)
    holed = replace(deck.sections[1], count=997, withdrawn=(2, 500))
    assert holed.span == "AA1, AA3 to AA499, AA501 to AA999"
    assert plain(reach_in_words(holed, SAY_ENGLISH)) == "AA1 to AA999 (997 cards)"


def test_all_index_cards_carry_the_decks_mark(workbook: Workbook, design: Design) -> None:
    deck = many(26)
    faces, _ = faces_of(deck, workbook, design)
    marks = plain_marks(deck)
    marks[INDEX_CODE] = replace(marks[INDEX_CODE], code="7Q2M")
    marked = indexes(stamped(faces, marks))
    assert len(marked) > 1
    assert all("Edition 7 · 7Q2M" in texts(s) for each in marked for s in (each.front, each.back))


def test_they_are_chosen_together(workbook: Workbook, design: Design) -> None:
    faces, _ = faces_of(many(26), workbook, design)
    chosen = [each.code for each in dealt_cards(faces, [("AA1", 1), ("INDEX", 2)])]
    own = [each.code for each in indexes(faces)]
    assert chosen == ["AA1", *own, *own]


def test_too_much_to_say_about_the_deck_comes_with_advice_that_helps(
    workbook: Workbook, design: Design
) -> None:
    deck = replace(many(26), how_to_use=(words("word " * 360),))
    _, problems = faces_of(deck, workbook, design)
    (said,) = [p for p in problems if "Index" in p.found]
    assert said.place == deck.place
    count = int(said.todo.split()[3])
    assert 30 < count < 360
    less = (words("word " * (360 - 2 * count)),)  # in one point, and half as much again
    _, problems = faces_of(replace(deck, how_to_use=less), workbook, design)
    assert problems == []
    # Points go on to as many cards as they need.
    faces, problems = faces_of(
        replace(deck, how_to_use=(words("word " * 30),) * 12), workbook, design
    )
    assert problems == []
    told = [
        each
        for each in faces
        if "Index" in each.code
        and any("word word" in r.text for m in each.back.lines() for r in m.runs)
    ]
    assert len(told) > 1


def test_a_name_that_fits_nowhere_is_one_problem_at_its_own_place(
    workbook: Workbook, design: Design
) -> None:
    deck = many(3, cards=4)
    long = replace(
        deck.sections[2], name="A name of a section that runs on and on beyond all cards"
    )
    wide = replace(deck, sections=(*deck.sections[:2], long))
    faces, problems = faces_of(wide, workbook, design)
    assert [(p.place, p.todo) for p in problems] == [(long.place, "Use a shorter name.")]
    assert long.name in problems[0].found
    assert deck_problems(wide, faces, design, fit=True) == problems
    assert faces_of(deck, workbook, design)[1] == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("count", [14, 26, 60])
def test_the_workbook_shows_the_colours_of_all(workbook: Workbook, look: str, count: int) -> None:
    deck = many(count)
    pages, problems = lay_out_workbook(workbook, deck, LOOKS[look]())
    assert problems == []
    told = [page for page in pages if page.name.startswith("workbook-colours")]
    names = {section.name for section in deck.sections}
    shown = [text for page in told for text in texts(page) if text in names]
    assert shown == [section.name for section in deck.sections]
    assert [int(page.label) for page in pages] == list(range(1, len(pages) + 1))


def test_the_guide_counts_and_names_them(workbook: Workbook, design: Design) -> None:
    deck = many(26)
    printing = Printing("long", "rows", 2, 9, indexes=3)
    pages, problems = lay_out_guide(deck, workbook, design, printing)
    assert problems == []
    said = " ".join(text for page in pages for text in texts(page)).replace("\u00a0", " ")
    assert "27 cards, 3 index cards and a workbook" in said
    assert "60 cards in 2 sets" in said and "Index, Index 2, Index 3." in said
    alone = lay_out_guide(deck, workbook, design, replace(printing, indexes=1))[0]
    said = " ".join(text for page in alone for text in texts(page))
    assert "an index card" in said and "Index 2" not in said


def test_thumb_tabs_of_many_sections_are_on_the_card(workbook: Workbook) -> None:
    design = design_of("masthead")
    for count in (6, 40):
        tops = []
        for each in faces_of(many(count), workbook, design)[0]:
            tab = [s for s in each.front.elements if s.role == "Artifact"][-1]
            path = next(tab.marks()).path  # type: ignore[union-attr]
            ys = [float(v) for s in path for v in s[2::2]]
            assert min(ys) > 0 and max(ys) < each.front.size.height_pt
            tops.append(max(ys))
        assert len(set(tops)) == 7  # six sections and the index cards, or as many as have room


def test_a_file_of_them_is_sound_and_has_a_bookmark_for_each(
    workbook: Workbook, design: Design
) -> None:
    found = indexes(faces_of(many(26), workbook, design)[0])
    drawings = [side for each in found for side in (each.front, each.back)]
    info = DocumentInfo("Fruit", "The orchard", "", "en-GB", datetime(2026, 1, 2), "7")
    data = write_pages(drawings, info, design.book)
    checked("index.pdf", data)  # raises if anything is not tagged, named or embedded
    reader = PdfReader(BytesIO(data))
    assert [entry["/Title"] for entry in reader.outline] == [  # type: ignore[index,call-overload]
        *("Index card", "Index card 2", "Index card 3")
    ]
    assert "Index 3" in reader.pages[4].extract_text()
