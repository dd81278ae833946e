"""deckgen new: a folder with a complete deck."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.group import cli
from deckgen.cli.reply import refused
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    pass


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
