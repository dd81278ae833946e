"""Markdown for people with Notepad → headings, labels, paragraphs and list items, with places.

Only headings, lists and emphasis are markup. Bullets pasted from a word processor count as
bullets. Whatever else would be dropped or misread is a Problem at its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from deckgen.content.inline import inline
from deckgen.model.text import Text, plain
from deckgen.problem import Place, Problem, problem


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    LABEL = "label"
    PARAGRAPH = "paragraph"
    ITEM = "item"


class Block(Struct, frozen=True):
    """A piece of a file. `level` counts a heading's marks; `name` is a label's or heading's."""

    kind: BlockKind
    text: Text
    place: Place
    level: int = 0
    name: str = ""


_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t\u00a0]*(?P<text>.*?)(?:[ \t]+#+)?\s*\Z")
_BULLET = re.compile(
    r"(?P<indent>[ \t\u00a0]*)(?:[-*+•·▪◦‣●○–—\uf0b7]|o(?=\t))(?:[ \t\u00a0]+)(?P<text>\S.*)\Z"
)
_TIGHT_BULLET = re.compile(r"[ \t\u00a0]*[•·▪◦‣●○\uf0b7]\t?(?P<text>\S.*)\Z")
_LABEL = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z' -]{1,24}?)[ \t]*:(?:[ \t\u00a0]+|\Z|(?=\S))(?P<value>.*)\Z"
)
_SPACES = re.compile(r"[ \t\u00a0]+")
_FORBIDDEN = (
    (re.compile(r"<!--|-->"), "A comment"),
    (re.compile(r"\[[^\[\]]+\]\[[^\[\]]*\]"), "A link"),
    (re.compile(r"~~"), "Struck-out text"),
    (re.compile(r"\A\s*[-*+•–—]\s*\Z"), "A bullet without words"),
    (re.compile(r"\A\s*[-*–—](?=[^\W\d_])"), "A bullet without a space behind it"),
    (re.compile(r"\A\s*[-*+]\s+\[[ xX]?\]"), "A tick box"),
    (re.compile(r"!\[[^\[\]]*\]\([^()]*\)"), "A picture"),
    (re.compile(r"\[[^\[\]]+\]\([^()]*\)"), "A link"),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), "An HTML tag"),
    (re.compile(r"\A\s*\|.*\|\s*\Z"), "A table"),
    (re.compile(r"\A\s*(?:```|~~~)"), "A block of code"),
    (re.compile(r"\A\s*>"), "A quotation mark at the start of the line"),
    (re.compile(r"\A\s*(?:={3,}|-{3,}|\*{3,}|_{3,})\s*\Z"), "A ruled line"),
    (re.compile(r"\A\s*(?:\d{1,2}|[a-z])[.)](?:\s+\S|(?<=\))\S)"), "A numbered list"),
)
# Most lines: a heading, a list item or words, and nothing that a forbidden pattern begins with.
_HARMLESS = re.compile(r"\s*(?:- +|#+ +)?[^\W\d_]{2}[^<>\[~|`]*\Z")


class _Reader:
    """Joins lines into blocks."""

    def __init__(self, file: str, labels: frozenset[str], flags: frozenset[str]) -> None:
        self.file, self.labels, self.flags = file, labels, flags
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
            text = inline(" ".join(lines))
            self.found += _half_marked(plain(text), place)
            self.blocks.append(Block(kind, text, place))
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

    def _known(self, written: str) -> str:
        """The label that a name stands for, whatever its capitals and hyphens."""
        plain_name = written.lower().replace("-", " ").strip()
        return next((name for name in self.labels if name.lower() == plain_name), "")

    def _nearly_known(self, name: str) -> bool:
        """Whether a name is meant for a label: one or two words with a capital, or a slip."""
        from difflib import get_close_matches

        like_one = name[0].isupper() and name.count(" ") < 2
        near = get_close_matches(name, self.labels, n=1, cutoff=0.8)
        return bool(near) or (like_one and not self._after_blank)

    def _label(self, line: str, place: Place) -> bool:
        """Take a label line; after a blank line, or of many words, only a known one counts."""
        if self._below_heading and self._known(line) in self.flags:
            line += ":"
        match = _LABEL.match(line.replace("**", ""))
        if not match:
            return False
        name = self._known(match["name"])
        if not self._below_heading:
            # A known label further down would be printed as words.
            if name:
                said = f"“{name}:” stands too far down to be a label."
                todo = "Move it right below the heading."
                self.found.append(problem("label-misplaced", place, said, todo))
            return bool(name)
        if not name and not self._nearly_known(match["name"]):
            return False
        name = name or match["name"].strip()
        if match["value"].rstrip().endswith(","):
            said = f"The line “{name}:” ends with a comma, as if it went on."
            todo = "Put all of it on one line, or take the comma out."
            self.found.append(problem("reference-invalid", place, said, todo))
        self.close()
        self.blocks.append(Block(BlockKind.LABEL, inline(match["value"]), place, name=name))
        return True


def _half_marked(words: str, place: Place) -> Iterator[Problem]:
    if "**" in words:
        said = "Two stars begin bold words here that never end, or end before they begin."
        todo = "Write **bold words** with two stars right before and right behind them."
        yield problem("markup-unknown", place, said, todo)
    if set("{}") & set(words):
        said = "Curly brackets are for words in another language, and these don't name one."
        todo = "Write {cy: bore da}: the language's code, a colon, and the words."
        yield problem("markup-unknown", place, said, todo)


def read_blocks(
    text: str, file: str, labels: frozenset[str], flags: frozenset[str] = frozenset()
) -> tuple[list[Block], list[Problem]]:
    """Split a file into blocks; lines that belong together are joined.

    `labels`: known names; of these, `flags` may stand alone on a line, without a colon.
    """
    reader = _Reader(file, labels, flags)
    for number, line in enumerate(text.split("\n"), start=1):
        reader.read(line, number)
    reader.close()
    return reader.blocks, reader.found


def _bullet(line: str) -> str | None:
    """The words of a list item, or None."""
    match = _BULLET.match(line) or _TIGHT_BULLET.match(line)
    return _SPACES.sub(" ", match["text"]).strip() if match else None


def _markup(line: str, place: Place) -> Iterator[Problem]:
    for pattern, what in () if _HARMLESS.match(line) else _FORBIDDEN:
        if match := pattern.search(line):
            at = Place(place.file, place.line, match.start() + 1)
            said = f"{what} can't be set on a card: {match.group().strip()[:40]}"
            todo = "Write plain words, lists that start with “- ”, and **bold**."
            yield problem("markup-unknown", at, said, todo)
            return
