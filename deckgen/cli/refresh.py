"""deckgen refresh: a filled-in workbook made anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.group import cli
from deckgen.cli.options import PROJECT
from deckgen.cli.reply import print_problems, project_in, refused
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    pass


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
@PROJECT
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
    from deckgen.disk import CannotRead, CannotWrite, read_given, save_beside
    from deckgen.problem import Place, problem
    from deckgen.readback.answers import LIMITS

    target = output or filled.with_name(f"{filled.stem}-refreshed.pdf")
    place = Place(str(filled))
    try:
        given = read_given(filled, LIMITS.megabytes)
        data, problems = refresh_workbook(project_in(folder), given, place.file)
    except CannotRead as fault:
        found, todo = f"This file can't be read: {fault}", "Save the workbook as a file of its own."
        data, problems = None, [problem("answers-unreadable", place, found, todo)]
    print_problems(problems, sys.stderr)
    if data is None:
        return ExitCode.CONTENT
    try:
        save_beside(data, target, force=force)
    except CannotWrite as refusal:
        return refused(refusal, as_json=False)
    click.echo(f"Wrote {target}")
    return ExitCode.REJECTS if problems else ExitCode.DONE
