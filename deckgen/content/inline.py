"""Words as they are typed → Text: bold, links, words in other languages, curly quotes.

Bold is what CommonMark has it to be. Slanting words are a Fault; a single star, or an underscore
inside a word, may be part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from deckgen.content.markup import PAD, Fault, Mark, Sort, scan
from deckgen.model.text import Run, Text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

# Stars that CommonMark, 6.2, can only read as the beginning and the end of bold words.
_CERTAIN = re.compile(
    r"(?:[^*_]*(?<![^ ])\*\*(?=\S)"
    r"[^*_]+(?:(?<=\S)\*\*(?![^ ])|(?<=[^\W_])\*\*(?=[,.;:!?)])))*[^*_]*"
)
# An underscore inside a word is none of CommonMark's marks, nor is one between spaces.
_IN_WORDS = re.compile(r"(?<=[^\W_])_(?=[^\W_])|(?<= )_(?= )")
_DASHES = re.compile(r"(?<!-)-{2,3}(?!-)")
_STRETCHES = re.compile(f"{PAD}+|[^{PAD}]+")
Piece = tuple[int, int, bool]  # begin, end, whether it is bold


class Inline(Struct, frozen=True):
    """What a text means, and what of it can't be set."""

    text: Text
    faults: tuple[Fault, ...]


def inline(written: str) -> Text:
    """Emphasis to runs, straight quotes to curly ones.

    {cy: bore da} are words in another language, here Welsh.
    """
    return read_inline(written).text


@lru_cache(maxsize=1 << 14)
def read_inline(written: str, *, links: bool = False) -> Inline:
    """The words of a line; with `links`, addresses in it become links instead of Faults."""
    scanned = scan(written, links=links)
    pieces, faults = _pieces(scanned.hidden)
    runs = _runs(scanned.hidden, pieces, scanned.marks)
    found = sorted((*scanned.faults, *faults), key=lambda fault: fault.at)
    return Inline(_merged(runs), tuple(found))


def _pieces(written: str) -> tuple[Sequence[Piece], list[Fault]]:
    """Stretches without the stars that make bold, and what is wrong with others."""
    if "*" not in written and "_" not in _IN_WORDS.sub("", written):
        return [(0, len(written), False)], []
    if _CERTAIN.fullmatch(written):
        pieces, at = [], 0
        for number, words in enumerate(written.split("**")):
            pieces.append((at, at + len(words), number % 2 == 1))
            at += len(words) + 2
        return pieces, []
    return _parsed(written)


@cache
def _markdown() -> MarkdownIt:
    """Loaded only for stars that want thinking about: all others start faster."""
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable("emphasis")


def _parsed(written: str) -> tuple[list[Piece], list[Fault]]:
    """The same as CommonMark has it: each token stands right behind the one before."""
    pieces: list[Piece] = []
    faults: list[Fault] = []
    strong = at = 0
    slanting: list[int] = []
    for token in _markdown().parseInline(written)[0].children or []:
        length = len(token.content or token.markup)
        if token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        else:  # single stars stay as they were typed
            pieces.append((at, at + length, strong > 0))
        if token.type == "text":
            faults += _half_marked(token.content, at)
        elif token.type == "em_open":
            slanting.append(at)
        elif token.type == "em_close":
            begin = slanting.pop()
            if not _multiplies(written, begin, at):
                faults.append(_slanting(written[begin : at + 1], begin))
        at += length
    return pieces, faults


def _half_marked(words: str, at: int) -> Iterator[Fault]:
    if "**" in words:
        said = "Two stars begin bold words here that never end, or end before they begin."
        todo = "Write **bold words** with two stars right before and right behind them."
        yield Fault(at + words.index("**"), said, todo)


def _slanting(shown: str, at: int) -> Fault:
    said = f"There are no slanting letters here: {shown[:40]}"
    sign = "stars" if shown[0] == "*" else "underscores"
    todo = f"Take the {sign} out, or write **bold**. To print one, put a \\ before it: \\{shown[0]}"
    return Fault(at, said, todo)


def _multiplies(written: str, begin: int, end: int) -> bool:
    """Whether stars stand between figures or inside words, as in 3*4*5, and mark nothing."""
    before, behind = written[:begin][-1:], written[end + 1 : end + 2]
    inside = written[begin + 1 : end]
    if not (before.isalnum() and behind.isalnum()):
        return False
    return before.isdigit() or behind.isdigit() or len(inside) < 3 or " " in inside


def _runs(hidden: str, pieces: Sequence[Piece], marks: Sequence[Mark]) -> Iterator[Run]:
    """Words and what marks stand for, each in its weight, language and link."""
    before, language, link = " ", "", ""
    waiting = iter((*marks, Mark(len(hidden), Sort.WORDS, "")))
    mark = next(waiting)
    for start, end, strong in pieces:
        for stretch in _STRETCHES.finditer(hidden, start, end):
            if hidden[stretch.start()] != PAD:
                shown = _typographic(stretch[0], before)
                yield Run(shown, strong, language, link)
                before = shown[-1]
                continue
            while mark.at < stretch.end():
                if mark.sort is Sort.LANGUAGE:
                    language, before = mark.value, "(" if mark.value else before
                elif mark.sort is Sort.LINK:
                    link = mark.value
                elif mark.value:
                    literal = mark.sort is Sort.LITERAL
                    shown = mark.value if literal else _typographic(mark.value, before)
                    yield Run(shown, strong, language, link)
                    before = shown[-1]
                mark = next(waiting)


def _merged(runs: Iterator[Run]) -> Text:
    merged: list[Run] = []
    for run in runs:
        before = merged[-1] if merged else None
        if before and replace(before, text="") == replace(run, text=""):
            merged[-1] = replace(before, text=before.text + run.text)
        else:
            merged.append(run)
    return tuple(merged)


def _typographic(text: str, before: str) -> str:
    """Curly quotes by what stands before them, -- as a dash and --- as a long one."""
    if "--" in text:
        text = _DASHES.sub(lambda dashes: " –—"[len(dashes[0]) - 1], text)
    text = text.replace("...", "…")
    if '"' not in text and "'" not in text:
        return text
    out: list[str] = []
    for letter in text:
        opens = before in " \n([{“‘–—/-\u00a0"
        if letter == '"':
            out.append("“" if opens else "”")
        elif letter == "'":
            out.append("‘" if opens else "’")
        else:
            out.append(letter)
        before = letter
    return "".join(out)
