"""What came back of a project's workbooks, as one table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from deckgen.collecting.gathering import Progress, gathered
from deckgen.collecting.known import known_of
from deckgen.model.answers import AnswerTable
from deckgen.paper.confirmed import confirmed
from deckgen.problem import Found, Problem
from deckgen.project import Project


def collect(
    project: Project,
    paths: Iterable[Path],
    *,
    but: Collection[Path] = (),
    password: str = "",
    reviewed: Sequence[tuple[str, bytes]] = (),
    teams: tuple[str, bytes] | None = None,
    workers: int = 0,
    progress: Progress = lambda _done, _all, _name: None,
) -> tuple[AnswerTable | None, list[Problem]]:
    """All answers of the workbooks in these files, folders and archives, and each one's verdict.

    `but` are files that are left out, such as the table itself. Files are read side by side by so
    many `workers` (0: one a core); the table is the same whatever their number. `progress` hears
    how many files of how many are read, and the next one's name. `reviewed` are files that review
    pages of the same paths saved, as names and bytes; what is wrong with them comes back too.
    `teams` is the list that workbooks were made from, as its name and bytes.

    None, with what is in the way, if the project's own workbooks can't be laid out, or the list
    can't be read: no file is read then. Raises NotInstalled for a list in .xlsx.
    """
    known, problems = known_of(project, teams)
    if known is None:
        return None, problems
    found = Found()

    def confirm(table: AnswerTable) -> AnswerTable:
        return found.take(confirmed(table, reviewed))

    table = gathered(
        *(known, paths),
        but=but,
        password=password,
        workers=workers,
        progress=progress,
        confirm=confirm if reviewed else None,
    )
    return table, found
