"""The workbook's pages: fields with stable names and spoken ones, links, room on the page."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing, Field, FieldKind, Link, TextLine
from deckgen.model.text import words
from deckgen.model.workbook import Workbook
from tests.layout.made_up import design_of, lay_out_workbook


def marks(drawings: tuple[Drawing, ...], kind: type) -> list[Any]:
    return [m for d in drawings for m in d.marks() if isinstance(m, kind)]


def chatty(workbook: Workbook, said: str, count: int) -> Workbook:
    """The workbook with many words on its last part."""
    last = replace(workbook.parts[-1], points=(words(said),) * count)
    return replace(workbook, parts=(*workbook.parts[:-1], last))


def test_pages_in_order(deck: Deck, workbook: Workbook, design: Design) -> None:
    pages, problems = lay_out_workbook(workbook, deck, design)
    assert not problems
    assert [p.name for p in pages][:6] == [
        "workbook-cover",
        "workbook-how-to",
        "workbook-colours",
        "workbook-frames",
        "workbook-immediate-1-talk",
        "workbook-immediate-1-actions",
    ]
    assert [p.label for p in pages] == [str(n) for n in range(1, 14)]


def test_field_names_say_what_they_hold(deck: Deck, workbook: Workbook, design: Design) -> None:
    pages, _ = lay_out_workbook(workbook, deck, design)
    fields = marks(pages, Field)
    names = {f.name for f in fields}
    assert {
        "immediate-1.now",
        "immediate-1.change",
        "immediate-1.rating",
        "immediate-1.learned",
        "immediate-1.actions.1.what",
        "immediate-1.actions.2.status",
        "longer-term-1.checklist.agreed",
        "overview.medium-term.who",
        "sign-off.1.date",
        "cover.garden",
    } <= names
    single = [f.name for f in fields if f.kind is not FieldKind.RADIO]
    assert len(single) == len(set(single))


def test_spoken_names_are_unique_and_make_sense_alone(
    deck: Deck, workbook: Workbook, design: Design
) -> None:
    pages, _ = lay_out_workbook(workbook, deck, design)
    said = [f.tooltip for f in marks(pages, Field)]
    assert len(said) == len(set(said))
    assert "Immediate, activity 1, action 1: who" in said


def test_links_lead_to_pages_that_exist(deck: Deck, workbook: Workbook, design: Design) -> None:
    pages, _ = lay_out_workbook(workbook, deck, design)
    targets = {m.target for m in marks(pages, Link)}
    assert len(targets) == 3
    assert targets <= {f"#{p.name}" for p in pages}


def test_no_text_is_below_twelve_points(deck: Deck, workbook: Workbook, design: Design) -> None:
    pages, _ = lay_out_workbook(workbook, deck, design)
    assert min(m.size_pt for m in marks(pages, TextLine)) >= 12


def test_words_that_fill_a_page_go_on_to_the_next(
    deck: Deck, workbook: Workbook, design: Design
) -> None:
    pages, problems = lay_out_workbook(chatty(workbook, "So many words. " * 40, 9), deck, design)
    assert not problems
    last = pages[-3:]
    names = ["workbook-formats", "workbook-formats-2", "workbook-formats-3"]
    assert [p.name for p in last] == names
    lines = [m for p in last for m in p.marks() if isinstance(m, TextLine)]
    said = " ".join(run.text for line in lines for run in line.runs)
    assert len(re.findall(r"So\s+many", said)) == 9 * 40
    assert [len(p.bookmarks) for p in last] == [1, 0, 0]


def test_a_paragraph_longer_than_a_page_is_a_problem(
    deck: Deck, workbook: Workbook, design: Design
) -> None:
    _, problems = lay_out_workbook(chatty(workbook, "So many words. " * 400, 1), deck, design)
    assert [p.code for p in problems] == ["text-too-long"]
    assert "lines" in problems[0].found


def test_the_pages_that_the_time_frames_name_are_where_activities_begin(
    deck: Deck, workbook: Workbook
) -> None:
    for large in (False, True):
        pages, _ = lay_out_workbook(workbook, deck, design_of(large_print=large))
        begins = {p.name: p.label for p in pages}
        links = marks(pages, Link)
        assert len(links) == 3
        for link in links:
            assert link.contents.endswith(f"page {begins[link.target[1:]]}")


def test_fields_keep_out_of_each_others_way(deck: Deck, workbook: Workbook, design: Design) -> None:
    pages, _ = lay_out_workbook(workbook, deck, design)
    for page in pages:
        rects = [m.rect for m in page.marks() if isinstance(m, Field)]
        for i, one in enumerate(rects):
            for other in rects[i + 1 :]:
                apart = (
                    one.right_pt <= other.x_pt + 0.01
                    or other.right_pt <= one.x_pt + 0.01
                    or one.top_pt <= other.y_pt + 0.01
                    or other.top_pt <= one.y_pt + 0.01
                )
                assert apart, (page.name, one, other)


def test_large_print_asks_the_same_in_more_pages(deck: Deck, workbook: Workbook) -> None:
    usual, _ = lay_out_workbook(workbook, deck, design_of())
    large, problems = lay_out_workbook(workbook, deck, design_of(large_print=True))
    assert not problems
    assert len(large) > len(usual)
    assert {p.size for p in large} == {p.size for p in usual}
    assert asked(large) == asked(usual)
    assert min(m.size_pt for m in marks(large, TextLine)) >= 18
    written = (FieldKind.LINE, FieldKind.LINES, FieldKind.CHOICE)
    assert min(m.size_pt for m in marks(large, Field) if m.kind in written) >= 18


def asked(pages: tuple[Drawing, ...]) -> set[tuple[str, str]]:
    """What the fields are called, and what is said of them."""
    return {(f.name, f.tooltip) for f in marks(pages, Field)}
