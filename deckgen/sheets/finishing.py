"""Guides on the cards themselves, for a corner rounder and a hole punch.

They lie where card is cut away, so that nothing of them is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot

from deckgen.design.fonts import FontBook
from deckgen.geometry import PT_PER_MM, Matrix, mm
from deckgen.layout.setting.shapes import line, mapped
from deckgen.model.drawing import Drawing, Element, Role, Segment, Shape

HOLE_FROM_EDGE_MM = 8.0  # the middle of the hole, from the card's left and upper edge
_OUTSIDE_MM = 0.3  # a corner's guide lies so far outside the curve
_CAP = 0.7  # the height of a capital, in sizes
_HAIR_PT = 0.35
_INK = "#000000"
_POINTS = Matrix(a=PT_PER_MM, d=PT_PER_MM)  # from millimetres
_ROUND = 0.5523  # control points of a quarter circle
_DISC: tuple[Segment, ...] = (
    ("m", 1, 0),
    ("c", 1, _ROUND, _ROUND, 1, 0, 1),
    ("c", -_ROUND, 1, -1, _ROUND, -1, 0),
    ("c", -1, -_ROUND, -_ROUND, -1, 0, -1),
    ("c", _ROUND, -1, 1, -_ROUND, 1, 0),
    ("h",),
)


def finishing_guides(
    place: Matrix, width_mm: float, height_mm: float, corner_mm: float, hole_mm: float
) -> Element:
    """The guides of one front: `corner_mm` is a radius, `hole_mm` a diameter; 0 for none.

    `place` maps the card's points to the sheet's.
    """
    paths = [*_corners(width_mm, height_mm, corner_mm)] if corner_mm else []
    if hole_mm:
        x, y = HOLE_FROM_EDGE_MM, height_mm - HOLE_FROM_EDGE_MM
        r = hole_mm / 2 - _OUTSIDE_MM
        hole = mapped(_DISC, Matrix(r, 0, 0, r, x, y))
        paths += (hole, line(x - 1, y, x + 1, y), line(x, y - 1, x, y + 1))
    drawn = (mapped(mapped(path, _POINTS), place) for path in paths)
    shapes = tuple(Shape(path, stroke=_INK, width_pt=_HAIR_PT) for path in drawn)
    return Element(Role.ARTIFACT, shapes)


def words_in_the_hole(face: Drawing, hole_mm: float, book: FontBook) -> str:
    """Words that a hole would cut, or come too near to; "" if there are none.

    On backs the hole is at the upper right: it is the same hole.
    """
    reach, edge = mm(hole_mm / 2 + _OUTSIDE_MM), mm(HOLE_FROM_EDGE_MM)
    x = face.size.width_pt - edge if face.name.endswith("-back") else edge
    y = face.size.height_pt - edge
    for words in face.lines():
        right = words.x_pt + book.width_pt(words.runs, words.size_pt)
        off_x = max(words.x_pt - x, x - right, 0)
        off_y = max(words.y_pt - y, y - (words.y_pt + _CAP * words.size_pt), 0)
        if hypot(off_x, off_y) < reach:
            return "".join(run.text for run in words.runs)
    return ""


def _corners(width: float, height: float, radius: float) -> Iterator[tuple[Segment, ...]]:
    """A quarter circle at each corner, a little outside the curve."""
    r = radius + _OUTSIDE_MM
    for right, up in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x = width - radius if right > 0 else radius
        y = height - radius if up > 0 else radius
        yield mapped(_DISC[:2], Matrix(right * r, 0, 0, up * r, x, y))
