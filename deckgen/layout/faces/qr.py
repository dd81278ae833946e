"""QR codes as shapes. Only this module knows the library that encodes them."""

from __future__ import annotations

from collections.abc import Iterator
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
    """All dark modules as one shape: so no renderer leaves a hair of light between two rows."""
    path: list[Segment] = []
    for run in dark_runs(rows, box):
        path += rectangle(run)
    return filled(tuple(path), colour)


def dark_runs(rows: Modules, box: Rect) -> Iterator[Rect]:
    """The dark modules of a code in a square, neighbours in a row as one rectangle."""
    side = box.width_pt / len(rows)
    for number, row in enumerate(rows, start=1):
        column = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                x, y = box.x_pt + column * side, box.top_pt - number * side
                yield Rect(x, y, length * side, side)
            column += length
