"""deckgen diff: what changed, card by card."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.group import command
from deckgen.cli.options import PROJECT, flag
from deckgen.cli.reply import print_problems, project_in, tell
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.control.differences import Difference
    from deckgen.project import Project


@command("""Examples:
  deckgen diff                     since the latest edition
  deckgen diff 1                   since edition 1
  deckgen diff ../deck-of-last-year
  deckgen diff v1.2                since a revision, if you use git
  deckgen diff --declare           then write your reasons into the file it names
  deckgen diff --markdown > what-changed.md

Exit codes:
  0  done
  2  there is no such edition, folder or revision
  3  errors in the content or in the list of changes
  4  there are differences, with --exit-code
  7  with --declare: the number in content/deck.toml was issued already""")
@click.argument("old", required=False, metavar="[OLD]")
@PROJECT
@flag("--json", "as_json", help="Print the differences for a program.")
@flag("--markdown", help="Print an entry of a changelog for readers.")
@flag("--declare", help="Write an entry for each change into content/editions, for you to fill in.")
@flag("--exit-code", help="Exit with 4 if there are differences.")
def diff(old: str | None, folder: Path | None, as_json: bool, **asked: bool) -> int:
    """Show what changed, card by card.

    OLD is an edition that was issued, the folder of another project, or a git revision; without
    it, the latest edition. Words that went are shown as [-gone-], words that came as {+come+}.
    """
    from deckgen import report
    from deckgen.control import changelog, diff_report, differences

    if as_json and asked["markdown"]:
        raise click.UsageError("Use --json or --markdown, not both.")
    project = project_in(folder)
    try:
        found, problems = differences.differences(project, old)
    except differences.NothingToCompare as fault:
        raise click.UsageError(report.one_line(str(fault))) from None
    if found is None or (asked["declare"] and not found.readable):
        return tell(problems, (), as_json)
    if asked["declare"]:
        return _declared(found, project, as_json)
    if as_json:
        click.echo(diff_report.diff_json(found), nl=False)
    elif asked["markdown"]:
        click.echo(changelog.changelog(found), nl=False)
    else:
        colour = report.wants_colour(sys.stdout, os.environ)
        click.echo(diff_report.diff_text(found, colour=colour), nl=False, color=True)
    if not as_json:
        print_problems(problems, sys.stderr)
    if not found.readable:
        return ExitCode.CONTENT
    return ExitCode.DIFFERENCES if asked["exit_code"] and found.differs else ExitCode.DONE


def _declared(found: Difference, project: Project, as_json: bool) -> int:
    """Write entries for what changed, or say why that can't be."""
    from deckgen.control.differences import declare, why_not_declared

    unfit = why_not_declared(found, project)
    if unfit:
        tell([unfit], (), as_json)
        return ExitCode.EDITION_CONFLICT
    path = declare(project, found)
    said = "Every change has an entry already."
    if path:
        said = (
            "Next: write a reason for each change there and look at its class, then “deckgen diff”."
        )
    tell((), [path] if path else (), as_json, said)
    return ExitCode.DONE
