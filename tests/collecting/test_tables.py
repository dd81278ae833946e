"""The table as a file: nothing is lost in .json, and nothing is a formula in the others."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from deckgen.answers import table_record
from deckgen.collecting import answer_book, comma_tables
from deckgen.collecting.answer_book import LONGEST_CELL, TooLong
from deckgen.collecting.columns import HANDWRITTEN, OF_ANSWERS, OF_WORKBOOKS
from deckgen.collecting.tables import files_of, read_table, written_table
from deckgen.interchange.office_file import NotInstalled
from deckgen.model.answers import Answer, AnswerTable, How, Identity, Source, Verdict
from deckgen.readback.limits import Refused
from tests.collecting.made_up import QUESTIONS

# Everything that some spreadsheet takes for a formula, or for a number, a day or an address.
ODD = [
    *("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example","y")', "\t=1+1", "\n=1+1"),
    *("＝1+1", "＋1", "－1", "＠x", "'=1+1", "''=1", "'quoted'", "- one\n- two", "007", "1e5"),
    *("1-2", "TRUE", "#REF!", "http://x.example", "_x0041_", "<b>&amp;", 'a "b"; c'),
    *("=cmd|'/C calc'!A0", "Łódź ✓ 😀", " sp ", "a\n\nb", "1.10", "=", "-", "+", "{=1}"),
]  # fmt: skip
BOOK = Identity("Baking", "bakers", "2", "en", True, "123456", "A", 12)


def table(values: list[str] = ODD) -> AnswerTable:
    answers = [
        Answer(
            1, value, "A", "Bakers", "2", "Tonight", "Rise", value, n, value, How.TYPED, f"f.{n}"
        )
        for n, value in enumerate(values)
    ]
    sources = (
        Source(1, "=a.pdf", "A", "Bakers", "2", Verdict.OK, "", len(answers), BOOK),
        Source(2, "b.pdf", "", "", "", Verdict.REJECTED, "It is empty. Get it again."),
    )
    return AnswerTable("Baking", tuple(answers), sources, QUESTIONS)


def saved(made: AnswerTable, path: Path) -> Path:
    for file, data in written_table(made, path).items():
        file.write_bytes(data)
    return path


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_of_an_option_people_read_the_words(suffix: str, tmp_path: Path) -> None:
    made = table(["begun", "gone by now"])
    made = replace(made, answers=tuple(replace(a, field="rise.status") for a in made.answers))
    back = read_table(saved(made, tmp_path / f"a{suffix}"))
    assert [a.value for a in back.answers] == ["We have begun", "gone by now"]
    assert read_table(saved(made, tmp_path / "a.json")) == made


CROPPED = Answer(
    2, "b.png", "B", "", "2", "", "", "Why?", 0, "", How.READ, "g", "", "Look.", b"\x89"
)


def test_json_keeps_everything(tmp_path: Path) -> None:
    made = table([*ODD, "x" * 40_000, "\0\x1b\u202e"])
    made = replace(made, answers=(*made.answers, CROPPED))
    assert read_table(saved(made, tmp_path / "a.json")) == made
    assert table_record.written(made) == table_record.written(made)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_sheets_keep_what_people_see(suffix: str, tmp_path: Path) -> None:
    made = table()
    back = read_table(saved(made, tmp_path / f"a{suffix}"))
    assert back.sources == made.sources and back.deck == "Baking"
    assert back.answers == made.answers
    assert written_table(made, tmp_path / f"a{suffix}") == written_table(
        made, tmp_path / f"a{suffix}"
    )


def test_of_a_comma_table_there_are_two_files(tmp_path: Path) -> None:
    path = saved(table(["x"]), tmp_path / "a.csv")
    assert [p.name for p in files_of(path)] == ["a.csv", "a-workbooks.csv"]
    (tmp_path / "a-workbooks.csv").unlink()
    (only,) = read_table(path).sources
    assert (only.team, only.answers, only.verdict) == ("A", 1, Verdict.OK)


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    book = load_workbook(io.BytesIO(answer_book.written(table())))
    for sheet, columns in (("Answers", OF_ANSWERS), ("Workbooks", OF_WORKBOOKS)):
        cells = [cell for row in book[sheet] for cell in row if cell.value is not None]
        numbers = {column.name for column in columns} & {"No.", "Row", "Answers", "Pages"}
        for cell in cells:
            head = book[sheet].cell(1, cell.column).value
            if cell.row > 1 and head in numbers:
                assert cell.data_type == "n"
            else:
                assert (cell.data_type, cell.number_format == "@" or cell.row == 1) == ("s", True)
        assert book[sheet].freeze_panes == "D2" and book[sheet].auto_filter.ref
    with ZipFile(io.BytesIO(answer_book.written(table()))) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def test_no_cell_of_a_comma_table_begins_a_formula() -> None:
    for file in comma_tables.written(table()):
        text = file.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not [c for c in cells if re.match(r"[=+\-@\t\r\n＝＋－＠]", c)]
        assert "'=1+1" in cells or "'=a.pdf" in cells


@given(st.text(alphabet=st.sampled_from("'=+-@ ab\n＝\";,\t"), max_size=6))
def test_any_answer_comes_back_from_a_comma_table(value: str) -> None:
    answers, _ = comma_tables.written(table([value]))
    (cells,) = comma_tables.read(answers)
    assert cells["Answer"] == value


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_comma_tables_that_a_spreadsheet_has_saved(delimiter: str, tmp_path: Path) -> None:
    made = io.StringIO()
    rows = [["Team", "Question", "Answer"], ["A", "Why?", "a\nb"]]
    csv.writer(made, delimiter=delimiter).writerows(rows)
    path = tmp_path / "a.csv"
    path.write_bytes(made.getvalue().encode("utf-16" if delimiter == "\t" else "utf-8"))
    (answer,) = read_table(path).answers
    assert (answer.team, answer.question, answer.value) == ("A", "Why?", "a\nb")


def test_a_cell_holds_so_many_letters_and_no_more(tmp_path: Path) -> None:
    long = "😀" * 20_000
    back = read_table(saved(table([long]), tmp_path / "a.xlsx"))
    value = back.answers[0].value
    assert len(value.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert value.startswith("😀" * 16_000) and value.endswith(
        "[cut: all of it is in the .json file]"
    )
    fits = "x" * LONGEST_CELL
    assert read_table(saved(table([fits]), tmp_path / "b.xlsx")).answers[0].value == fits
    assert read_table(saved(table([long]), tmp_path / "a.csv")).answers[0].value == long


def test_what_cannot_be_seen_stays_out_of_sheets(tmp_path: Path) -> None:
    back = read_table(saved(table(["a\0b\x1bc\u202ed\ud800e\u200ff"]), tmp_path / "a.xlsx"))
    assert back.answers[0].value == "abcde\u200ff"


def test_handwriting_that_nobody_typed_is_told(tmp_path: Path) -> None:
    made = AnswerTable("Baking", (CROPPED, replace(CROPPED, note="")), ())
    path = saved(made, tmp_path / "a.xlsx")
    page = load_workbook(path)["Answers"]
    assert [page["M2"].value, page["M3"].value] == ["Look.", HANDWRITTEN]
    assert [a.note for a in read_table(path).answers] == ["Look.", ""]


def test_a_table_that_somebody_has_changed_is_read(tmp_path: Path) -> None:
    from datetime import datetime

    book = load_workbook(saved(table(["x", "y"]), tmp_path / "a.xlsx"))
    page = book["Answers"]
    page["J2"], page["J3"] = 7, datetime(2026, 5, 1)
    page.delete_cols(2)
    book.save(tmp_path / "a.xlsx")
    assert [a.value for a in read_table(tmp_path / "a.xlsx").answers] == ["7", "2026-05-01"]


def other_book() -> bytes:
    buffer, book = io.BytesIO(), Workbook()
    book.active.append(["Name", "Age"])
    book.save(buffer)
    return buffer.getvalue()


def with_a_word_for_a_number() -> bytes:
    buffer, book = io.BytesIO(), Workbook()
    book.active.append(["No.", "Answer"])
    book.active.append(["one", "x"])
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.json", b"{}", "no table of answers"),
        ("a.json", b"\xff", "no table of answers"),
        ("a.json", b"[" * 100_000, "no table of answers"),
        (
            "a.json",
            table_record.written(table()).replace(b'answers": 1', b'answers": 2'),
            "newer deckgen",
        ),
        ("a.xlsx", b"PK", "damaged"),
        ("a.xlsx", other_book(), "no column “Answer”"),
        ("a.xlsx", with_a_word_for_a_number(), "what can't stand in its column"),
        ("a.csv", b"Name,Age\nx,1\n", "no column “Answer”"),
        ("a.csv", b"Answer\n\xff\n", "not in UTF-8"),
        ("a.csv", b"How,Answer\nshouted,x\n", "what can't stand in its column"),
        ("a.ods", b"x", "doesn't end in"),
    ],
)
def test_other_files_are_refused_in_words(name: str, data: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refused, match=re.escape(why)):
        read_table(tmp_path / name)
    with pytest.raises(Refused, match="there is no such file"):
        read_table(tmp_path / "gone.json")


def test_a_sheet_has_so_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_book, "MOST_ROWS", 5)
    with pytest.raises(TooLong):
        answer_book.written(table())


def test_without_the_packages_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = saved(table(), tmp_path / "a.xlsx")
    for name in ("openpyxl", "xlsxwriter"):
        monkeypatch.setitem(sys.modules, name, None)
    for act in (lambda: read_table(path), lambda: written_table(table(), path)):
        with pytest.raises(NotInstalled, match=r"deckgen-cards\[office\]"):
            act()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not there")
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_in_libreoffice_no_formula_is_live(suffix: str, tmp_path: Path) -> None:
    path = saved(table(), tmp_path / f"a{suffix}")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    way = [home, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path / "out")]
    files = files_of(path)
    subprocess.run(
        ["soffice", *way, *map(str, files)], check=True, capture_output=True, timeout=180
    )
    opened = "".join((tmp_path / "out" / f"{f.stem}.fods").read_text("utf-8") for f in files)
    assert "table:formula" not in opened
    assert "HYPERLINK(" in opened and "=1+1" in opened
    assert 'office:value-type="error"' not in opened


def test_a_live_formula_would_be_seen_in_libreoffice(tmp_path: Path) -> None:
    """The pair of the test above is quick: what it looks for is in a file with a formula."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not there")
    (tmp_path / "a.csv").write_bytes(b"Answer\r\n=1+1\r\n")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    way = [home, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path / "out")]
    subprocess.run(["soffice", *way, str(tmp_path / "a.csv")], check=True, timeout=180,
                   capture_output=True)  # fmt: skip
    assert "table:formula" in (tmp_path / "out" / "a.fods").read_text("utf-8")
