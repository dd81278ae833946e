"""Lines of Markdown that are no words alone: rows of a table, pictures, steps, quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from deckgen.content.markup import shielded

_DIVIDER = r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*\Z"
_WHOLE = r"\s*\|.*\|\s*\Z"
_PICTURE = (
    r"\s*!\[(?P<alt>[^\[\]]*)\]\(\s*<?(?P<file>(?:[^()\"“”„<>]|\([^()\"“”]*\))*?)>?"
    r"(?:\s+[\"“”„](?P<options>[^\"“”]*)[\"“”])?\s*\)\s*\Z"
)
_INNER = re.compile(r"(?:[-*+•>]|#{1,6}|1[.)]) +\S|>")
_BEHIND = frozenset(".)0123456789")  # the second letter of a step
_STEP = re.compile(r"(?:(?P<number>\d{1,2})|[a-z])(?:[.)] |\)(?=\S))(?P<text>.*\S)\Z")


class Picture(Struct, frozen=True):
    """A picture on a line of its own."""

    alt: str
    file: str
    options: str


def is_divider(line: str) -> bool:
    """Whether a line is what Markdown has below the head of a table: |---|---|."""
    return "|" in line and "-" in line and bool(re.match(_DIVIDER, line))


def is_row(line: str, *, inside: bool) -> bool:
    """Whether a line is a row of a table; `inside` one, or in its head, any | makes a row."""
    return "|" in line and (bool(re.match(_WHOLE, line)) or (inside and "|" in shielded(line)))


def cells_of(line: str) -> Sequence[tuple[int, str]]:
    """The cells of a row and where in the line each begins; an escaped | is a letter of one."""
    hidden = shielded(line)
    bars = [at for at, letter in enumerate(hidden) if letter == "|"]
    start = len(line) - len(line.lstrip())
    ends = bars[1:] if bars and bars[0] == start else bars
    starts = [start, *(bar + 1 for bar in bars)] if ends is bars else [bar + 1 for bar in bars]
    cells = []
    for begin, end in zip(starts, [*ends, len(line)], strict=True):
        cell = line[begin:end]
        cells.append((begin + len(cell) - len(cell.lstrip()), cell.strip()))
    return cells[:-1] if len(cells) > 1 and not cells[-1][1] else cells


def picture(line: str) -> Picture | None:
    """The picture that a line consists of."""
    match = re.match(_PICTURE, line) if line.lstrip().startswith("![") else None
    if not match:
        return None
    file = match["file"].strip().replace("%20", " ")
    return Picture(match["alt"].strip(), file, (match["options"] or "").strip())


def begins_block(words: str) -> bool:
    """Whether the words of a point or a quotation begin another block, as in "- - so"."""
    return bool(_INNER.match(words))


def step(line: str) -> tuple[int, str] | None:
    """The number and the words of a step: "1. Look" or "2) Listen"; -1 for "a) Think"."""
    match = _STEP.match(line) if line[1:2] in _BEHIND else None
    return (int(match["number"] or -1), match["text"]) if match else None
