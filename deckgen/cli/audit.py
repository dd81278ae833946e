"""deckgen audit: which cards in finished files are out of date."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.cli.options import FILES, JSON, PROJECT
from deckgen.cli.reply import project_in, tell
from deckgen.exit_codes import ExitCode


@command("""Examples:
  deckgen audit output/deck-sheets-a4.pdf
  deckgen audit --project ~/decks/learning from-the-printer.pdf "Old pack.pdf"
  deckgen audit --json *.pdf > audit.json

Exit codes:
  0  everything that was found is in force
  4  something is out of date, withdrawn, a draft, doubtful or unknown, or nothing was found
  8  a file could not be read, or not to its end
  3  an edition's file is broken""")
@FILES
@PROJECT
@JSON
def audit(files: tuple[Path, ...], folder: Path | None, as_json: bool) -> int:
    """Say which cards in finished PDF files are out of date.

    All cards of a file are looked at, and those that are not in force are named. Works on
    sheets, cards to read, packs, files for a print shop, and on such files after other programs
    have merged them or put several pages on one, as long as their words are words and no
    pictures. Cards of the latest edition that a file lacks are listed, and are no fault: a file
    may be part of a deck.

    Up to 200 MB, 2000 pages and one minute are spent on each file; it is said if that was not
    enough.
    """
    from deckgen.control.audit import audit_files
    from deckgen.control.audit_report import audit_json, audit_text

    result, problems = audit_files(project_in(folder), files)
    if result is None:
        return tell(problems, (), as_json)
    click.echo(audit_json(result) if as_json else audit_text(result), nl=False)
    if not all(file.readable for file in result.files):
        return ExitCode.NOT_MET
    current = all(file.current for file in result.files)
    return ExitCode.DONE if current else ExitCode.DIFFERENCES
