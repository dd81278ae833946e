"""deckgen preview: pictures before anything is printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen.cli.group import command
from deckgen.cli.keep_on import keep_showing
from deckgen.cli.options import build_options, flag, output, refuse_together, told
from deckgen.cli.reply import project_in, tell

if TYPE_CHECKING:
    from deckgen.options import Options

_VIEWS = ("cards", "sheets", "workbook")
_WRITTEN = "is for pictures in files; it can't be used with --serve."


@command("""Examples:
  deckgen preview                      cards and sheets, as pictures
  deckgen preview sheets --guides      with trim, bleed and safe area
  deckgen preview cards --simulate deutan
  deckgen preview workbook --dpi 100 --columns 3
  deckgen preview --serve --open       in your browser, again after every save""")
@click.argument("views", nargs=-1, metavar="[VIEW]...", type=click.Choice(_VIEWS))
@build_options
@told("--dpi", type=click.IntRange(20, 300), default=72, help="Dots an inch.")
@told("--columns", type=click.IntRange(1, 24), default=6, help="Pages side by side.")
@flag("--guides", help="Show trim (blue), bleed (red) and safe area (green).")
@click.option(
    "--simulate",
    "sight",
    type=click.Choice(["protan", "deutan", "tritan", "grey"]),
    help="As people see it who can't see red, green or blue; or from a grey printer.",
)
@output("the pictures go")
@flag(
    "--serve",
    help="Show cards, sheets and problems in a browser, again after every save, until Ctrl-C. "
    "Only this computer can see them.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help="The port of --serve; otherwise one that is free.",
)
@flag("--open", "open_it", help="With --serve: open your browser.")
def preview(
    views: tuple[str, ...],
    folder: Path | None,
    options: Options,
    as_json: bool,
    output: Path | None,
    serve: bool,
    port: int | None,
    open_it: bool,
    **view: Any,
) -> int:
    """Make pictures of the deck before it is printed.

    VIEW is cards, sheets or workbook; without any, cards and sheets. Each becomes one PNG
    picture with all its pages.

    With --serve nothing is written: the pictures are on a page in your browser, each problem
    beside its card, and a save shows there at once.
    """
    if serve:
        refuse_together(_WRITTEN, "as_json", "output", "dpi", "columns")
        query = _query(views, view["guides"], view["sight"])
        return keep_showing(project_in(folder).folder, options, port or 0, query, open_it)
    from deckgen.preview import View
    from deckgen.preview import preview as pictures

    refuse_together("is for --serve.", "port", "open_it")
    project, wanted = project_in(folder), views or _VIEWS[:2]
    how = View(**{name: value for name, value in view.items() if value})
    made, problems = pictures(project, wanted, options, how, output or project.folder / "output")
    return tell(problems, made, as_json)


def _query(views: tuple[str, ...], guides: bool, sight: str | None) -> str:
    """What the page is asked to show first."""
    if "workbook" in views:
        raise click.UsageError("--serve shows cards and sheets; leave workbook out.")
    asked = [f"show={view}" for view in views[:1]]
    asked += [f"simulate={sight}"] * bool(sight) + ["guides=on"] * guides
    return "?" + "&".join(asked) if asked else ""
