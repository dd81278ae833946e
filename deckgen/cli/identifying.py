"""The commands about cards that are printed already: identify and audit."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.answer import print_problems, project_in
from deckgen.cli.group import cli
from deckgen.exit_codes import ExitCode

_FOLDER = click.option(
    "--project",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder; otherwise the one you are in, or the nearest above it.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")


@cli.command(
    epilog="""
\b
Examples:
  deckgen identify 7Q2M              the check code in the card's mark
  deckgen identify K3 7Q2M           the card's own code, then the check code
  deckgen identify K3                every card that ever was K3
  deckgen identify K3 1              the K3 of edition 1
  deckgen identify DG1:K3:1:7Q2M     what a QR code holds
  deckgen identify Index

\b
Exit codes:
  0  in force
  4  not in force, or perhaps not: superseded, withdrawn, a draft, doubtful or unknown
  2  that is no code
  3  an edition's file is broken
"""
)
@click.argument("code")
@click.argument("edition", nargs=-1, metavar="[EDITION]")
@_FOLDER
@_JSON
def identify(code: str, edition: tuple[str, ...], folder: Path | None, as_json: bool) -> int:
    """Say what a printed card is, and whether it is in force.

    CODE is what is printed on the card: its own code, the check code in its mark, both, or
    the text of its QR code. The letter O is read as the digit 0, I and L as 1.

    A card keeps its mark as long as it does not change, so a mark of edition 1 may well be in
    force in edition 3. If several cards have had a code, all of them are shown.
    """
    from deckgen.control.identify import NoCode, identify
    from deckgen.control.identify_report import answer_json, answer_text

    try:
        answer, problems = identify(project_in(folder), code, " ".join(edition))
    except NoCode:
        raise click.UsageError(
            f"“{code}” is no code of a card. Codes look like K3, 7Q2M or DG1:K3:1:7Q2M."
        ) from None
    if answer is None:
        print_problems(problems, sys.stderr)
        return ExitCode.CONTENT
    click.echo(answer_json(answer) if as_json else answer_text(answer), nl=False)
    return ExitCode.DONE if answer.current else ExitCode.DIFFERENCES


@cli.command(
    epilog="""
\b
Examples:
  deckgen audit output/deck-sheets-a4.pdf
  deckgen audit --project ~/decks/learning from-the-printer.pdf "Old pack.pdf"
  deckgen audit --json *.pdf > audit.json

\b
Exit codes:
  0  everything that was found is in force
  4  something is out of date, withdrawn, a draft, doubtful or unknown, or nothing was found
  8  a file could not be read, or not to its end
  3  an edition's file is broken
"""
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@_FOLDER
@_JSON
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
        print_problems(problems, sys.stderr)
        return ExitCode.CONTENT
    click.echo(audit_json(result) if as_json else audit_text(result), nl=False)
    if not all(file.readable for file in result.files):
        return ExitCode.NOT_MET
    current = all(file.current for file in result.files)
    return ExitCode.DONE if current else ExitCode.DIFFERENCES
