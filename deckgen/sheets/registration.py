"""Registration: what a printer does to backs, measured and taken back."""

from __future__ import annotations

from datetime import date
from math import atan, cos, degrees, radians, sin
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.printer import PrinterProfile
from deckgen.design.stock import Stock
from deckgen.geometry import Matrix, mm, moved
from deckgen.settings import checked
from deckgen.sheets.imposition import Turn, mirror_sheet
from deckgen.sheets.sheet import SheetSide

# A reading: how far a back lies to the right of its front, and above it, in millimetres.
Reading = tuple[float, float]
TwoSided = Literal["long", "short", "single"]


Station = tuple[float, float]
_LOW_MM = 250.0  # a sheet that is lower has its words beside the stations, not between them
_FROM_SIDE_MM, _BELOW_TOP_MM = 48.0, 24.0


class Readings(Struct, frozen=True):
    """What a person reads off the page: two scales above and below, one at the side.

    `side` is None if it was not read; `margin_mm` is the edge that the printer leaves white.
    """

    top: Reading
    bottom: Reading
    side: float | None = None
    margin_mm: float = 0.0


def stations_mm(stock: Stock) -> tuple[Station, Station, Station]:
    """Where readings are taken, from the sheet's lower left: top, bottom, and at the side."""
    width, height = stock.sheet.width, stock.sheet.height
    high, low = height * 0.78, height * 0.22
    if height < _LOW_MM:
        return (width * 0.27, high), (width * 0.27, low), (width - _FROM_SIDE_MM, high)
    return (width / 2, high), (width / 2, low), (width - _FROM_SIDE_MM, high - _BELOW_TOP_MM)


def profile_of(
    name: str, turn: TwoSided, readings: Readings, stock: Stock, measured: date
) -> PrinterProfile:
    """The profile that explains readings taken at `stations_mm`.

    Top and bottom tell shift, rotation and height; how much wider the back is, only the side.
    Raises ValueError for a name that can't be a file's, and for readings that no printer has.
    """
    (x, high), (_, low), (side_x, side_y) = stations_mm(stock)
    top, bottom = readings.top, readings.bottom
    middle_x, middle_y = stock.sheet.width / 2, stock.sheet.height / 2
    turned = (bottom[0] - top[0]) / (high - low)
    across = (top[0] + bottom[0]) / 2  # in the middle of the height, below the stations
    wider = 0.0
    if readings.side is not None:
        expected = across - turned * (side_y - middle_y)
        wider = (readings.side - expected) / (side_x - x)
    profile = PrinterProfile(
        name=name,
        measured=measured,
        turn=turn,
        sheet_mm=(stock.sheet.width, stock.sheet.height),
        margin_mm=readings.margin_mm,
        x_mm=across - wider * (x - middle_x),
        y_mm=(top[1] + bottom[1]) / 2 - turned * (x - middle_x),
        rotation_deg=degrees(atan(turned)),
        x_percent=wider * 100,
        y_percent=(top[1] - bottom[1]) / (high - low) * 100,
    )
    return checked(profile)


def fits_sheet(profile: PrinterProfile, stock: Stock) -> bool:
    """Whether a printer was measured on this paper, the same way round."""
    wanted = (stock.sheet.width, stock.sheet.height)
    return all(abs(a - b) < 1 for a, b in zip(profile.sheet_mm, wanted, strict=True))


def displacement(profile: PrinterProfile, stock: Stock) -> Matrix:
    """Where a back's points come to lie, seen through the paper from the front (points)."""
    x, y = mm(stock.sheet.width) / 2, mm(stock.sheet.height) / 2
    angle = radians(profile.rotation_deg)
    stretch = Matrix(a=1 + profile.x_percent / 100, d=1 + profile.y_percent / 100)
    turned = Matrix(cos(angle), sin(angle), -sin(angle), cos(angle))
    about_middle = moved(-x, -y).then(stretch).then(turned).then(moved(x, y))
    return about_middle.then(moved(mm(profile.x_mm), mm(profile.y_mm)))


def corrected(
    sides: tuple[SheetSide, ...], profile: PrinterProfile, stock: Stock
) -> tuple[SheetSide, ...]:
    """The sides with every back moved against what the printer will do to it."""
    mirror = mirror_sheet(stock, Turn(profile.turn))
    undo = mirror.then(displacement(profile, stock).inverse()).then(mirror)
    return tuple(_moved(side, undo) if side.back else side for side in sides)


def _moved(side: SheetSide, by: Matrix) -> SheetSide:
    placements = tuple(replace(p, matrix=p.matrix.then(by)) for p in side.placements)
    return replace(side, placements=placements, marks_matrix=side.marks_matrix.then(by))
