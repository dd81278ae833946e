"""The table as .xlsx: two sheets of words, none of which is a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from math import ceil
from tempfile import TemporaryDirectory
from typing import Any

from deckgen.collecting.columns import (
    ANSWER,
    ANSWERS,
    OF_ANSWERS,
    OF_WORKBOOKS,
    VERDICT,
    WORKBOOKS,
    Cell,
    Cells,
    Column,
    rows,
)
from deckgen.interchange.office_file import SPREADSHEET, needs, refuse_unfit, said_by
from deckgen.model.answers import AnswerTable
from deckgen.readback.limits import Refused

LONGEST_CELL, MOST_ROWS, MOST_COLUMNS = 32_767, 1_048_575, 100
_CUT = " … [cut: all of it is in the .json file]"
_WHAT = "Spreadsheets (.xlsx)"
_LINE_PT, _HIGHEST_PT = 15.0, 405.0  # of a row; no spreadsheet has higher ones
_SURE = 1.0  # of a column's width is filled with words, in any font
_MADE = datetime(2000, 1, 1)  # the same bytes whenever it is written
_COLOURS = {
    "ok with notes": "#FFF8DC",
    "needs review": "#FFE3B8",
    "rejected": "#F8D3D0",
}


class TooLong(Exception):
    """More answers than a sheet has rows."""


def cut(words: str) -> str:
    """Words as they go into a cell: more than it holds is cut away, and says so."""
    wide = words.encode("utf-16-le")
    if len(wide) // 2 <= LONGEST_CELL:
        return words
    return wide[: 2 * (LONGEST_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def written(table: AnswerTable) -> bytes:
    """A spreadsheet with two sheets; the same table gives the same bytes.

    Raises NotInstalled, and TooLong if there are more answers than a sheet has rows.
    """
    needs("xlsxwriter", _WHAT)
    import xlsxwriter

    if len(table.answers) > MOST_ROWS:
        raise TooLong
    buffer = io.BytesIO()
    with TemporaryDirectory(prefix="deckgen-") as waiting:  # rows, so that few are in memory
        options = {"constant_memory": True, "tmpdir": waiting}
        quiet = {"strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(buffer, options | quiet)
        book.set_properties({"created": _MADE, "title": table.deck[:255]})
        _sheet(book, ANSWERS, OF_ANSWERS, table.answers)
        _sheet(book, WORKBOOKS, OF_WORKBOOKS, table.sources)
        book.close()
    return buffer.getvalue()


def _sheet(book: Any, name: str, columns: Sequence[Column], things: Sequence[Any]) -> None:
    sheet, last = book.add_worksheet(name), len(columns) - 1
    # As text, so that nobody's "007" or "=" becomes a number or a formula when it is edited.
    plain = {"num_format": "@", "text_wrap": True, "valign": "top"}
    styles = {"": book.add_format(plain)}
    styles |= {said: book.add_format(plain | {"bg_color": c}) for said, c in _COLOURS.items()}
    number = book.add_format({"valign": "top", "align": "left"})
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "bg_color": "#EDEDED"})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width, styles[""])
        sheet.write_string(0, at, column.name, head)
    for row, cells in enumerate(rows(columns, things), start=1):
        sheet.set_row(row, _height_pt(columns, cells))
        for at, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            if isinstance(cell, int):
                sheet.write_number(row, at, cell, number)
            elif cell:
                style = styles[""] if column.name != VERDICT else styles.get(cell, styles[""])
                sheet.write_string(row, at, cut(cell), style)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, len(things), last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{chr(65 + last)}{MOST_ROWS + 1}"})
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _height_pt(columns: Sequence[Column], cells: Sequence[Cell]) -> float:
    """How high a row is: not every program makes rows as high as their words."""
    lines = 1
    for column, cell in zip(columns, cells, strict=True):
        if isinstance(cell, str) and (len(cell) >= column.width * _SURE or "\n" in cell):
            paragraphs = cell[:LONGEST_CELL].split("\n")
            own = sum(max(1, ceil(len(words) / (column.width * _SURE))) for words in paragraphs)
            lines = max(lines, own)
    return min(lines * _LINE_PT, _HIGHEST_PT)


def read(data: bytes) -> tuple[list[Cells], list[Cells]]:
    """The rows of both sheets, by the names of columns. Raises NotInstalled and Refused."""
    needs("openpyxl", _WHAT)
    found: dict[str, list[Cells]] = {ANSWERS: [], WORKBOOKS: []}
    for name, cells in said_by("deckgen.collecting.answer_book:sheets", data):
        found[name].append(cells)
    return found[ANSWERS], found[WORKBOOKS]


def sheets(data: bytes) -> Iterator[object]:
    """What is in a file, for the process that asked: rows as pairs of a sheet's name and cells."""
    refuse_unfit(data, SPREADSHEET)
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    there = [sheet for sheet in book.worksheets if sheet.title in (ANSWERS, WORKBOOKS)]
    for sheet in there or book.worksheets[:1]:
        lines = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        head = [_words(value).strip() for value in next(lines, ())]
        if sheet.title != WORKBOOKS and ANSWER not in head:
            raise Refused(f"it has no column “{ANSWER}”", "Collect the answers again.")
        name = WORKBOOKS if sheet.title == WORKBOOKS else ANSWERS
        for line in lines:
            cells = {k: words for k, v in zip(head, line, strict=False) if (words := _words(v))}
            if cells:
                yield name, cells
    yield "end"


def _words(value: object) -> str:
    """What a cell says, also if somebody has typed a number or a day into it."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    words = str(value).replace("_x000D_", "").replace("x005F_", "")  # marks of Excel's own
    return words.replace("\r\n", "\n").replace("\r", "\n")
