"""The command that measures a printer."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.cli.options import PROJECT, named, output, told
from deckgen.cli.reply import project_in, tell

_READING = click.FloatRange(-3, 3)
_TURN = click.Choice(["long", "short", "single"])
_MARGIN = click.FloatRange(0, 20)


@command("""Examples:
  deckgen calibrate                          the page to print
  deckgen calibrate --printer office         asks for what the page shows
  deckgen build sheets --printer office""")
@PROJECT
@named("--stock", help="The stock whose paper is printed on, such as a3.")
@told("--turn", type=_TURN, default="long", help="How your printer turns the paper.")
@named("--printer", "name", default="", help="Your name for the printer.")
@click.option("--top-across", type=_READING, help="A reading, in millimetres.")
@click.option("--top-upright", type=_READING, help="A reading.")
@click.option("--bottom-across", type=_READING, help="A reading.")
@click.option("--bottom-upright", type=_READING, help="A reading.")
@click.option("--side", type=_READING, help="A reading.")
@click.option("--edge", type=_MARGIN, help="The smallest step that is printed on all four edges.")
@output("the page goes")
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

    from deckgen.options import Options
    from deckgen.products.calibration import calibration_page, save_printer
    from deckgen.sheets.registration import Readings

    project, options = project_in(folder), Options(stock=stock, turn=turn)
    if not name:
        path, problems = calibration_page(project, options, output or project.folder / "output")
        return tell(problems, [path] if path else (), False)
    top = _asked("Top, across", given), _asked("Top, upright", given)
    bottom = _asked("Bottom, across", given), _asked("Bottom, upright", given)
    readings = Readings(top, bottom, _asked("Side", given), _asked("Edge", given))
    try:
        path, problems = save_printer(project, options, name, readings, date.today())
    except ValueError:
        said = f"“{name}” can't be a printer's name; use letters and digits."
        raise click.UsageError(said) from None
    return tell(problems, [path] if path else (), False)


def _asked(said: str, given: dict[str, float | None]) -> float:
    """What was given on the command line as --said, or what the person types."""
    known = given[said.lower().replace(", ", "_")]
    kind = _MARGIN if said == "Edge" else _READING
    return float(click.prompt(said, type=kind)) if known is None else known
