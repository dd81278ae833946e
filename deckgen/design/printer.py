"""A printer's profile: how far its backs lie from its fronts, and how it turns the paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from deckgen.design.template import read_template
from deckgen.problem import Place, Problem, one_of, problem
from deckgen.settings import Settings, like

FOLDER = "printers/"
NAME = r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}"

Shift = Annotated[float, Meta(ge=-10, le=10)]
Turning = Annotated[float, Meta(ge=-3, le=3)]
Stretch = Annotated[float, Meta(ge=-3, le=3)]


class PrinterProfile(Settings, frozen=True):
    """What a back does that it shouldn't, seen through the paper with the front towards you.

    `x_mm` to the right, `y_mm` upwards, `rotation_deg` against the clock about the middle of
    the sheet; `x_percent` and `y_percent` larger than it should be. All of it on a sheet of
    `sheet_mm`, width and height; nearer than `margin_mm` to its edge nothing is printed.
    """

    name: Annotated[str, like(NAME, "up to 40 letters, digits, hyphens and underscores")]
    measured: date
    turn: Literal["long", "short", "single"]
    sheet_mm: tuple[Annotated[float, Meta(gt=0)], Annotated[float, Meta(gt=0)]]
    margin_mm: Annotated[float, Meta(ge=0, le=20)] = 0.0
    x_mm: Shift = 0.0
    y_mm: Shift = 0.0
    rotation_deg: Turning = 0.0
    x_percent: Stretch = 0.0
    y_percent: Stretch = 0.0

    def as_toml(self) -> str:
        """The file that holds it."""
        return f"""# How this printer places backs behind fronts; made by deckgen calibrate.
name = "{self.name}"
measured = {self.measured.isoformat()}
turn = "{self.turn}"
sheet_mm = [{self.sheet_mm[0]:g}, {self.sheet_mm[1]:g}]   # the paper it was measured on
margin_mm = {self.margin_mm:g}          # nothing is printed nearer to the paper's edge
x_mm = {self.x_mm:.3f}             # backs lie so far to the right, seen from the front
y_mm = {self.y_mm:.3f}             # and so far up
rotation_deg = {self.rotation_deg:.4f}    # turned so far against the clock
x_percent = {self.x_percent:.4f}       # so much too wide
y_percent = {self.y_percent:.4f}       # and too high
"""


def load_printer(
    files: Mapping[str, bytes], name: str
) -> tuple[PrinterProfile | None, list[Problem]]:
    """The profile printers/NAME.toml of a project."""
    file = f"{FOLDER}{name}.toml"
    if file not in files:
        known = sorted(f[len(FOLDER) : -5] for f in files if f.startswith(FOLDER))
        todo = one_of(name, known, "Make one: deckgen calibrate.")
        found = f'There is no printer called "{name}".'
        return None, [problem("template-unknown", Place(FOLDER), found, todo)]
    faults: list[Problem] = []
    return read_template(files, file, PrinterProfile, faults), faults
