"""Letters of answers that the deck's fonts lack: named in the PDF, never drawn as another sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import category, name

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.fonts import FontBook
from deckgen.design.load import Design
from deckgen.design.settable import unsettable
from deckgen.model.text import Run, Text, words
from deckgen.reporting.document import (
    Block,
    Cards,
    Cell,
    Facts,
    Grid,
    Para,
    Points,
    Report,
    Words,
)
from deckgen.wording.say import Wording, listed

_MOST = 12  # letters that are named at the front
# The styles of a report's pages.
_STYLES = ("small", "body", "lead", "hint", "strong", "eyebrow", "h1", "h2", "h3", "table_head")


class Drawable(Struct, frozen=True):
    """A report that the fonts can draw, and the letters that they can't, in order."""

    report: Report
    lacking: tuple[str, ...]


def drawable(report: Report, design: Design) -> Drawable:
    """The report with the numbers of letters in place of those that the fonts lack."""
    faces = {"bold", *(design.paper.styles[style].face for style in _STYLES)}
    texts = {run.text for text in _texts(report.blocks) for run in text}
    texts.add(report.deck)
    book = design.book
    lacking = {letter for said in texts for letter in _lacking(said, book, faces)}
    if not lacking:
        return Drawable(report, ())
    shown = _named(lacking)
    blocks = [_mended(block, shown) for block in report.blocks]
    ordered = tuple(sorted(lacking))
    first = next((n for n, b in enumerate(blocks) if isinstance(b, Facts)), 0)
    blocks.insert(first + 1, Words(_said(ordered, design.say)))
    deck = _spelt(report.deck, shown)
    return Drawable(replace(report, blocks=tuple(blocks), deck=deck), ordered)


def _lacking(said: str, book: FontBook, faces: Iterable[str]) -> Iterator[str]:
    """Letters that a face of the report lacks, or can't set right: those of the whole word."""
    if said.isascii():
        return
    for face in faces:
        yield from book.missing(book.drawable(said, face), face)
        for at, _ in unsettable(said, book.faces[face]):
            if ord(said[at]) > 0x2FF and category(said[at]) == "Lo":
                yield from (c for c in said[at:].split()[0] if not c.isascii())


def _named(letters: Iterable[str]) -> dict[str, str]:
    """What stands for each letter: a sign by its name, a letter by its number."""
    return {letter: _name(letter) for letter in letters}


def _name(letter: str) -> str:
    said = name(letter, "").lower()
    return f"[{said}]" if said and category(letter).startswith("S") else f"[U+{ord(letter):04X}]"


def _spelt(said: str, shown: dict[str, str]) -> str:
    return said.translate({ord(letter): name for letter, name in shown.items()}).replace("][", " ")


def _said(lacking: tuple[str, ...], say: Wording) -> Text:
    """Which letters these are. They can't be shown here, so their names are."""
    named = [
        words(f"U+{ord(letter):04X} {name(letter, '').lower()}".strip())
        for letter in lacking[:_MOST]
    ]
    if len(lacking) > _MOST:
        named.append(say("{count} more", count=len(lacking) - _MOST))
    return say(
        "The deck’s fonts lack some letters of these answers. Their numbers stand in brackets; "
        "the report for a browser shows them: {letters}.",
        letters=listed(named),
    )


def _mended(block: Block, shown: dict[str, str]) -> Block:
    def text(given: Text) -> Text:
        return tuple(_run(run, shown) for run in given)

    def cell(given: Cell) -> Cell:
        return tuple(
            replace(part, text=text(part.text)) if isinstance(part, Para) else part
            for part in given
        )

    if isinstance(block, Grid):
        rows = tuple(tuple(map(cell, row)) for row in block.rows)
        return replace(block, heads=tuple(map(text, block.heads)), rows=rows)
    if isinstance(block, Cards):
        return Cards(tuple(map(cell, block.cards)))
    if isinstance(block, Points):
        return Points(tuple(map(text, block.points)))
    if isinstance(block, Facts):
        return Facts(tuple((text(label), text(fact)) for label, fact in block.facts))
    return replace(block, text=text(block.text))


def _run(run: Run, shown: dict[str, str]) -> Run:
    return run if run.text.isascii() else replace(run, text=_spelt(run.text, shown))


def _texts(blocks: Iterable[Block]) -> Iterator[Text]:
    for block in blocks:
        if isinstance(block, Grid):
            yield from block.heads
            for row in block.rows:
                yield from (part.text for c in row for part in c if isinstance(part, Para))
        elif isinstance(block, Cards):
            yield from (part.text for c in block.cards for part in c if isinstance(part, Para))
        elif isinstance(block, Points):
            yield from block.points
        elif isinstance(block, Facts):
            yield from (text for fact in block.facts for text in fact)
        else:
            yield block.text
