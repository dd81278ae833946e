"""Registration: what a printer does to backs, measured and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import atan, cos, degrees, radians, sin
from typing import Literal

from deckgen.design.printer import PrinterProfile
from deckgen.design.stock import Stock
from deckgen.geometry import Matrix, mm, moved
from deckgen.sheets.imposition import Turn, mirror_sheet
from deckgen.sheets.sheet import SheetSide

# A reading: how far a back lies to the right of its front, and above it, in millimetres.
Reading = tuple[float, float]
TwoSided = Literal["long", "short", "single"]


def stations_mm(stock: Stock) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where readings are taken: above and below the middle of the sheet, from its lower left."""
    x, height = stock.sheet.width / 2, stock.sheet.height
    return (x, height * 0.78), (x, height * 0.22)


def profile_of(
    name: str, turn: TwoSided, top: Reading, bottom: Reading, stock: Stock, measured: date
) -> PrinterProfile:
    """The profile that explains two readings, taken at `stations_mm`.

    Two places tell shift, rotation and height; a stretch to the side can't be seen there.
    """
    (_, high), (_, low) = stations_mm(stock)
    apart = high - low
    return PrinterProfile(
        name=name,
        measured=measured,
        turn=turn,
        x_mm=(top[0] + bottom[0]) / 2,
        y_mm=(top[1] + bottom[1]) / 2,
        rotation_deg=degrees(atan((bottom[0] - top[0]) / apart)),
        y_percent=(top[1] - bottom[1]) / apart * 100,
    )


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
    return tuple(_moved(side, undo) if side.label.endswith("back") else side for side in sides)


def _moved(side: SheetSide, by: Matrix) -> SheetSide:
    placements = tuple(replace(p, matrix=p.matrix.then(by)) for p in side.placements)
    return replace(side, placements=placements, marks_matrix=side.marks_matrix.then(by))
