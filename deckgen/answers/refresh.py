"""A workbook that a viewer has saved, made anew: the same answers, our own fonts and tags."""

from __future__ import annotations

from deckgen.answers.came_back import came_back
from deckgen.answers.moving import moved
from deckgen.answers.told import told
from deckgen.options import Options
from deckgen.problem import Problem, blocks
from deckgen.project import Project


def refresh_workbook(
    project: Project,
    filled: bytes,
    file: str,
    options: Options | None = None,
    *,
    password: str = "",
) -> tuple[bytes | None, list[Problem]]:
    """A conforming workbook with the answers of one that some viewer has saved.

    Viewers embed no fonts, or others. What was in large print stays so, and a role's workbook
    stays that role's. What is in the file and has no place in the new one comes back as
    warnings, so that nothing is lost; None if there is an error.
    """
    came, problems = came_back(project, filled, file, options or Options(), password)
    if came is None:
        return None, problems
    answers, found = moved(came.settled, file)
    problems += [*told(came.returned, file), *found]
    if blocks(problems):
        return None, problems
    made = came.filled(answers)
    return came.written(made.pages), [*problems, *made.problems]
