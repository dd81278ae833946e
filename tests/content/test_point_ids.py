"""What points to tick and to choose are called by: never by their place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.content.point_ids import id_in_words, named_points
from deckgen.content.workbook import read_workbook
from deckgen.model.text import plain, words
from deckgen.model.workbook import Checklist, Choice, Rating, Workbook
from deckgen.problem import Place, Problem

HEAD = "# B\nRole: R\nCover fields: {cover}\n\n## P\n\n### Q\n{block}\n"


def read(block: str, cover: str = "Home") -> tuple[Workbook, list[Problem]]:
    return read_workbook(HEAD.format(block=block, cover=cover), "content/workbooks/a.md", "a")


@pytest.mark.parametrize("label", ["Checklist", "Choice", "Rating"])
def test_an_id_at_the_end_is_the_name_and_is_not_printed(label: str) -> None:
    book, found = read(f"{label}\n- **Everyone** was heard (id: heard)\n- Ready? (Id:ready )\n")
    assert found == []
    (_, block) = next(book.blocks())
    assert isinstance(block, Checklist | Choice | Rating)
    assert block.ids == ("heard", "ready")
    said = getattr(block, {"Rating": "steps", "Choice": "options"}.get(label, "items"))
    assert [s if isinstance(s, str) else plain(s) for s in said] == ["Everyone was heard", "Ready?"]


def test_without_an_id_the_words_are_the_name() -> None:
    book, found = read("Checklist\n- Everyone was heard\n- {cy: Siân} agreed\n")
    assert [name for name, _ in book.field_names()] == [
        "p.q.everyone-was-heard",
        "p.q.sian-agreed",
    ]
    assert [(p.code, p.place.line) for p in found] == [("answer-id-missing", 9)]
    assert "2 points" in found[0].found and "(id: everyone-was-heard)" in found[0].todo


def test_what_is_proposed_is_what_it_is_called_already() -> None:
    book, found = read("Checklist\n- Everyone was heard\n")
    proposed = re.findall(r"\(id: ([a-z-]+)\)", found[0].todo)
    again, found = read(f"Checklist\n- Everyone was heard (id: {proposed[0]})\n")
    assert found == [] and list(again.field_names()) == list(book.field_names())


def test_lines_of_the_cover_have_names_too() -> None:
    book, found = read("Box", "Home, Date of today (id: day)")
    assert found == [] and book.cover_ids == ("home", "day")
    assert book.cover_fields == ("Home", "Date of today")


@pytest.mark.parametrize(
    ("points", "code", "says"),
    [
        ("- One (id: A b)\n- Two (id: b)", "id-invalid", "“A b” can't be an Id"),
        ("- (id: one)\n- Two (id: b)", "id-invalid", "no words"),
        ("- One\n- One", "id-repeated", "stands here a second time"),
        ("- One (id: x)\n- Two (id: x)", "id-repeated", "“Two” and “One” go by one name, “x”"),
        ("- Yes!\n- Yes?", "id-repeated", "go by one name, “yes”"),
    ],
)
def test_names_that_can_t_be(points: str, code: str, says: str) -> None:
    found = read(f"Checklist\n{points}\n")[1]
    assert [p.code for p in found] == [code] and says in found[0].found


@given(st.text(min_size=1).filter(lambda said: said.strip()))
def test_any_words_are_a_name_that_files_can_hold(said: str) -> None:
    name = id_in_words(said)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 60
    assert id_in_words(f"  {said} ") == name or said != said.strip()


@given(st.permutations(["Türen", "Тüren", "Двери", "Doors", "A" * 70, "A" * 71]))
def test_any_order_gives_the_same_names(order: list[str]) -> None:
    points, found = named_points((words(said), Place("a.md")) for said in order)
    assert found == []
    assert {plain(p.text): p.id for p in points} == {said: id_in_words(said) for said in order}


def test_activities_of_one_title_are_told_apart_by_their_time_frames() -> None:
    frame = "## {}\nWhen: soon\n\n### Meet\n\n#### What?\nBox\n\n"
    text = "# B\nRole: R\n\n" + frame.format("Now") + frame.format("Later")
    book, found = read_workbook(text, "content/workbooks/a.md", "a")
    assert {p.code for p in found} == {"answer-id-missing"}
    assert [activity.key for _, activity in book.activities] == ["now-meet", "later-meet"]
    twice = text + "### Meet\n\n#### What?\nBox\n"
    found = read_workbook(twice, "content/workbooks/a.md", "a")[1]
    assert [p.code for p in found] == ["part-repeated"]
