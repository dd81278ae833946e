"""A list of teams: a table whose first row says what its columns are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set

from msgspec import Struct

from deckgen.interchange.columns import plain_name
from deckgen.interchange.comma_table import read_csv
from deckgen.interchange.incoming import Cell, lacks_column, named_columns
from deckgen.interchange.spreadsheet import read_sheet
from deckgen.model.text import word
from deckgen.problem import Found, Place, Problem, problem
from deckgen.readback.limits import Refused
from deckgen.wording.say import Wording

TEAM, FACILITATOR, DATE = word("Team"), word("Facilitator"), word("Date")
ROLE, ACTIVITIES, ANSWERS = word("Role"), word("Activities"), word("Answers")
LARGE = word("Large print")
COLUMNS = (TEAM, FACILITATOR, DATE, ROLE, ACTIVITIES, ANSWERS, LARGE)
MOST_TEAMS = 200_000
_HEADED = "Begin with a row that names the columns; docs/teams.md shows one."


class Row(Struct, frozen=True):
    """A line of the list: its cells that are not empty, by column, and where it begins.

    A column that is none of COLUMNS is a line of the workbooks' covers, in its plain words.
    """

    cells: Mapping[str, Cell]
    place: Place

    def said(self, column: str) -> str:
        """The words of a cell; "" if it is empty."""
        cell = self.cells.get(column)
        return " ".join(cell.text.split()) if cell else ""

    def at(self, column: str) -> Place:
        """Where a cell is; where the row begins if it is empty."""
        cell = self.cells.get(column)
        return cell.place if cell else self.place


def read_list(
    data: bytes, file: str, say: Wording, labels: Collection[str]
) -> tuple[list[Row], list[Problem]]:
    """The rows of a .csv or .xlsx file. `labels` are the lines that covers have.

    Raises NotInstalled.
    """
    found = Found()
    try:
        if file.lower().endswith(".csv"):
            table = found.take(read_csv(data, file, MOST_TEAMS))
        else:
            table = found.take(read_sheet(data, file, MOST_TEAMS, days=True))
    except Refused as refusal:
        said = f"This file can't be read: {refusal.why}."
        return [], [problem("table-unreadable", Place(file), said, refusal.todo)]
    if not table:
        return [], found or [problem("table-columns", Place(file), "The list is empty.", _HEADED)]
    columns = found.take(_columns(table[0], file, say, labels))
    if TEAM not in columns.values():
        return [], found  # or else each row would lack it
    faulty = {fault.place for fault in found}
    rows = [found.take(_row(line, columns, faulty)) for line in table[1:]]
    if not rows and not found:
        said = "The list has no team below the row that names the columns."
        found.append(problem("table-columns", Place(file), said, "Write a row for each team."))
    return rows, found


def plain_label(label: str) -> str:
    """A cover's line as a column is called after it."""
    return plain_name(label).strip(" :")


def _columns(
    head: Sequence[Cell], file: str, say: Wording, labels: Collection[str]
) -> tuple[dict[int, str], list[Problem]]:
    own = {plain_name(name): key for name, key in say.names_of(COLUMNS).items()}
    known = {plain_label(label): plain_label(label) for label in labels} | own
    names, found = named_columns(head, known)
    if TEAM not in names.values():
        found.append(lacks_column(head, TEAM, file, _HEADED))
    return names, found


def _row(
    line: Sequence[Cell], columns: Mapping[int, str], faulty: Set[Place]
) -> tuple[Row, list[Problem]]:
    """A line's cells; of those that have been called `faulty` only the team's name counts."""
    found, cells = Found(), dict[str, Cell]()
    for at, cell in enumerate(line):
        if not cell.text.strip():
            continue
        if at not in columns:
            said = f"“{cell.text.strip()[:40]}” stands in a column without a name."
            todo = "Name the column in the first row, or take the words out."
            found.append(problem("table-columns", cell.place, said, todo))
        elif columns[at] == TEAM or (columns[at] and cell.place not in faulty):
            cells[columns[at]] = cell
    return Row(cells, next(cell.place for cell in line if cell.text.strip())), found
