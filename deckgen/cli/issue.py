"""deckgen issue: freezes what was approved."""

from __future__ import annotations

from pathlib import Path

from deckgen.cli.group import command
from deckgen.cli.options import JSON, PROJECT, named
from deckgen.cli.reply import project_in, tell
from deckgen.exit_codes import ExitCode

_UNFIT = {"person-missing": ExitCode.USAGE, "edition-taken": ExitCode.EDITION_CONFLICT}


@command("""Examples:
  deckgen issue --edition 1 --owner "Jo Green" --approver "Alex Brown"
  deckgen issue --edition 2 --approver "Alex Brown"

Exit codes:
  0  issued
  2  nobody is named
  3  errors in the content, or a change without a reason
  7  issued already, or not the number in content/deck.toml""")
@named("--edition", required=True, metavar="NUMBER", help="Its number, as in content/deck.toml.")
@named("--owner", help="Who looks after the deck; otherwise the owner of the edition before.")
@named("--approver", required=True, help="Who approved this edition.")
@PROJECT
@JSON
def issue(
    edition: str, owner: str | None, approver: str, folder: Path | None, as_json: bool
) -> int:
    """Issue an edition: freeze what was approved.

    Everything is checked, and every change since the edition before must be declared with a
    reason. Then one file in content/editions is written: later editions are compared with it.
    An edition that was issued is never changed.

    To write the reasons, use deckgen diff --declare first.
    """
    from deckgen.control.issue import issue_edition

    issued, problems = issue_edition(project_in(folder), edition, owner or "", approver)
    if issued is None:
        return tell(problems, (), as_json, unfit=_UNFIT)
    said = (
        f"Edition {edition} is issued: {len(issued.lock.snapshot.cards)} cards, "
        f"check code {issued.lock.code}.\n"
        "Next: keep that file with your content, and run “deckgen build” for the files to hand out."
    )
    return tell(problems, [issued.path], as_json, said)
