"""deckgen diff: what changed, card by card."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.group import cli
from deckgen.cli.options import PROJECT
from deckgen.cli.reply import print_problems, project_in, refused, tell
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.control.differences import Difference
    from deckgen.project import Project


@cli.command(
    epilog="""
\b
Examples:
  deckgen diff                     since the latest edition
  deckgen diff 1                   since edition 1
  deckgen diff ../deck-of-last-year
  deckgen diff v1.2                since a revision, if you use git
  deckgen diff --declare           then write your reasons into the file it names
  deckgen diff --markdown > what-changed.md

\b
Exit codes:
  0  done
  2  there is no such edition, folder or revision
  3  errors in the content or in the list of changes
  4  there are differences, with --exit-code
  7  with --declare: the number in content/deck.toml was issued already
"""
)
@click.argument("old", required=False, metavar="[OLD]")
@PROJECT
@click.option("--json", "as_json", is_flag=True, help="Print the differences for a program.")
@click.option("--markdown", is_flag=True, help="Print an entry of a changelog for readers.")
@click.option(
    "--declare",
    is_flag=True,
    help="Write an entry for each change into content/editions, for you to fill in.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 4 if there are differences.")
def diff(
    old: str | None,
    folder: Path | None,
    as_json: bool,
    markdown: bool,
    declare: bool,
    exit_code: bool,
) -> int:
    """Show what changed, card by card.

    OLD is an edition that was issued, the folder of another project, or a git revision; without
    it, the latest edition. Words that went are shown as [-gone-], words that came as {+come+}.
    """
    from deckgen import report
    from deckgen.control import differences

    if as_json and markdown:
        raise click.UsageError("Use --json or --markdown, not both.")
    project = project_in(folder)
    try:
        found, problems = differences.differences(project, old)
    except differences.NothingToCompare as fault:
        raise click.UsageError(report.one_line(str(fault))) from None
    if found is None or (declare and not found.readable):
        tell(problems, (), as_json)
        return ExitCode.CONTENT
    if declare:
        return _declared(found, project, as_json)
    if as_json or markdown:
        from deckgen.control import changelog, diff_report

        said = diff_report.diff_json(found) if as_json else changelog.changelog(found)
        click.echo(said, nl=False)
    else:
        from deckgen.control import diff_report

        colour = report.wants_colour(sys.stdout, os.environ)
        click.echo(diff_report.diff_text(found, colour=colour), nl=False, color=True)
    if not as_json:
        print_problems(problems, sys.stderr)
    if not found.readable:
        return ExitCode.CONTENT
    return ExitCode.DIFFERENCES if exit_code and found.differs else ExitCode.DONE


def _declared(found: Difference, project: Project, as_json: bool) -> int:
    """Write entries for what changed, or say why that can't be."""
    from deckgen.control.differences import declare, why_not_declared
    from deckgen.disk import CannotWrite

    unfit = why_not_declared(found, project)
    if unfit:
        tell([unfit], (), as_json)
        return ExitCode.EDITION_CONFLICT
    try:
        path = declare(project, found)
    except CannotWrite as refusal:
        return refused(refusal, as_json)
    tell((), [path] if path else [], as_json)
    if not as_json:
        click.echo(
            "Next: write a reason for each change there and look at its class, then “deckgen diff”."
            if path
            else "Every change has an entry already."
        )
    return ExitCode.DONE
