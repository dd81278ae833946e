"""Markdown for people with Notepad → headings, labels, paragraphs and list items, with places.

Only headings, lists and emphasis are markup. Bullets pasted from a word processor count as
bullets. Whatever else would be dropped or misread is a Problem at its line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from deckgen.model.text import Run, Text, plain
from deckgen.problem import Place, Problem, problem

_BEGIN, _END = "\ufdd0", "\ufdd1"  # no text has these: Unicode keeps them free
_BRACKET = re.compile(f"([{_BEGIN}{_END}])")


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
    (re.compile(r"\[[^\]]+\]\[[^\]]*\]"), "A link"),
    (re.compile(r"~~"), "Struck-out text"),
    (re.compile(r"\A\s*[-*+•–—]\s*\Z"), "A bullet without words"),
    (re.compile(r"\A\s*[-*–—](?=[^\W\d_])"), "A bullet without a space behind it"),
    (re.compile(r"\A\s*[-*+]\s+\[[ xX]?\]"), "A tick box"),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), "A picture"),
    (re.compile(r"\[[^\]]+\]\([^)]*\)"), "A link"),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), "An HTML tag"),
    (re.compile(r"\A\s*\|.*\|\s*\Z"), "A table"),
    (re.compile(r"\A\s*(?:```|~~~)"), "A block of code"),
    (re.compile(r"\A\s*>"), "A quotation mark at the start of the line"),
    (re.compile(r"\A\s*(?:={3,}|-{3,}|\*{3,}|_{3,})\s*\Z"), "A ruled line"),
    (re.compile(r"\A\s*(?:\d{1,2}|[a-z])[.)](?:\s+\S|(?<=\))\S)"), "A numbered list"),
)
_INLINE = MarkdownIt("zero").enable("emphasis")
_LANGUAGE = re.compile(r"\{(?P<code>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*):[ \u00a0]*(?P<text>[^{}]+)\}")


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
            text = inline(" ".join(lines))
            if "**" in plain(text):
                self.found.append(_half_bold(place))
            if set("{}") & set(plain(text)):
                self.found.append(_no_language(place))
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

    def _late_label(self, written: str, place: Place) -> bool:
        """A known label further down would be printed as words: say so."""
        name = self._known(written)
        if not name:
            return False
        self.found.append(
            problem(
                "label-misplaced",
                place,
                f"“{name}:” stands too far down to be a label.",
                "Move it right below the heading.",
            )
        )
        return True

    def _label(self, line: str, place: Place) -> bool:
        """Take a label line; after a blank line, or of many words, only a known one counts."""
        match = _LABEL.match(line.replace("**", ""))
        if not match:
            return False
        if not self._below_heading:
            return self._late_label(match["name"], place)
        name = self._known(match["name"])
        near = difflib.get_close_matches(match["name"], self.labels, n=1, cutoff=0.8)
        if not name and not near and (self._after_blank or not _like_a_label(match["name"])):
            return False
        name = name or match["name"].strip()
        if match["value"].rstrip().endswith(","):
            self.found.append(_unfinished(name, place))
        self.close()
        self.blocks.append(Block(BlockKind.LABEL, inline(match["value"]), place, name=name))
        return True


def _half_bold(place: Place) -> Problem:
    return problem(
        "markup-unknown",
        place,
        "Two stars begin bold words here that never end, or end before they begin.",
        "Write **bold words** with two stars right before and right behind them.",
    )


def _no_language(place: Place) -> Problem:
    return problem(
        "markup-unknown",
        place,
        "Curly brackets are for words in another language, and these don't name one.",
        "Write {cy: bore da}: the language's code, a colon, and the words.",
    )


def _unfinished(name: str, place: Place) -> Problem:
    return problem(
        "reference-invalid",
        place,
        f"The line “{name}:” ends with a comma, as if it went on.",
        "Put all of it on one line, or take the comma out.",
    )


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


@lru_cache(maxsize=1 << 14)
def inline(written: str) -> Text:
    """Emphasis to runs, straight quotes to curly ones.

    Only **two stars** are emphasis: one star, or an underscore, may be part of the text.
    {cy: bore da} are words in another language, here Welsh.
    """
    languages: list[str] = []

    def mark(found: re.Match[str]) -> str:
        """Private characters stand for the brackets, so that emphasis may be inside or round."""
        languages.append(found["code"])
        return f"{_BEGIN}{found['text'].strip()}{_END}"

    marked = _LANGUAGE.sub(mark, written)
    return _merged(_spoken(_runs(_INLINE.parseInline(marked)[0].children or []), languages))


def _spoken(runs: Iterator[Run], languages: list[str]) -> Iterator[Run]:
    """Cut runs where another language begins or ends."""
    language, waiting = "", iter(languages)
    for run in runs:
        for piece in _BRACKET.split(run.text):
            if piece == _BEGIN:
                language = next(waiting)
            elif piece == _END:
                language = ""
            elif piece:
                yield Run(piece, run.strong, language)


def _runs(tokens: list[Token]) -> Iterator[Run]:
    strong = 0
    before = " "
    for token in tokens:
        if token.type == "strong_open" and token.markup == "**":
            strong += 1
        elif token.type == "strong_close" and token.markup == "**":
            strong -= 1
        else:
            content = token.content or token.markup  # "*" and "__" stay as they were typed
            if content:
                text = _typographic(content, before)
                before = content[-1]
                yield Run(text, strong > 0)


def _merged(runs: Iterator[Run]) -> Text:
    merged: list[Run] = []
    for run in runs:
        before = merged[-1] if merged else None
        if before and (before.strong, before.language) == (run.strong, run.language):
            merged[-1] = replace(before, text=before.text + run.text)
        else:
            merged.append(run)
    return tuple(merged)


def _typographic(text: str, before: str) -> str:
    """Curly quotes by what stands before them, and -- as a dash."""
    out: list[str] = []
    for letter in text.replace(" -- ", " – ").replace("--", "–").replace("...", "…"):
        opens = before in " \n([{“‘–—/-" + _BEGIN
        if letter == '"':
            out.append("“" if opens else "”")
        elif letter == "'":
            out.append("‘" if opens else "’")
        else:
            out.append(letter)
        before = letter
    return "".join(out)
