"""Icons placed on a page."""

from __future__ import annotations

from deckgen.design.icons import GRID, Icon
from deckgen.geometry import Matrix
from deckgen.layout.setting.shapes import circle, mapped
from deckgen.model.drawing import Shape


def icon_shapes(
    icon: Icon,
    x_pt: float,
    y_pt: float,
    side_pt: float,
    colour: str,
    fill: str | None,
    weight: float = 1.7,
) -> tuple[Shape, ...]:
    """An icon with its lower left corner at (x, y). `weight`: line width on the 24-unit grid."""
    k = side_pt / GRID
    place = Matrix(k, 0, 0, -k, x_pt, y_pt + side_pt)
    width = weight * k
    shapes = []
    if fill:
        paths = (*icon.fills, *(circle(*c) for c in icon.fill_circles))
        shapes += [Shape(mapped(path, place), fill=fill) for path in paths]
    outlines = (*(circle(*c) for c in icon.circles), *icon.lines)
    shapes += [
        Shape(mapped(path, place), stroke=colour, width_pt=width, round_ends=True)
        for path in outlines
    ]
    solids = (*(circle(*dot) for dot in icon.dots), *icon.solids)
    shapes += [Shape(mapped(path, place), fill=colour) for path in solids]
    return tuple(shapes)
