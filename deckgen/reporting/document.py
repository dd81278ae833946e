"""A report as blocks, of which the PDF and the page for a browser are made alike."""

from __future__ import annotations

from msgspec import Struct

from deckgen.model.text import Text


class Heading(Struct, frozen=True):
    """A heading of depth 2, 3 or 4; `key` is its name in addresses, for those of depth 2."""

    depth: int
    text: Text
    key: str = ""


class Words(Struct, frozen=True):
    """A paragraph: "lead", "body" or "hint"."""

    text: Text
    style: str = "body"


class Points(Struct, frozen=True):
    """A list."""

    points: tuple[Text, ...]


class Facts(Struct, frozen=True):
    """A panel of facts: what they are, and what is so."""

    facts: tuple[tuple[Text, Text], ...]


class Para(Struct, frozen=True):
    """A paragraph in a cell; a `quiet` one says something about the words above it."""

    text: Text
    quiet: bool = False


class Cut(Struct, frozen=True):
    """Handwriting: the bytes of a PNG that was looked at, its dots, and what is said of it."""

    png: bytes
    size: tuple[int, int]
    alt: Text


class Strip(Struct, frozen=True):
    """Marks on a scale of so many steps, oldest first; `alt` says them in words."""

    steps: int
    marks: tuple[int, ...]
    alt: Text


Part = Para | Cut | Strip
Cell = tuple[Part, ...]


class Grid(Struct, frozen=True):
    """A table. `shares` are the widths of its columns; `caption` is for those who listen."""

    caption: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[float, ...]


class Cards(Struct, frozen=True):
    """What several people said to one question, side by side."""

    cards: tuple[Cell, ...]


Block = Heading | Words | Points | Facts | Grid | Cards


class Report(Struct, frozen=True):
    """A report: its title, the deck's, and all blocks in order."""

    title: Text
    deck: str
    stamp: Text
    blocks: tuple[Block, ...]


def cell(text: Text, *more: Part) -> Cell:
    """A cell with a text in it, and what else stands below that."""
    return (Para(text), *more) if text else more
