"""Files of Excel and its like: what is written, and what is said of odd ones."""

from __future__ import annotations

import io
import sys
from datetime import date, datetime
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from deckgen.interchange.exporting import export_cards
from deckgen.interchange.office_file import LIMITS, NotInstalled
from deckgen.interchange.plan import Plan, plan_import
from deckgen.interchange.spreadsheet import read_sheet, written_sheet
from deckgen.problem import Problem
from tests.interchange.made_up import book, project, saved

HEAD = ["code", "title", "lead", "points", "questions"]
ROW = ["K1", "First", "A lead.", "one\ntwo", "What?\nWhy?"]
ODD = {
    "code": "007",
    "title": "=SUM(A1)",
    "lead": "+1\n-2\n@x\n'quoted",
    "points": "http://example.org",
    "id": "_x0041_ <b>&amp;",
    "kind": "TRUE",
}


def taken(data: bytes, name: str = "cards.xlsx") -> tuple[Plan | None, list[Problem]]:
    return plan_import(project(), data, name)


def test_cells_are_words_whatever_they_look_like() -> None:
    data = written_sheet([*ODD], [ODD], datetime(2026, 1, 1))
    rows, found = read_sheet(data, "x")
    assert not found
    assert [cell.text for cell in rows[1]] == [*ODD.values()]
    page = load_workbook(io.BytesIO(data)).active
    assert {cell.data_type for row in page for cell in row} == {"s"}
    assert {cell.number_format for cell in page[2]} == {"@"}
    assert data == written_sheet([*ODD], [ODD], datetime(2026, 1, 1))


def test_cells_of_a_deck_begin_no_formula() -> None:
    made = project()
    data, _ = export_cards(made, ".xlsx")
    assert data
    page = load_workbook(io.BytesIO(data)).active
    assert [cell.value for cell in page[2]][:5] == [
        *("Knowledge", "K1", "first-card", "talk", "First"),
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("=1+1", "a formula: =1+1"),
        (date(2026, 5, 1), "a date"),
        (True, "a yes or no"),
        ("#REF!", "an error: #REF!"),
    ],
)
def test_what_is_no_words_is_told_at_its_cell(value: object, said: str) -> None:
    plan, found = taken(saved(book([HEAD, [*ROW[:2], value, *ROW[3:]]])))
    assert plan is None
    (only,) = [p for p in found if p.code == "table-cell"]
    assert (str(only.place), said in only.found) == ("cards.xlsx, cell C2", True)


def test_plain_numbers_are_words_and_others_are_not() -> None:
    plan, found = taken(saved(book([HEAD, [*ROW[:2], 7, *ROW[3:]]])))
    assert plan and plan.changed[0].after["lead"] == "7" and not found
    made = book([HEAD, [*ROW[:2], 7, *ROW[3:]]])
    made.active["C2"].number_format = "000"
    assert taken(saved(made))[1][0].found.startswith("This cell holds a number")


def test_what_may_be_overlooked_is_told() -> None:
    made = book([HEAD, ROW])
    made.create_sheet("Notes")["A1"] = "more"
    page = made["Cards"]
    page.row_dimensions[2].hidden = True
    page.column_dimensions["C"].hidden = True
    page["A2"].comment = Comment("look", "me")
    plan, found = taken(saved(made))
    assert plan and plan.changed
    assert {p.code for p in found} == {"document-left-out"}
    said = " ".join(p.found for p in found)
    assert all(word in said for word in ("Notes", "Rows are hidden", "Columns are hidden", "A2"))
    page.merge_cells("C2:D2")
    plan, found = taken(saved(made))
    assert plan is None and "table-cell" in {p.code for p in found}


def bomb(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return buffer.getvalue()


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha">]><workbook>&b;</workbook>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"code,title", "none of an office program's"),
        (OLE, "old kind"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (bomb({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "no spreadsheet"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument"),
        (bomb({"word/document.xml": b"<w/>"}), "no spreadsheet"),
        (bomb({"xl/workbook.xml": LAUGHS}), "damaged"),
        (bomb({"xl/workbook.xml": LAUGHS.decode().encode("utf-16")}), "damaged"),
        (bomb({"xl/workbook.xml": bytes(300 << 20)}), "unpacks to more"),
        (bomb({"xl/workbook.xml": b"<workbook/>"}), "damaged"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)
def test_files_that_cannot_be_read_are_told_in_words(data: bytes, said: str) -> None:
    plan, (found,) = taken(data)
    assert plan is None
    assert (found.code, said in found.found) == ("table-unreadable", True), found


def test_very_long_tables_are_refused() -> None:
    made = book([HEAD, ROW])
    made.active["A40001"] = "x"
    assert "20,000 rows" in taken(saved(made))[1][0].found
    assert "larger than" in taken(b"PK" + bytes(LIMITS.megabytes << 20))[1][0].found


def test_without_the_package_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("openpyxl", "xlsxwriter", "docx"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(NotInstalled, match=r"deckgen-cards\[office\]"):
        export_cards(project(), ".xlsx")
    for name in ("a.xlsx", "a.docx"):
        with pytest.raises(NotInstalled, match="pip install"):
            taken(b"PK", name)
    assert export_cards(project(), ".csv")[0]
