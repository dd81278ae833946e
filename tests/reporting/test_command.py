"""deckgen report: what it writes, and what it says of files that are none."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from deckgen.cli import cli
from deckgen.exit_codes import ExitCode
from deckgen.model.answers import AnswerTable
from deckgen.reporting import files_of_actions
from tests.conftest import ROOT
from tests.reporting.made_up import saved

ALL = {"report.pdf", "report.html", "actions.csv", "actions.ics"}


def run(*words: object) -> Result:
    command = ["report", "--project", str(ROOT), *map(str, words)]
    return CliRunner().invoke(cli, command, standalone_mode=False)


def everything(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_it_writes_four_files_beside_the_answers_and_no_others(
    table: AnswerTable, tmp_path: Path
) -> None:
    output = {p: p.read_bytes() for p in ROOT.glob("output/**/*") if p.is_file()}
    done = run(saved(table, tmp_path))
    assert done.return_value == ExitCode.DONE, done.output
    assert everything(tmp_path) == {"answers.json"} | {f"report/{name}" for name in ALL}
    assert {p: p.read_bytes() for p in ROOT.glob("output/**/*") if p.is_file()} == output


@pytest.mark.parametrize("name", ["r.pdf", "r.html", "r.csv", "r.ics"])
def test_a_file_alone(table: AnswerTable, tmp_path: Path, name: str) -> None:
    answers = saved(table, tmp_path)
    assert run(answers, "-o", tmp_path / name).return_value == ExitCode.DONE
    assert everything(tmp_path) == {"answers.json", name}


def test_what_is_there_stays_unless_it_is_forced(table: AnswerTable, tmp_path: Path) -> None:
    answers, old = saved(table, tmp_path), tmp_path / "to" / "report.html"
    old.parent.mkdir()
    old.write_text("mine")
    assert run(answers, "-o", old.parent).return_value == ExitCode.CANNOT_WRITE
    assert everything(old.parent) == {"report.html"}
    assert run(answers, "-o", old.parent, "--force").return_value == ExitCode.DONE
    assert everything(old.parent) == ALL


def test_who_was_expected_is_read_from_a_table(table: AnswerTable, tmp_path: Path) -> None:
    answers, teams = saved(table, tmp_path), tmp_path / "teams.csv"
    teams.write_text("date;Team\n1/2/2027;Heron\n;Magpie\n;\n", encoding="utf-8")
    done = run(answers, "--teams", teams, "-o", tmp_path / "r.html")
    assert done.return_value == ExitCode.DONE, done.output
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<li>Magpie</li>" in text and "<li>Heron</li>" not in text
    teams.write_text("Heron\nOwl\n", encoding="utf-8")
    assert run(answers, "--teams", teams, "-o", tmp_path / "r.html", "--force").return_value == 0
    assert "<li>Owl</li>" in (tmp_path / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_spreadsheet_gives_the_same_but_for_pictures(
    table: AnswerTable, tmp_path: Path, suffix: str
) -> None:
    made = {}
    for ending in (".json", suffix):
        where = tmp_path / f"{ending[1:]}.html"
        done = run(saved(table, tmp_path, f"answers{ending}"), "-o", where)
        assert done.return_value == ExitCode.DONE, done.output
        made[ending] = where.read_text(encoding="utf-8")
    without = re.sub(r"<img[^>]*>", "PICTURE", made[".json"])
    no_picture = re.escape("Handwriting, of which there is no picture here.")
    other = re.sub(rf'<p class="quiet">{no_picture}</p>', "PICTURE", made[suffix])
    assert without.count("PICTURE") == other.count("PICTURE") > 0
    assert other == without


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[1, 2]", b'{"table": {"deck": 3}}', b"\xff\xfe", b"[" * 100_000, b"PK\x03\x04"],
)
def test_what_is_no_table_is_one_clear_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(data)
    done = run(path)
    assert done.return_value == ExitCode.CONTENT
    assert "answer-table-unreadable" in done.output
    assert everything(tmp_path) == {"answers.json"}


def test_an_empty_list_of_teams_is_said(table: AnswerTable, tmp_path: Path) -> None:
    teams = tmp_path / "teams.csv"
    teams.write_text("\n")
    done = run(saved(table, tmp_path), "--teams", teams)
    assert done.return_value == ExitCode.CONTENT
    assert "This list of teams is empty" in done.output


def test_answers_to_another_deck_are_refused(table: AnswerTable, tmp_path: Path) -> None:
    others = tuple(replace(a, field=f"else.{a.field}") for a in table.answers)
    done = run(saved(replace(table, answers=others), tmp_path))
    assert done.return_value == ExitCode.CONTENT
    assert "answers-foreign" in done.output


def test_without_answers_the_exit_code_says_so(table: AnswerTable, tmp_path: Path) -> None:
    done = run(saved(replace(table, answers=()), tmp_path))
    assert done.return_value == ExitCode.REJECTS
    assert "answers-none" in done.output
    assert (tmp_path / "report" / "report.pdf").is_file()


def test_letters_that_the_fonts_lack_are_told(table: AnswerTable, tmp_path: Path) -> None:
    said = tuple(replace(a, value="中") if a.value == "Nothing yet." else a for a in table.answers)
    done = run(saved(replace(table, answers=said), tmp_path))
    assert done.return_value == ExitCode.DONE
    assert "report-letters" in done.output


def test_without_the_package_for_calendars_the_rest_is_made(
    table: AnswerTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_of_actions, "find_spec", lambda _: None)
    answers = saved(table, tmp_path)
    done = run(answers)
    assert done.return_value == ExitCode.REJECTS
    assert "report-left-out" in done.output
    assert everything(tmp_path / "report") == ALL - {"actions.ics"}
    alone = run(answers, "-o", tmp_path / "a.ics")
    assert isinstance(alone.exception, click.UsageError)
    assert "deckgen-cards[report]" in alone.exception.message


def test_another_ending_is_refused_at_once(table: AnswerTable, tmp_path: Path) -> None:
    done = run(saved(table, tmp_path), "-o", tmp_path / "report.docx")
    assert isinstance(done.exception, click.UsageError)


def test_for_a_program(table: AnswerTable, tmp_path: Path) -> None:
    done = run(saved(table, tmp_path), "--json")
    assert {Path(p).name for p in json.loads(done.output)["outputs"]} == ALL


def test_without_names_no_file_is_named_after_one(table: AnswerTable, tmp_path: Path) -> None:
    done = run(saved(table, tmp_path, "heron.json"), "--anonymous")
    assert done.return_value == ExitCode.DONE, done.output
    for path in (tmp_path / "report").iterdir():
        assert b"heron" not in path.read_bytes().lower()


def test_the_answers_are_never_replaced(table: AnswerTable, tmp_path: Path) -> None:
    answers, teams = saved(table, tmp_path), tmp_path / "teams.csv"
    teams.write_text("team\nA\n", encoding="utf-8")
    result = run(answers, "--teams", teams, "-o", teams, "--force")
    assert result.return_value == ExitCode.CANNOT_WRITE and "was given" in result.output
    assert teams.read_text(encoding="utf-8") == "team\nA\n"
