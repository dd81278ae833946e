"""deckgen preview: pictures before anything is printed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.group import Headed, cli
from deckgen.cli.keep_on import keep_showing
from deckgen.cli.options import build_options, refuse_together
from deckgen.cli.reply import print_problems, project_in, refused
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.options import Options
    from deckgen.preview import View
    from deckgen.project import Project


@cli.command(
    cls=Headed,
    epilog="""
\b
Examples:
  deckgen preview                      cards and sheets, as pictures
  deckgen preview sheets --guides      with trim, bleed and safe area
  deckgen preview cards --simulate deutan
  deckgen preview workbook --dpi 100 --columns 3
  deckgen preview --serve --open       in your browser, again after every save
""",
)
@click.argument(
    "views",
    nargs=-1,
    metavar="[VIEW]...",
    type=click.Choice(["cards", "sheets", "workbook"]),
)
@build_options
@click.option(
    "--dpi", type=click.IntRange(20, 300), default=72, show_default=True, help="Dots an inch."
)
@click.option(
    "--columns",
    type=click.IntRange(1, 24),
    default=6,
    show_default=True,
    help="Pages side by side.",
)
@click.option(
    "--guides",
    is_flag=True,
    help="Show trim (blue), bleed (red) and safe area (green).",
)
@click.option(
    "--simulate",
    "sight",
    type=click.Choice(["protan", "deutan", "tritan", "grey"]),
    help="As people see it who can't see red, green or blue; or from a grey printer.",
)
@click.option(
    "--output",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help='Where the pictures go; otherwise the project\'s folder "output".',
)
@click.option(
    "--serve",
    is_flag=True,
    help="Show cards, sheets and problems in a browser, again after every save, until Ctrl-C. "
    "Only this computer can see them.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help="The port of --serve; otherwise one that is free.",
)
@click.option("--open", "open_it", is_flag=True, help="With --serve: open your browser.")
def preview(
    views: tuple[str, ...],
    folder: Path | None,
    options: Options,
    as_json: bool,
    dpi: int,
    columns: int,
    guides: bool,
    sight: str | None,
    output: Path | None,
    serve: bool,
    port: int | None,
    open_it: bool,
) -> int:
    """Make pictures of the deck before it is printed.

    VIEW is cards, sheets or workbook; without any, cards and sheets. Each becomes one PNG
    picture with all its pages.

    With --serve nothing is written: the pictures are on a page in your browser, each problem
    beside its card, and a save shows there at once.
    """
    if serve:
        refuse_together(_WRITTEN, "as_json", "output", "dpi", "columns")
        query = _query(views, guides, sight)
        return keep_showing(project_in(folder).folder, options, port or 0, query, open_it)
    from deckgen.preview import View

    refuse_together("is for --serve.", "port", "open_it")
    view = View(dpi, columns, guides, sight or "normal")
    wanted = views or ("cards", "sheets")
    return _write_pictures(project_in(folder), wanted, options, view, output, as_json)


_WRITTEN = "is for pictures in files; it can't be used with --serve."


def _query(views: tuple[str, ...], guides: bool, sight: str | None) -> str:
    """What the page is asked to show first."""
    if "workbook" in views:
        raise click.UsageError("--serve shows cards and sheets; leave workbook out.")
    asked = [f"show={view}" for view in views[:1]]
    asked += [f"simulate={sight}"] * bool(sight) + ["guides=on"] * guides
    return "?" + "&".join(asked) if asked else ""


def _write_pictures(
    project: Project,
    views: tuple[str, ...],
    options: Options,
    view: View,
    output: Path | None,
    as_json: bool,
) -> int:
    from deckgen import report
    from deckgen.disk import CannotWrite
    from deckgen.preview import preview

    target = output or project.folder / "output"
    try:
        made, problems = preview(project, views, options, view, target)
    except CannotWrite as refusal:
        return refused(refusal, as_json)
    if as_json:
        click.echo(report.as_json(problems, made), nl=False)
    else:
        print_problems(problems, sys.stderr)
        click.echo(report.outputs_text(made, Path.cwd()), nl=False)
    return ExitCode.DONE if made else ExitCode.CONTENT
