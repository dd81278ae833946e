"""Options that several commands share, gathered into one object."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click


def build_options(command: Callable[..., int]) -> Callable[..., int]:
    """Options that `build` and `check` share; those of the look arrive as one, `options`."""

    @wraps(command)
    def with_options(
        theme: str | None,
        stock: str | None,
        ink_saver: bool,
        large_print: bool,
        turn: str,
        **rest: Any,
    ) -> int:
        from deckgen.build import Options

        return command(options=Options(theme, stock, ink_saver, large_print, turn), **rest)

    options = [
        click.option(
            "--project",
            "folder",
            metavar="FOLDER",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="The project's folder; otherwise the one you are in, or the nearest above it.",
        ),
        click.option(
            "--theme", metavar="NAME", help="A look from templates/themes, such as gallery."
        ),
        click.option(
            "--stock", metavar="NAME", help="A paper and grid from templates/stocks, such as a4."
        ),
        click.option("--ink-saver", is_flag=True, help="Use outlines instead of filled areas."),
        click.option(
            "--large-print", is_flag=True, help="Nothing smaller than 18 points: larger cards."
        ),
        click.option(
            "--turn",
            type=click.Choice(["long", "short"]),
            default="long",
            show_default=True,
            help="The edge about which your printer turns the paper for its second side.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print the result for a program."),
    ]
    decorated: Callable[..., int] = with_options
    for option in reversed(options):
        decorated = option(decorated)
    return decorated
