"""Lists of teams, and the deck that the tests make workbooks of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from deckgen.disk import CannotRead
from deckgen.options import Options
from deckgen.personal.file_names import USUAL
from deckgen.personal.planning import Wanted, plan_teams
from deckgen.problem import Problem
from deckgen.project import Project
from tests.example_decks import example

SECOND = """# Safe at night
Role: Night staff
Cover fields: Team, Night manager, Date

## Tonight
When: now

### Walk round
Id: walk
Cards: E1

#### What did you see?
Box
"""


def deck() -> Project:
    """A deck with workbooks for two roles, the first of them with four activities."""
    project = example("fire-safety")
    return replace(
        project, files={**project.files, "content/workbooks/night-staff.md": SECOND.encode()}
    )


def listed(*rows: Sequence[str], head: Iterable[str] = ("Team",)) -> bytes:
    """A list as a spreadsheet writes it."""
    out = io.StringIO()
    csv.writer(out).writerows([[*head], *rows])
    return out.getvalue().encode()


def planned(
    data: bytes,
    *,
    project: Project | None = None,
    name: str = USUAL,
    options: Options | None = None,
    files: dict[str, bytes] | None = None,
    file: str = "teams.csv",
) -> tuple[tuple[Wanted, ...], list[Problem]]:
    """What a list is understood as; `files` are those that it names."""

    def given(named: str) -> bytes:
        if named not in (files or {}):
            raise CannotRead("it is not there.")
        return (files or {})[named]

    return plan_teams(project or deck(), data, file, name, options or Options(), given)
