"""A sheet side: where each face lies, and the marks in the waste."""

from __future__ import annotations

from msgspec import Struct

from deckgen.geometry import Matrix, Size
from deckgen.model.drawing import Drawing, Element
from deckgen.model.text import word


class Placement(Struct, frozen=True, gc=False):
    """A face on a sheet: `matrix` maps the face's points to the sheet's.

    Of the face's bleed only `bleed_pt` shows.
    """

    face: Drawing
    matrix: Matrix
    bleed_pt: float


SIDE_LABELS = {
    "both": word("Sheet {number}"),
    "front": word("Sheet {number} front"),
    "back": word("Sheet {number} back"),
}


class SheetSide(Struct, frozen=True):
    """One side of a sheet, as printed. `label` is its page label ("Sheet 1 front").

    `marks_matrix` maps the marks' points to the sheet's (upside down on short-edge backs). The
    `back` is the side that a printer prints last.
    """

    label: str
    size: Size
    placements: tuple[Placement, ...]
    marks: tuple[Element, ...]
    marks_matrix: Matrix = Matrix()
    back: bool = False
