"""A workbook that a viewer has saved comes back with the same answers, in our own fonts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from pikepdf import Name, String

from deckgen.answers.refresh import refresh_workbook
from deckgen.building.build import build_files
from deckgen.cli import cli
from deckgen.disk import CannotWrite, save_beside
from deckgen.exit_codes import ExitCode
from deckgen.layout.workbooks.answers import with_answers
from deckgen.layout.workbooks.workbook import SetWorkbook
from deckgen.model.drawing import Field, FieldKind
from deckgen.options import Options
from deckgen.pdf.write import write_pages
from deckgen.problem import Problem, Severity
from deckgen.products.job import Job
from deckgen.project import read_project
from deckgen.proof.proof import Proof
from deckgen.readback.check import file_faults, read_facts
from deckgen.readback.returned import read_returned
from tests.accessible.verapdf import failed_rules, why_not
from tests.pdf.pdfium_form import PdfiumForm
from tests.readback import odd_files as odd
from tests.readback.conftest import edited
from tests.readback.test_limits import FIELD, FORM, a_pdf

ROOT = Path(__file__).resolve().parent.parent
LONG = " ".join(["Mae’r myfyrwyr yn cwrdd â ni – ŵyn, tŷ, Łódź, café, €5."] * 36)
ANSWERS = {
    "policies.now": f"{LONG}\nA second paragraph.",
    "policies.actions.1.who": "Siân Ŵyn",
    "policies.actions.1.status": "Done",
    "policies.checklist.student-heard": "Yes",
    "policies.rating": "often",
}


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("blank")
    build_files(read_project(ROOT), output=folder)
    return (folder / "workbook.pdf").read_bytes()


@pytest.fixture(scope="module")
def filled(blank: bytes) -> bytes:
    """What Chrome's engine saves: its own line ends, and fonts that it does not embed."""
    with PdfiumForm(blank) as form:
        form.fill(3, {"policies.now": ANSWERS["policies.now"].replace("\n", "\r")})
        form.fill(3, {"policies.rating#4": 1})
        form.fill(
            4,
            {
                "policies.actions.1.who": ANSWERS["policies.actions.1.who"],
                "policies.actions.1.status": 3,
                "policies.checklist.student-heard": 1,
            },
        )
        return form.saved()


def answers_in(data: bytes) -> dict[str, str]:
    """The answers of a file in which nothing is odd."""
    returned = read_returned(data, "x.pdf")
    assert not returned.refused and not returned.notes and not returned.beside
    (copy,) = returned.copies
    assert not copy.notes and not any(said.note for said in copy.said)
    return {said.field: said.value for said in copy.said}


def refreshed(filled: bytes) -> bytes:
    data, problems = refresh_workbook(read_project(ROOT), filled, "filled.pdf")
    assert problems == []
    assert data is not None
    return data


def test_every_answer_comes_back(filled: bytes) -> None:
    assert len(LONG) > 2000
    assert answers_in(filled) == ANSWERS
    data = refreshed(filled)
    assert answers_in(data) == ANSWERS
    assert file_faults(data) == []
    assert read_facts(data).fields.keys() == read_facts(filled).fields.keys()


def test_large_print_stays_large_print(tmp_path: Path) -> None:
    project = read_project(ROOT)
    made = build_files(project, ["workbook"], Options(large_print=True), output=tmp_path)
    blank = made.outputs[0].read_bytes()
    page = read_facts(blank).fields["policies.now"].pages[0]
    with PdfiumForm(blank) as form:
        form.fill(page, {"policies.now": ANSWERS["policies.now"].replace("\n", "\r")})
        filled = form.saved()
    data = refreshed(filled)
    assert read_facts(data).fields.keys() == read_facts(blank).fields.keys()
    assert len(read_facts(data).pages) > len(read_facts(blank).pages) > 12  # the answer is long
    assert answers_in(data) == {"policies.now": ANSWERS["policies.now"]}


def test_refreshing_twice_changes_nothing(filled: bytes) -> None:
    once = refreshed(filled)
    assert refreshed(once) == once


def test_a_long_answer_shows_to_its_end(filled: bytes, blank: bytes) -> None:
    with PdfiumForm(refreshed(filled)) as form:
        shown = form.picture(3, 2).convert("L")
    with PdfiumForm(blank) as form:
        lines = form.picture(3, 2).convert("L")
    with pikepdf.open(BytesIO(blank)) as document:
        widgets = document.pages[3].Annots
        box = [float(v) for a in widgets if str(a.get("/T")) == "now" for v in a.Rect]
    left, bottom, right, top = box
    area = tuple(int(2 * v) for v in (left, 842 - top, right, 842 - bottom))
    ink = [sum(1 for v in picture.crop(area).tobytes() if v < 100) for picture in (shown, lines)]
    assert ink[0] > 3000 > ink[1]


def answered(blank: bytes, answers: Mapping[str, str]) -> bytes:
    """A workbook with values put into its fields, as a program does that draws nothing."""
    with pikepdf.open(BytesIO(blank)) as document:
        for page in document.pages:
            for widget in page.get("/Annots", []):
                names, node = [], widget
                while node is not None:
                    names += [str(node.T)] if "/T" in node else []
                    node = node.get("/Parent")
                if (name := ".".join(reversed(names))) in answers:
                    widget.V = pikepdf.String(answers[name])
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def shown(data: bytes, number: int) -> str:
    """The words on a page and in its boxes, as they would be found and copied."""
    document = pypdfium2.PdfDocument(data)
    page = document[number]
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT)
    page.close()
    text = document[number].get_textpage()
    words = text.get_text_range().split()
    text.close()
    document.close()
    return " ".join(words)


ODD = {
    "cover.agency-or-team": "Đorđe Ștefan Ġużè Ņemiro ů ė ľ ğ ı ő ŵ",
    "cover.practice-learning-manager": "Иван, 我们 👩\u200d⚕️ Ali",
    "policies.now": "one\ttwo soft\u00adhyphen non\u2011breaking of\ufb01ce\u200d.",
}


@pytest.fixture(scope="module")
def odd_letters(blank: bytes) -> tuple[bytes, list[Problem]]:
    filled = answered(blank, ODD)
    data, problems = refresh_workbook(read_project(ROOT), filled, "filled.pdf")
    assert data is not None
    return data, problems


def test_letters_are_drawn_as_what_they_are(odd_letters: tuple[bytes, list[Problem]]) -> None:
    cover = shown(odd_letters[0], 0)
    assert ODD["cover.agency-or-team"] in cover
    assert "◊◊◊◊, ◊◊ ◊◊ Ali" in cover and "?" not in cover
    assert "one two softhyphen non-breaking office." in shown(odd_letters[0], 3)


def test_letters_that_no_font_has_are_named_and_kept(
    odd_letters: tuple[bytes, list[Problem]],
) -> None:
    (problem,) = odd_letters[1]
    assert problem.code == "answer-letters"
    assert "page 1" in problem.found and "(cyrillic small letter a)" in problem.found
    answers = answers_in(odd_letters[0])
    assert answers["cover.practice-learning-manager"] == ODD["cover.practice-learning-manager"]


END = "And here is the very end."


@pytest.fixture(scope="module")
def long(blank: bytes) -> tuple[dict[str, str], bytes]:
    names = ("cover.agency-or-team", "policies.now", "policies.actions.1.what")
    answers = {name: f"{i}. {LONG} {END}" for i, name in enumerate(names, start=1)}
    return answers, refreshed(answered(blank, answers))


def test_a_long_answer_goes_on_behind_the_workbook(
    long: tuple[dict[str, str], bytes], blank: bytes
) -> None:
    answers, data = long
    facts, before = read_facts(data), len(read_facts(blank).pages)
    assert answers_in(data) == answers
    behind = [shown(data, number) for number in range(before, len(facts.pages))]
    assert " ".join(behind).count(END) == 3
    for number, name in (
        (0, "cover.agency-or-team"),
        (3, "policies.now"),
        (4, "policies.actions.1.what"),
    ):
        page = shown(data, number)
        assert answers[name][:12] in page and END not in page
        told = re.findall(r"continued on page (\d+)", page)
        said = facts.fields[name].tooltips[0]
        assert any(said in behind[int(at) - before - 1] for at in told)
        assert (said, 2, int(told[-1]) - 1) in facts.outline
    assert [page.label for page in facts.pages] == [str(n + 1) for n in range(len(facts.pages))]
    links = [to for page in facts.pages[before:] for _, to in page.links]
    assert links == [0, 3, 4]


def test_that_is_the_same_twice(long: tuple[dict[str, str], bytes]) -> None:
    assert refreshed(long[1]) == long[1]


@pytest.mark.slow
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "veraPDF runs")
def test_new_files_conform(
    filled: bytes,
    odd_letters: tuple[bytes, list[Problem]],
    long: tuple[dict[str, str], bytes],
    tmp_path: Path,
) -> None:
    made = {"new.pdf": refreshed(filled), "odd.pdf": odd_letters[0], "long.pdf": long[1]}
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    assert failed_rules(tmp_path / name for name in made) == {tmp_path / n: {} for n in made}


def test_an_answer_without_a_question_is_shown_not_lost(filled: bytes) -> None:
    with pikepdf.open(BytesIO(filled)) as document:
        for field in document.Root.AcroForm.Fields:
            if str(field.T) == "policies":
                kid = next(k for k in field.Kids if str(k.T) == "now")
                kid.T = pikepdf.String("gone")
        out = BytesIO()
        document.save(out)
    data, problems = refresh_workbook(read_project(ROOT), out.getvalue(), "filled.pdf")
    assert data is not None
    # The file still knows that it was asked something else.
    assert [p.code for p in problems] == ["answers-odd", "answer-left-over"]
    assert "policies.gone" in problems[1].found and "Łódź" in problems[1].found


def test_another_form_is_refused() -> None:
    assert codes(a_pdf(FIELD, b"(x)", catalog=FORM)) == ["answers-foreign"]


def test_a_workbook_whose_boxes_have_other_names_loses_nothing(filled: bytes) -> None:
    """It is known by the code at the foot of its pages."""

    def rename(document: pikepdf.Pdf) -> None:
        del document.Root.Metadata
        for number, field in enumerate(document.Root.AcroForm.Fields):
            field.T = pikepdf.String(f"other-{number}")

    assert set(codes(edited(filled, rename))) == {"answers-odd", "answer-left-over"}


def encrypted(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as document:
        out = BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="o", user="u", R=6))
    return out.getvalue()


@pytest.mark.parametrize("spoil", ["cut", "empty", "web page", "mangled", "encrypted"])
def test_a_file_that_cannot_be_read_says_why(filled: bytes, spoil: str) -> None:
    data = {
        "cut": filled[: len(filled) * 9 // 10],
        "empty": b"",
        "web page": b"<html>Not found</html>",
        "mangled": b"%PDF-1.7\n" + b"nonsense " * 50 + b"\n%%EOF\n",
        "encrypted": encrypted(filled),
    }[spoil]
    made, problems = refresh_workbook(read_project(ROOT), data, "filled.pdf")
    assert made is None
    assert [p.code for p in problems] == ["answers-unreadable"]
    assert problems[0].place.file == "filled.pdf"


def test_the_command_writes_beside_and_never_over(filled: bytes, tmp_path: Path) -> None:
    old = tmp_path / "Team A.pdf"
    old.write_bytes(filled)
    command = ["refresh", str(old), "--project", str(ROOT)]
    first = CliRunner().invoke(cli, command, standalone_mode=False)
    assert first.return_value == ExitCode.DONE
    new = tmp_path / "Team A-refreshed.pdf"
    assert new.read_bytes() == refreshed(filled)
    assert old.read_bytes() == filled
    again = CliRunner().invoke(cli, command, standalone_mode=False)
    assert again.return_value == ExitCode.CANNOT_WRITE
    assert "--force" in again.output
    forced = CliRunner().invoke(cli, [*command, "--force"], standalone_mode=False)
    assert forced.return_value == ExitCode.DONE


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_new: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("deckgen.disk.swap_in", full)
    with pytest.raises(CannotWrite, match="full"):
        save_beside(b"x", tmp_path / "new.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_roles_workbook_stays_that_roles(tmp_path: Path) -> None:
    project = read_project(ROOT)
    options = Options(role="social-care-teams")
    path = build_files(project, ["workbook"], options, output=tmp_path).outputs[0]
    with PdfiumForm(path.read_bytes()) as form:
        form.fill(3, {"one-card.now": "We met."})
        saved = form.saved()
    data, problems = refresh_workbook(project, saved, "filled.pdf")
    assert problems == [] and data is not None
    assert answers_in(data) == {"one-card.now": "We met."}
    assert read_returned(data, "again.pdf").title == "Learning as a team"


def test_answers_of_all_blocks_come_back() -> None:
    """Every field of a workbook with each sort of block has an answer, and keeps it."""
    project = read_project(ROOT)
    book = (ROOT / "tests/content/all_blocks.md").read_bytes()
    file = "content/workbooks/practice-learning-managers.md"
    project = replace(project, files={**project.files, file: book})
    job = Job(Proof(project), Options())
    assert job.problems("workbook") == []
    fields = [m for page in job.pages() for m in page.marks() if isinstance(m, Field)]
    given = {FieldKind.CHECK: "Yes", FieldKind.CHOICE: "Shut but not locked"}
    answers = {f.name: f.value or given.get(f.kind, f"About {f.name}") for f in fields}
    book, deck = job.content.workbook, job.content.deck
    made = with_answers(SetWorkbook(book, job.design, deck, job.pages(), ()), answers)
    assert made.problems == ()
    filled = write_pages(made.pages, job.info("Safe tonight, safe next year"), job.design.book)
    assert answers_in(filled) == answers
    data, problems = refresh_workbook(project, filled, "filled.pdf")
    assert problems == [] and data is not None
    assert answers_in(data) == answers


def codes(data: bytes) -> list[str]:
    """What `refresh` says of a file, by code; it makes no file only if it says an error."""
    made, problems = refresh_workbook(read_project(ROOT), data, "filled.pdf")
    assert (made is None) == any(p.severity is Severity.ERROR for p in problems)
    assert all(p.found and p.todo and p.place.file == "filled.pdf" for p in problems)
    return [p.code for p in problems]


SOME = {
    "cover.agency-or-team": "Team A",
    "policies.now": "Answer one",
    "policies.rating": "trying-it",
}


@pytest.fixture(scope="module")
def some(blank: bytes) -> bytes:
    return odd.filled(blank, SOME)


@pytest.mark.parametrize("spoil", [odd.no_form, odd.no_fields, odd.copied_pages])
def test_answers_without_a_form_are_carried_over(some: bytes, spoil: odd.Make) -> None:
    data, problems = refresh_workbook(read_project(ROOT), spoil(some), "filled.pdf")
    assert data is not None and answers_in(data) == SOME
    assert [p.code for p in problems] == ["answers-odd"]


@pytest.mark.parametrize("flatten", [odd.flattened, odd.baked, odd.scanned])
def test_a_flattened_copy_is_no_success(some: bytes, flatten: odd.Make) -> None:
    assert codes(flatten(some)) == ["answers-flattened"]


def test_a_file_that_was_mended_says_so(some: bytes) -> None:
    start = some.rindex(b"startxref")
    assert codes(some[:start] + b"startxref\n7\n%%EOF\n") == ["file-mended"]


def test_two_teams_answers_are_both_named(blank: bytes, some: bytes) -> None:
    other = odd.filled(blank, SOME | {"cover.agency-or-team": "Team B"})
    both = odd.joined(some, other)
    assert codes(both) == ["answers-several"]
    found = refresh_workbook(read_project(ROOT), both, "both.pdf")[1][0].found
    assert "cover.agency-or-team: “Team A” / “Team B”" in found
    assert codes(odd.joined(blank, some)) == ["answers-odd"]  # one of them has no answers


@pytest.mark.parametrize(
    ("field", "entries", "value"),
    [
        ("policies.checklist.names-and-dates", {"V": Name.Yes}, "Yes"),
        ("policies.checklist.names-and-dates", {"V": Name.On, "AS": Name.On}, "Yes"),
        ("policies.checklist.names-and-dates", {"V": String("Yes")}, "Yes"),
        ("policies.rating", {"group_V": Name("/trying-it")}, "trying-it"),
    ],
)
def test_a_tick_by_its_value_alone_is_carried_over(
    blank: bytes, field: str, entries: dict[str, Any], value: str
) -> None:
    changed = odd.changed(blank, field, **entries)
    data, problems = refresh_workbook(read_project(ROOT), changed, "filled.pdf")
    assert data is not None and answers_in(data) == {field: value}
    assert [p.code for p in problems] == ["answer-unsure"]
    assert "is to be looked at" in problems[0].found


def test_what_stands_beside_the_boxes_is_named(some: bytes, tmp_path: Path) -> None:
    with pymupdf.open(stream=some) as document:
        page = document[3]
        page.add_freetext_annot(pymupdf.Rect(100, 420, 400, 450), "With the text tool").update()
        page.add_ink_annot([[(100, 500), (150, 520), (200, 500)]])
        document.embfile_add("notes.txt", b"attached notes")
        document.new_page().insert_text((72, 72), "Extra page")
        data = document.tobytes()
    made, problems = refresh_workbook(read_project(ROOT), data, "filled.pdf")
    assert made is not None and answers_in(made) == SOME
    assert {p.code for p in problems} == {"answer-beside"}
    said = " ".join(p.found for p in problems)
    assert all(words in said for words in ("With the text tool", "pen", "notes.txt", "Extra page"))
    old = tmp_path / "old.pdf"
    old.write_bytes(data)
    command = ["refresh", str(old), "--project", str(ROOT)]
    assert CliRunner().invoke(cli, command, standalone_mode=False).return_value == ExitCode.REJECTS


def test_a_password_opens_a_protected_workbook(some: bytes, tmp_path: Path) -> None:
    old = tmp_path / "old.pdf"
    old.write_bytes(odd.sealed("secret")(some))
    command = ["refresh", str(old), "--project", str(ROOT)]
    shut = CliRunner().invoke(cli, command, standalone_mode=False)
    assert shut.return_value == ExitCode.CONTENT and "password" in shut.output
    opened = CliRunner().invoke(cli, [*command, "--password", "secret"], standalone_mode=False)
    assert opened.return_value == ExitCode.DONE
    assert answers_in((tmp_path / "old-refreshed.pdf").read_bytes()) == SOME
    old.write_bytes(odd.sealed()(some))  # only against changes
    again = CliRunner().invoke(cli, [*command, "--force"], standalone_mode=False)
    assert again.return_value == ExitCode.DONE


def test_no_other_file_of_the_project_has_answers(blank: bytes, tmp_path: Path) -> None:
    """Sheets, screens, packs and faces: nothing in them is an answer."""
    made = build_files(read_project(ROOT), output=tmp_path).outputs
    assert len(made) > 3
    for path in made:
        returned = read_returned(path.read_bytes(), path.name)
        assert not any(said.value for copy in returned.copies for said in copy.said)
        assert returned.refused or any(copy.fields for copy in returned.copies)


@pytest.mark.parametrize("name", ["refresh", "carry"])
def test_the_old_file_is_never_replaced(filled: bytes, tmp_path: Path, name: str) -> None:
    old = tmp_path / "old.pdf"
    old.write_bytes(filled)
    (tmp_path / "in").mkdir()
    command = [name, str(old), "--output", str(tmp_path / "in/../old.pdf"), "--force"]
    result = CliRunner().invoke(cli, [*command, "--project", str(ROOT)], standalone_mode=False)
    assert result.return_value == ExitCode.CANNOT_WRITE and "was given" in result.output
    assert old.read_bytes() == filled


def test_a_workbook_that_nobody_filled_in_is_no_silent_success(blank: bytes) -> None:
    data, problems = refresh_workbook(read_project(ROOT), blank, "x.pdf")
    assert data and [p.found for p in problems] == ["Nothing was filled in."]
