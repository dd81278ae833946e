from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from deckgen.project import Project, find_folder, read_project, starter_folder
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
    assert not any(name.startswith("templates/") for name in read_project(folder).files)


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
        file.truncate(9 * 1024 * 1024)
    assert codes(read_project(folder)) == [("file-too-large", "fonts/big.ttf")]


def test_of_a_huge_text_only_the_start_is_read(folder: Path) -> None:
    with (folder / "content" / "big.md").open("wb") as file:
        file.truncate(10**12)
    assert len(read_project(folder).files["content/big.md"]) == 1024 * 1024 + 1


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
        assert codes(read_project(folder)) == [("file-ignored", "content/cards/R.md")]


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
