"""deckgen colours: can everybody tell the sections apart?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.cli.options import PROJECT
from deckgen.cli.reply import print_problems, project_in
from deckgen.exit_codes import ExitCode


@command("""Examples:
  deckgen colours""")
@PROJECT
def colours(folder: Path | None) -> int:
    """Show whether everybody can tell the sections' colours apart.

    For each colour its inks, its contrast with the words on it, and how far it is from the one
    most like it: to most people, to people with a colour-vision deficiency, and in grey.
    """
    from deckgen.colour_report import colour_table

    table, problems = colour_table(project_in(folder))
    click.echo(table, nl=False)
    print_problems(problems, sys.stderr)
    return ExitCode.CONTENT if problems else ExitCode.DONE
