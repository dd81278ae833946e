"""Tables of cards as .csv files, in the ways that spreadsheets write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from deckgen.interchange.incoming import Cell
from deckgen.problem import Place, Problem, problem
from deckgen.source import read_source

MOST_MB = 20
MOST_ROWS = 20_000
_DELIMITERS = (",", ";", "\t")


def written_csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A table with commas, in UTF-8 with the mark by which spreadsheets know it."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def read_csv(
    data: bytes, file: str, most_rows: int = MOST_ROWS
) -> tuple[list[list[Cell]], list[Problem]]:
    """The cells of a table; its first line shows what stands between them."""
    text, found = read_source(data, file, MOST_MB << 20)
    if text is None:
        return [], found
    said, _, rest = text.partition("\n")
    told = said.strip().lower()
    if told.startswith("sep=") and len(told) == 5:  # what some programs write for Excel
        between, text = told[4], rest
    else:
        between = max(_DELIMITERS, key=said.count)
    table: list[list[Cell]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    before = csv.field_size_limit(MOST_MB << 20)
    try:
        for number, row in enumerate(reader, start=1):
            cells = [Cell(words, _at(file, at, number)) for at, words in enumerate(row)]
            table += [cells] if any(words.strip() for words in row) else []
            if number > most_rows:
                said = f"This table has more than {most_rows:,} rows."
                return [], [*found, problem("table-unreadable", Place(file), said, "Split it.")]
    except csv.Error as fault:
        said = f"This is not a table, or a quotation mark is missing: {fault}."
        place, todo = Place(file, reader.line_num), "Save it anew from your spreadsheet."
        return [], [*found, problem("table-unreadable", place, said, todo)]
    finally:
        csv.field_size_limit(before)
    return table, found


def _at(file: str, column: int, row: int) -> Place:
    """A cell as a spreadsheet calls it."""
    letters, at = "", column
    while at >= 0:
        letters, at = chr(ord("A") + at % 26) + letters, at // 26 - 1
    return Place(file, spot=f"cell {letters}{row}")
