"""deckgen issue: freezes what was approved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.group import cli
from deckgen.cli.options import JSON, PROJECT
from deckgen.cli.reply import project_in, refused, tell
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.problem import Problem


@cli.command(
    epilog="""
\b
Examples:
  deckgen issue --edition 1 --owner "Jo Green" --approver "Alex Brown"
  deckgen issue --edition 2 --approver "Alex Brown"

\b
Exit codes:
  0  issued
  2  nobody is named
  3  errors in the content, or a change without a reason
  7  issued already, or not the number in content/deck.toml
"""
)
@click.option(
    "--edition", required=True, metavar="NUMBER", help="Its number, as in content/deck.toml."
)
@click.option(
    "--owner",
    default="",
    metavar="NAME",
    help="Who looks after the deck; otherwise the owner of the edition before.",
)
@click.option("--approver", required=True, metavar="NAME", help="Who approved this edition.")
@PROJECT
@JSON
def issue(edition: str, owner: str, approver: str, folder: Path | None, as_json: bool) -> int:
    """Issue an edition: freeze what was approved.

    Everything is checked, and every change since the edition before must be declared with a
    reason. Then one file in content/editions is written: later editions are compared with it.
    An edition that was issued is never changed.

    To write the reasons, use deckgen diff --declare first.
    """
    from deckgen.control.issue import issue_edition
    from deckgen.disk import CannotWrite

    try:
        issued, problems = issue_edition(project_in(folder), edition, owner, approver)
    except CannotWrite as refusal:
        return refused(refusal, as_json)
    tell(problems, [issued.path] if issued else (), as_json)
    if issued is None:
        return _refusal(problems)
    if not as_json:
        click.echo(
            f"Edition {edition} is issued: {len(issued.lock.snapshot.cards)} cards, "
            f"check code {issued.lock.code}.\n"
            "Next: keep that file with your content, and run “deckgen build” for the files to hand "
            "out."
        )
    return ExitCode.DONE


def _refusal(problems: list[Problem]) -> int:
    """The exit code for an edition that was not issued."""
    codes = {found.code for found in problems}
    if "person-missing" in codes:
        return ExitCode.USAGE
    return ExitCode.EDITION_CONFLICT if "edition-taken" in codes else ExitCode.CONTENT
