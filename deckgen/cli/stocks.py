"""deckgen stocks: the papers and grids that there are."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.cli.options import PROJECT
from deckgen.cli.reply import print_problems, project_in
from deckgen.exit_codes import ExitCode


@command("""Examples:
  deckgen stocks
  deckgen build sheets --stock a3""")
@PROJECT
def stocks(folder: Path | None) -> int:
    """Show the papers and grids that cards can be printed on.

    Each is a file in templates/stocks. To make your own, copy one, change the numbers, and
    build with --stock and its name.
    """
    from deckgen.stocks import list_stocks, stocks_text

    entries, problems = list_stocks(project_in(folder))
    click.echo(stocks_text(entries), nl=False)
    print_problems(problems, sys.stderr)
    return ExitCode.CONTENT if problems else ExitCode.DONE
