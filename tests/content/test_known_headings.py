"""Headings that need no label: data says what they stand for, and no line of Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from deckgen.content.known_headings import FILE, load_known_headings
from deckgen.content.workbook import read_workbook
from deckgen.model.workbook import Box, Part, TimeFrame, Workbook
from deckgen.problem import Place
from deckgen.project import read_project
from tests.conftest import ROOT
from tests.layout.made_up import look_files

BOOKS = sorted((ROOT / "content/workbooks").glob("*.md"))
KNOWN = load_known_headings(look_files())[0]
# What a workbook says today and didn't say before labels told what a heading is.
_NEW = re.compile(
    r"(?:Id: (?:now|change|rating|actions|checklist|learned|1|2|message|how-to)"
    r"|(?:Box|Table|Each row|Summary|Fields|Points):.*"
    r"|Rating|Checklist|New page|Time frames|About)\n",
    re.MULTILINE,
)


def nowhere(book: Workbook) -> Workbook:
    """A workbook without the places of its words."""
    place = Place("")

    def part(part: Part | TimeFrame) -> Part | TimeFrame:
        blocks = tuple(replace(block, place=place) for block in part.blocks)
        if isinstance(part, Part):
            return replace(part, place=place, blocks=blocks)
        activities = tuple(
            replace(
                a,
                place=place,
                cards=tuple(replace(card, place=place) for card in a.cards),
                blocks=tuple(replace(block, place=place) for block in a.blocks),
            )
            for a in part.activities
        )
        return replace(part, place=place, blocks=blocks, activities=activities)

    return replace(book, place=place, parts=tuple(map(part, book.parts)))


@pytest.mark.parametrize("file", BOOKS, ids=lambda path: path.stem)
def test_a_workbook_without_labels_reads_as_with_them(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    old = _NEW.sub("", text)
    assert len(old) < len(text) - 500
    new, found = read_workbook(text, "a.md", "a", KNOWN)
    same, faults = read_workbook(old, "a.md", "a", KNOWN)
    assert found == faults == []
    assert nowhere(same) == nowhere(new)
    assert not any(isinstance(b, Box) for _, b in read_workbook(old, "a.md", "a")[0].blocks())


def test_no_heading_or_time_frame_is_named_in_the_package() -> None:
    names = {heading.heading for heading in KNOWN.values()}
    for file in BOOKS:
        book, _ = read_workbook(file.read_text(encoding="utf-8"), "a.md", "a", KNOWN)
        names |= {part.title for part in book.parts if isinstance(part, Part)}
        names |= {frame.name for frame in book.frames} | {frame.key for frame in book.frames}
        names |= {block.title for _, block in book.blocks() if block.title}
    assert "Immediate" in names and len(names) > 15
    named = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names)))
    sources = {path: path.read_text(encoding="utf-8") for path in ROOT.glob("deckgen/**/*.py")}
    assert {
        path.name: named.findall(text) for path, text in sources.items() if named.search(text)
    } == {}


def test_a_deck_may_add_its_own() -> None:
    own = b'[[headings]]\nheading = "Was tun?"\ndepth = 3\nlabels = ["Box: 4", "Id: todo"]\n'
    known, found = load_known_headings({FILE: own})
    assert found == []
    book, found = read_workbook("# B\nRole: R\n\n## P\n\n### was tun?\nSag.\n", "a.md", "a", known)
    assert found == []
    assert [(start, type(block), block.title) for start, block in book.blocks()] == [
        ("p.todo", Box, "was tun?")
    ]


def test_a_fault_in_the_file_has_its_place() -> None:
    bad = b'[[headings]]\nheading = "Now"\ndepth = 7\nlabels = ["Box"]\n'
    known, found = load_known_headings({FILE: bad})
    assert known == {}
    assert [(p.code, p.place.line) for p in found] == [
        ("setting-invalid", 3),
        ("setting-invalid", 4),
    ]
    assert load_known_headings({}) == ({}, [])


def test_a_project_with_older_templates_has_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/deck.toml").write_text("", encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/icons.toml").write_text("", encoding="utf-8")
    files = read_project(tmp_path, env={}).files
    assert files[FILE] == (ROOT / FILE).read_bytes()
    (tmp_path / FILE).write_text("# none\n", encoding="utf-8")
    assert read_project(tmp_path, env={}).files[FILE] == b"# none\n"
