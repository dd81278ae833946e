"""The command that makes a supplement for people with an older deck."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.group import command
from deckgen.cli.options import FILE, build_options, flag, output, refuse_together
from deckgen.cli.reply import project_in, tell
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.options import Options

# A plan has these of its own.
_OF_THE_PLAN = (
    "theme stock ink_saver large_print qr turn printer order copies corner_mm hole_mm left".split()
)
_UNFIT = dict.fromkeys(("plan-stale", "edition-unissued"), ExitCode.EDITION_CONFLICT)


@command("""Examples:
  deckgen reissue --since 1 --plan       what would have to be printed
  deckgen reissue --since 1              the supplement for decks of edition 1
  deckgen reissue --apply output/reissue-1-to-2-plan.json
  deckgen reissue --since 1 --leave-out layout --turn short

Exit codes:
  0  done
  2  the command was not understood, or the file is no plan
  3  errors in the content, or there is no such edition
  7  the edition is not issued yet, or the plan is out of date""")
@build_options
@click.option("--since", default="", metavar="EDITION", help="The edition that people have.")
@flag("--plan", "only_plan", help="Only show what would be made, and save it for --apply.")
@click.option(
    "--apply",
    "saved",
    metavar="FILE",
    type=FILE,
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
@output("the supplement's folder goes")
@flag("--force", help="Replace files even if somebody has changed them.")
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
    from deckgen.control.reissue_report import plan_in_words
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
    if only_plan:
        made, problems = reissuing.plan_reissue(project, since, options, leave_out)
        paths = reissuing.save_plan(project, made, output) if made else ()
    else:
        paths, made, problems = reissuing.reissue(
            *(project, since, options, leave_out), held_to=held_to, output=output, force=force
        )
    if made and paths and not as_json:
        click.echo(plan_in_words(made))
    return tell(problems, paths, as_json, unfit=_UNFIT)
