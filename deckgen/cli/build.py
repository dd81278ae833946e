"""deckgen build: words become files."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.group import command
from deckgen.cli.keep_on import keep_building
from deckgen.cli.options import FILE, build_options, flag, named, output, refuse_together, told
from deckgen.cli.reply import print_problems, project_in, tell
from deckgen.cli.teams import Teams, build_teams, team_options
from deckgen.exit_codes import ExitCode
from deckgen.products.table import BY_NAME, PRODUCTS, USUAL

if TYPE_CHECKING:
    from deckgen.options import Given, Options
    from deckgen.products.result import Result
    from deckgen.project import Project


_TARGETS = "\n".join(
    f"  {p.name:<10} {p.summary}" + " (only if asked for)" * (not p.usual) for p in PRODUCTS
)
_HELP = f"""Build the files.

\b
TARGET is one or more of these; without any, the first four are built (without the workbook, if the
deck has none):
{_TARGETS}

A file that somebody has changed since, such as a workbook that was filled in, is not
replaced unless you say --force. If anything is wrong, no file is written at all. If nothing
has changed since the last build, nothing is built.
"""


_EXAMPLES = """Examples:
  deckgen build                        everything
  deckgen build pack                   only the file to send to people
  deckgen build pack --before letter.pdf --after map.pdf
  deckgen build sheets --turn short    for a printer that turns on the short edge
  deckgen build --cards "K, R2*4"      sheets with these cards only
  deckgen build workbook --role social-care-teams
  deckgen build workbook --teams teams.csv --name "{team} workbook.pdf"
  deckgen build print --size a6        for a print shop
  deckgen build faces --size poker --format tiff-cmyk
                                       a picture of each side of each card
  deckgen build --output ~/Desktop/deck
  deckgen build --large-print          for people who need larger letters
  deckgen build --ink-saver --json
  deckgen build --watch                again after every save, until Ctrl-C"""
# Options that only some targets heed.
_ONLY_FOR = {
    "print and faces": ("size",),
    "print": ("standard", "page_order"),
    "booklet": ("booklet_paper",),
    "faces": ("faces_dpi", "faces_format", "trimmed"),
}
_added = partial(click.option, metavar="FILE", multiple=True, type=FILE)


@command(_EXAMPLES, _HELP)
@click.argument("targets", nargs=-1, type=click.Choice(list(BY_NAME)), metavar="[TARGET]...")
@build_options
@output("the files go")
@click.option(
    "--cards",
    default="",
    metavar="LIST",
    help='Only these cards, as in "KC, K1-3, R2*4, Index". For sheets, screen and print.',
)
@named(
    "--time-frame",
    default="",
    help="Only the cards that this time frame's activities lay out, by its name.",
)
@named(
    "--role",
    default="",
    help="Another workbook of content/workbooks, and only the cards that its activities lay out.",
)
@named(
    "--size",
    help="Cards of a print shop and of pictures: a5, a6, a7, poker, bridge, tarot, business. "
    "Without it, a print shop's are a6, and pictures are of the usual cards.",
)
@told(
    "--standard",
    type=click.Choice(["x-4", "x-1a"]),
    default="x-4",
    help="What the print shop asks for: PDF/X-4 or PDF/X-1a.",
)
@told(
    "--page-order",
    type=click.Choice(["front-back", "back-front", "fronts-backs"]),
    default="front-back",
    help="The print shop's pages: card by card, or all fronts and then all backs.",
)
@click.option(
    "--booklet-paper",
    type=click.Choice(["a4", "a3", "letter", "tabloid"]),
    help="The booklet's sheets, which are folded once; without it, the "
    "workbook's own paper: A4 folds to A5, A3 to A4, tabloid to Letter.",
)
@told(
    *("--dpi", "faces_dpi"),
    type=click.Choice(["300", "600"]),
    default="300",
    callback=lambda _context, _option, dpi: int(dpi),
    help="Dots an inch in pictures of faces.",
)
@told(
    *("--format", "faces_format"),
    type=click.Choice(["png", "tiff", "tiff-cmyk"]),
    default="png",
    help="What pictures are: PNG or TIFF in the colours of screens, or TIFF in the press's inks.",
)
@flag("--no-bleed", "trimmed", help="Pictures end where the card is cut, as for slides.")
@_added("--before", help="A PDF of yours to begin the pack with.")
@_added("--after", help="One to end it with; both can be repeated.")
@flag(
    "--force",
    help="Build everything anew, and replace files even if somebody has changed them.",
)
@flag("--watch", help="Build again after every save, until Ctrl-C.")
@team_options
def build(
    targets: tuple[str, ...],
    folder: Path | None,
    options: Options,
    as_json: bool,
    output: Path | None,
    before: tuple[Path, ...],
    after: tuple[Path, ...],
    force: bool,
    watch: bool,
    teams: Teams | None,
) -> int:
    """Build what was asked for, once or after every save."""
    from msgspec.structs import replace

    from deckgen import report

    if teams:
        asked = project_in(folder), targets, teams, options, output
        return build_teams(*asked, force=force, as_json=as_json)
    if options.selects:
        targets = _of_selection(targets, options)
    if (before or after) and targets and "pack" not in targets:
        raise click.UsageError("--before and --after are for the pack.")
    for named_for, names in _ONLY_FOR.items():
        if not set(named_for.split(" and ")) & set(targets or USUAL):
            refuse_together(f"is for {named_for}: name what is to be built.", *names)

    def once(project: Project) -> Result:
        with_added = replace(options, before=_given(before), after=_given(after))
        return _built(project, targets, with_added, output, force)

    if watch:
        refuse_together("can't be used with --watch: it is for one build.", "as_json")
        return keep_building(project_in(folder).folder, once)
    project = project_in(folder)
    result = once(project)
    if result.unchanged and not as_json:
        print_problems(result.problems, sys.stderr)
        click.echo(report.unchanged_text(output or project.folder / "output", Path.cwd()), nl=False)
        return ExitCode.DONE
    return tell(result.problems, result.outputs, as_json)


def _given(paths: tuple[Path, ...]) -> tuple[Given, ...]:
    """Files that go into the pack. Raises UsageError for one that can't be read."""
    if not paths:
        return ()
    from deckgen.disk import CannotRead, read_given
    from deckgen.options import Given
    from deckgen.readback.foreign import LIMITS

    try:
        return tuple(Given(str(path), read_given(path, LIMITS.megabytes)) for path in paths)
    except CannotRead as fault:
        raise click.UsageError(f"A file for the pack can't be read: {fault}") from None


def _of_selection(targets: tuple[str, ...], options: Options) -> tuple[str, ...]:
    """The targets that can be built of some cards. Raises UsageError for the others."""
    if "pack" in targets:
        raise click.UsageError("A pack holds all cards. Build sheets and the workbook apart.")
    whole = [name for name in targets if not BY_NAME[name].selects]
    if whole and (options.cards or options.time_frame):
        others = ", ".join(product.name for product in PRODUCTS if product.selects)
        raise click.UsageError(f"--cards and --time-frame are for these: {others}.")
    return targets or ("sheets",)


def _built(
    project: Project,
    targets: tuple[str, ...],
    options: Options,
    output: Path | None,
    force: bool,
) -> Result:
    """One build, with its steps on the terminal's last line."""
    from deckgen import report
    from deckgen.building.incremental import build_what_changed

    progress = report.progress_line(sys.stderr)
    try:
        return build_what_changed(
            project, targets or USUAL, options, output=output, force=force, progress=progress
        )
    finally:
        progress("")
