from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from deckgen.editions.ledger import ledger_of
from deckgen.problem import blocks
from deckgen.project import Project, find_folder, read_project, starter_folder
from deckgen.source import read_source
from tests.conftest import NOW


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "content" / "cards").mkdir(parents=True)
    (root / "content" / "deck.toml").write_bytes(b'title = "T"')
    (root / "content" / "cards" / "K.md").write_bytes(b"# K1 One")
    return root


def codes(project: Project) -> list[tuple[str, str]]:
    return [(p.code, p.place.file) for p in project.problems]


def test_content_is_read_by_name(folder: Path) -> None:
    project = read_project(folder)
    assert project.files["content/cards/K.md"] == b"# K1 One"
    assert codes(project) == []


def test_built_in_looks_stand_in_for_missing_folders(folder: Path) -> None:
    built_in = read_project(folder).files
    start = starter_folder() / "templates" / "fonts.toml"
    assert built_in["templates/fonts.toml"] == start.read_bytes()
    assert any(name.endswith(".ttf") for name in built_in)
    (folder / "templates").mkdir()
    left = {name for name in read_project(folder).files if name.startswith("templates/")}
    newer = {"templates/workbook-headings.toml"}  # what older folders don't have
    assert newer < left and all(name.startswith("templates/cards/") for name in left - newer)
    (folder / "templates" / "cards").mkdir()
    files = read_project(folder).files
    assert {name for name in files if name.startswith("templates/")} == newer


@pytest.mark.parametrize("below", [".", "content", "content/cards", "output"])
def test_the_project_is_found_from_any_folder_in_it(folder: Path, below: str) -> None:
    (folder / "output").mkdir()
    assert find_folder(folder / below).resolve() == folder.resolve()  # type: ignore[union-attr]


def test_no_project_is_none(tmp_path: Path) -> None:
    assert find_folder(tmp_path) is None


@pytest.mark.parametrize("link", ["content/cards/K.md", "content/cards", "content", "fonts"])
def test_links_that_leave_the_folder_are_refused(folder: Path, tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "deck.toml").write_bytes(b"secret")
    (outside / "K.md").write_bytes(b"secret")
    path = folder / link
    if path.is_dir():
        path.rename(tmp_path / "moved")
    path.unlink(missing_ok=True)
    path.symlink_to(outside / "K.md" if link.endswith(".md") else outside)
    project = read_project(folder)
    assert ("path-outside", link) in codes(project)
    assert b"secret" not in project.files.values()


def test_links_inside_the_folder_are_followed(folder: Path) -> None:
    (folder / "content" / "cards" / "R.md").symlink_to("K.md")
    assert read_project(folder).files["content/cards/R.md"] == b"# K1 One"


def test_a_link_to_itself_is_a_problem(folder: Path) -> None:
    (folder / "content" / "loop.md").symlink_to("loop.md")
    assert [file for _, file in codes(read_project(folder))] == ["content/loop.md"]


def test_a_linked_folder_inside_is_said_not_to_be_read(folder: Path) -> None:
    (folder / "content" / "again").symlink_to("cards")
    assert codes(read_project(folder)) == [("file-unreadable", "content/again")]


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "content" / "pipe.md")
    assert codes(read_project(folder)) == [("file-unreadable", "content/pipe.md")]


def test_a_file_that_goes_away_or_may_not_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, *_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    project = read_project(folder)
    assert ("file-unreadable", "content/deck.toml") in codes(project)
    assert "Permission denied" in project.problems[0].found


def test_a_folder_that_may_not_be_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert ("file-unreadable", "content") in codes(read_project(folder))


def test_a_font_that_is_too_large(folder: Path) -> None:
    (folder / "fonts").mkdir()
    with (folder / "fonts" / "big.ttf").open("wb") as file:
        file.truncate(33 * 1024 * 1024)
    assert codes(read_project(folder)) == [("file-too-large", "fonts/big.ttf")]


def test_of_a_huge_text_only_the_start_is_read(folder: Path) -> None:
    with (folder / "content" / "big.md").open("wb") as file:
        file.truncate(10**12)
    assert len(read_project(folder).files["content/big.md"]) == 4 * 1024 * 1024 + 1


@pytest.mark.parametrize("name", ["K.md.txt", "K.docx", "K"])
def test_files_that_are_not_read_are_named(folder: Path, name: str) -> None:
    (folder / "content" / "cards" / name).write_bytes(b"words")
    assert codes(read_project(folder)) == [("file-ignored", f"content/cards/{name}")]


def test_capitals_in_an_ending_do_not_matter(folder: Path) -> None:
    (folder / "content" / "cards" / "R.MD").write_bytes(b"# R1 One")
    assert read_project(folder).files["content/cards/R.md"] == b"# R1 One"
    (folder / "content" / "cards" / "r.md").write_bytes(b"# R1 Two")
    (folder / "content" / "cards" / "R.md").write_bytes(b"# R1 Three")
    if len(list((folder / "content" / "cards").iterdir())) == 4:  # capitals count on this disk
        assert codes(read_project(folder)) == [("file-ignored", "content/cards/R.md")] * 2


def test_letters_and_capitals_of_names_are_what_people_mean(folder: Path) -> None:
    cards, books = folder / "content" / "cards", folder / "content" / "workbooks"
    books.mkdir()
    (cards / "r.md").write_bytes(b"# R1 One")
    (books / "cafe\u0301.md").write_bytes(b"# Caf\xc3\xa9")  # as macOS gives it
    (cards / "K.md.txt").write_bytes(b"# K1 Two")
    project = read_project(folder)
    assert project.files["content/cards/R.md"] == b"# R1 One"
    assert "content/workbooks/caf\u00e9.md" in project.files
    (problem,) = project.problems
    assert (problem.code, problem.todo) == ("file-ignored", "Rename it to K.md.")
    assert "may not show" in problem.found


@pytest.mark.parametrize("name", [".DS_Store", "~$K.docx", "K.md~", "K.md.bak", ".git/x.md"])
def test_leftovers_of_editors_are_passed_over(folder: Path, name: str) -> None:
    path = folder / "content" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"words")
    project = read_project(folder)
    assert codes(project) == []
    assert f"content/{name}" not in project.files


def test_names_that_are_not_unicode_can_still_be_shown(folder: Path) -> None:
    (folder / "content" / os.fsdecode(b"caf\xe9.docx")).write_bytes(b"")
    assert codes(read_project(folder)) == [("file-ignored", "content/caf�.docx")]


def test_the_date_is_the_editions_unless_the_environment_says(folder: Path) -> None:
    plain = read_project(folder, {})
    assert plain.date_of(date(2026, 11, 23)) == datetime(2026, 11, 23, tzinfo=UTC)
    told = read_project(folder, {"SOURCE_DATE_EPOCH": "86400"})
    assert told.date_of(date(2026, 11, 23)) == datetime(1970, 1, 2, tzinfo=UTC)


def test_today_is_that_of_the_environment_or_of_the_clock(folder: Path) -> None:
    told = {"SOURCE_DATE_EPOCH": "86400"}
    assert read_project(folder, told).today == date(1970, 1, 2)
    assert read_project(folder, told, date(2031, 5, 6)).today == date(2031, 5, 6)
    assert read_project(folder, {}).today == NOW
    assert read_project(folder, {"SOURCE_DATE_EPOCH": "soon"}).today == NOW


@pytest.mark.parametrize("written", ["today", "1e99", "99999999999999999999"])
def test_a_date_that_is_none(folder: Path, written: str) -> None:
    project = read_project(folder, {"SOURCE_DATE_EPOCH": written})
    assert codes(project) == [("date-invalid", "SOURCE_DATE_EPOCH")]


def editions_in(folder: Path) -> Path:
    editions = folder / "content" / "editions"
    editions.mkdir()
    (editions / "1.toml").write_bytes(b"format = 1")
    return editions


def assert_blocked(folder: Path, place: str) -> None:
    """It is said where it is, and whoever asks for the editions is not told that there are none."""
    project = read_project(folder)
    assert [p.place.file for p in project.problems if blocks([p])] == [place]
    ledger, found = ledger_of(project.files)
    assert ledger.latest is None and blocks(found)


def a_file_in_its_place(editions: Path) -> None:
    editions.rename(editions.with_name("kept~"))
    editions.write_bytes(b"")


def a_pipe_in_its_place(editions: Path) -> None:
    editions.rename(editions.with_name("kept~"))
    os.mkfifo(editions)


def a_link_to_elsewhere(editions: Path) -> None:
    editions.rename(editions.parent.parent.parent / "elsewhere")
    editions.symlink_to(editions.parent.parent.parent / "elsewhere")


def a_link_to_a_folder_here(editions: Path) -> None:
    editions.rename(editions.with_name("moved"))
    (editions.with_name("moved") / "1.toml").unlink()
    editions.symlink_to("moved")


def a_link_to_nothing(editions: Path) -> None:
    editions.rename(editions.with_name("kept~"))
    editions.symlink_to("kept")


@pytest.mark.parametrize(
    "spoil",
    [
        *(a_file_in_its_place, a_pipe_in_its_place),
        *(a_link_to_elsewhere, a_link_to_a_folder_here, a_link_to_nothing),
    ],
)
def test_a_folder_of_editions_that_is_not_readable(
    folder: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(editions_in(folder))
    assert_blocked(folder, "content/editions")


def a_pipe(lock: Path) -> None:
    lock.unlink()
    os.mkfifo(lock)


def a_folder(lock: Path) -> None:
    lock.unlink()
    lock.mkdir()
    (lock / "1.toml.txt").write_bytes(b"")


def a_link(lock: Path) -> None:
    lock.unlink()
    lock.symlink_to("2.toml")


def another_ending(lock: Path) -> None:
    lock.rename(lock.with_name("1.toml.txt"))


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        *((a_pipe, "1.toml"), (a_link, "1.toml")),
        *((a_folder, "1.toml/1.toml.txt"), (another_ending, "1.toml.txt")),
    ],
)
def test_a_lock_that_is_not_readable(
    folder: Path, spoil: Callable[[Path], None], place: str
) -> None:
    spoil(editions_in(folder) / "1.toml")
    assert_blocked(folder, f"content/editions/{place}")


def test_a_lock_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, opened = editions_in(folder) / "1.toml", Path.open

    def refuse(path: Path, mode: str) -> object:
        if path.name == lock.name:
            raise PermissionError(13, "Permission denied")
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    assert_blocked(folder, "content/editions/1.toml")


def test_editions_in_other_capitals(folder: Path) -> None:
    editions_in(folder).rename(folder / "content" / "Editions")
    if not (folder / "content" / "editions").exists():  # capitals count on this disk
        assert_blocked(folder, "content/Editions/1.toml")


@pytest.mark.parametrize("closed", ["content", "content/editions"])
def test_a_closed_folder_is_no_deck_that_was_never_issued(
    folder: Path, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    editions_in(folder)
    listed = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path == folder.resolve() / closed:
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert_blocked(folder, closed)


def test_without_editions_nothing_is_wrong(folder: Path) -> None:
    assert ledger_of(read_project(folder).files)[1] == []


def test_a_lock_may_be_larger_than_what_people_write(folder: Path) -> None:
    for name in ("content/editions/1.toml", "content/cards/R.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"#" * (5 * 1024 * 1024))
    files = read_project(folder).files
    assert read_source(files["content/editions/1.toml"], "content/editions/1.toml")[1] == []
    found = read_source(files["content/cards/R.md"], "content/cards/R.md")[1]
    assert [p.code for p in found] == ["file-too-large"]
