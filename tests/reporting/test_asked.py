"""What fields ask is told by the kinds of blocks and columns, never by their names."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.model.answers import AnswerTable, Asks, Option, Question
from deckgen.model.text import words
from deckgen.model.workbook import (
    Activity,
    Block,
    Box,
    Checklist,
    Choice,
    Column,
    Date,
    Rating,
    Signature,
    Summary,
    Table,
    TimeFrame,
    Workbook,
)
from deckgen.problem import Place
from deckgen.project import Project
from deckgen.proof.proof import Proof
from deckgen.reporting.asked import Asked, Sort, asked_in, roles_in
from deckgen.reporting.findings import asked_of
from tests.reporting.made_up import answer, source

HERE = Place("content/workbooks/w.md", 1)


def book(*blocks: Block, key: str = "w", title: str = "Plant a tree") -> Workbook:
    activity = Activity("plant", 1, title, (), "", (), "", blocks, HERE)
    frame = TimeFrame("spring", "Spring", "", (), (activity,), HERE)
    return Workbook(key, "Gardeners", "Trees", "", ("Garden",), (frame,), HERE)


def asked(*blocks: Block, questions: tuple[Question, ...] = ()) -> Asked:
    return asked_in([book(*blocks)], questions)


def table(*columns: Column) -> Table:
    return Table(id="to-do", title="To do", columns=columns, rows=2, each="Job")


def test_every_field_of_the_real_workbooks_is_known(deck: Project) -> None:
    content = Proof(deck).read[0]
    assert content
    for workbook in content.books:
        known = asked_in([workbook], ()).fields
        names = {name for name, _ in workbook.field_names()}
        assert names == {name for name in known if not name.startswith("cover.")}
        assert len([n for n in known if n.startswith("cover.")]) == len(workbook.cover_fields)


@pytest.mark.parametrize(
    ("columns", "roles"),
    [
        (
            (Column("a", "Job"), Column("b", "Gardener"), Column("c", "Day", "date")),
            ("a", "c", "b", ""),
        ),
        (
            (
                Column("n", "Gardener"),
                Column("w", "Job", "wide"),
                Column("d", "Day", "date"),
                Column("t", "Done", "tick"),
            ),
            ("w", "d", "n", "t"),
        ),
        (
            (
                Column("d", "Day", "date"),
                Column("s", "How far", "choice", ("Dug", "Planted")),
                Column("t", "Watered", "tick"),
                Column("j", "Job"),
            ),
            ("j", "d", "", "s"),
        ),
    ],
)
def test_the_columns_of_actions_are_found_by_their_kinds(
    columns: tuple[Column, ...], roles: tuple[str, ...]
) -> None:
    for row in asked(table(*columns)).rows().values():
        found = roles_in(row)
        assert found
        names = (found.what, found.day, found.who, found.status)
        assert tuple(name.rpartition(".")[2] for name in names) == roles


def test_a_table_without_a_day_is_none_of_actions() -> None:
    (first, _) = asked(table(Column("a", "Tree"), Column("b", "Height"))).rows().values()
    assert roles_in(first) is None


def test_a_signature_is_no_action() -> None:
    known = asked(
        Signature(id="s", title="Agreed", lines=(Column("n", "Name"), Column("d", "Date")))
    )
    assert known.rows() == {}
    assert {f.sort for f in known.fields.values()} == {Sort.NAME}


def test_a_summary_is_a_row_a_time_frame() -> None:
    columns = Column("w", "The one thing", "wide"), Column("d", "By", "date")
    rows = asked(Summary(id="all", title="All", columns=columns)).rows()
    assert [(row, fields[0].row_title) for row, fields in rows.items()] == [
        ("plant.all.spring", "Spring")
    ]


def test_an_option_is_known_by_its_id_its_words_and_its_number() -> None:
    known = asked(Rating(id="r", steps=("Never", "Often"))).fields["plant.r"]
    assert known.sort is Sort.RATING
    assert [known.option(value) for value in ("2", "often", "Sometimes")] == [1, 1, None]
    question = Question(
        "plant.r", Asks.OPTION, "", options=(Option("no", "Never"), Option("yes", "Often"))
    )
    known = asked(Rating(id="r", steps=("Never", "Often")), questions=(question,)).fields["plant.r"]
    assert known.said("yes") == "Often"


def test_other_blocks_have_their_sorts() -> None:
    fields = asked(
        Checklist(id="c", items=(words("Spade"), words("Water")), ids=("spade", "water")),
        Choice(id="o", options=(words("Oak"), words("Ash"))),
        Date(id="d"),
    ).fields
    assert fields["plant.c.spade"].column == "Spade"
    assert fields["plant.o"].said("2") == "Ash"
    assert fields["plant.d"].sort is Sort.DAY


def test_a_question_of_no_workbook_is_words_or_a_name() -> None:
    questions = (
        Question("old.box", Asks.LINES, "What happened?"),
        Question("old.name", Asks.LINE, "Name"),
    )
    fields = asked(questions=questions).fields
    assert (fields["old.box"].sort, fields["old.name"].sort) == (Sort.WORDS, Sort.NAME)
    assert fields["old.box"].workbooks == ()


def test_what_two_workbooks_ask_alike_is_one_question() -> None:
    box = Box(id="now", title="Now")
    known = asked_in([book(box), book(box, key="v")], ())
    assert known.fields["plant.now"].workbooks == ("w", "v")
    assert known.others == {}


@pytest.mark.parametrize("workbooks", [("w", "v"), ("", "")])
def test_one_name_for_two_questions_of_two_workbooks(workbooks: tuple[str, str]) -> None:
    box = Box(id="now", title="Now")
    books = [book(box), book(box, key="v", title="Fell a tree")]
    field = asked_in(books, ()).fields["plant.now"]
    sources = tuple(source(n, "Heron", workbook=w) for n, w in enumerate(workbooks, start=1))
    answers = (
        answer(sources[0], field, "One"),
        answer(sources[1], replace(field, activity="Fell a tree"), "Two"),
    )
    known, table = asked_of(AnswerTable("D", answers, sources), books)
    assert [known.fields[a.field].activity for a in table.answers] == [
        "Plant a tree",
        "Fell a tree",
    ]
