"""deckgen carry: the new edition's workbook with old answers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.cli.options import FILE, PROJECT, flag
from deckgen.cli.reply import print_problems, project_in, workbook_given
from deckgen.exit_codes import ExitCode


@command("""Examples:
  deckgen carry "Workbook of team A.pdf"
  deckgen carry filled.pdf -o archive/team-a.pdf""")
@click.argument("filled", metavar="FILLED.pdf", type=FILE)
@PROJECT
@click.option(
    *("-o", "--output"),
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the new file goes; otherwise beside the old one, with -carried in its name.",
)
@click.option("--password", default="", help="What opens the old file, if it is protected.")
@flag("--force", help="Replace the new file if it is there already.")
def carry(
    filled: Path, folder: Path | None, output: Path | None, password: str, force: bool
) -> int:
    """Bring the answers of an old workbook into the new edition.

    Each answer goes to its own question. Where that has other words now, the box and a page behind
    the workbook say so. Answers to questions that are no longer asked stand on a page behind it.
    The old file stays as it is.
    """
    from deckgen.answers.carry import carry_workbook
    from deckgen.disk import save_beside, spare
    from deckgen.problem import Place

    target = output or filled.with_name(f"{filled.stem}-carried.pdf")
    spare(filled, target)
    place = Place(str(filled))
    given, problems = workbook_given(filled)
    made = None
    if given is not None:
        project = project_in(folder)
        made, problems = carry_workbook(project, given, place.file, password=password)
    print_problems(problems, sys.stderr)
    if made is None:
        return ExitCode.CONTENT
    save_beside(made.data, target, force=force)
    click.echo(f"Wrote {target}")
    click.echo(
        f"{made.in_boxes} answers are in their boxes, {made.differing} of them asked differently "
        f"now; {made.behind} stand behind the workbook"
    )
    of_this_file = any(found.place == place for found in problems)
    return ExitCode.REJECTS if of_this_file else ExitCode.DONE
