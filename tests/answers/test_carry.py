"""`carry`: answers of an old edition in the new one's workbook, with every one of them in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pymupdf
import pypdfium2
import pytest
from click.testing import CliRunner
from pikepdf import String

from deckgen.answers.asked import asked_today
from deckgen.answers.carry import CarriedOver, carry_workbook
from deckgen.answers.refresh import refresh_workbook
from deckgen.building.build import build_files
from deckgen.cli import cli
from deckgen.exit_codes import ExitCode
from deckgen.layout.workbooks.asked import carried as carried_json
from deckgen.model.answers import Asks, Copy, Kept
from deckgen.options import Options
from deckgen.products.job import Job
from deckgen.project import Project, read_project
from deckgen.proof.proof import Proof
from deckgen.readback.carriers import HIDDEN_FIELD
from deckgen.readback.check import file_faults, read_facts
from deckgen.readback.returned import read_returned
from tests.accessible.verapdf import failed_rules, why_not
from tests.answers.test_refresh_moved import FIRST, moved_text, project_of
from tests.conftest import ROOT
from tests.control.three_editions import edit, issue, second
from tests.pdf.pdfium_form import PdfiumForm
from tests.readback import odd_files as odd
from tests.shared import Shared

BOOK = "workbooks/practice-learning-managers.md"
BOOK_FILE = f"content/{BOOK}"
OTHER = "As they should be."
PAID = "service-users.checklist.paid"
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
    _, different, held, gone_now = re.split(
        "Questions that were asked differently|Answers that no box can hold"
        "|Answers to questions that are no longer asked",
        behind,
    )
    assert "What do our practice learning policies say?" in different
    assert "Travel, support and time are paid for" in different
    assert different.count("asked differently in edition 1") == made.differing == 2
    assert "Where are we today?" in held and "See page 8 Often" in held
    since = "1" if way == "at_once" else "2"
    assert f"What surprised you? Asked in edition {since} {old['policies.learned']}" in gone_now
    assert f"The next meeting is in the diary Asked in edition {since} Yes" in gone_now


def test_the_count_sees_a_lost_answer(story: Path, at_once: CarriedOver) -> None:
    """The same count finds what `refresh` leaves out."""
    old = in_fields((story / "old.pdf").read_bytes())
    data, _ = refresh_workbook(
        read_project(story / "3"), (story / "old.pdf").read_bytes(), "old.pdf"
    )
    assert data
    pages = pages_of(story / "3")
    missing = lost(old, data, pages, len(in_fields(data)))
    assert missing == [old["policies.learned"], f"{len(old) - at_once.in_boxes} more"]


def test_a_question_that_was_asked_differently_is_marked(story: Path, at_once: CarriedOver) -> None:
    new = read_facts(at_once.data)
    blank = Job(Proof(read_project(story / "3")), Options()).files("workbook")[0]
    plain = read_facts(blank)
    for name, field in new.fields.items():
        marked = [tip.endswith("(asked differently in edition 1)") for tip in field.tooltips]
        assert all(marked) == any(marked) == (name in ("policies.now", PAID))
        if not any(marked):
            assert field.tooltips == plain.fields[name].tooltips
    titles = [title for title, depth, page in new.outline if page >= len(plain.pages)]
    assert titles[0] == "Questions that were asked differently"
    assert len(titles) == 3 + at_once.differing + at_once.behind
    links = [to for page in new.pages[len(plain.pages) :] for _, to in page.links]
    assert links == [4, 8, 7]
    bars = [bars_of(data) for data in (at_once.data, blank)]
    assert bars == [{4: 1, 8: 1}, {}]


def bars_of(data: bytes) -> dict[int, int]:
    """How many lines stand in the margin of each page, by their place and width."""
    found = dict[int, int]()
    with pymupdf.open(stream=data) as document:
        for number, page in enumerate(document):
            paths = (p for p in page.get_drawings() if p["type"] == "s" and p["width"] == 3)
            count = sum(path["rect"].x1 < 45 for path in paths)
            if count:
                found[number] = count
    return found


def test_it_is_the_same_twice_and_carried_on(story: Path, by_steps: CarriedOver) -> None:
    """A carried file knows what it brought from before, until somebody writes something else."""
    assert file_faults(by_steps.data) == []
    assert carried(story / "3", by_steps.data) == by_steps
    with PdfiumForm(by_steps.data) as form:
        form.fill(4, {"policies.now": OTHER})
        made = carried(story / "3", form.saved())
    assert (made.differing, made.behind) == (1, 3)
    assert in_fields(made.data)["policies.now"] == f"No. 003, ŵ{OTHER}"


def test_what_was_carried_is_named_elsewhere(story: Path, at_once: CarriedOver) -> None:
    """`refresh` has no page for it, and says so."""
    _, problems = refresh_workbook(read_project(story / "3"), at_once.data, "new.pdf")
    found = [p for p in problems if p.code.startswith("answer-") and p.code != "answer-id-missing"]
    assert [p.code for p in found] == ["answer-reworded"] * 2 + ["answer-left-over"] * 3
    told = " ".join(p.found for p in found)
    assert "The workbook no longer asks “One thing we learned" in told
    assert "No box has room for “Where are we today?" in told and "Often" in told


@pytest.mark.slow
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "veraPDF runs")
def test_new_files_conform(at_once: CarriedOver, by_steps: CarriedOver, tmp_path: Path) -> None:
    files = [tmp_path / "once.pdf", tmp_path / "steps.pdf"]
    for file, made in zip(files, (at_once, by_steps), strict=True):
        file.write_bytes(made.data)
    assert failed_rules(files) == {file: {} for file in files}


def test_a_file_of_the_first_version() -> None:
    """Its tooltips say which activity each answer was in; one tick is no longer there."""
    text = moved_text().replace("- Every action has one name and one date\n", "")
    made, problems = carry_workbook(project_of(text), FIRST.read_bytes(), "first.pdf")
    assert made and [p.code for p in problems if p.code != "answer-id-missing"] == []
    assert (made.in_boxes, made.behind) == (7, 1)
    behind = words_behind(made.data, len(Job(Proof(project_of(text)), Options()).pages()))
    assert "Every action has one name and one date" in behind


def test_large_print_and_roles_stay() -> None:
    project = read_project(ROOT)
    look = Options(role="social-care-teams", large_print=True)
    (blank,) = Job(Proof(project), look).files("workbook")
    data = carried(ROOT, odd.filled(blank, {"one-card.now": "We met."})).data
    assert copy_in(data).identity == copy_in(blank).identity
    assert in_fields(data) == {"one-card.now": "We met."}


def test_a_role_that_has_no_workbook_any_more_is_named(story: Path, tmp_path: Path) -> None:
    look = Options(role="social-care-teams")
    (blank,) = Job(Proof(read_project(story / "1")), look).files("workbook")
    shutil.copytree(story / "3", tmp_path / "deck")
    (tmp_path / "deck/content/workbooks/social-care-teams.md").unlink()
    project = read_project(tmp_path / "deck")
    made, problems = carry_workbook(project, odd.filled(blank, {"one-card.now": "We met."}), "x")
    assert made and (made.in_boxes, made.behind) == (0, 1)
    assert "answers-odd" in {p.code for p in problems}
    assert "We met." in words_behind(made.data, pages_of(tmp_path / "deck"))


@pytest.fixture
def old(story: Path, tmp_path: Path) -> Path:
    return shutil.copy(story / "old.pdf", tmp_path / "Team A.pdf")


def test_the_command_writes_beside(story: Path, old: Path, at_once: CarriedOver) -> None:
    run = partial(CliRunner().invoke, cli, standalone_mode=False)
    command = ["carry", str(old), "--project", str(story / "3")]
    done = run(command)
    assert done.return_value == ExitCode.DONE
    assert "90 answers are in their boxes, 2 of them asked differently now; 3 stand" in done.output
    new = old.with_name("Team A-carried.pdf")
    assert new.read_bytes() == at_once.data
    assert run(command).return_value == ExitCode.CANNOT_WRITE
    target = old.with_name("new.pdf")
    assert run([*command, "-o", str(target)]).return_value == ExitCode.DONE
    assert target.read_bytes() == at_once.data


def test_what_stands_beside_the_boxes_is_named(story: Path, old: Path) -> None:
    with pymupdf.open(stream=old.read_bytes()) as document:
        document[3].add_text_annot((100, 100), "Ask Mae about this").update()
        old.write_bytes(document.tobytes())
    command = ["carry", str(old), "--project", str(story / "3")]
    done = CliRunner().invoke(cli, command, standalone_mode=False)
    assert done.return_value == ExitCode.REJECTS and "Ask Mae about this" in done.output


def test_two_answers_to_one_question_are_both_there(story: Path) -> None:
    """Where two places of a file disagree, the second stands behind, and a person should look."""
    project, name = read_project(ROOT), "policies.now"
    (blank,) = Job(Proof(project), Options()).files("workbook")
    data = odd.changed(odd.filled(blank, {name: "One thing"}), name, RV=String("<p>Another</p>"))
    made, problems = carry_workbook(project, data, "two.pdf")
    assert made and [p.code for p in problems] == ["answer-unsure"]
    assert in_fields(made.data) == {name: "One thing"}
    assert "See page 4 Another" in words_behind(made.data, len(read_facts(blank).pages))


@pytest.mark.parametrize("spoil", ["cut", "flattened", "two teams", "foreign", "nobody knows"])
def test_other_files_are_refused(story: Path, spoil: str) -> None:
    data, folder = (story / "old.pdf").read_bytes(), story / "3"
    bad, code = {
        "cut": (data[: len(data) * 9 // 10], "answers-unreadable"),
        "flattened": (odd.flattened(data), "answers-flattened"),
        "two teams": (odd.joined(data, odd.filled(data, {"policies.now": "X"})), "answers-several"),
        "foreign": (b"%PDF-1.7\nnonsense\n%%EOF\n", "answers-unreadable"),
        "nobody knows": (untold(FIRST.read_bytes()), "answers-unplaced"),
    }[spoil]
    made, problems = carry_workbook(read_project(folder), bad, "bad.pdf")
    assert made is None
    assert [p.code for p in problems if p.code != "answer-id-missing"] == [code]


def untold(data: bytes) -> bytes:
    """A file without tooltips."""
    return odd.edited(data, lambda document: [w.__delitem__("/TU") for w in odd.widgets(document)])


def test_a_file_that_tells_nonsense_of_before(story: Path) -> None:
    """What a file says that it kept is words of anybody: they are shown, whatever they are."""
    asked = Job(Proof(read_project(ROOT)), Options()).asked
    (blank,) = Job(Proof(read_project(ROOT)), Options()).files("workbook")
    odd_words = "W" * 900 + " 我们 {page} \x07 **bold**"
    kept = [
        Kept("gone", f"{odd_words} end", odd_words, odd_words, -7, "**9**", gone=True),
        Kept("policies.now?", "", "", "", 3, "1 draft", gone=True),
        Kept("policies.now", "Now", odd_words, "", 0, "draft after 1"),
    ]
    data = odd.filled(blank, {"policies.now": "Now", HIDDEN_FIELD: carried_json(asked, "", kept)})
    made, problems = carry_workbook(read_project(ROOT), data, "odd.pdf")
    assert made and (made.differing, made.behind) == (1, 2)
    assert {p.code for p in problems} == {"answer-letters"}
    assert "**bold** end" in words_behind(made.data, len(read_facts(blank).pages))


def test_it_speaks_the_language_of_the_deck(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    edit(tmp_path, "deck.toml", ('language = "en-GB"', 'language = "de"'))
    issue(tmp_path, "1")
    (blank,) = Job(Proof(read_project(tmp_path)), Options()).files("workbook")
    edit(
        tmp_path,
        BOOK,
        ("What do our practice learning policies say?", "Und?"),
        ("- The next meeting is in the diary (id: next-meeting)\n", ""),
    )
    filled = {"policies.now": "A", "policies.checklist.next-meeting": "Yes"}
    made, problems = carry_workbook(read_project(tmp_path), odd.filled(blank, filled), "alt.pdf")
    assert made, problems
    behind = words_behind(made.data, len(read_facts(blank).pages))
    assert "beim Strich am Rand: anders gefragt in Ausgabe 1" in behind
    assert "is in the diary Gefragt in Ausgabe 1 Ja" in behind
    tooltip = read_facts(made.data).fields["policies.now"].tooltips[0]
    assert tooltip.endswith(
        "Und? Which of the four cards do they live up to? (anders gefragt in Ausgabe 1)"
    )
