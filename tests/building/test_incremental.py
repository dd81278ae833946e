"""Nothing is rebuilt that did not change; what is, is what a build of everything makes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deckgen.building import build
from deckgen.building.build import build_files
from deckgen.building.incremental import build_what_changed
from deckgen.disk import CannotWrite
from deckgen.options import Options
from deckgen.products.result import Result
from deckgen.project import read_project
from deckgen.store import fingerprint, record
from deckgen.store.output_folder import output_folder
from deckgen.store.record import RECORD
from tests.conftest import ROOT

NAMES = ("deck-sheets-a4.pdf", "deck-screen.pdf", "workbook.pdf", "pack.pdf")
HEAVY = {"markdown_it", "reportlab", "pypdf", "uharfbuzz", "PIL"}


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with looks of its own, built."""
    project = tmp_path_factory.mktemp("built") / "deck"
    for part in ("content", "templates", "fonts"):
        shutil.copytree(ROOT / part, project / part)
    assert len(again(project).outputs) == 4
    return project


@pytest.fixture
def folder(tmp_path: Path, built_once: Path) -> Path:
    """A copy of it for each test."""
    return Path(shutil.copytree(built_once, tmp_path / "deck"))


def again(folder: Path, *targets: str, **options: object) -> Result:
    wanted = targets or build.USUAL
    return build_what_changed(read_project(folder), wanted, Options(**options))  # type: ignore[arg-type]


def held(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (folder / "output").glob("*.pdf")}


def from_scratch(folder: Path) -> dict[str, bytes]:
    """What a build of everything makes, in a folder where nothing is known."""
    fresh = folder.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    return {p.name: p.read_bytes() for p in build_files(read_project(folder), output=fresh).outputs}


def state(folder: Path) -> dict[str, tuple[int, int]]:
    return {p.name: (p.stat().st_ino, p.stat().st_mtime_ns) for p in (folder / "output").iterdir()}


def swap(file: Path, one: str, other: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert one in text
    file.write_text(text.replace(one, other, 1), encoding="utf-8")


@pytest.fixture
def whole_builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one whenever everything is built."""
    seen: list[str] = []
    real = build.Job

    def job(*args: object) -> object:
        seen.append("built")
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "Job", job)
    return seen


def test_nothing_is_written_if_nothing_changed(folder: Path, whole_builds: list[str]) -> None:
    first = build_files(read_project(folder), output=folder / "output")
    before = state(folder)
    result = again(folder)
    assert result.unchanged
    assert result.outputs == first.outputs
    assert state(folder) == before
    assert len(whole_builds) == 1
    assert not build_what_changed(read_project(folder), force=True).unchanged


def test_warnings_are_said_again(folder: Path) -> None:
    (folder / "content" / "words.docx").write_bytes(b"")
    first = again(folder)
    second = again(folder)
    assert [p.code for p in first.problems] == ["file-ignored"]
    assert second.unchanged
    assert second.problems == first.problems


def card_file(folder: Path) -> Path:
    return folder / "content" / "cards" / "K.md"


def appended(name: str, more: bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / name).open("ab") as file:
            file.write(more)

    return change


CHANGES: dict[str, Callable[[Path], None]] = {
    "deck.toml": appended("content/deck.toml", b"\n# a comment\n"),
    "workbook": lambda f: appended(str(next((f / "content" / "workbooks").iterdir())), b"\n")(f),
    "theme": appended("templates/themes/gallery.toml", b"\n# a comment\n"),
    "font": appended("fonts/AtkinsonHyperlegibleNext_400Regular.ttf", b"\0"),
    "new file": lambda f: (f / "content" / "more.docx").write_bytes(b"") and None,
    "output deleted": lambda f: (f / "output" / "pack.pdf").unlink(),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_whatever_changes_is_built(folder: Path, whole_builds: list[str], kind: str) -> None:
    CHANGES[kind](folder)
    assert not again(folder).unchanged
    assert whole_builds == ["built"]
    assert held(folder) == from_scratch(folder)
    assert again(folder).unchanged


def test_options_targets_dates_and_printers_count(
    folder: Path, whole_builds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not again(folder, "sheets", ink_saver=True).unchanged
    assert not again(folder, "workbook").unchanged
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert not again(folder).unchanged
    assert again(folder).unchanged
    (folder / "printers").mkdir()
    (folder / "printers" / "office.toml").write_text(
        'name = "office"\nmeasured = 2026-11-01\nturn = "long"\nsheet_mm = [210, 297]\nx_mm = 0.5\n'
    )
    assert not again(folder, "sheets", printer="office").unchanged
    swap(folder / "printers" / "office.toml", "0.5", "0.6")
    assert not again(folder, "sheets", printer="office").unchanged
    assert again(folder, "sheets", printer="office").unchanged
    assert len(whole_builds) == 5


def test_other_code_or_other_libraries_build_anew(
    folder: Path, whole_builds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fingerprint._code.cache_clear()
    monkeypatch.setattr(fingerprint, "_installed", lambda: {"pypdf-0.0.1.dist-info"})
    try:
        assert not again(folder).unchanged
        assert whole_builds == ["built"]
    finally:
        fingerprint._code.cache_clear()


def test_a_file_changed_by_a_person_stops_it_as_ever(folder: Path) -> None:
    (folder / "output" / "workbook.pdf").write_bytes(b"filled in")
    with pytest.raises(CannotWrite, match="filled it in"):
        again(folder)
    swap(card_file(folder), "a", "e")
    with pytest.raises(CannotWrite, match="filled it in"):
        again(folder)
    assert held(folder)["workbook.pdf"] == b"filled in"


def test_a_failing_build_leaves_the_last_good_one(folder: Path) -> None:
    before = state(folder)
    text = card_file(folder).read_bytes()
    appended(str(card_file(folder)), b"\n## Odd heading\n")(folder)
    assert again(folder).outputs == ()
    assert state(folder) == before
    card_file(folder).write_bytes(text)
    assert again(folder).unchanged


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "gone": lambda _: b"",
    "cut": lambda data: data[: len(data) // 2],
    "a bit": lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:],
    "no JSON": lambda _: record._seal(b"[[[") + b"\n[[[",
    "too deep": lambda _: record._seal(b"[" * 100_000) + b"\n" + b"[" * 100_000,
    "a number": lambda _: record._seal(b"7") + b"\n7",
    "odd entries": lambda _: record._seal(b'[{"sums":[]}]') + b'\n[{"sums":[]}]',
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_record_is_none(folder: Path, whole_builds: list[str], kind: str) -> None:
    file = folder / "output" / RECORD
    file.write_bytes(DAMAGE[kind](file.read_bytes()))
    assert not again(folder).unchanged
    assert whole_builds == ["built"]
    assert again(folder).unchanged


def test_a_link_in_the_place_of_the_record_is_not_followed(folder: Path) -> None:
    file = folder / "output" / RECORD
    file.rename(folder / "elsewhere")
    file.symlink_to(folder / "elsewhere")
    assert not again(folder).unchanged
    assert not file.is_symlink()


def test_deleting_all_that_is_known_changes_no_byte(folder: Path) -> None:
    before = held(folder)
    (folder / "output" / RECORD).unlink()
    again(folder)
    assert held(folder) == before


def test_two_at_once(folder: Path) -> None:
    with output_folder(folder / "output"), pytest.raises(CannotWrite, match="Another deckgen"):
        again(folder)


# The command.


def command(folder: Path, package: Path, *words: str) -> tuple[str, set[str]]:
    """What `deckgen build` says, and what it loads."""
    script = (
        "import sys\n"
        "from deckgen.__main__ import run\n"
        "code = run(sys.argv[1:])\n"
        "print(code, *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "build", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(package)},
        capture_output=True,
        text=True,
        check=True,
    )
    code, *modules = done.stderr.splitlines()[-1].split()
    assert code == "0"
    return done.stdout, {name.partition(".")[0] for name in modules}


def test_the_command_says_so_and_loads_nothing_heavy(folder: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(ROOT / "deckgen", package / "deckgen")
    command(folder, package)
    said, loaded = command(folder, package)
    assert said == "Nothing has changed since the last build; the files in output are up to date.\n"
    assert "deckgen" in loaded
    assert not loaded & HEAVY
    said, loaded = command(folder, package, "--json")
    assert [Path(p).name for p in json.loads(said)["outputs"]] == list(NAMES)
    assert not loaded & HEAVY
    appended("deckgen/layout/faces/card.py", b"# another version\n")(package)
    said, loaded = command(folder, package)
    assert said.count("Wrote") == 4
    swap(card_file(folder), ".\n", " now.\n")
    said, loaded = command(folder, package)
    assert said.count("Wrote") == 4
    assert command(folder, package, "--force")[0].count("Wrote") == 4
