"""Guides on the cards themselves, for a corner rounder and a hole punch.

They lie where card is cut away, so that nothing of them is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot

from deckgen.design.fonts import FontBook
from deckgen.geometry import PT_PER_MM, Matrix, mm
from deckgen.layout.setting.shapes import mapped
from deckgen.model.drawing import Drawing, Element, Role, Segment, Shape

HOLE_FROM_EDGE_MM = 8.0  # the middle of the hole, from the card's left and upper edge
_OUTSIDE_MM = 0.3  # a corner's guide lies so far outside the curve
_CAP = 0.7  # the height of a capital, in sizes
_HAIR_PT = 0.35
_INK = "#000000"
_POINTS = Matrix(a=PT_PER_MM, d=PT_PER_MM)  # from millimetres
_ROUND = 0.5523  # control points of a quarter circle


def finishing_guides(
    place: Matrix, width_mm: float, height_mm: float, corner_mm: float, hole_mm: float
) -> Element:
    """The guides of one front: `corner_mm` is a radius, `hole_mm` a diameter; 0 for none.

    `place` maps the card's points to the sheet's.
    """
    paths: list[tuple[Segment, ...]] = []
    if corner_mm:
        paths += _corners(width_mm, height_mm, corner_mm)
    if hole_mm:
        x, y = HOLE_FROM_EDGE_MM, height_mm - HOLE_FROM_EDGE_MM
        radius = hole_mm / 2 - _OUTSIDE_MM
        paths.append(_circle(x, y, radius))
        paths.append((("m", x - 1, y), ("l", x + 1, y)))
        paths.append((("m", x, y - 1), ("l", x, y + 1)))
    shapes = (
        Shape(mapped(mapped(path, _POINTS), place), stroke=_INK, width_pt=_HAIR_PT)
        for path in paths
    )
    return Element(Role.ARTIFACT, tuple(shapes))


def words_in_the_hole(face: Drawing, hole_mm: float, book: FontBook) -> str:
    """Words that a hole would cut, or come too near to; "" if there are none.

    On backs the hole is at the upper right: it is the same hole.
    """
    reach, edge = mm(hole_mm / 2 + _OUTSIDE_MM), mm(HOLE_FROM_EDGE_MM)
    x = face.size.width_pt - edge if face.name.endswith("-back") else edge
    y = face.size.height_pt - edge
    for line in face.lines():
        right = line.x_pt + book.width_pt(line.runs, line.size_pt)
        off_x = max(line.x_pt - x, x - right, 0)
        off_y = max(line.y_pt - y, y - (line.y_pt + _CAP * line.size_pt), 0)
        if hypot(off_x, off_y) < reach:
            return "".join(run.text for run in line.runs)
    return ""


def _corners(width: float, height: float, radius: float) -> Iterator[tuple[Segment, ...]]:
    """A quarter circle at each corner, a little outside the curve."""
    r, k = radius + _OUTSIDE_MM, _ROUND * (radius + _OUTSIDE_MM)
    for x, y, left, low in (
        (radius, radius, -1, -1),
        (width - radius, radius, 1, -1),
        (width - radius, height - radius, 1, 1),
        (radius, height - radius, -1, 1),
    ):
        yield (
            ("m", x + left * r, y),
            ("c", x + left * r, y + low * k, x + left * k, y + low * r, x, y + low * r),
        )


def _circle(x: float, y: float, r: float) -> tuple[Segment, ...]:
    k = _ROUND * r
    return (
        ("m", x + r, y),
        ("c", x + r, y + k, x + k, y + r, x, y + r),
        ("c", x - k, y + r, x - r, y + k, x - r, y),
        ("c", x - r, y - k, x - k, y - r, x, y - r),
        ("c", x + k, y - r, x + r, y - k, x + r, y),
        ("h",),
    )
