"""The command `deckgen` itself; the modules beside this one add its sub-commands."""

from __future__ import annotations

import click

from deckgen import __version__
from deckgen.exit_codes import ExitCode

_EXIT_CODES = "\n".join(f"  {code.value:>3}  {code.meaning}" for code in ExitCode)
_EPILOG = f"""
\b
Examples:
  deckgen new my-deck      a folder with a complete deck to change
  cd my-deck
  deckgen check            are the words in order?
  deckgen build            all PDF files, into the folder "output"

\b
Exit codes:
{_EXIT_CODES}

Use "deckgen COMMAND --help" for more about a command.
"""


@click.group(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="deckgen %(version)s")
def cli() -> None:
    """Turn plain text files into a deck of cards and a workbook, as PDF files.

    The words are in the folder "content", the looks in "templates" and "fonts". The
    finished files go into "output".
    """
