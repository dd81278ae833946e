"""Words of a table that can be set: without control characters, with one sort of line's end."""

from __future__ import annotations

import re
from unicodedata import category

from msgspec.structs import replace

from deckgen.letters import plainly
from deckgen.model.answers import Answer, AnswerTable, Source

# What turns all letters around, and what are no letters.
_OVERRIDES = dict.fromkeys((0x202D, 0x202E, 0xFFFE, 0xFFFF))
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")


def tidy(table: AnswerTable) -> AnswerTable:
    """The same with words that can be set: no control characters, one sort of line's end."""
    return replace(
        table,
        deck=one_line(table.deck),
        answers=tuple(map(_answer, table.answers)),
        sources=tuple(map(_source, table.sources)),
    )


def _answer(answer: Answer) -> Answer:
    return replace(
        answer,
        file=one_line(answer.file),
        team=one_line(answer.team),
        role=one_line(answer.role),
        edition=one_line(answer.edition),
        frame=one_line(answer.frame),
        activity=one_line(answer.activity),
        question=one_line(answer.question),
        value=_lines(answer.value),
        asked_now=one_line(answer.asked_now),
        note=one_line(answer.note),
    )


def _source(source: Source) -> Source:
    return replace(
        source,
        file=one_line(source.file),
        team=one_line(source.team),
        role=one_line(source.role),
        edition=one_line(source.edition),
        reason=one_line(source.reason),
    )


def _lines(words: str) -> str:
    if words.isascii() and words.isprintable():
        return " ".join(words.split())
    broken = _BREAKS.sub("\n", words).translate(_OVERRIDES)
    kept = (c for c in broken if c in "\n\t" or category(c) not in ("Cc", "Cs"))
    lines = plainly("".join(kept)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def one_line(words: str) -> str:
    """Words as they stand in one line."""
    return " ".join(_lines(words).split())
