"""A workbook knows what its fields are called, and which activities lay out a card."""

from __future__ import annotations

from deckgen.content.workbook import read_workbook
from deckgen.model.deck import CardCode
from deckgen.model.workbook import NO_WORKBOOK

TEXT = """# Book
Role: People

## Tonight
When: tonight

### Own box
Box

### Walk
Id: walk
Cards: A1

#### Why?
Box

## Next year
When: next year

### Plan
Cards: A1–A2
Id: plan

#### Who?
Table: Name, Since
Rows: 1
"""


def test_uses_follow_the_names_in_the_file() -> None:
    book, found = read_workbook(TEXT, "a.md", "a")
    assert found == []
    assert book.uses_of(CardCode("A", 1)) == ("Tonight 1", "Next year 1")
    assert book.uses_of(CardCode("A", 2)) == ("Next year 1",)
    assert NO_WORKBOOK.uses_of(CardCode("A", 1)) == ()


def test_fields_are_named_after_parts_activities_and_blocks() -> None:
    book, _ = read_workbook(TEXT, "a.md", "a")
    assert [name for name, _ in book.field_names()] == [
        *("tonight.own-box", "walk.why", "plan.who.1.name", "plan.who.1.since")
    ]


def test_a_time_frame_has_its_own_page_if_nothing_else_says_what_it_means() -> None:
    book, _ = read_workbook(TEXT, "a.md", "a")
    assert [book.opens(frame) for frame in book.frames] == [True, True]
    listed, _ = read_workbook(f"{TEXT}\n## All\nTime frames\n", "a.md", "a")
    assert [listed.opens(frame) for frame in listed.frames] == [True, False]
