"""A line as it was typed: its words, the places of its letters, bullets, and what can't be set."""

from __future__ import annotations

import re

from msgspec import Struct

from deckgen.content.markup import shielded
from deckgen.problem import Place, Problem, problem

PLAINLY = "Write plain words, lists that start with “- ”, and **bold**."
_BULLET = re.compile(
    r"[ \t\u00a0]*(?:[-*+•·▪◦‣●○–—\uf020-\uf0ff]|o(?=\t))[ \t\u00a0]+(?P<text>\S.*)\Z"
)
_TIGHT_BULLET = re.compile(r"[ \t\u00a0]*[•·▪◦‣●○\uf020-\uf0ff]\t?(?P<text>\S.*)\Z")
_SPACES = re.compile(r"[ \t\u00a0]*[ \t][ \t\u00a0]*|\u00a0{2,}")
_HELD = re.compile(r"[^ \u00a0]+(?:\u00a0[^ \u00a0]+){4,}")  # no typography: copied from a page
_BLANK = frozenset(" \t\u00a0")
# What begins a block may stand in a point, too.
_START = r"\A\s*(?:(?:[-*+•]|\d{1,2}[.)])\s+)?"
# Compiled when a line asks for them: few do.
_FORBIDDEN = (
    (r"\A\s*[-*+•–—]\s*\Z", "A bullet without words"),
    (r"\A\s*(?:=+|-{2,}|\*{3,}|_{3,}|[-*_](?:\s+[-*_]){2,})\s*\Z", "A ruled line"),
    (rf"{_START}(?:={{2,}}|-{{2,}}|\*{{3,}})\s*\Z", "A ruled line"),
    (r"\A\s*[-*–—](?=[^\W\d_])", "A bullet without a space behind it"),
    (r"\A\s*(?:[-*+•]|\d{1,2}[.)])\s+\[[ xX]?\](?=\s|\Z)", "A tick box"),
    (rf"{_START}(?:```|~~~|:::)", "A block of code"),
    (rf"{_START}:\s+\S", "A definition"),
    (rf"{_START}\*\[[^]^[]+\]:", "A definition"),
    (rf"{_START}@?\[(?:TOC|toc)\]", "A list of contents"),
    (r"\A[\s>]*\[!\w+\]", "The mark of a note"),
    (r"\A\s*\\(?:newpage|pagebreak)\s*\Z", "A new page"),
    (r"\A\s*\+[-=+:]*\+\s*\Z", "A ruled line"),
    (r"\A\s*#{7,}", "A heading below the sixth level"),
    (r"(?<=\S)\\\s*\Z", "A \\ that breaks the line"),
    (rf"{_START}\[[^]^[]+\]:\s*(?:<|https?:|www\.|mailto:|[./#])", "A link's address"),
)
_WORDLESS = frozenset(("A bullet without words", "A ruled line"))
# Most lines: a heading, a list item or words, and nothing that a forbidden pattern begins with.
_HARMLESS = re.compile(r"\s*(?:- +|#{1,6} +)?(?:\*\*)?[^\W\d_][^\\]*\Z")


class Line(Struct, frozen=True):
    """A line as it was typed, and its words with single spaces between them."""

    raw: str
    words: str
    file: str
    number: int

    def place(self, start: int = 0, at: int = 0) -> Place:
        """Where the letter `at` behind `start` of the words stands in the line as typed."""
        if not start + at:
            return Place(self.file, self.number, len(self.raw) - len(self.raw.lstrip()) + 1)
        before = sum(letter not in _BLANK for letter in self.words[: start + at])
        columns = [n for n, letter in enumerate(self.raw, start=1) if letter not in _BLANK]
        return Place(self.file, self.number, columns[min(before, len(columns) - 1)])

    @property
    def indent(self) -> int:
        """How far in it begins; a tab counts as four."""
        start = self.raw[: len(self.raw) - len(self.raw.lstrip())]
        return len(start.expandtabs(4))


class Typed(Struct):
    """Lines that belong together, and where in each the words begin."""

    lines: list[tuple[Line, int]]

    @property
    def text(self) -> str:
        """The words of all lines."""
        return " ".join([line.words[start:] for line, start in self.lines])

    def place(self, at: int) -> Place:
        """Where a letter of the text was typed."""
        for line, start in self.lines:
            length = len(line.words) - start
            if at < length:
                break
            at -= length + 1
        return line.place(start, at)


def single_spaced(line: str) -> str:
    """The words of a line. A hard space alone between two words stays, if there are few."""
    if "\u00a0" not in line:
        return (_SPACES.sub(" ", line) if "\t" in line or "  " in line else line).strip()
    spaced = _SPACES.sub(" ", line).strip()
    return _HELD.sub(lambda held: held[0].replace("\u00a0", " "), spaced)


def bullet_words(line: str) -> str | None:
    """The words of a list item, or None."""
    if line[:1].isalpha() and line[:2] != "o\t":
        return None
    match = _BULLET.match(line) or _TIGHT_BULLET.match(line)
    return single_spaced(match["text"]) if match else None


def forbidden_in(line: Line, found: list[Problem]) -> bool:
    """Add to the Problems what can't be set in a line. True if there are no other words in it."""
    shown = shielded(line.raw)
    for pattern, what in () if _HARMLESS.match(shown) else _FORBIDDEN:
        if match := re.search(pattern, shown):
            place = Place(line.file, line.number, match.start() + 1)
            said = f"{what} can't be set here: {line.raw[match.start() :][:40].strip()}"
            found.append(problem("markup-unknown", place, said, PLAINLY))
            return what in _WORDLESS
    return False
