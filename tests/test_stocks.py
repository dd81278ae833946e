"""The list of stocks: what is sound is shown, what is not is a located problem."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from deckgen.cli import cli
from deckgen.project import read_project
from deckgen.stocks import list_stocks, stocks_text

ROOT = Path(__file__).resolve().parent.parent


def test_every_stock_is_listed_with_its_sheets() -> None:
    entries, problems = list_stocks(read_project(ROOT))
    assert problems == []
    sheets = {entry.name: entry.sheets for entry in entries}
    assert sheets == {"a3": 3, "a4": 6, "a4-large": 24, "letter": 6, "sra3": 3}


def test_the_drawing_has_a_box_for_each_card() -> None:
    entries, _ = list_stocks(read_project(ROOT))
    text = stocks_text([entry for entry in entries if entry.name == "a3"])
    assert text.count("┬") == 3 and text.count("├") == 1
    assert "95 × 137 mm, 8 a sheet" in text and "3 sheets for this deck" in text


def test_a_grid_that_leaves_the_sheet_is_told_and_left_out() -> None:
    project = read_project(ROOT)
    name = "templates/stocks/a3.toml"
    wrong = project.files[name].replace(b"left = 14", b"left = 40")
    entries, problems = list_stocks(replace(project, files={**project.files, name: wrong}))
    assert "a3" not in {entry.name for entry in entries}
    assert [(p.code, p.place.file) for p in problems] == [("stock-invalid", name)]


def test_the_command_shows_them() -> None:
    done = CliRunner().invoke(cli, ["stocks", "--project", str(ROOT)], standalone_mode=False)
    assert done.return_value == 0
    assert "sra3: SRA3, eight A6 cards" in done.output
