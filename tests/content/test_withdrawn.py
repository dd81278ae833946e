"""Numbers of withdrawn cards: a hole in a section, and what is said of it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.content.load import Content, load_content
from deckgen.model.deck import Section
from deckgen.model.drawing import Drawing, Shape
from deckgen.model.selection import selected
from deckgen.problem import Place, Problem
from deckgen.project import read_project
from tests.conftest import ROOT
from tests.layout.made_up import design_of, lay_out_deck, plain_marks
from tests.problems.test_samples import mini_files

CARDS, DECK, BOOK = "content/cards/D.md", "content/deck.toml", "content/workbooks/bakers.md"
HERE = Place(DECK)


def with_hole(*edits: tuple[str, str, str]) -> tuple[Content | None, list[Problem]]:
    """The mini deck after D2 became D3, as if D2 had been withdrawn."""
    files = mini_files()
    hole = [
        (CARDS, "# D2", "# D3"),
        (CARDS, "See also: D2", "See also: D3"),
        (DECK, "cards = 2", "cards = 2\nwithdrawn = [2]"),
        (BOOK, "Cards: D2", "Cards: D3"),
        (BOOK, "D1–D2", "D1, D3"),
    ]
    for file, old, new in [*hole, *edits]:
        text = files[file].decode()
        assert old in text, old
        files[file] = text.replace(old, new, 1).encode()
    return load_content(files)


@pytest.mark.parametrize(
    ("count", "withdrawn", "span"),
    [
        (12, (), "K1 to K12"),
        (1, (), "K1"),
        (2, (), "K1 to K2"),
        (1, (1,), "K2"),
        (3, (1,), "K2 to K4"),
        (11, (3,), "K1, K2, K4 to K12"),
        (11, (2,), "K1, K3 to K12"),
        (4, (4,), "K1 to K3, K5"),
        (5, (9, 2, 4), "K1, K3, K5 to K7"),
        (3, (2, 4, 6), "K1, K3, K5"),
        (3, (50,), "K1 to K3"),
    ],
)
def test_the_codes_of_a_section_in_words(count: int, withdrawn: tuple[int, ...], span: str) -> None:
    section = Section("K", "Knowledge", "pink", "key", count, HERE, withdrawn=withdrawn)
    assert section.span == span
    assert len(section.codes) == count


def test_a_hole_is_no_problem() -> None:
    content, problems = with_hole()
    assert problems == []
    assert content is not None
    assert [str(card.code) for card in content.deck.cards] == ["D1", "D3", "OV1"]


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (CARDS, "See also: D3", "See also: D2", 3),
        (CARDS, "Weigh both", "Weigh as D2 says", 7),
        (BOOK, "D1, D3", "D2 to D3", 95),
    ],
)
def test_whoever_names_it_is_told(file: str, old: str, new: str, line: int) -> None:
    _, problems = with_hole((file, old, new))
    assert [(p.code, p.place.file, p.place.line) for p in problems] == [
        ("reference-dead", file, line)
    ]
    assert problems[0].found == "D2 was withdrawn."
    assert "D1, D3" in problems[0].todo


def test_a_row_in_the_words_goes_over_the_hole() -> None:
    edits = ((BOOK, "D1, D3", "D1–D3"), ("content/cards/OV.md", "also: D1", "also: D1-3"))
    content, problems = with_hole(*edits)
    assert problems == []
    assert content is not None
    _, activity = content.workbook.activities[-1]
    for references in (activity.cards, content.deck.cards[-1].see_also):
        assert [str(reference.code) for reference in references] == ["D1", "D3"]


def test_a_card_that_is_just_gone_may_have_been_withdrawn() -> None:
    files = mini_files()
    text = files[CARDS].decode()
    files[CARDS] = text[: text.index("# D2")].replace("D2, ", "").encode()
    missing = next(p for p in load_content(files)[1] if p.code == "card-missing")
    assert "cards = 1 and withdrawn = [2]" in missing.todo


@pytest.mark.parametrize("withdrawn", ["[0]", "[1000]", "[2, 2]", '["2"]', "2", "[2.0]"])
def test_values_that_are_no_numbers_of_cards(withdrawn: str) -> None:
    _, problems = with_hole((DECK, "withdrawn = [2]", f"withdrawn = {withdrawn}"))
    line = mini_files()[DECK].decode().split("\n").index("cards = 2") + 2
    assert [(p.code, p.place.line) for p in problems] == [("setting-invalid", line)]


def test_rows_of_cards_to_print_go_over_the_hole() -> None:
    content, _ = with_hole()
    assert content is not None
    chosen, problems = selected(content.deck, content.workbook, "D1-3", "")
    assert (chosen, problems) == ([("D1", 1), ("D3", 1)], [])
    for asked in ("D2", "D2-2"):
        _, problems = selected(content.deck, content.workbook, asked, "")
        assert [p.found for p in problems] == ["D2 was withdrawn."]
        assert problems[0].todo == "The section has D1, D3."
    _, problems = selected(content.deck, content.workbook, "D1-4", "")
    assert problems[0].found == "There is no D4."


def dots_on(front: Drawing) -> list[bool]:
    """For each dot of a front whether it is filled."""
    rows = ([kid for kid in e.kids if isinstance(kid, Shape)] for e in front.elements)
    dots = [row for row in rows if row and all(len(shape.path) == 6 for shape in row)]
    return [bool(shape.fill) for shape in dots[-1]]


def test_dots_say_the_number_and_nothing_of_other_cards() -> None:
    content, _ = with_hole()
    assert content is not None
    marks = plain_marks(content.deck)
    cards, problems = lay_out_deck(content.deck, content.workbook, design_of(), marks)
    assert problems == []
    assert dots_on(cards[0].front) == [True]
    assert dots_on(cards[1].front) == [False, False, True]
    whole, _ = load_content(mini_files())
    assert whole is not None
    before, _ = lay_out_deck(whole.deck, whole.workbook, design_of(), plain_marks(whole.deck))
    # The first card stays as it is, dot for dot, when the second is withdrawn.
    assert dots_on(before[0].front) == [True]
    assert dots_on(before[1].front) == [False, True]


def test_the_index_splits_a_list_of_codes_that_is_too_wide() -> None:
    content, _ = with_hole()
    assert content is not None
    wide = Section("D", "Dough", "pink", "key", 20, HERE, withdrawn=(2, 4, 7, 9, 12, 15, 17, 20))
    deck = replace(content.deck, sections=(wide, content.deck.sections[1]))
    for theme in ("gallery", "masthead"):
        cards, problems = lay_out_deck(deck, content.workbook, design_of(theme), plain_marks(deck))
        assert problems == []
        text = " ".join(
            run.text for mark in cards[-1].back.marks() for run in getattr(mark, "runs", ())
        )
        for piece in wide.span.split(", "):
            assert piece in text


@pytest.mark.parametrize("theme", ["gallery", "masthead"])
def test_the_index_keeps_its_names_beside_a_hole(theme: str) -> None:
    content, _ = load_content(read_project(ROOT).files)
    assert content is not None
    sections = tuple(
        replace(s, count=11, withdrawn=(3,)) if s.prefix == "K" else s
        for s in content.deck.sections
    )
    deck = replace(content.deck, sections=sections)
    cards, problems = lay_out_deck(deck, content.workbook, design_of(theme), plain_marks(deck))
    assert problems == []
    text = [r.text for m in cards[-1].back.marks() for r in getattr(m, "runs", ())]
    assert text[text.index("K1, K2, K4 to K12 ") + 1] == "Knowledge"
    assert "Service users and carers" in text
