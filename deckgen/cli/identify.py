"""deckgen identify: what a printed card is, and whether it is in force."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.cli.options import JSON, PROJECT
from deckgen.cli.reply import project_in, tell
from deckgen.exit_codes import ExitCode


@command("""Examples:
  deckgen identify 7Q2M              the check code in the card's mark
  deckgen identify K3 7Q2M           the card's own code, then the check code
  deckgen identify K3                every card that ever was K3
  deckgen identify K3 1              the K3 of edition 1
  deckgen identify DG1:K3:1:7Q2M     what a QR code holds
  deckgen identify Index

Exit codes:
  0  in force
  4  not in force, or perhaps not: superseded, withdrawn, a draft, doubtful or unknown
  2  that is no code
  3  an edition's file is broken""")
@click.argument("code")
@click.argument("edition", nargs=-1, metavar="[EDITION]")
@PROJECT
@JSON
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
        return tell(problems, (), as_json)
    click.echo(answer_json(answer) if as_json else answer_text(answer), nl=False)
    return ExitCode.DONE if answer.current else ExitCode.DIFFERENCES
