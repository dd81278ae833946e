"""deckgen new: a folder with a complete deck."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.exit_codes import ExitCode


@command("""Examples:
  deckgen new my-deck
  deckgen new ~/Documents/learning-cards""")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def new(folder: Path) -> int:
    """Make a folder with a complete deck that you can change.

    FOLDER must be empty or not there yet.
    """
    from deckgen.starter import new_project

    new_project(folder)
    click.echo(f'Made {folder}. Next:\n  cd "{folder}"\n  deckgen build')
    return ExitCode.DONE
