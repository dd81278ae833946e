"""What came back of a project's workbooks, as one table."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from deckgen.collecting.gathering import Progress, gathered
from deckgen.collecting.known import known_of
from deckgen.model.answers import AnswerTable
from deckgen.problem import Problem
from deckgen.project import Project


def collect(
    project: Project,
    paths: Iterable[Path],
    *,
    but: Collection[Path] = (),
    password: str = "",
    workers: int = 0,
    progress: Progress = lambda _done, _all, _name: None,
) -> tuple[AnswerTable | None, list[Problem]]:
    """All answers of the workbooks in these files, folders and archives, and each one's verdict.

    `but` are files that are left out, such as the table itself. Files are read side by side by so
    many `workers` (0: one a core); the table is the same whatever their number. `progress` hears
    how many files of how many are read, and the next one's name. None, with what is in the way,
    if the project's own workbooks can't be laid out: no file is read then.
    """
    known, problems = known_of(project)
    if known is None:
        return None, problems
    return gathered(
        known, paths, but=but, password=password, workers=workers, progress=progress
    ), problems
