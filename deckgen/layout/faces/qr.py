"""QR codes as shapes. Only this module knows the library that encodes them."""

from __future__ import annotations

from itertools import groupby

from deckgen.geometry import Rect
from deckgen.layout.setting.shapes import filled, rectangle
from deckgen.model.drawing import Segment, Shape

FEWEST_MODULES = 21  # a side
QUIET = 4  # modules of white around a code: ISO/IEC 18004, 9.1

Modules = tuple[tuple[bool, ...], ...]


def modules(payload: str) -> Modules:
    """The dark modules, row by row from the top, without the quiet zone."""
    import segno  # here, because most builds don't ask for it

    code = segno.make_qr(payload, error="m")
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def modules_shape(rows: Modules, box: Rect, colour: str) -> Shape:
    """All dark modules as one shape, neighbours in a row as one rectangle.

    One shape, so that no renderer leaves a hair of light between two rows.
    """
    side = box.width_pt / len(rows)
    path: list[Segment] = []
    for number, row in enumerate(rows, start=1):
        column = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                x, y = box.x_pt + column * side, box.top_pt - number * side
                path += rectangle(Rect(x, y, length * side, side))
            column += length
    return filled(tuple(path), colour)
