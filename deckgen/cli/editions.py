"""The commands about editions: issue and diff."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.answer import print_problems, project_in, refused
from deckgen.cli.group import cli
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.control.differences import Difference
    from deckgen.problem import Problem
    from deckgen.project import Project

_PROJECT = click.option(
    "--project",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder; otherwise the one you are in, or the nearest above it.",
)


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
@_PROJECT
@click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")
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
    _say(problems, [issued.path] if issued else (), as_json)
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
@_PROJECT
@click.option("--json", "as_json", is_flag=True, help="Print the differences for a program.")
@click.option("--markdown", is_flag=True, help="Print an entry of a changelog for readers.")
@click.option(
    "--declare",
    is_flag=True,
    help="Write an entry for each change into content/editions, for you to fill in.",
)
@click.option("--exit-code", "tell", is_flag=True, help="Exit with 4 if there are differences.")
def diff(
    old: str | None,
    folder: Path | None,
    as_json: bool,
    markdown: bool,
    declare: bool,
    tell: bool,
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
        _say(problems, (), as_json)
        return ExitCode.CONTENT
    if declare:
        return _declared(found, project, as_json)
    if as_json or markdown:
        from deckgen.control import changelog, diff_data

        click.echo(diff_data.diff_json(found) if as_json else changelog.changelog(found), nl=False)
    else:
        from deckgen.control import diff_text

        colour = report.wants_colour(sys.stdout, os.environ)
        click.echo(diff_text.diff_text(found, colour=colour), nl=False, color=True)
    if not as_json:
        print_problems(problems, sys.stderr)
    if not found.readable:
        return ExitCode.CONTENT
    return ExitCode.DIFFERENCES if tell and found.differs else ExitCode.DONE


def _declared(found: Difference, project: Project, as_json: bool) -> int:
    """Write entries for what changed, or say why that can't be."""
    from deckgen.control.differences import declare, why_not_declared
    from deckgen.disk import CannotWrite

    unfit = why_not_declared(found, project)
    if unfit:
        _say([unfit], (), as_json)
        return ExitCode.EDITION_CONFLICT
    try:
        path = declare(project, found)
    except CannotWrite as refusal:
        return refused(refusal, as_json)
    _say((), [path] if path else [], as_json)
    if not as_json:
        click.echo(
            "Next: write a reason for each change there and look at its class, then “deckgen diff”."
            if path
            else "Every change has an entry already."
        )
    return ExitCode.DONE


def _say(problems: Sequence[Problem], outputs: Sequence[Path], as_json: bool) -> None:
    """Problems for a person go to where errors go; what was written does not."""
    from deckgen import report

    if as_json:
        click.echo(report.as_json(problems, outputs), nl=False)
    else:
        print_problems(problems, sys.stderr)
        click.echo(report.outputs_text(outputs, Path.cwd()), nl=False)
