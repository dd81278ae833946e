"""A table of answers as a file: written in three forms, and read back."""

from __future__ import annotations

from pathlib import Path

from deckgen.answers import table_record
from deckgen.collecting import answer_book, comma_tables
from deckgen.collecting.columns import ANSWER, table_of
from deckgen.disk import CannotRead, read_given
from deckgen.model.answers import AnswerTable
from deckgen.readback.limits import Refused

SUFFIXES = (".xlsx", ".csv", ".json")
_MOST_MB = 500
_CHANGED = "a cell says what can't stand in its column"


def files_of(path: Path) -> tuple[Path, ...]:
    """The files that a table is written to: of .csv there are two."""
    beside = path.with_name(f"{path.stem}-workbooks{path.suffix}")
    return (path, beside) if path.suffix.lower() == ".csv" else (path,)


def written_table(table: AnswerTable, path: Path) -> dict[Path, bytes]:
    """What goes into each of the files. Raises NotInstalled and TooLong."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return dict(zip(files_of(path), comma_tables.written(table), strict=True))
    write = answer_book.written if suffix == ".xlsx" else table_record.written
    return {path: write(table)}


def read_table(path: Path) -> AnswerTable:
    """The table that a file holds; all of it from .json, what their cells tell from the others.

    Raises Refused, for people, and NotInstalled for .xlsx.
    """
    data, suffix = _given(path), path.suffix.lower()
    try:
        if suffix == ".xlsx":
            return table_of(*answer_book.read(data), path.name)
        if suffix == ".csv":
            return _comma_table(data, path)
    except ValueError as fault:
        raise Refused(f"{_CHANGED} ({fault})", "Put it right, or collect again.") from fault
    if suffix != ".json":
        raise Refused("its name doesn't end in .xlsx, .csv or .json", "Collect the answers first.")
    return table_record.read(data)


def _comma_table(data: bytes, path: Path) -> AnswerTable:
    answers, beside = list(comma_tables.read(data)), files_of(path)[1]
    if answers and ANSWER not in answers[0]:
        raise Refused(f"it has no column “{ANSWER}”", "Name the file of answers.")
    sources = comma_tables.read(_given(beside)) if beside.is_file() else ()
    return table_of(answers, sources, path.name)


def _given(path: Path) -> bytes:
    try:
        return read_given(path, _MOST_MB)
    except CannotRead as fault:
        raise Refused(f"{fault}".rstrip("."), "Look whether the name is right.") from fault
