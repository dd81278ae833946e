"""Options that several commands share, gathered into one object."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

PROJECT = click.option(
    "--project",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder; otherwise the one you are in, or the nearest above it.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")

# What becomes an Options of the build.
_CHOICES = (
    *("theme", "stock", "ink_saver", "large_print", "qr"),
    *("turn", "printer", "order", "copies", "corner_mm", "hole_mm"),
    *(
        "cards",
        "time_frame",
        "role",
        "size",
        "standard",
        "page_order",
        "booklet_paper",
        "faces_dpi",
    ),
)
_OPTIONS = (
    PROJECT,
    click.option("--theme", metavar="NAME", help="A look from templates/themes, such as gallery."),
    click.option(
        "--stock", metavar="NAME", help="A paper and grid from templates/stocks, such as a4."
    ),
    click.option("--ink-saver", is_flag=True, help="Use outlines instead of filled areas."),
    click.option(
        "--large-print", is_flag=True, help="Nothing smaller than 18 points: larger cards."
    ),
    click.option(
        "--qr", is_flag=True, help="A QR code on each front: card, edition and check code."
    ),
    click.option(
        "--turn",
        type=click.Choice(["long", "short", "single", "fold"]),
        help="The edge about which your printer turns the paper for its second side; long if "
        "nothing is said. For a "
        "printer that prints one side only: all fronts first (single), or sheets to fold.",
    ),
    click.option(
        "--printer",
        default="",
        metavar="NAME",
        help="Move backs as this printer needs it; see deckgen calibrate.",
    ),
    click.option(
        "--order",
        type=click.Choice(["rows", "stack"]),
        default="rows",
        show_default=True,
        help="Cards along each sheet, or so that cut piles put on each other are the deck.",
    ),
    click.option(
        "--copies",
        type=click.IntRange(1, 500),
        default=1,
        metavar="N",
        help="So many whole decks on the sheets.",
    ),
    click.option(
        "--corners",
        "corner_mm",
        type=click.FloatRange(0, 10),
        metavar="MM",
        help="Guides for a corner rounder of this radius.",
    ),
    click.option(
        "--hole",
        "hole_mm",
        type=click.FloatRange(2, 10),
        metavar="MM",
        help="Guides for a hole of this diameter, to keep a deck on a ring.",
    ),
    JSON,
)


def build_options(command: Callable[..., int]) -> Callable[..., int]:
    """Options that `build` and `check` share; those of the look arrive as one, `options`."""

    @wraps(command)
    def with_options(**given: Any) -> int:
        from deckgen.options import Options

        chosen = {name: given.pop(name) for name in _CHOICES if name in given}
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
