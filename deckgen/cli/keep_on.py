"""What goes on until Ctrl-C: building after every save, and showing the deck in a browser."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from deckgen.cli.reply import print_problems
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.options import Options
    from deckgen.products.result import Result
    from deckgen.project import Project


@contextmanager
def _until_stopped(farewell: str) -> Iterator[None]:
    """Ctrl-C is the usual end of what runs inside."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"\n{farewell}")


def keep_building(folder: Path, build: Callable[[Project], Result]) -> int:
    """Build, and again after every save, until Ctrl-C."""
    from deckgen.live.watch import changes

    with _until_stopped("Stopped watching. No file is half written."):
        click.echo(f"Watching {folder}. Each save builds again; Ctrl-C ends it.")
        for project in changes(folder, Event()):
            if project is None:
                tell("The project's folder is not there any more. Put it back, and this goes on.")
            else:
                _build_once(project, build)
    return ExitCode.DONE


def _build_once(project: Project, build: Callable[[Project], Result]) -> None:
    from deckgen import report
    from deckgen.disk import CannotWrite

    start = time.monotonic()
    try:
        result = build(project)
    except CannotWrite as refusal:
        tell("Nothing was written.")
        click.echo(
            f"    {report.one_line(str(refusal))}\n    It is tried again after the next save."
        )
        return
    took = time.monotonic() - start
    if result.unchanged:
        tell("Nothing has changed; the files are up to date.")
        return
    if result.outputs:
        tell(f"Built in {took:.1f} seconds.")
    else:
        tell("Nothing was written, because of errors. Files from before stay as they are.")
    print_problems(result.problems, sys.stdout)
    click.echo(report.outputs_text(result.outputs, Path.cwd()), nl=False)


def tell(what: str) -> None:
    """Begin a block: an empty line, and the time of day."""
    click.echo(f"\n{time.strftime('%H:%M:%S')}  {what}")


def keep_showing(folder: Path, options: Options, port: int, query: str, open_it: bool) -> int:
    """Show the deck in a browser, and draw it again after every save, until Ctrl-C."""
    from deckgen.live.serve import PortTaken, serving
    from deckgen.live.state import Live
    from deckgen.live.watch import changes

    live = Live(options)
    with _until_stopped("Stopped. The page in your browser no longer changes."):
        try:
            with serving(live, port) as address:
                click.echo(f"Your deck is at {address}{query}")
                click.echo("Only this computer can see it. Each save shows there; Ctrl-C ends it.")
                if open_it:
                    _open(address + query)
                for project in changes(folder, Event()):
                    state = live.update(project, folder)
                    click.echo(f"{state.looked}  {state.summary}")
        except PortTaken as refusal:
            raise click.UsageError(
                f"Port {port} can't be used ({refusal}). Choose another, or leave --port out."
            ) from None
    return ExitCode.DONE


def _open(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        click.echo("No browser could be opened; copy the address into one.")
