"""What every command does with its folder, its problems and a refusal of the disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.disk import CannotWrite
    from deckgen.problem import Problem
    from deckgen.project import Project


def workbook_given(path: Path) -> tuple[bytes | None, list[Problem]]:
    """A filled-in workbook's bytes; None, with the reason, if the file can't be read."""
    from deckgen.disk import CannotRead, read_given
    from deckgen.problem import Place, problem
    from deckgen.readback.returned import LIMITS

    try:
        return read_given(path, LIMITS.megabytes), []
    except CannotRead as fault:
        found, todo = f"This file can't be read: {fault}", "Save the workbook as a file of its own."
        return None, [problem("answers-unreadable", Place(str(path)), found, todo)]


def project_in(folder: Path | None) -> Project:
    """The project that a command works on. Raises UsageError, for people, if there is none."""
    from deckgen.project import MARK, find_folder, read_project

    start = folder or Path.cwd()
    found = find_folder(start) if folder is None else start if (start / MARK).is_file() else None
    if found is None:
        above = "" if folder else " or any folder above it"
        named = next(start.glob(f"{MARK}.*"), None)
        if named:
            raise click.UsageError(f"Rename {named} to deck.toml.")
        raise click.UsageError(
            f"There is no {MARK} in {start}{above}. Go to your project's folder, "
            'or make a new one with "deckgen new my-deck".'
        )
    return read_project(found)


def print_problems(problems: Sequence[Problem], stream: TextIO) -> None:
    """Print problems for people, in colour where that can be seen."""
    from deckgen import report

    if problems:
        colour = report.wants_colour(stream, os.environ)
        click.echo(report.problems_text(problems, colour=colour), file=stream, nl=False, color=True)


def refused(refusal: CannotWrite, as_json: bool) -> int:
    """Say that a file can't be written; returns the exit code."""
    from deckgen import report
    from deckgen.problem import Place, problem

    if as_json:
        said = problem(refusal.code, Place(refusal.file), refusal.found, refusal.todo)
        click.echo(report.as_json([said], ()), nl=False)
    else:
        click.echo(f"deckgen: {report.one_line(str(refusal))}", err=True)
    return ExitCode.CANNOT_WRITE


def tell(
    problems: Sequence[Problem],
    outputs: Sequence[Path],
    as_json: bool,
    then: str = "",
    unfit: Mapping[str, ExitCode] | None = None,
) -> int:
    """Say what was met and written, and `then` what people do next; returns the exit code.

    Problems for a person go to where errors go; what was written does not. `unfit` has the exit
    codes of problems that are no faults of the content, the first of them counts most.
    """
    from deckgen import report

    if as_json:
        click.echo(report.as_json(problems, outputs), nl=False)
    else:
        print_problems(problems, sys.stderr)
        said = report.outputs_text(outputs, Path.cwd())
        click.echo(said + f"{then}\n" * bool(then), nl=False)
    if outputs:
        return ExitCode.DONE
    met = {found.code for found in problems}
    return next((code for name, code in (unfit or {}).items() if name in met), ExitCode.CONTENT)
