"""`carry`: answers of an old edition in the new one's workbook, with every one of them in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from deckgen.answers.asked import asked_today
from deckgen.answers.carry import CarriedOver, carry_workbook
from deckgen.answers.refresh import refresh_workbook
from deckgen.building.build import build_files
from deckgen.cli import cli
from deckgen.exit_codes import ExitCode
from deckgen.model.answers import Asks, Copy
from deckgen.options import Options
from deckgen.products.job import Job
from deckgen.project import Project, read_project
from deckgen.proof.proof import Proof
from deckgen.readback.check import file_faults, read_facts
from deckgen.readback.returned import read_returned
from tests.accessible.verapdf import failed_rules, why_not
from tests.answers.test_refresh_moved import FIRST, moved_text, project_of
from tests.conftest import ROOT
from tests.control.three_editions import edit, issue, number, second
from tests.readback import odd_files as odd
from tests.shared import Shared

BOOK = "workbooks/practice-learning-managers.md"
WALK = """### Thank a student
Id: thanks

#### What we do now
Box: large
Id: now
Who thanks the students?

"""


def second_words(folder: Path) -> None:
    """An activity before the first, a question and a tick in other words, a step that is gone."""
    second(folder)
    edit(
        folder,
        BOOK,
        ("### Hold our policies", f"{WALK}### Hold our policies"),
        ("What do our practice learning policies say?", "What do they say?"),
        ("Travel, support and time are paid for", "All of it is paid for"),
    )
    text = (folder / "content" / BOOK).read_text("utf-8")
    before, after = text.split("Id: service-users", 1)
    after = after.replace("- Often\n", "- Nearly always\n", 1)
    (folder / "content" / BOOK).write_text(f"{before}Id: service-users{after}", "utf-8")


def third_words(folder: Path) -> None:
    """The second time frame's activity stands in the last; a tick and a question are gone."""
    path = folder / "content" / BOOK
    text = path.read_text("utf-8")
    own = re.search(r"### Learn with people.*?(?=## Longer term)", text, re.DOTALL)
    assert own
    other = WALK.replace("Thank a student", "Look back").replace("thanks", "back")
    text = text.replace(own[0], other).replace("### Assess the", own[0] + "### Assess the")
    text = text.replace("- The next meeting is in the diary (id: next-meeting)\n", "")
    gone = "#### One thing we learned\nBox: small\nId: learned\nWhat surprised you?\n"
    assert gone in text
    path.write_text(text.replace(gone, ""), "utf-8")


def editions(folder: Path) -> None:
    """Three editions of the deck; the project as it was in each."""
    work = folder / "work"
    shutil.copytree(ROOT / "content", work / "content")
    for name, change in (("1", None), ("2", second_words), ("3", third_words)):
        if change:
            change(work)
        issue(work, name)
        shutil.copytree(work, folder / name)
    made = build_files(read_project(folder / "1"), ["workbook"], output=folder / "built")
    (folder / "old.pdf").write_bytes(
        odd.filled(made.outputs[0].read_bytes(), all_answers(read_project(folder / "1")))
    )


def all_answers(project: Project) -> dict[str, str]:
    """An answer to each question of a workbook; no two in words are the same."""
    asked = asked_today(Proof(project))
    assert asked
    answers = dict[str, str]()
    for count, question in enumerate(asked.questions):
        if question.asks is Asks.OPTION:
            answers[question.field] = question.options[3].value
        else:
            tick = question.asks is Asks.TICK
            answers[question.field] = "Yes" if tick else f"No. {count:03}, ŵ"
    return answers


@pytest.fixture(scope="module")
def story(shared: Shared) -> Path:
    return shared.folder("carried-editions", editions)


def carried(folder: Path, data: bytes) -> CarriedOver:
    made, problems = carry_workbook(read_project(folder), data, "old.pdf")
    assert made, problems
    assert [p.code for p in problems if p.code != "answer-id-missing"] == []
    return made


@pytest.fixture(scope="module")
def at_once(story: Path) -> CarriedOver:
    """From edition 1 to 3."""
    return carried(story / "3", (story / "old.pdf").read_bytes())


@pytest.fixture(scope="module")
def by_steps(story: Path) -> CarriedOver:
    """From edition 1 to 2, and on to 3."""
    old = (story / "old.pdf").read_bytes()
    return carried(story / "3", carried(story / "2", old).data)


def copy_in(data: bytes) -> Copy:
    (copy,) = read_returned(data, "x.pdf").copies
    return copy


def in_fields(data: bytes) -> dict[str, str]:
    return {said.field: said.value for said in copy_in(data).said}


def words_behind(data: bytes, blank_pages: int) -> str:
    """What stands on the pages behind a workbook."""
    document = pypdfium2.PdfDocument(data)
    pages = range(blank_pages, len(document))
    said = " ".join(document[n].get_textpage().get_text_range() for n in pages)
    document.close()
    return " ".join(said.replace("\ufffe", "-").split())


def pages_of(folder: Path) -> int:
    return len(Job(Proof(read_project(folder)), Options()).pages())


def lost(old: Mapping[str, str], new: bytes, blank_pages: int, count: int) -> list[str]:
    """Answers in words that a new file shows nowhere, and how many of all are missing."""
    fields, behind = in_fields(new), words_behind(new, blank_pages)
    unseen = [v for v in old.values() if v.startswith("No.") and v not in fields.values()]
    unseen = [value for value in unseen if value not in behind]
    return unseen + [f"{len(old) - count} more"] * (len(old) != count)


CHANGED = {
    "policies.now": "asked differently in edition 1",
    "service-users.checklist.paid": "asked differently in edition 1",
    "service-users.rating": "",
}


@pytest.mark.parametrize("way", ["at_once", "by_steps"])
def test_every_answer_is_in_the_new_file_below_its_own_question(
    story: Path, way: str, request: pytest.FixtureRequest
) -> None:
    made: CarriedOver = request.getfixturevalue(way)
    old = in_fields((story / "old.pdf").read_bytes())
    assert len(old) > 90
    assert lost(old, made.data, pages_of(story / "3"), made.in_boxes + made.behind) == []
    assert made.behind == 3
    fields = in_fields(made.data)
    gone = {"policies.learned", "policies.checklist.next-meeting", "service-users.rating"}
    assert fields == {name: value for name, value in old.items() if name not in gone}
    behind = words_behind(made.data, pages_of(story / "3"))
    _, different, rest = re.split(
        "Questions that were asked differently|Answers that no box can hold", behind
    )
    rest, left = rest.split("Answers to questions that are no longer asked") 
    assert "What do our practice learning policies say?" in different
    assert "Travel, support and time are paid for" in different
    assert different.count("asked differently in edition 1") == made.differing
    assert "Where are we today?" in rest and "Often" in rest
    assert "One thing we learned: What surprised you? Asked in edition 1" in left
    assert old["policies.learned"] in left
    assert "The next meeting is in the diary Asked in edition 1 Yes" in left
    del different
