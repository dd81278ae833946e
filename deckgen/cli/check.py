"""deckgen check: every problem, without building anything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.group import command
from deckgen.cli.options import build_options
from deckgen.cli.reply import print_problems, project_in
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.options import Options


@command("""Examples:
  deckgen check
  deckgen check --project ~/decks/learning
  deckgen check --json > problems.json""")
@build_options
def check(folder: Path | None, options: Options, as_json: bool) -> int:
    """Look for problems without building anything.

    Each problem is shown with its file, line and column, and with what to do about it.
    Errors stop a build; warnings do not.
    """
    from deckgen import report
    from deckgen.building.check import check as problems_of
    from deckgen.problem import blocks

    problems = problems_of(project_in(folder), options)
    if as_json:
        click.echo(report.as_json(problems, ()), nl=False)
    elif problems:
        print_problems(problems, sys.stdout)
    else:
        click.echo("No problems found.")
    return ExitCode.CONTENT if blocks(problems) else ExitCode.DONE
