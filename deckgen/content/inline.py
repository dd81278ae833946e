"""Words as they are typed → Text: bold, words in other languages, curly quotes.

Only **two stars** are emphasis: one star, or an underscore, may be part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from deckgen.model.text import Run, Text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_BEGIN, _END = "\ufdd0", "\ufdd1"  # `source` lets none into a text
_BRACKET = re.compile(f"([{_BEGIN}{_END}])")
# Stars that CommonMark, 6.2, can only read as the beginning and the end of bold words.
_CERTAIN = re.compile(
    r"(?:[^*_]*(?<![^ ])\*\*(?=\S)"
    r"[^*_]+(?:(?<=\S)\*\*(?![^ ])|(?<=[^\W_])\*\*(?=[,.;:!?)])))*[^*_]*"
)
_LANGUAGE = re.compile(r"\{(?P<code>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*):\s*(?P<text>[^{}\s][^{}]*)\}")


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
    return _merged(_spoken(_runs(_pieces(marked)), languages))


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


def _pieces(written: str) -> Iterable[tuple[str, bool]]:
    """Words without stars, and whether they are bold."""
    if "*" not in written:
        return [(written, False)]
    if _CERTAIN.fullmatch(written):
        return [(words, number % 2 == 1) for number, words in enumerate(written.split("**"))]
    return _parsed(written)


@cache
def _markdown() -> MarkdownIt:
    """Loaded only for stars that want thinking about: all others start faster."""
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable("emphasis")


def _parsed(written: str) -> Iterator[tuple[str, bool]]:
    """The same as CommonMark has it."""
    strong = 0
    for token in _markdown().parseInline(written)[0].children or []:
        if token.type in ("strong_open", "strong_close") and token.markup == "**":
            strong += token.nesting
        else:  # "*" and "__" stay as they were typed
            yield token.content or token.markup, strong > 0


def _runs(pieces: Iterable[tuple[str, bool]]) -> Iterator[Run]:
    before = " "
    for words, strong in pieces:
        if words:
            yield Run(_typographic(words, before), strong)
            before = words[-1]


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
    text = text.replace(" -- ", " – ").replace("--", "–").replace("...", "…")
    if '"' not in text and "'" not in text:
        return text
    out: list[str] = []
    for letter in text:
        opens = before in " \n([{“‘–—/-" + _BEGIN
        if letter == '"':
            out.append("“" if opens else "”")
        elif letter == "'":
            out.append("‘" if opens else "’")
        else:
            out.append(letter)
        before = letter
    return "".join(out)
