"""Pictures are found by the names that people write; what is wrong is said where it stands."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from PIL import Image

from deckgen import project
from deckgen.content.load import load_content
from deckgen.model.picture import Shown
from deckgen.pictures.library import picture_named, shown_picture, unused_pictures
from deckgen.problem import Place, Problem
from deckgen.project import read_project
from tests.pictures.made import jpeg, png, svg

HERE = Place("content/cards/K.md", 7, 1)
FILES = {
    "content/pictures/Heron.jpg": jpeg(),
    "content/pictures/old/a reed.png": png(),
    "content/pictures/Gänse.png": png(),
    "content/cards/K.md": b"",
}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Heron.jpg", "Heron.jpg"),
        ("heron.JPG", "Heron.jpg"),
        ("./Heron.jpg", "Heron.jpg"),
        ("pictures/Heron.jpg", "Heron.jpg"),
        ("content/pictures/Heron.jpg", "Heron.jpg"),
        ("old/a reed.png", "old/a reed.png"),
        ("old/a%20reed.png", "old/a reed.png"),
        (unicodedata.normalize("NFD", "Gänse.png"), "Gänse.png"),
        (unicodedata.normalize("NFC", "Gänse.png"), "Gänse.png"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_compared_as_people_mean_it(written: str, name: str, form: str) -> None:
    files = {unicodedata.normalize(form, file): data for file, data in FILES.items()}  # type: ignore[arg-type]
    file, found = picture_named(files, written, HERE)
    assert file and found == []
    assert unicodedata.normalize("NFC", file.name) == name


def test_a_missing_picture_is_said_where_it_is_named_with_the_nearest_name() -> None:
    file, (found,) = picture_named(FILES, "heorn.jpg", HERE)
    assert file is None
    assert (found.code, found.place) == ("file-missing", HERE)
    assert found.todo == "Did you mean “Heron.jpg”?"
    (found,) = picture_named(FILES, "quokka", HERE)[1]
    assert found.todo == "Put it into content/pictures/."


def test_nothing_outside_the_folder_is_found() -> None:
    files = {**FILES, "templates/a.jpg": jpeg()}
    for name in ("../../templates/a.jpg", "/etc/passwd", "../cards/K.md", "http://a.org/b.jpg"):
        assert [p.code for p in picture_named(files, name, HERE)[1]] == ["file-missing"]


def shown(alt: str, words: str = "") -> tuple[Shown | None, list[Problem]]:
    return shown_picture(FILES, alt, "Heron.jpg", words, HERE)


@pytest.mark.parametrize(
    ("words", "focus"),
    [
        ("", (50, 50)),
        ("focus 30% 20%", (30, 20)),
        ("Focus 0 % 100 %", (0, 100)),
        ("focus 300% 5%", (100, 5)),
    ],
)
def test_a_picture_has_a_focus(words: str, focus: tuple[float, float]) -> None:
    made, found = shown(" A heron\n in the reeds ", words)
    assert made and found == []
    assert (made.alt, made.focus, made.place) == ("A heron in the reeds", focus, HERE)


def test_a_picture_needs_words_or_is_decorative() -> None:
    assert [(p.code, p.place) for p in shown("")[1]] == [("picture-words", HERE)]
    assert "decorative" in shown("")[1][0].todo
    made, found = shown("", "decorative, focus 9% 9%")
    assert made and found == [] and made.alt == ""
    assert [p.code for p in shown("A heron", "decorative")[1]] == ["picture-words"]


def test_words_that_mean_nothing_are_told() -> None:
    for words in ("left", "focus 30%", "focus 30 20", "decorative left"):
        assert "picture-words" in [p.code for p in shown("A heron", words)[1]], words


def test_pictures_that_no_card_shows_are_told() -> None:
    heron, _ = picture_named(FILES, "Heron.jpg", HERE)
    assert heron
    found = list(unused_pictures(FILES, [heron]))
    assert [(p.code, p.place.file) for p in found] == [
        ("file-ignored", "content/pictures/old/a reed.png"),
        ("file-ignored", "content/pictures/Gänse.png"),
    ]


def test_a_project_reads_pictures_of_their_folder_only(deck_folder: Path) -> None:
    pictures = deck_folder / "content" / "pictures"
    pictures.mkdir()
    (pictures / "A.PNG").write_bytes(png())
    (pictures / "b.svg").write_bytes(svg())
    (pictures / "c.gif").write_bytes(b"GIF8")
    (pictures / "d.docx").write_bytes(b"PK")
    (deck_folder / "content" / "e.jpg").write_bytes(jpeg())
    read = read_project(deck_folder)
    names = [name for name in read.files if "pictures" in name]
    assert names == [f"content/pictures/{name}" for name in ("A.png", "b.svg", "c.gif")]
    assert [(p.code, p.place.file) for p in read.problems] == [
        ("file-ignored", "content/e.jpg"),
        ("file-ignored", "content/pictures/d.docx"),
    ]
    assert "content/pictures" in read.problems[0].found
    found = [p for p in load_content(read.files)[1] if p.place.file.startswith("content/pic")]
    assert [p.code for p in found] == ["file-ignored"] * 3  # no card shows them


def test_links_and_pipes_are_not_followed(deck_folder: Path, tmp_path: Path) -> None:
    pictures = deck_folder / "content" / "pictures"
    pictures.mkdir()
    (tmp_path / "outside.png").write_bytes(png())
    (pictures / "link.png").symlink_to(tmp_path / "outside.png")
    if hasattr(os, "mkfifo"):
        os.mkfifo(pictures / "pipe.png")
    codes = {p.place.file: p.code for p in read_project(deck_folder).problems}
    assert codes.pop("content/pictures/link.png") == "path-outside"
    assert set(codes.values()) <= {"file-unreadable"}


def test_too_many_bytes_are_not_read(deck_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = deck_folder / "content" / "pictures"
    pictures.mkdir()
    for name in ("a", "b", "c"):
        (pictures / f"{name}.png").write_bytes(png(Image.effect_noise((60, 60), 90)))
    size = (pictures / "a.png").stat().st_size
    monkeypatch.setattr(project, "_ALL_PICTURES_BYTES", int(2.5 * size))
    (found,) = read_project(deck_folder).problems
    assert (found.code, found.place.file) == ("file-too-large", "content/pictures/c.png")
    monkeypatch.setattr(project, "_PICTURE_BYTES", size // 2)
    assert {p.code for p in read_project(deck_folder).problems} == {"file-too-large"}
    assert len(read_project(deck_folder).problems) == 3
