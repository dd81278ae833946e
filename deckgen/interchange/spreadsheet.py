"""Tables of cards as .xlsx files."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from deckgen.interchange.incoming import Cell, unseen
from deckgen.interchange.office_file import SPREADSHEET, needs, refuse_unfit, said_by
from deckgen.letters import plainly
from deckgen.problem import Found, Place, Problem, problem
from deckgen.readback.limits import Refused

SHEET = "Cards"
MOST_ROWS, MOST_COLUMNS = 20_000, 300
LONGEST_CELL = 32_767  # letters; no spreadsheet holds more in a cell
_WHAT = "Spreadsheets (.xlsx)"
_WIDTHS = {"section": 16, "code": 8, "id": 18, "kind": 10, "title": 30, "see also": 14}
_OTHER_WIDTH = 44
_AS_TEXT = "Give the cell the format Text and type the words again"
_TOLD = {
    "f": ("This cell holds a formula: {}", f"{_AS_TEXT}, or paste them as values."),
    "e": ("This cell holds an error: {}", "Write the words in its place."),
    "d": ("This cell holds a date: {}", f"{_AS_TEXT}, as they are to be printed."),
    "b": ("This cell holds a yes or no: {}", f"{_AS_TEXT}."),
    "n": ("This cell holds a number that is shown in another way: {}", f"{_AS_TEXT}."),
}


def written_sheet(
    columns: Sequence[str], rows: Iterable[Mapping[str, str]], made: datetime
) -> bytes:
    """A spreadsheet with one sheet; the same rows give the same bytes. Raises NotInstalled."""
    needs("xlsxwriter", _WHAT)
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"created": made.replace(tzinfo=None)})
    sheet = book.add_worksheet(SHEET)
    # As text, so that nobody's "007" or "=" becomes a number or a formula when it is typed.
    words = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    head = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
    for at, name in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(name, _OTHER_WIDTH), words)
        sheet.write_string(0, at, name, head)
    for number, row in enumerate(rows, start=1):
        for at, name in enumerate(columns):
            if name in row:
                sheet.write_string(number, at, row[name], words)
    sheet.freeze_panes(1, 2)
    book.close()
    return buffer.getvalue()


def read_sheet(
    data: bytes, file: str, most_rows: int = MOST_ROWS, *, days: bool = False
) -> tuple[list[list[Cell]], list[Problem]]:
    """The cells of the first sheet; what in it is no words is a Problem at its cell.

    Where `days` may stand, a cell's date is words such as "2027-11-03". Raises NotInstalled and
    Refused.
    """
    needs("openpyxl", _WHAT)
    found, rows = Found(), []
    for said in said_by("deckgen.interchange.spreadsheet:sheet", data, most_rows, int(days)):
        if "row" in said:
            number = said["row"]
            row = [Cell(plainly(t), _at(file, f"{c}{number}")) for c, t in said["cells"]]
            found += (fault for cell in row for fault in unseen(cell.text, cell.place))
            rows.append(row)
        else:
            found.append(problem(said["code"], _at(file, said["cell"]), said["said"], said["todo"]))
    return rows, found


def _at(file: str, cell: str) -> Place:
    return Place(file, spot=f"cell {cell}" if cell else "")


def sheet(data: bytes, most_rows: int = MOST_ROWS, days: int = 0) -> Iterator[object]:
    """What is in a file, for the process that asked: rows, and what is wrong with it."""
    refuse_unfit(data, SPREADSHEET)
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    sheets = book.worksheets
    page = next((s for s in sheets if s.title == SHEET), sheets[0] if sheets else None)
    if page is None:
        raise Refused("it has no sheet with cells", "Put the cards into a sheet.")
    if page.max_row > most_rows or page.max_column > MOST_COLUMNS:
        too = f"its table has more than {most_rows:,} rows or {MOST_COLUMNS} columns"
        raise Refused(too, "Delete the rows and columns behind the last card.")
    yield from _around(page, [s.title for s in sheets if s is not page and _used(s)])
    for row in page.iter_rows():
        cells = []
        for cell in row:
            text, fault = (_day(cell) if days else None) or _words(cell)
            if fault:
                yield {"code": "table-cell", "cell": cell.coordinate, **fault}
            cells.append((cell.column_letter, text) if hasattr(cell, "column_letter") else ("", ""))
        if any(text.strip() for _, text in cells):
            yield {"row": row[0].row, "cells": cells}
    yield "end"


def _used(page: Any) -> bool:
    return bool(page.max_row > 1 or page.max_column > 1 or page["A1"].value)


def _around(page: Any, others: Sequence[str]) -> Iterator[dict[str, str]]:
    """What isn't in cells, or may be overlooked in them."""
    left: dict[str, str] = {"code": "document-left-out", "cell": ""}
    for merged in page.merged_cells.ranges:
        said = f"The cells {merged.coord} are one."
        todo = "Part them, so that each card and each column has its own."
        yield {"code": "table-cell", "cell": merged.coord.split(":")[0], "said": said, "todo": todo}
    if others:
        said = f"Only the sheet “{page.title}” is read, not {', '.join(others)[:200]}."
        yield left | {"said": said, "todo": f"Put cards from others into “{page.title}”."}
    hidden = [str(n) for n, dims in page.row_dimensions.items() if dims.hidden]
    if hidden:
        said = f"Rows are hidden, or filtered out, and are read all the same: {_few(hidden)}."
        yield left | {"said": said, "todo": "Show them, and see whether they are right."}
    columns = [name for name, dims in page.column_dimensions.items() if dims.hidden]
    if columns:
        said = f"Columns are hidden, and are read all the same: {_few(columns)}."
        yield left | {"said": said, "todo": "Show them, and see whether they are right."}
    notes = [cell.coordinate for row in page.iter_rows() for cell in row if cell.comment]
    if notes:
        said = f"Comments and notes are not taken in: {_few(notes)}."
        yield left | {"said": said, "todo": "Put what belongs to a card into its cells."}
    if page._images or page._charts:
        said, todo = "Pictures and charts on the sheet are not taken in.", "See docs/kinds.md."
        yield left | {"said": said, "todo": todo}


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + ", …" * (len(names) > 10)


def _day(cell: Any) -> tuple[str, None] | None:
    """A cell's date, if it holds one without a time of day."""
    value = cell.value
    if not isinstance(value, datetime) or (value.hour, value.minute) != (0, 0):
        return None
    return f"{value:%Y-%m-%d}", None


def _words(cell: Any) -> tuple[str, dict[str, str] | None]:
    """The words of a cell, or what it holds instead. Whole and plain numbers are words."""
    value, sort = cell.value, cell.data_type
    if value is None:
        return "", None
    if isinstance(value, str) and sort not in _TOLD:
        return value.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n"), None
    if sort == "n" and cell.number_format in ("General", "@") and len(repr(value)) < 16:
        return f"{value:.15g}" if isinstance(value, float) else str(value), None
    said, todo = _TOLD.get(sort, _TOLD["n"])
    shown = getattr(value, "text", value)
    return f"{value}".lstrip("#"), {"said": said.format(f"{shown}"[:60]), "todo": todo}
