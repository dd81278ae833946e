"""The table of answers that a report is made of, read from the disk."""

from __future__ import annotations

from pathlib import Path

from deckgen.collecting.tables import read_table
from deckgen.disk import CannotRead, read_given
from deckgen.interchange.comma_table import read_csv
from deckgen.interchange.spreadsheet import read_sheet
from deckgen.model.answers import AnswerTable
from deckgen.problem import Place, Problem, problem
from deckgen.readback.limits import Refused
from deckgen.reporting.tidying import one_line

_MOST_MB = 20
_TEAM = ("team", "teams", "name")


def table_in(path: Path) -> tuple[AnswerTable | None, list[Problem]]:
    """The table in a file that `deckgen collect` has written; None if there is none in it.

    Raises NotInstalled for .xlsx.
    """
    try:
        return read_table(path), []
    except Refused as fault:
        said = f"This table can't be read: {fault.why}."
        place = Place(str(path))
        return None, [problem("answer-table-unreadable", place, said, fault.todo)]


def teams_in_file(path: Path) -> tuple[tuple[str, ...], list[Problem]]:
    """The teams that a list names: its column “team”, or else its first one.

    Raises NotInstalled for .xlsx.
    """
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
    return tuple(dict.fromkeys(filter(None, map(one_line, names)))), found
