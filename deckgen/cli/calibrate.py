"""The command that measures a printer."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.group import cli
from deckgen.cli.options import PROJECT
from deckgen.cli.reply import print_problems, project_in, refused
from deckgen.exit_codes import ExitCode

_READING = click.FloatRange(-3, 3)
_MARGIN = click.FloatRange(0, 20)


@cli.command(
    epilog="""
\b
Examples:
  deckgen calibrate                          the page to print
  deckgen calibrate --printer office         asks for what the page shows
  deckgen build sheets --printer office
"""
)
@PROJECT
@click.option("--stock", metavar="NAME", help="The stock whose paper is printed on, such as a3.")
@click.option(
    "--turn",
    type=click.Choice(["long", "short", "single"]),
    default="long",
    show_default=True,
    help="How your printer turns the paper.",
)
@click.option("--printer", "name", default="", metavar="NAME", help="Your name for the printer.")
@click.option("--top-across", type=_READING, help="A reading, in millimetres.")
@click.option("--top-upright", type=_READING, help="A reading.")
@click.option("--bottom-across", type=_READING, help="A reading.")
@click.option("--bottom-upright", type=_READING, help="A reading.")
@click.option("--side", type=_READING, help="A reading.")
@click.option("--edge", type=_MARGIN, help="The smallest step that is printed on all four edges.")
@click.option(
    "--output",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help='Where the page goes; otherwise the project\'s folder "output".',
)
def calibrate(
    folder: Path | None,
    stock: str | None,
    turn: str,
    name: str,
    output: Path | None,
    **given: float | None,
) -> int:
    """Measure how your printer places backs behind fronts.

    Builds then make up for it. First without --printer: print the page on both sides and hold it
    to the light. Then with --printer and a name for it: type what the page shows. The profile
    goes into the folder "printers"; builds use it only if you name it.
    """
    from datetime import date

    from deckgen.disk import CannotWrite
    from deckgen.options import Options
    from deckgen.products.calibration import calibration_page, save_printer
    from deckgen.sheets.registration import Readings

    project, options = project_in(folder), Options(stock=stock, turn=turn)
    try:
        if not name:
            path, problems = calibration_page(project, options, output or project.folder / "output")
        else:
            top = _asked("Top, across", given), _asked("Top, upright", given)
            bottom = _asked("Bottom, across", given), _asked("Bottom, upright", given)
            readings = Readings(top, bottom, _asked("Side", given), _asked("Edge", given))
            path, problems = save_printer(project, options, name, readings, date.today())
    except CannotWrite as refusal:
        return refused(refusal, as_json=False)
    except ValueError:
        raise click.UsageError(
            f"“{name}” can't be a printer's name; use letters and digits."
        ) from None
    print_problems(problems, sys.stderr)
    if path is None:
        return ExitCode.CONTENT
    click.echo(f"Wrote {path}")
    return ExitCode.DONE


def _asked(said: str, given: dict[str, float | None]) -> float:
    """What was given on the command line as --said, or what the person types."""
    known = given[said.lower().replace(", ", "_")]
    kind = _MARGIN if said == "Edge" else _READING
    return float(click.prompt(said, type=kind)) if known is None else known
