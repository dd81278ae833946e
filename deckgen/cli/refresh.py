"""deckgen refresh: a filled-in workbook made anew."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.cli.options import FILE, PROJECT, flag
from deckgen.cli.reply import print_problems, project_in, workbook_given
from deckgen.exit_codes import ExitCode


@command("""Examples:
  deckgen refresh "Workbook of team A.pdf"
  deckgen refresh filled.pdf --output archive/team-a.pdf""")
@click.argument("filled", metavar="FILLED.pdf", type=FILE)
@PROJECT
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the new file goes; otherwise beside the old one, with -refreshed in its name.",
)
@click.option("--password", default="", help="What opens the old file, if it is protected.")
@flag("--force", help="Replace the new file if it is there already.")
def refresh(
    filled: Path, folder: Path | None, output: Path | None, password: str, force: bool
) -> int:
    """Make a filled-in workbook accessible again.

    Some programs save typed letters without their font, and screen readers then stumble. The
    new file has the same answers in this project's own workbook. The old file stays as it is.
    """
    from deckgen.answers.refresh import refresh_workbook
    from deckgen.disk import save_beside, spare
    from deckgen.problem import Place

    target = output or filled.with_name(f"{filled.stem}-refreshed.pdf")
    spare(filled, target)
    place = Place(str(filled))
    given, problems = workbook_given(filled)
    data = None
    if given is not None:
        project = project_in(folder)
        data, problems = refresh_workbook(project, given, place.file, password=password)
    print_problems(problems, sys.stderr)
    if data is None:
        return ExitCode.CONTENT
    save_beside(data, target, force=force)
    click.echo(f"Wrote {target}")
    of_this_file = any(found.place == place for found in problems)
    return ExitCode.REJECTS if of_this_file else ExitCode.DONE
