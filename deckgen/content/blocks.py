"""Markdown for people with Notepad → headings, labels, paragraphs and list items, with places.

Only headings, lists and emphasis are markup. Bullets pasted from a word processor count as
bullets. Whatever else would be dropped or misread is a Problem at its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token

from deckgen.model.text import Run, Text, plain
from deckgen.problem import Place, Problem, problem


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    LABEL = "label"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file. `level` counts a heading's marks; `name` is a label's or heading's."""

    kind: BlockKind
    text: Text
    place: Place
    level: int = 0
    name: str = ""


_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t\u00a0]*(?P<text>.*?)[ \t]*#*\s*\Z")
_BULLET = re.compile(r"(?P<indent>[ \t\u00a0]*)(?:[-*+•·▪◦‣●○–—])(?:[ \t\u00a0]+)(?P<text>\S.*)\Z")
_TIGHT_BULLET = re.compile(r"[ \t\u00a0]*[•·▪◦‣●○]\t?(?P<text>\S.*)\Z")
_LABEL = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z' ]{1,24}?)[ \t]*:(?:[ \t\u00a0]+|\Z|(?=\S))(?P<value>.*)\Z"
)
_SPACES = re.compile(r"[ \t\u00a0]+")
_FORBIDDEN = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), "A picture"),
    (re.compile(r"\[[^\]]+\]\([^)]*\)"), "A link"),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), "An HTML tag"),
    (re.compile(r"\A\s*\|.*\|\s*\Z"), "A table"),
    (re.compile(r"\A\s*(?:```|~~~)"), "A block of code"),
    (re.compile(r"\A\s*>\s"), "A quotation mark at the start of the line"),
    (re.compile(r"\A\s*(?:={3,}|-{3,}|\*{3,}|_{3,})\s*\Z"), "A ruled line"),
    (re.compile(r"\A\s*\d{1,2}[.)]\s+\S"), "A numbered list"),
)
_INLINE = MarkdownIt("zero").enable("emphasis")


class _Reader:
    """Joins lines into blocks."""

    def __init__(self, file: str, labels: frozenset[str]) -> None:
        self.file, self.labels = file, labels
        self.blocks: list[Block] = []
        self.found: list[Problem] = []
        self._open: tuple[BlockKind, list[str], Place] | None = None
        self._below_heading = False  # only labels have stood since the heading
        self._after_blank = False

    def read(self, line: str, number: int) -> None:
        """Take the next line."""
        stripped = _SPACES.sub(" ", line).strip()
        place = Place(self.file, number, len(line) - len(line.lstrip()) + 1)
        if not stripped:
            self.close()
            self._after_blank = True
            return
        self.found += _markup(line, place)
        heading, bullet = _HEADING.match(stripped), _bullet(line)
        if heading:
            self._heading(heading, place)
        elif bullet:
            self._start(BlockKind.ITEM, bullet, place)
        elif not self._label(stripped, place):
            if self._open:
                self._open[1].append(stripped)
            else:
                self._start(BlockKind.PARAGRAPH, stripped, place)
        self._after_blank = False

    def close(self) -> None:
        """End the block that is open."""
        if self._open:
            kind, lines, place = self._open
            self.blocks.append(Block(kind, inline(" ".join(lines)), place))
            self._open = None

    def _start(self, kind: BlockKind, text: str, place: Place) -> None:
        self.close()
        self._open = (kind, [text], place)
        self._below_heading = False

    def _heading(self, match: re.Match[str], place: Place) -> None:
        self.close()
        text = inline(match["text"].replace("**", "").strip())
        level = len(match["marks"])
        self.blocks.append(Block(BlockKind.HEADING, text, place, level, plain(text)))
        self._below_heading = True

    def _label(self, line: str, place: Place) -> bool:
        """Take a label line; after a blank line, or of many words, only a known one counts."""
        match = _LABEL.match(line)
        if not match or not self._below_heading:
            return False
        name = next((n for n in self.labels if n.lower() == match["name"].lower()), "")
        if not name and (self._after_blank or not _like_a_label(match["name"])):
            return False
        name = name or match["name"].strip()
        self.close()
        self.blocks.append(Block(BlockKind.LABEL, inline(match["value"]), place, name=name))
        return True


def _like_a_label(name: str) -> bool:
    """One or two words with a capital: "Author", not "Three things to remember"."""
    return name[0].isupper() and name.count(" ") < 2


def read_blocks(text: str, file: str, labels: frozenset[str]) -> tuple[list[Block], list[Problem]]:
    """Split a file into blocks; lines that belong together are joined. `labels`: known names."""
    reader = _Reader(file, labels)
    for number, line in enumerate(text.split("\n"), start=1):
        reader.read(line, number)
    reader.close()
    return reader.blocks, reader.found


def _bullet(line: str) -> str | None:
    """The words of a list item, or None."""
    match = _BULLET.match(line) or _TIGHT_BULLET.match(line)
    return _SPACES.sub(" ", match["text"]).strip() if match else None


def _markup(line: str, place: Place) -> Iterator[Problem]:
    for pattern, what in _FORBIDDEN:
        match = pattern.search(line)
        if match:
            yield problem(
                "markup-unknown",
                Place(place.file, place.line, match.start() + 1),
                f"{what} can't be set on a card: {match.group().strip()[:40]}",
                "Write plain words, lists that start with “- ”, and **bold**.",
            )
            return


def inline(written: str) -> Text:
    """Emphasis to runs, straight quotes to curly ones."""
    tokens = _INLINE.parseInline(written)[0].children or []
    return _merged(_runs(tokens))


def _runs(tokens: list[Token]) -> Iterator[Run]:
    strong = 0
    before = " "
    for token in tokens:
        if token.type in ("strong_open", "em_open"):
            strong += 1
        elif token.type in ("strong_close", "em_close"):
            strong -= 1
        elif token.content:
            text = _typographic(token.content, before)
            before = token.content[-1]
            yield Run(text, strong > 0)


def _merged(runs: Iterator[Run]) -> Text:
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].strong == run.strong:
            merged[-1] = Run(merged[-1].text + run.text, run.strong)
        else:
            merged.append(run)
    return tuple(merged)


def _typographic(text: str, before: str) -> str:
    """Curly quotes by what stands before them, and -- as a dash."""
    out: list[str] = []
    for letter in text.replace(" -- ", " – ").replace("--", "–").replace("...", "…"):
        opens = before in " \n([{“‘–—/-"
        if letter == '"':
            out.append("“" if opens else "”")
        elif letter == "'":
            out.append("‘" if opens else "’")
        else:
            out.append(letter)
        before = letter
    return "".join(out)
