"""`deckgen export` and `deckgen import` as people call them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document

from deckgen.cli.group import cli
from deckgen.exit_codes import ExitCode
from tests.interchange.made_up import on_disk


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    on_disk(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words, standalone_mode=False)


@pytest.mark.parametrize("name", ["cards.xlsx", "cards.csv"])
def test_a_table_goes_out_is_changed_and_comes_back(deck: Path, name: str) -> None:
    assert run("export", name).return_value == ExitCode.DONE
    assert "there already" in run("export", name).output
    assert run("export", name, "--force").return_value == ExitCode.DONE
    back = run("import", name)
    assert (back.return_value, back.stdout) == (ExitCode.DONE, "3 cards: 3 unchanged\n")
    run("export", "cards.csv", "--force")
    table = deck / "cards.csv"
    table.write_bytes(table.read_bytes().replace(b"Another lead.", b"A third one."))
    asked = run("import", "cards.csv")
    assert asked.return_value == ExitCode.DIFFERENCES
    assert "K2 Second  changed\n    lead: [-Another lead.-] {+A third one.+}" in asked.stdout
    assert "Nothing was written" in asked.stdout
    told: dict[str, Any] = json.loads(run("import", "cards.csv", "--json").stdout)
    assert told["plan"]["files"] == ["content/cards/K.md"] and told["outputs"] == []
    done = run("import", "cards.csv", "--yes")
    assert done.return_value == ExitCode.DONE and "Wrote" in done.stdout
    assert "A third one." in (deck / "content/cards/K.md").read_text("utf-8")
    assert run("import", "cards.csv", "--yes").stdout == "3 cards: 3 unchanged\n"


def test_what_a_document_loses_is_told_by_the_exit_code(deck: Path) -> None:
    made = Document()
    made.add_heading("S2 A lift", 1)
    made.add_paragraph("It ").add_run("stood").italic = True
    made.add_heading("Source", 2)
    made.add_paragraph("Invented.")
    made.add_heading("Try this", 2)
    made.add_paragraph("1. Look.")
    made.save(str(deck / "draft.docx"))
    done = run("import", "draft.docx", "--yes")
    assert done.return_value == ExitCode.REJECTS
    assert "draft.docx, paragraph 2  warning  document-left-out" in done.stderr
    assert "cards = 2" in (deck / "content/deck.toml").read_text("utf-8")
    assert run("check").return_value is not None


def test_files_of_other_kinds_are_refused_with_advice(deck: Path) -> None:
    (deck / "cards.xls").write_bytes(b"x")
    (deck / "cards.xlsx").write_bytes(b"x")
    assert "Save it as one of these" in f"{run('import', 'cards.xls').exception}"
    assert "ends in .xlsx or .csv" in f"{run('export', 'cards.ods').exception}"
    refused = run("import", "cards.xlsx")
    assert refused.return_value == ExitCode.CONTENT
    assert "table-unreadable" in refused.stderr
