"""What a heading of a workbook is, by the label below it."""

from __future__ import annotations

import re

import pytest

from deckgen.content.workbook import read_workbook
from deckgen.content.workbook_blocks import KINDS
from deckgen.model.text import Run
from deckgen.model.workbook import (
    Block,
    Box,
    Choice,
    Column,
    Date,
    Lines,
    Rating,
    Signature,
    Steps,
    Table,
    TimeFrame,
    Words,
    Workbook,
)
from deckgen.problem import Problem
from tests.conftest import ROOT

ALL = ROOT / "tests/content/all_blocks.md"


def read(text: str) -> tuple[Workbook, list[Problem]]:
    return read_workbook(text, "content/workbooks/a.md", "a")


def block_of(text: str) -> Block:
    """The block of these lines below a heading."""
    book, found = read(f"# Book\nRole: People\n\n## Part\n\n### Heading\n{text}\n")
    assert found == []
    (part,) = book.parts
    (block,) = part.blocks
    assert (block.id, block.title) == ("heading", "Heading")
    return block


def faults_of(text: str) -> list[tuple[str, int]]:
    """Codes and lines of what is wrong with these lines, the first of which is line 6."""
    found = read(f"# Book\nRole: People\n\n## Part\n\n{text}\n")[1]
    return [(p.code, p.place.line) for p in found]


def test_a_label_says_what_a_heading_is() -> None:
    box = block_of("Box: large\n\nHow?")
    assert isinstance(box, Box) and box.fills and box.hint == (Run("How?"),)
    small, five = block_of("box: Small"), block_of("Box: 5")
    assert isinstance(small, Box) and small.lines < 0 and isinstance(five, Box) and five.lines == 5
    assert isinstance(block_of("Date"), Date) and isinstance(block_of("Kind: date"), Date)
    rating = block_of("Rating\n\n- Low\n- **High**")
    assert isinstance(rating, Rating) and rating.steps == ("Low", "High")
    choice = block_of("Choice:\n- Yes\n- No")
    assert isinstance(choice, Choice) and len(choice.options) == 2
    assert isinstance(block_of("Just words."), Words)


def test_ruled_lines_are_cut_where_a_page_may_be_turned() -> None:
    lines = block_of("Lines: 30")
    assert isinstance(lines, Lines) and lines.stretches == (8, 8, 8, 6)
    assert lines.field_names(()) == ("1", "2", "3", "4")
    few = block_of("Lines: 8")
    assert isinstance(few, Lines) and few.stretches == (8,) and few.field_names(()) == ("",)
    whole = block_of("Lines: page")
    assert isinstance(whole, Lines) and whole.stretches == (0,)


def test_columns_say_what_goes_into_them() -> None:
    table = block_of(
        "Table: Action (id: what), Who, By when (date), OK (tick), Status (choice: Open, Done)\n"
        "Rows: 4\nEach row: Action"
    )
    assert isinstance(table, Table)
    assert table.columns == (
        Column("what", "Action", "wide"),
        Column("who", "Who"),
        Column("by-when", "By when", "date"),
        Column("ok", "OK", "tick"),
        Column("status", "Status", "choice", ("Open", "Done")),
    )
    assert (table.rows, table.each) == (4, "Action")
    assert table.field_names(())[:2] == ("1.what", "1.who") and len(table.field_names(())) == 20
    other = block_of("Table: Name, Since (wide), State (choice)\nStatuses: In, Out")
    assert isinstance(other, Table) and other.rows == 3
    assert [column.kind for column in other.columns] == ["text", "wide", "choice"]
    assert other.options == ("In", "Out")


def test_steps_may_have_titles() -> None:
    steps = block_of("Steps\n- **Look.** At all.\n- Then go.")
    assert isinstance(steps, Steps)
    assert [step.title for step in steps.steps] == ["Look", ""]


def test_a_part_may_be_a_block_itself() -> None:
    book, found = read("# B\nRole: R\n\n## Signed\nSignature\n\nSign here.\n\n## Day\nDate\n")
    assert found == []
    assert [name for name, _ in book.field_names()] == [
        *("signed.name", "signed.role", "signed.signed", "signed.date"),
        "day.answer",
    ]
    signature = book.parts[0].blocks[0]
    assert isinstance(signature, Signature) and signature.title == ""


FAULTS = {
    "two kinds": ("### A\nBox\nDate", ("block-invalid", 8)),
    "a value that says nothing": ("### A\nRating: 5\n- One\n- Two", ("block-invalid", 7)),
    "a new page of something": ("### A\nNew page: 5\n\nWords.", ("block-invalid", 7)),
    "points first": ("Words.\n\n## Q\nPoints: first\n\nWords.", ("block-invalid", 9)),
    "no such kind": ("### A\nKind: boxx\n\nWords.", ("block-invalid", 7)),
    "a size of its own": ("### A\nBox: huge", ("number-invalid", 7)),
    "no lines": ("### A\nLines: 0", ("number-invalid", 7)),
    "too many rows": ("### A\nTable: B\nRows: 61", ("number-invalid", 8)),
    "columns without names": ("### A\nTable:", ("label-missing", 7)),
    "a column twice": ("### A\nTable: B, b", ("block-invalid", 7)),
    "an open bracket": ("### A\nTable: B (date, C", ("block-invalid", 7)),
    "an odd bracket": ("### A\nTable: B (colour: red)", ("block-invalid", 7)),
    "nothing to choose from": ("### A\nTable: B, C (choice)", ("label-missing", 6)),
    "nothing to choose": ("### A\nChoice", ("part-empty", 6)),
    "nothing to do": ("### A\nSteps", ("part-empty", 6)),
    "one step to rate": ("### A\nRating\n- Only", ("number-invalid", 6)),
    "a list in a box": ("### A\nBox\n- Why?", ("text-stray", 8)),
    "a label of another block": ("### A\nBox\nRows: 3", ("label-unknown", 8)),
    "an Id with spaces": ("### A\nBox\nId: My box", ("id-invalid", 8)),
    "one heading twice": ("### A\nBox\n\n### A\nBox", ("part-repeated", 9)),
    "one Id twice": ("### A\nBox\nId: x\n\n### B\nBox\nId: x", ("id-repeated", 12)),
    "an Id and a heading": ("### X\nBox\n\n### B\nBox\nId: x", ("id-repeated", 11)),
    "the cover's name": ("Words.\n\n## Cover\n\nWords.", ("id-repeated", 8)),
    "two parts of one name": ("Words.\n\n## part!\n\nWords.", ("id-repeated", 8)),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_is_said_once_and_in_its_place(name: str) -> None:
    text, fault = FAULTS[name]
    assert faults_of(text) == [fault]


def test_answers_of_two_blocks_can_t_share_a_name() -> None:
    book = "# B\nRole: R\n\n## P\nChecklist\n- One (id: 1)\n\n### X\nBox\nId: 1\n"
    assert [(p.code, p.place.line) for p in read(book)[1]] == [("id-repeated", 8)]
    frame = "# B\nRole: R\n\n## A\nWhen: now\n\n### Do\nId: {}\n\n#### Q\nBox\n"
    for taken in ("a", "cover", "deckgen"):
        found = read(frame.format(taken))[1]
        assert {p.code for p in found} == {"id-repeated"}, taken


def test_the_same_titles_are_no_fault_if_their_ids_differ() -> None:
    assert faults_of("### A\nBox\n\n### A\nBox\nId: other") == []


def test_each_block_can_stand_twice_in_any_part() -> None:
    book, found = read(ALL.read_text(encoding="utf-8"))
    assert found == []
    kinds = [type(block).__name__ for _, block in book.blocks()]
    assert {kind for kind in kinds if kinds.count(kind) < 2} == set()
    assert len(set(kinds)) == 14
    names = [name for name, _ in book.field_names()]
    assert len(names) == len(set(names)) > 180


@pytest.mark.parametrize("count", [1, 6])
def test_time_frames_are_a_deck_s_own(count: int) -> None:
    frames = "".join(
        f"## Stage {n}\nKind: time frame\n\n### Do it\nId: do-{n}\n\n#### Why?\nBox\n\n"
        for n in range(count)
    )
    book, found = read(f"# B\nRole: R\n\n{frames}## End\n\nThe end.\n")
    assert found == []
    assert [frame.key for frame in book.frames] == [f"stage-{n}" for n in range(count)]
    assert [key for _, (key) in enumerate(a.key for _, a in book.activities)] == [
        f"do-{n}" for n in range(count)
    ]
    assert isinstance(book.parts[0], TimeFrame)


def test_the_page_that_explains_it_is_right() -> None:
    page = (ROOT / "docs/workbooks.md").read_text(encoding="utf-8")
    example = page.split("```\n")[1]
    book, found = read(example)
    assert found == []
    assert [frame.name for frame in book.frames] == ["Tonight"]
    assert "walk.what-we-will-do.1.by-when" in {name for name, _ in book.field_names()}
    table = page[page.index("## Blocks") : page.index("**Tables.**")]
    told = re.findall(r"^\| `([A-Z][a-z ]*?)(?:`|:)", table, re.MULTILINE)
    assert set(told) == set(KINDS)
