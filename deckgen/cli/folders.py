"""The commands about a project's folder and the workbooks that come back: new and refresh."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.answer import print_problems, project_in, refused
from deckgen.cli.group import cli
from deckgen.exit_codes import ExitCode


@cli.command(
    epilog="""
\b
Examples:
  deckgen new my-deck
  deckgen new ~/Documents/learning-cards
"""
)
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def new(folder: Path) -> int:
    """Make a folder with a complete deck that you can change.

    FOLDER must be empty or not there yet.
    """
    from deckgen.disk import CannotWrite
    from deckgen.starter import new_project

    try:
        new_project(folder)
    except CannotWrite as refusal:
        return refused(refusal, as_json=False)
    click.echo(f'Made {folder}. Next:\n  cd "{folder}"\n  deckgen build')
    return ExitCode.DONE


@cli.command(
    epilog="""
\b
Examples:
  deckgen refresh "Workbook of team A.pdf"
  deckgen refresh filled.pdf --output archive/team-a.pdf
"""
)
@click.argument(
    "filled", metavar="FILLED.pdf", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--project",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder; otherwise the one you are in, or the nearest above it.",
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the new file goes; otherwise beside the old one, with -refreshed in its name.",
)
@click.option("--force", is_flag=True, help="Replace the new file if it is there already.")
def refresh(filled: Path, folder: Path | None, output: Path | None, force: bool) -> int:
    """Make a filled-in workbook accessible again.

    Some programs save typed letters without their font, and screen readers then stumble. The
    new file has the same answers in this project's own workbook. The old file stays as it is.
    """
    from deckgen.answers.refresh import refresh_workbook
    from deckgen.disk import CannotRead, CannotWrite, read_ordinary, save_beside
    from deckgen.problem import Place, problem
    from deckgen.readback.answers import LIMITS

    target = output or filled.with_name(f"{filled.stem}-refreshed.pdf")
    try:
        given = read_ordinary(filled, LIMITS.megabytes)
        data, problems = refresh_workbook(project_in(folder), given, str(filled))
    except CannotRead as fault:
        found = f"This file can't be read. {fault.found}"
        data, problems = (
            None,
            [problem("answers-unreadable", Place(str(filled)), found, fault.todo)],
        )
    print_problems(problems, sys.stderr)
    if data is None:
        return ExitCode.CONTENT
    try:
        save_beside(data, target, force=force)
    except CannotWrite as refusal:
        return refused(refusal, as_json=False)
    click.echo(f"Wrote {target}")
    return ExitCode.REJECTS if problems else ExitCode.DONE
