"""deckgen new: a folder with a complete deck."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.exit_codes import ExitCode
from deckgen.starter import USUAL, new_project, starters


class _Decks(click.Choice[str]):
    """The built-in decks, looked for when somebody asks: `deckgen --help` needs none of it."""

    def __init__(self) -> None:
        super().__init__(())

    @property
    def choices(self) -> tuple[str, ...]:
        """Their names."""
        return starters()

    @choices.setter
    def choices(self, _: tuple[str, ...]) -> None:
        pass


@command("""Examples:
  deckgen new my-deck
  deckgen new my-deck --from blank
  deckgen new ~/Documents/learning-cards --from team-days""")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "name",
    type=_Decks(),
    default=USUAL,
    show_default=True,
    help="The deck to begin with; blank has three cards to write over.",
)
def new(folder: Path, name: str) -> int:
    """Make a folder with a complete deck that you can change.

    FOLDER must be empty or not there yet.
    """
    new_project(folder, name)
    click.echo(
        f"Made {folder}. Its words are in {folder / 'content'}. Next:\n"
        f'  cd "{folder}"\n'
        "  deckgen preview --serve --open   the cards in your browser, while you change them\n"
        "  deckgen build                    the PDF files, into the folder output"
    )
    return ExitCode.DONE
