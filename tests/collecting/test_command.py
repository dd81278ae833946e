"""`deckgen collect` with the real deck: what it writes, what it says, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from deckgen.building.build import build_files
from deckgen.cli import cli
from deckgen.collecting.tables import read_table
from deckgen.exit_codes import ExitCode
from deckgen.model.answers import How, Verdict
from deckgen.project import read_project
from deckgen.readback.check import read_facts
from tests.conftest import ROOT
from tests.pdf.pdfium_form import PdfiumForm
from tests.shared import Shared


def fill(folder: Path) -> None:
    """Three teams' workbooks as Chrome saves them, one that nobody filled in, and one cut off."""
    blank = build_files(read_project(ROOT), ["workbook"], output=folder / "made").outputs[0]
    data = blank.read_bytes()
    fields = read_facts(data).fields
    texts = [n for n, f in fields.items() if f.kind == "text" and not n.startswith("deckgen.")]
    team, words = texts[0], next(n for n in texts if not n.startswith("cover."))
    for name in ("North", "South", "West"):
        with PdfiumForm(data) as form:
            form.fill(fields[team].pages[0], {team: name})
            form.fill(fields[words].pages[0], {words: f"=We are {name}."})
            saved = form.saved()
        (folder / f"{name}.pdf").write_bytes(saved)
    (folder / "blank.pdf").write_bytes(data)
    (folder / "cut.pdf").write_bytes(saved[: len(saved) * 9 // 10])


@pytest.fixture
def returned(shared: Shared) -> Path:
    return shared.folder("collect-command", fill)


def run(*words: str | Path) -> Result:
    told = ["collect", *map(str, words), "--project", str(ROOT)]
    return CliRunner().invoke(cli, told, standalone_mode=False)


def test_everything_is_gathered_and_told(returned: Path, tmp_path: Path) -> None:
    files = [returned / f"{name}.pdf" for name in ("North", "South", "blank", "cut")]
    outputs = ["-o", tmp_path / "a.json", "-o", tmp_path / "a.csv", "-o", tmp_path / "a.xlsx"]
    result = run(*files, *outputs)
    assert result.return_value == ExitCode.REJECTS
    table = read_table(tmp_path / "a.json")
    assert [(s.team, s.verdict) for s in table.sources] == [
        ("North", Verdict.OK),
        ("South", Verdict.OK),
        ("blank", Verdict.REVIEW),
        ("", Verdict.REJECTED),
    ]
    assert [a.value for a in table.answers if a.team == "North"] == ["North", "=We are North."]
    for suffix in ("csv", "xlsx"):
        back = read_table(tmp_path / f"a.{suffix}")
        assert back.answers == table.answers
        assert [s.verdict for s in back.sources] == [s.verdict for s in table.sources]
    assert [p.name for p in sorted(tmp_path.iterdir())] == [
        *("a-workbooks.csv", "a.csv", "a.json", "a.xlsx"),
    ]
    said = [line.split() for line in result.stderr.splitlines()]
    assert said[0][-2:] == ["warning", "returned-doubtful"] and "blank.pdf" in said[0][0]
    assert ["error", "returned-rejected"] in [words[-2:] for words in said]
    assert "its end is missing" in result.stderr
    assert (
        "4 answers. Workbooks and other files: 2 ok, 1 needs review, 1 rejected." in result.stdout
    )


def test_it_ends_well_if_all_is_well(returned: Path, tmp_path: Path) -> None:
    result = run(returned / "North.pdf", "-o", tmp_path / "a.json")
    assert (result.return_value, result.stderr) == (ExitCode.DONE, "")
    again = run(returned / "North.pdf", returned / "North.pdf", "-o", tmp_path / "b.json")
    assert again.return_value == ExitCode.DONE
    code = "returned-noted"
    assert code in again.stderr and "counted once" in again.stderr


def test_what_is_there_is_not_replaced(returned: Path, tmp_path: Path) -> None:
    (tmp_path / "a-workbooks.csv").write_bytes(b"mine")
    result = run(returned / "North.pdf", "-o", tmp_path / "a.csv")
    assert result.return_value == ExitCode.CANNOT_WRITE and "--force" in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["a-workbooks.csv"]
    assert run(returned / "North.pdf", "-o", tmp_path / "a.csv", "--force").return_value == 0
    assert (tmp_path / "a-workbooks.csv").read_bytes() != b"mine"


def test_the_table_itself_is_not_collected(returned: Path, tmp_path: Path) -> None:
    (tmp_path / "North.pdf").write_bytes((returned / "North.pdf").read_bytes())
    for _ in range(2):
        result = run(tmp_path, "-o", tmp_path / "a.csv", "--force")
        assert result.return_value == ExitCode.DONE
    assert len(read_table(tmp_path / "a.csv").sources) == 1


def test_a_program_can_read_what_is_said(returned: Path, tmp_path: Path) -> None:
    result = run(returned / "cut.pdf", "-o", tmp_path / "a.json", "--json")
    said = json.loads(result.stdout)
    assert said["outputs"] == [str(tmp_path / "a.json")]
    assert said["sources"][0]["verdict"] == "rejected" and said["sources"][0]["reason"]


def test_words_that_are_not_understood(returned: Path, tmp_path: Path) -> None:
    result = run(returned / "cut.pdf", "-o", tmp_path / "a.ods")
    assert "ends in .xlsx, .csv or .json" in str(result.exception)
    assert run("-o", tmp_path / "a.json").exception
    missing = run(tmp_path / "none.pdf", "-o", tmp_path / "a.json")
    assert missing.return_value == ExitCode.REJECTS and "no such file" in missing.stderr


def test_a_broken_deck_is_told_before_anything_is_read(deck_folder: Path, tmp_path: Path) -> None:
    (deck_folder / "content" / "deck.toml").write_text("title =", encoding="utf-8")
    words = [
        "collect",
        str(tmp_path),
        "-o",
        str(tmp_path / "a.json"),
        "--project",
        str(deck_folder),
    ]
    result = CliRunner().invoke(cli, words, standalone_mode=False)
    assert result.return_value == ExitCode.CONTENT and not (tmp_path / "a.json").exists()


def test_a_workbook_of_an_older_edition_is_understood(deck_folder: Path, tmp_path: Path) -> None:
    book = deck_folder / "content/workbooks/practice-learning-managers.md"
    people = ["--owner", "Jo Green", "--approver", "Alex Brown"]
    issue = ["issue", "--edition", "1", *people, "--project", str(deck_folder)]
    assert CliRunner().invoke(cli, issue, standalone_mode=False).return_value == ExitCode.DONE
    project = read_project(deck_folder)
    data = build_files(project, ["workbook"], output=tmp_path / "made").outputs[0].read_bytes()
    fields = read_facts(data).fields
    with PdfiumForm(data) as form:
        for name in ("policies.now", "policies.change"):
            form.fill(fields[name].pages[0], {name: f"To {name}."})
        (tmp_path / "old.pdf").write_bytes(form.saved())
    words = book.read_text(encoding="utf-8")
    assert "What do our practice learning policies say?" in words
    words = words.replace("What do our practice learning policies say?", "What is written down?")
    book.write_text(
        words.replace("Hold our policies up to the light", "Read our policies anew"), "utf-8"
    )
    settings = deck_folder / "content/deck.toml"
    toml = settings.read_text(encoding="utf-8").replace('number = "1"', 'number = "2"')
    settings.write_text(toml, encoding="utf-8")
    told = ["collect", str(tmp_path / "old.pdf"), "-o", str(tmp_path / "a.json")]
    result = CliRunner().invoke(cli, [*told, "--project", str(deck_folder)], standalone_mode=False)
    assert result.return_value == ExitCode.DONE, result.output
    table = read_table(tmp_path / "a.json")
    now, change = table.answers
    assert (now.value, now.asked_now) == ("To policies.now.", "asked differently in edition 1")
    assert "practice learning policies" in now.question
    assert (change.asked_now, change.activity) == ("", "Read our policies anew")
    assert table.sources[0].edition == "1" and table.sources[0].verdict is Verdict.NOTES


def test_a_flattened_workbook_is_read_and_marked(returned: Path, tmp_path: Path) -> None:
    with pikepdf.open(returned / "North.pdf") as document:
        document.generate_appearance_streams()
        document.flatten_annotations("all")
        document.save(tmp_path / "flat.pdf")
    result = run(tmp_path / "flat.pdf", "-o", tmp_path / "a.json")
    assert result.return_value == ExitCode.REJECTS
    table = read_table(tmp_path / "a.json")
    assert [(a.value, a.how, bool(a.note)) for a in table.answers] == [
        *(("North", How.READ, True), ("=We are North.", How.READ, True)),
    ]
    (source,) = table.sources
    assert (source.team, source.verdict) == ("North", Verdict.REVIEW)
