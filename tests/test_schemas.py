"""The schemas that editors get agree with what deckgen reads, as a second library sees them."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from deckgen.__main__ import run
from deckgen.design.printer import PrinterProfile
from deckgen.disk import CannotWrite
from deckgen.exit_codes import ExitCode
from deckgen.project import Project, read_project
from deckgen.schemas import MODELS, schemas, write_schemas
from deckgen.settings import read_settings
from tests.conftest import ROOT

SCHEMAS = schemas()
CHANGES = '[[changes]]\nwhat = ["k1"]\nkind = "correction"\nreason = "A slip."\n'
PRINTER = PrinterProfile("office", date(2026, 1, 2), "long", (210.0, 297.0))


def faults(name: str, text: str) -> list[str]:
    """What an editor would underline. It sees dates as text."""
    data = json.loads(json.dumps(tomllib.loads(text), default=str))
    return [error.message for error in Draft202012Validator(SCHEMAS[name]).iter_errors(data)]


def texts_of(name: str) -> dict[str, str]:
    files = read_project(ROOT).files
    made = {"changes": CHANGES, "printer": PRINTER.as_toml()}
    fitting = {f: files[f].decode() for f in files if fnmatch(f, MODELS[name][0])}
    return fitting or {"made up": made[name]}


@pytest.mark.parametrize("name", MODELS)
def test_each_schema_is_one_and_takes_our_own_files(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    for file, text in texts_of(name).items():
        assert faults(name, text) == [], file
        assert read_settings(text, file, MODELS[name][1])[1] == []


BROKEN = {
    "deck": ("cards = 4", 'cards = "four"'),
    "references": ("owner", "oner"),
    "changes": ('"correction"', '"corection"'),
    "card": ('takes = "sentence"', 'takes = "sentances"'),
    "theme": ('part = "tiles"', 'part = "tile"'),
    "stock": ("columns = 2", "columns = 0"),
    "palette": ('"#C9DEA5"', '"green"'),
    "icons": ("[[7.5, 8.0, 5.0]]", "[[7.5, 8.0]]"),
    "fonts": ('"AtkinsonHyperlegibleNext_400Regular.ttf"', "400"),
    "workbook": ("page = {", "paper = {"),
    "workbook-headings": ("depth = 2", "depth = 1"),
    "press": ("ink_limit = 300", "ink_limit = 900"),
    "printer": ('turn = "long"', 'turn = "left"'),
}


@pytest.mark.parametrize("name", MODELS)
def test_both_refuse_the_same_mistake(name: str) -> None:
    old, new = BROKEN[name]
    file, text = next((f, t) for f, t in texts_of(name).items() if old in t)
    wrong = text.replace(old, new, 1)
    assert faults(name, wrong) != []
    assert read_settings(wrong, file, MODELS[name][1])[1] != []


def test_every_settings_file_of_a_project_has_a_schema() -> None:
    project: Project = read_project(ROOT)
    for file in (f for f in project.files if f.endswith(".toml")):
        lock = file.startswith("content/editions/") and "-changes" not in file
        assert lock or any(fnmatch(file, files) for files, _ in MODELS.values()), file


def test_the_command_writes_them_and_says_how_they_are_used(
    deck_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schema", "--project", str(deck_folder)]) == ExitCode.DONE
    said = capsys.readouterr().out
    assert "#:schema ../schemas/deck.json" in said and "#:schema ../../schemas/theme.json" in said
    files = sorted((deck_folder / "schemas").iterdir())
    written: dict[str, Any] = {path.stem: json.loads(path.read_bytes()) for path in files}
    assert written == json.loads(json.dumps(SCHEMAS))
    assert run(["schema", "--project", str(deck_folder)]) == ExitCode.DONE  # anew, without asking
    deck = deck_folder / "content" / "deck.toml"
    deck.write_text("#:schema ../schemas/deck.json\n" + deck.read_text("utf-8"), "utf-8")
    assert run(["check", "--project", str(deck_folder)]) == ExitCode.DONE


def test_a_file_of_somebody_else_is_kept(tmp_path: Path) -> None:
    (tmp_path / "stock.json").write_bytes(b"{}")
    with pytest.raises(CannotWrite):
        write_schemas(tmp_path)
    assert (tmp_path / "stock.json").read_bytes() == b"{}"
