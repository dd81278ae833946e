"""deckgen words: the words that deckgen adds to those of a deck."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.cli.options import PROJECT
from deckgen.cli.reply import print_problems, project_in
from deckgen.exit_codes import ExitCode


@command("""Examples:
  deckgen words
  deckgen words --all""")
@PROJECT
@click.option("--all", "every", is_flag=True, help="Those that are there too, as they are.")
def words(folder: Path | None, every: bool) -> int:
    """List the words that deckgen adds, such as "Goes with", as lines for content/deck.toml.

    Without --all only those that are missing in the deck's language, and are printed in English.
    Put the lines below [words] in content/deck.toml, write your words, and take out the # before
    them.
    """
    from deckgen.content.deck import load_deck_settings
    from deckgen.content.words import as_settings, wording_of
    from deckgen.problem import blocks

    settings, text, problems = load_deck_settings(project_in(folder).files)
    if settings:
        say, found = wording_of(settings, text)
        problems += [fault for fault in found if blocks([fault])]
        click.echo(as_settings(say, every=every), nl=False)
    print_problems(problems, sys.stderr)
    return ExitCode.CONTENT if blocks(problems) else ExitCode.DONE
