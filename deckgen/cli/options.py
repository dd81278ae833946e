"""Options that several commands share, gathered into one object."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)  # one that is there
flag = partial(click.option, is_flag=True)
named = partial(click.option, metavar="NAME")
# Choices or numbers whose default is told.
told = partial(click.option, show_default=True)
_mm = partial(click.option, metavar="MM")

PROJECT = click.option(
    "--project",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder; otherwise the one you are in, or the nearest above it.",
)
JSON = flag("--json", "as_json", help="Print the result for a program.")
FILES = click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FILE)


def output(what: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The folder where "the page goes", if not into the project's own."""
    where = f'Where {what}; otherwise the project\'s folder "output".'
    kind = click.Path(file_okay=False, path_type=Path)
    return click.option("--output", metavar="FOLDER", type=kind, help=where)


_OPTIONS = (
    PROJECT,
    named("--theme", help="A look from templates/themes, such as gallery."),
    named("--stock", help="A paper and grid from templates/stocks, such as a4."),
    flag("--ink-saver", help="Use outlines instead of filled areas."),
    flag("--large-print", help="Nothing smaller than 18 points: larger cards."),
    flag("--qr", help="A QR code on each front: card, edition and check code."),
    click.option(
        "--turn",
        type=click.Choice(["long", "short", "single", "fold"]),
        help="The edge about which your printer turns the paper for its second side; long if "
        "nothing is said. For a "
        "printer that prints one side only: all fronts first (single), or sheets to fold.",
    ),
    named("--printer", help="Move backs as this printer needs it; see deckgen calibrate."),
    told(
        "--order",
        type=click.Choice(["rows", "stack"]),
        default="rows",
        help="Cards along each sheet, or so that cut piles put on each other are the deck.",
    ),
    click.option(
        "--copies",
        type=click.IntRange(1, 500),
        default=1,
        metavar="N",
        help="So many whole decks on the sheets.",
    ),
    _mm(
        *("--corners", "corner_mm"),
        type=click.FloatRange(0, 10),
        help="Guides for a corner rounder of this radius.",
    ),
    _mm(
        *("--hole", "hole_mm"),
        type=click.FloatRange(2, 10),
        help="Guides for a hole of this diameter, to keep a deck on a ring.",
    ),
    JSON,
)


def build_options(command: Callable[..., int]) -> Callable[..., int]:
    """Options that `build` and `check` share; those of the look arrive as one, `options`."""

    @wraps(command)
    def with_options(**given: Any) -> int:
        from deckgen.options import Options

        names = {*Options.__struct_fields__} - {"before", "after"}  # `build` reads those files
        chosen = {name: given.pop(name) for name in names & given.keys()}
        options = Options(**{name: value for name, value in chosen.items() if value is not None})
        return command(options=options, **given)

    decorated: Callable[..., int] = with_options
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def refuse_together(reason: str, *names: str) -> None:
    """Raise UsageError if one of these options was given on the command line."""
    context = click.get_current_context()
    given = {p.name: p.opts[0] for p in context.command.params if p.name in names}
    for name, option in given.items():
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{option} {reason}")
