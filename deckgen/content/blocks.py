"""Markdown for people with Notepad → headings, labels, paragraphs, lists and more, with places.

Bullets pasted from a word processor count as bullets. Numbered steps, quotations, tables and
pictures are blocks for readers that take them. Whatever else would be dropped or misread is a
Problem at its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from enum import StrEnum
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from deckgen.content.inline import read_inline
from deckgen.content.labels import known_label, lacks_colon, name_and_value, nearly_known
from deckgen.content.rows import begins_block, cells_of, is_divider, is_row, picture, step
from deckgen.content.typed import PLAINLY, Line, Typed, bullet_words, forbidden_in, single_spaced
from deckgen.letters import bare
from deckgen.model.text import Text, plain, words
from deckgen.problem import Place, Problem, problem


class BlockKind(StrEnum):
    """What a block is. Those from STEP on are read only for whoever takes them."""

    HEADING = "heading"
    LABEL = "label"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    STEP = "step"
    QUOTE = "quote"
    ROW = "row"
    PICTURE = "picture"


class Block(Struct, frozen=True):
    """A piece of a file. `level` counts a heading's marks; `name` is a label's or heading's.

    A STEP has the `number` that was typed. A ROW has `cells`; the one above |---|---| is the
    `header` of its table. A PICTURE has the name of its `file`, `alt`, which is what it shows, and
    `options`, what stands in quotes behind the name: ![alt](file.jpg "options").
    """

    kind: BlockKind
    text: Text
    place: Place
    level: int = 0
    name: str = ""
    number: int = 0
    cells: tuple[Text, ...] = ()
    header: bool = False
    file: str = ""
    alt: str = ""
    options: str = ""


_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t\u00a0]*(?P<text>.*?)(?:[ \t]+#+)?\s*\Z")
_WHAT = {
    BlockKind.STEP: "A numbered list",
    BlockKind.QUOTE: "A quotation mark at the start of the line",
    BlockKind.ROW: "A table",
    BlockKind.PICTURE: "A picture",
}
_STANDS_FOR = {BlockKind.STEP: BlockKind.ITEM, BlockKind.QUOTE: BlockKind.PARAGRAPH}
_LISTS = frozenset((BlockKind.ITEM, BlockKind.STEP))


class _Open(Struct):
    """A block that may go on in the next line."""

    kind: BlockKind
    typed: Typed
    number: int = 0


class _Reader:
    """Joins lines into blocks."""

    def __init__(
        self,
        file: str,
        labels: tuple[frozenset[str], frozenset[str]],
        takes: Collection[BlockKind],
        *,
        links: bool,
    ) -> None:
        self.file, self.takes, self.links = file, takes, links
        self.labels, self.flags = labels
        self.blocks: list[Block] = []
        self.found: list[Problem] = []
        self._open: _Open | None = None
        self._below_heading = False  # only labels have stood since the heading
        self._after_blank = False
        self._last: BlockKind | None = None  # of the block that began last
        self._said: BlockKind | None = None  # of the list or table that was reported last
        self._indent = 0  # of the list that goes on
        self._nested = False  # it has been said of this list
        self._heads = False  # the last row was one above |---|---|

    def read(self, raw: str, number: int, below: str) -> None:
        """Take the next line; `below` is the one after it."""
        line = Line(raw, single_spaced(raw), self.file, number)
        if not line.words:
            self.close()
            self._after_blank = True
            return
        in_table = self._last is BlockKind.ROW and not self._after_blank
        head = not in_table and "|" in raw and is_divider(below)
        if is_row(line.words, inside=in_table or head):
            self._row(line, head=head, in_table=in_table)
        elif not forbidden_in(line, self.found):
            self._words(line)
        self._after_blank = False

    def _words(self, line: Line) -> None:
        """Take a line that is no row of a table."""
        heading = _HEADING.match(line.words) if line.words[0] == "#" else None
        bullet = bullet_words(line.raw)
        shown, numbered = picture(line.words), step(line.words)
        if heading:
            self._heading(heading, line)
        elif shown:
            self._begin(BlockKind.PICTURE)
            alt = plain(self._meant(shown.alt, partial(line.place, line.words.index("[") + 1)))
            block = Block(BlockKind.PICTURE, (), line.place(), file=shown.file, alt=alt)
            self._add(replace(block, options=shown.options))
        elif line.words[0] == ">":
            self._quote(line)
        elif bullet:
            self._item(BlockKind.ITEM, line, bullet)
        elif numbered and self._steps_on(numbered[0], line):
            self._item(BlockKind.STEP, line, numbered[1], numbered[0])
        elif not self._label(line):
            if self._open and self._open.kind is not BlockKind.QUOTE:
                self._open.typed.lines.append((line, 0))
            else:
                self._start(BlockKind.PARAGRAPH, line, 0)

    def close(self) -> None:
        """End the block that is open."""
        if self._open:
            opened, self._open = self._open, None
            text = self._meant(opened.typed.text, opened.typed.place)
            place = opened.typed.lines[0][0].place()
            self._add(Block(opened.kind, text, place, number=opened.number))

    def _meant(self, written: str, where: Callable[[int], Place]) -> Text:
        """The words of a text; what of it can't be set is said at its place."""
        read = read_inline(written, links=self.links)
        for fault in read.faults:
            self.found.append(problem(fault.code, where(fault.at), fault.said, fault.todo))
        return read.text

    def _begin(self, kind: BlockKind) -> None:
        """End the block that is open, for another begins."""
        self.close()
        self._last, self._below_heading = kind, False

    def _start(self, kind: BlockKind, line: Line, start: int, number: int = 0) -> None:
        self._begin(kind)
        self._open = _Open(kind, Typed([(line, start)]), number)

    def _add(self, block: Block) -> None:
        """Keep a block; what nobody takes is a Problem, one for all of a list or table."""
        kind = block.kind
        if kind not in _WHAT or (kind in self.takes and block.number >= 0):
            self._said = None
            self.blocks.append(block)
            return
        if self._said is not kind:
            self.found.append(untaken(block))
        self._said = kind
        if kind in _STANDS_FOR:
            self.blocks.append(replace(block, kind=_STANDS_FOR[kind]))

    def _row(self, line: Line, *, head: bool, in_table: bool) -> None:
        """A row of a table; the one that divides it from its head is none."""
        if in_table and is_divider(line.words) and self._heads:
            self._heads = False
            return
        self._begin(BlockKind.ROW)
        self._heads = head
        cells = []
        for start, cell in cells_of(line.words):
            cells.append(self._meant(cell, partial(line.place, start)))
        self._add(Block(BlockKind.ROW, (), line.place(), cells=tuple(cells), header=head))

    def _quote(self, line: Line) -> None:
        """A line of a quotation; an empty one ends a paragraph of it."""
        inner = line.words[1:].lstrip()
        if not inner:
            self.close()
        elif self._open and self._open.kind is BlockKind.QUOTE:
            self._open.typed.lines.append((line, len(line.words) - len(inner)))
        else:
            self._start(BlockKind.QUOTE, line, len(line.words) - len(inner))
        nothing = not inner and self._last is not BlockKind.QUOTE
        if nothing or (begins_block(inner) and inner[0] != "-"):
            said = f"A quotation has words only, and no headings or lists: {inner[:40]}"
            self.found.append(problem("markup-unknown", line.place(), said, "Write plain words."))

    def _item(self, kind: BlockKind, line: Line, words: str, number: int = 0) -> None:
        """An item of a list. One that lies inside another would lose its rank."""
        if self._last not in _LISTS:
            self._indent, self._nested = line.indent, False
        if line.indent < self._indent + 2 and not begins_block(words):
            self._indent, self._nested = min(line.indent, self._indent), False
        elif not self._nested:
            self._nested = True
            said = f"A point can't lie inside another point: {words[:40]}"
            todo = "Put it as far to the left as the others, or into the point above it."
            self.found.append(problem("markup-unknown", line.place(), said, todo))
        self._start(kind, line, len(line.words) - len(words), number)

    def _steps_on(self, number: int, line: Line) -> bool:
        """Whether a line with a number begins a step; in the middle of words only 1 does."""
        goes_on = self._open and self._open.kind is not BlockKind.STEP
        if number in (-1, 1) or not goes_on:
            return True
        said = f"A line begins with a number, as in a list that begins above: {line.words[:40]}"
        todo = "Leave a blank line above a list. If it is none, put a \\ behind the number."
        self.found.append(problem("markup-unknown", line.place(), said, todo))
        return False

    def _heading(self, match: re.Match[str], line: Line) -> None:
        self._begin(BlockKind.HEADING)
        text = self._meant(match["text"], partial(line.place, match.start("text")))
        text = words(plain(text).replace("\u00a0", " ").strip())
        level = len(match["marks"])
        self._add(Block(BlockKind.HEADING, text, line.place(), level, bare(plain(text))))
        self._below_heading = True

    def _label(self, line: Line) -> bool:
        """Take a label line; after a blank line, or of many words, only a known one counts."""
        name, colon, value = line.words.replace("**", "").replace("\u00a0", " ").partition(":")
        if not (colon or self._below_heading):
            return False
        typed = bare(name) + colon + value
        if self._below_heading and known_label(typed, self.flags):
            typed += ":"
        (written, value), place = name_and_value(typed, self.labels), line.place()
        if not written:
            slips = lacks_colon(typed, place, self.labels, after_blank=self._after_blank)
            self.found += slips if self._below_heading else []
            return self._below_heading and bool(slips)
        name = known_label(written, self.labels)
        if not self._below_heading:
            # A known label further down would be printed as words.
            if name:
                said = f"“{name}:” stands too far down to be a label."
                todo = "Move it right below the heading."
                self.found.append(problem("label-misplaced", place, said, todo))
            return bool(name)
        if not name:
            name = written.strip()
            if not nearly_known(name, self.labels, after_blank=self._after_blank):
                return False
        if value.rstrip().endswith(","):
            said = f"The line “{name}:” ends with a comma, as if it went on."
            todo = "Put all of it on one line, or take the comma out."
            self.found.append(problem("reference-invalid", place, said, todo))
        self.close()
        start = len(line.words) - len(value)
        text = self._meant(value, partial(line.place, start))
        self._add(Block(BlockKind.LABEL, text, place, name=name))
        return True


def read_blocks(
    text: str,
    file: str,
    labels: frozenset[str],
    flags: frozenset[str] = frozenset(),
    *,
    takes: Collection[BlockKind] = (),
    links: bool = False,
) -> tuple[list[Block], list[Problem]]:
    """Split a file into blocks; lines that belong together are joined.

    `labels`: known names; of these, `flags` may stand alone on a line, without a colon. `takes`:
    which of the kinds from STEP on the reader wants; any other is a Problem. `links`: whether it
    wants addresses as links; else [words](https://…) is a Problem.
    """
    reader = _Reader(file, (labels, flags), takes, links=links)
    lines = text.split("\n")
    for number, (line, below) in enumerate(zip(lines, [*lines[1:], ""], strict=True), start=1):
        reader.read(line, number, below)
    reader.close()
    return reader.blocks, reader.found


def untaken(block: Block) -> Problem:
    """What is said about a block where nothing of its kind can stand."""
    shown = plain(block.text) or block.alt or " | ".join(map(plain, block.cells))
    said = f"{_WHAT[block.kind]} can't be set here: {shown[:40]}"
    return problem("markup-unknown", block.place, said, PLAINLY)
