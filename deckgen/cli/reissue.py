"""The command that makes a supplement for people with an older deck."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.group import Headed, cli
from deckgen.cli.options import build_options, refuse_together
from deckgen.cli.reply import print_problems, project_in, refused
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckgen.control.plan_file import Plan
    from deckgen.options import Options
    from deckgen.problem import Problem

# A plan has these of its own.
_OF_THE_PLAN = (
    *("theme", "stock", "ink_saver", "large_print", "qr", "turn", "printer", "order", "copies"),
    *("corner_mm", "hole_mm", "left"),
)
_CONFLICTS = frozenset({"plan-stale", "edition-unissued"})


@cli.command(
    cls=Headed,
    epilog="""
\b
Examples:
  deckgen reissue --since 1 --plan       what would have to be printed
  deckgen reissue --since 1              the supplement for decks of edition 1
  deckgen reissue --apply output/reissue-1-to-2-plan.json
  deckgen reissue --since 1 --leave-out layout --turn short

\b
Exit codes:
  0  done
  2  the command was not understood, or the file is no plan
  3  errors in the content, or there is no such edition
  7  the edition is not issued yet, or the plan is out of date
""",
)
@build_options
@click.option("--since", default="", metavar="EDITION", help="The edition that people have.")
@click.option(
    "--plan",
    "only_plan",
    is_flag=True,
    help="Only show what would be made, and save it for --apply.",
)
@click.option(
    "--apply",
    "saved",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Carry out a saved plan, with the options it was made with; refused if anything has "
    "changed since.",
)
@click.option(
    "--leave-out",
    "left",
    multiple=True,
    type=click.Choice(["layout", "correction"]),
    help="Changes that may stay in people's decks as they are; can be given twice.",
)
@click.option(
    "--output",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the supplement's folder goes; otherwise the project's folder \"output\".",
)
@click.option("--force", is_flag=True, help="Replace files even if somebody has changed them.")
def reissue(
    folder: Path | None,
    options: Options,
    as_json: bool,
    since: str,
    only_plan: bool,
    saved: Path | None,
    left: tuple[str, ...],
    output: Path | None,
    force: bool,
) -> int:
    """Print only the cards that changed, with a swap slip.

    For people with a deck of an earlier edition. The slip says what to take out and what to put
    in, and a page behind it what changed and why. The supplement is in a folder of its own, such
    as output/reissue-1-to-2; supplement.pdf has all of it in one file. Cards that are not in it
    are, face for face, as they were printed. The edition must be issued first.
    """
    from deckgen.control import reissue as reissuing
    from deckgen.control.plan_file import NoPlan, read_plan
    from deckgen.disk import CannotWrite
    from deckgen.model.change import Kind

    if bool(since) == bool(saved):
        raise click.UsageError("Say which edition people have, with --since, or --apply a plan.")
    if saved and only_plan:
        raise click.UsageError("A plan is either made or applied.")
    project, leave_out, held_to = project_in(folder), tuple(map(Kind, left)), ""
    if saved:
        refuse_together("belongs to the plan: make a new one with it.", *_OF_THE_PLAN)
        try:
            plan = read_plan(saved.read_bytes())
        except NoPlan as fault:
            raise click.UsageError(f"{saved} is no plan: {fault}. Make a new one.") from None
        since, options, leave_out, held_to = (
            *(plan.since, plan.options, plan.leave_out, plan.content),
        )
    try:
        if only_plan:
            made, problems = reissuing.plan_reissue(project, since, options, leave_out)
            paths = reissuing.save_plan(project, made, output) if made else ()
        else:
            paths, made, problems = reissuing.reissue(
                *(project, since, options, leave_out), held_to=held_to, output=output, force=force
            )
    except CannotWrite as refusal:
        return refused(refusal, as_json)
    return _told(paths, made, problems, as_json)


def _told(
    paths: tuple[Path, ...], plan: Plan | None, problems: Sequence[Problem], as_json: bool
) -> int:
    from deckgen import report
    from deckgen.control.reissue_report import plan_in_words

    if as_json:
        click.echo(report.as_json(problems, paths), nl=False)
    else:
        print_problems(problems, sys.stderr)
        if plan and paths:
            click.echo(plan_in_words(plan))
        click.echo(report.outputs_text(paths, Path.cwd()), nl=False)
    if paths:
        return ExitCode.DONE
    conflict = any(problem.code in _CONFLICTS for problem in problems)
    return ExitCode.EDITION_CONFLICT if conflict else ExitCode.CONTENT
