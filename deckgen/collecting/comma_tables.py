"""The table as .csv: two files, one of the answers and one of the workbooks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from deckgen.collecting.columns import OF_ANSWERS, OF_WORKBOOKS, Cell, Cells, Column, rows
from deckgen.model.answers import AnswerTable
from deckgen.readback.limits import Refused

MOST_MB = 200
# What spreadsheets take for a formula at the beginning of a cell, full-width signs too; a quote
# before it says that it is none, and before that any more quotes are somebody's own.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_TOO_LONG = 10_000_000  # letters of a cell


def written(table: AnswerTable) -> tuple[bytes, bytes]:
    """Answers and workbooks in UTF-8, with the mark by which spreadsheets know it."""
    return _file(OF_ANSWERS, table.answers), _file(OF_WORKBOOKS, table.sources)


def _file(columns: Sequence[Column], things: Sequence[object]) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([column.name for column in columns])
    writer.writerows([*map(_guarded, row)] for row in rows(columns, things))
    return made.getvalue().encode("utf-8-sig")


def _guarded(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def read(data: bytes) -> Iterator[Cells]:
    """The rows of a table, by the names of its columns. Raises Refused.

    Spreadsheets save such files in several ways: their first line shows what parts the cells.
    """
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refused("it is not in UTF-8", "Save it as “CSV UTF-8”.") from fault
    csv.field_size_limit(_TOO_LONG)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        for cells in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield {k.strip(): _bare(v or "").replace("\r\n", "\n") for k, v in cells.items() if k}
    except csv.Error as fault:
        raise Refused("its rows can't be told apart", "Collect the answers again.") from fault
