"""The table of answers that a report is made of, read from the disk."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import category

import msgspec
from msgspec.structs import replace

from deckgen.disk import CannotRead, read_given
from deckgen.interchange.comma_table import read_csv
from deckgen.interchange.spreadsheet import read_sheet
from deckgen.letters import plainly
from deckgen.model.answers import Answer, AnswerTable, Source
from deckgen.problem import Place, Problem, problem

_MOST_MB = 500
_TEAM = ("team", "teams", "name")
# What turns all letters around, and what are no letters.
_OVERRIDES = dict.fromkeys((0x202D, 0x202E, 0xFFFE, 0xFFFF))
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")


class _Record(msgspec.Struct, frozen=True):
    """A table as `deckgen collect` writes it."""

    table: AnswerTable


def table_in(path: Path) -> tuple[AnswerTable | None, list[Problem]]:
    """The table in a file that `deckgen collect` has written; None if there is none in it."""
    try:
        data = read_given(path, _MOST_MB)
        return tidy(msgspec.json.decode(data, type=_Record).table), []
    except CannotRead as fault:
        said = f"This table can't be read: {fault}"
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        said = f"This is no table of answers, or a damaged one: {fault}."
    todo = "Make it anew with “deckgen collect”."
    return None, [problem("answer-table-unreadable", Place(str(path)), said, todo)]


def teams_in_file(path: Path) -> tuple[tuple[str, ...], list[Problem]]:
    """The teams that a list names: its column “team”, or else its first one."""
    place = Place(str(path))
    try:
        data = read_given(path, _MOST_MB)
    except CannotRead as fault:
        said, todo = f"This list can't be read: {fault}", "Save it anew."
        return (), [problem("answer-table-unreadable", place, said, todo)]
    read = read_sheet if path.suffix.lower() == ".xlsx" else read_csv
    rows, found = read(data, str(path))
    if not rows:
        if not found:
            said, todo = "This list of teams is empty.", "Write a team on each line."
            found = [problem("answer-table-unreadable", place, said, todo)]
        return (), found
    heads = [cell.text.strip().casefold() for cell in rows[0]]
    at = next((heads.index(name) for name in _TEAM if name in heads), -1)
    below = rows if at < 0 else rows[1:]
    names = [row[max(at, 0)].text for row in below if len(row) > max(at, 0)]
    return tuple(dict.fromkeys(filter(None, map(_line, names)))), found


def tidy(table: AnswerTable) -> AnswerTable:
    """The same with words that can be set: no control characters, one sort of line's end."""
    return replace(
        table,
        deck=_line(table.deck),
        answers=tuple(map(_answer, table.answers)),
        sources=tuple(map(_source, table.sources)),
    )


def _answer(answer: Answer) -> Answer:
    return replace(
        answer,
        file=_line(answer.file),
        team=_line(answer.team),
        role=_line(answer.role),
        edition=_line(answer.edition),
        frame=_line(answer.frame),
        activity=_line(answer.activity),
        question=_line(answer.question),
        value=_lines(answer.value),
        asked_now=_line(answer.asked_now),
        note=_line(answer.note),
    )


def _source(source: Source) -> Source:
    return replace(
        source,
        file=_line(source.file),
        team=_line(source.team),
        role=_line(source.role),
        edition=_line(source.edition),
        reason=_line(source.reason),
    )


def _lines(words: str) -> str:
    if words.isascii() and words.isprintable():
        return " ".join(words.split())
    broken = _BREAKS.sub("\n", words).translate(_OVERRIDES)
    kept = (c for c in broken if c in "\n\t" or category(c) not in ("Cc", "Cs"))
    lines = plainly("".join(kept)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _line(words: str) -> str:
    return " ".join(_lines(words).split())
