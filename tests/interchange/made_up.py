"""A small project, and tables and documents to take into it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from deckgen.project import Project, built_in, read_project
from tests.conftest import ROOT
from tests.made_up_cards import PICTURES

DECK = """# A note that stays.
title = "T"
subtitle = "S"
publisher = "P"
contact = "C"
language = "en-GB"
theme = "gallery"
stock = "a4"
workbook = "book"
how_to_use = ["Read."]

[edition]
number = "1"
issued = 2026-01-01
review = 2027-01-01

[[sections]]
prefix = "K"
name = "Knowledge"
palette = "pink"
icon = "key"
cards = 2   # and this one

[[sections]]
prefix = "S"
name = "Stories"
palette = "mauve"
icon = "key"
cards = 1
kind = "story"
"""
K = """# K1 First
Id: first-card
See also: K2, S1

A lead with **bold** words.

- one
- two

## Talk about it
- What?
- Why?

# K2 Second
Id: second-card
Printed as: K7

Another lead.

- three

## Talk about it
- When?
- Who?
"""
S = """# S1 The toaster
Id: the-toaster

It burned.

## Source
A report.

## Try this
1. Look.
2. Listen.
"""
_BOOK = next((ROOT / "content" / "workbooks").glob("*.md")).read_bytes()
_BUILT_IN = {**built_in("templates"), **built_in("fonts")}


def project(files: Mapping[str, str | bytes] | None = None, deck: str = DECK) -> Project:
    """The small project, with some of its files otherwise."""
    words: dict[str, str | bytes] = {
        "content/deck.toml": deck,
        "content/workbooks/book.md": _BOOK,
        "content/cards/K.md": K,
        "content/cards/S.md": S,
        **(files or {}),
    }
    encoded = {name: w.encode() if isinstance(w, str) else w for name, w in words.items()}
    return Project(
        Path("/nowhere"), {**_BUILT_IN, **PICTURES, **encoded}, (), None, date(2026, 6, 1)
    )


def on_disk(folder: Path) -> Project:
    """The same as a folder."""
    for name, data in project().files.items():
        if name.startswith("content/") and "pictures" not in name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    return read_project(folder)


def book(rows: Sequence[Sequence[Any]], sheet: str = "Cards") -> Workbook:
    """A spreadsheet with these cells."""
    made = Workbook()
    page = made.active
    assert page
    page.title = sheet
    for row in rows:
        page.append(list(row))
    return made


def saved(thing: Any) -> bytes:
    """The bytes of a spreadsheet or of a Word document."""
    buffer = io.BytesIO()
    thing.save(buffer)
    return buffer.getvalue()
