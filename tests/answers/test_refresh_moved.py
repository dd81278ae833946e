"""`refresh` of a workbook that was filled in before its words changed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from deckgen.answers.refresh import refresh_workbook
from deckgen.model.answers import Copy
from deckgen.options import Options
from deckgen.problem import Problem
from deckgen.products.job import Job
from deckgen.project import Project, read_project
from deckgen.proof.proof import Proof
from deckgen.readback.returned import read_returned
from tests.conftest import ROOT

NAME = "content/workbooks/practice-learning-managers.md"
FIRST = Path(__file__).with_name("first_workbook.pdf")
NOW = "Our policies say nothing about students."


def project_of(text: str | None = None) -> Project:
    """The deck that ships, with another text of its workbook."""
    project = read_project(ROOT)
    return replace(project, files=project.files | ({NAME: text.encode()} if text else {}))


def filled(project: Project) -> bytes:
    """Its workbook with a box, a tick and a circle filled in."""
    (blank,) = Job(Proof(project), Options()).files("workbook")
    with pikepdf.open(BytesIO(blank)) as document:
        (policies,) = [f for f in document.Root.AcroForm.Fields if str(f.T) == "policies"]
        kids = {str(kid.T): kid for kid in policies.Kids}
        kids["now"].V = pikepdf.String(NOW)
        (tick,) = [kid for kid in kids["checklist"].Kids if str(kid.T) == "names-and-dates"]
        tick.V = tick.AS = pikepdf.Name("/Yes")
        kids["rating"].V = pikepdf.Name("/often")
        for circle in kids["rating"].Kids:
            circle.AS = pikepdf.Name("/often" if "/often" in circle.AP.N else "/Off")
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def book() -> str:
    return project_of().files[NAME].decode()


def moved_text() -> str:
    """An activity before the first one, which has no Id now; its ticks in another order."""
    text = book()
    start, end = text.index("### Hold our"), text.index("## Medium term")
    own = text[start:end].replace("Id: policies\n", "")
    ticks = [
        line for line in own.splitlines(keepends=True) if line.startswith("- ") and "(id: " in line
    ]
    own = own.replace(
        "".join(ticks), "".join(line.split(" (id:")[0] + "\n" for line in ticks[::-1])
    )
    other = own.replace("Hold our policies up to the light", "Thank a student")
    other = other.replace("What do our practice learning policies say?", "How are they thanked?")
    return text[:start] + other + own + text[end:]


def said(data: bytes | None) -> tuple[dict[str, str], Copy]:
    assert data
    (copy,) = read_returned(data, "x.pdf").copies
    return {one.field: one.value for one in copy.said}, copy


def codes(problems: list[Problem]) -> list[str]:
    return [p.code for p in problems if p.code != "answer-id-missing"]


OWN = "hold-our-policies-up-to-the-light"
STAYED = {
    f"{OWN}.now": NOW,
    f"{OWN}.checklist.every-action-has-one-name-and-one-date": "Yes",
    f"{OWN}.rating": "often",
}


def test_answers_stay_with_an_activity_that_moved_and_lost_its_id() -> None:
    data, problems = refresh_workbook(project_of(moved_text()), filled(project_of()), "a.pdf")
    assert codes(problems) == []
    assert said(data)[0] == STAYED


def test_each_answer_whose_question_has_other_words_is_named() -> None:
    text = book().replace("What do our practice learning policies say?", "What do they say?")
    text = text.replace("Every action has one name and one date", "Somebody owns every action")
    data, problems = refresh_workbook(project_of(text), filled(project_of()), "a.pdf")
    assert codes(problems) == ["answer-reworded"] * 2
    assert NOW in problems[0].found and "asked differently in edition 1" in problems[0].found
    assert "What do our practice learning policies say?" in problems[0].found
    assert len(said(data)[0]) == 3
    again = refresh_workbook(project_of(text), data or b"", "b.pdf")
    assert again == (data, [])  # the new file asks what the deck asks


def test_what_can_no_longer_be_chosen_is_left_over() -> None:
    text = book().replace("- Often\n", "- Nearly always\n")
    data, problems = refresh_workbook(project_of(text), filled(project_of()), "a.pdf")
    assert codes(problems) == ["answer-left-over"] and "“Often”" in problems[0].found
    assert len(said(data)[0]) == 2


@pytest.mark.parametrize("changed", [False, True])
def test_a_file_of_the_first_version(changed: bool) -> None:
    """Its tooltips say which activity it was."""
    project = project_of(moved_text() if changed else None)
    data, problems = refresh_workbook(project, FIRST.read_bytes(), "first.pdf")
    assert codes(problems) == []
    answers = said(data)[0]
    assert len(answers) == 8
    assert answers[f"{OWN if changed else 'policies'}.now"] == NOW


def test_one_without_tooltips_is_refused_once_the_workbook_has_changed() -> None:
    with pikepdf.open(FIRST) as document:
        for page in document.pages:
            for widget in page.get("/Annots", ()):
                if "/TU" in widget:
                    del widget.TU
        out = BytesIO()
        document.save(out)
    data, problems = refresh_workbook(project_of(moved_text()), out.getvalue(), "first.pdf")
    assert data is None and codes(problems) == ["answers-unplaced"]
    data, problems = refresh_workbook(project_of(), out.getvalue(), "first.pdf")
    assert codes(problems) == [] and len(said(data)[0]) == 8


def test_a_new_file_says_which_it_is_and_whose() -> None:
    project = project_of()
    job = Job(Proof(project), Options())
    copy = said(job.files("workbook")[0])[1]
    assert copy.identity == job.asked.identity and len(copy.identity.code) == 6
    assert copy.asked == {q.field: q.digest for q in job.asked.questions}
    assert said(refresh_workbook(project, filled(project), "a.pdf")[0])[1].asked == copy.asked
