"""What tags have to know of a drawn element: its box, and the label of its first list item."""

from __future__ import annotations

from deckgen.model.drawing import Clip, Element, Mark, Role, Segment, Shape, TextLine
from deckgen.model.picture import Picture

Box = tuple[float, float, float, float]


def first_label(element: Element) -> str:
    """The text of a list's first label; "•" if the label is drawn, "" if there is none."""
    for kid in element.kids:
        if not isinstance(kid, Element):
            continue
        if kid.role is Role.LABEL:
            lines = (m for m in kid.marks() if isinstance(m, TextLine))
            return "".join(r.text for line in lines for r in line.runs).strip() or "•"
        if label := first_label(kid):
            return label
    return ""


def extent(element: Element) -> Box:
    """The smallest box round what an element draws; text counts by its left end."""
    flat = [v for mark in element.marks() for v in _points(mark)]
    xs, ys = flat[0::2] or [0.0], flat[1::2] or [0.0]
    return min(xs), min(ys), max(xs), max(ys)


def _points(mark: Mark) -> tuple[float, ...]:
    """x and y of points in turn."""
    if isinstance(mark, Shape):
        return tuple([v for segment in mark.path for v in _corners(segment)])  # type: ignore[misc]
    if isinstance(mark, Clip):
        return tuple(mark.rect.corners)
    if isinstance(mark, Picture):
        return tuple(mark.frame.corners)
    if isinstance(mark, TextLine):
        return mark.x_pt, mark.y_pt, mark.x_pt, mark.y_pt + mark.size_pt
    return ()


def _corners(segment: Segment) -> Segment:
    operator, *values = segment
    if operator == "re":
        x, y, width, height = map(float, values)
        return x, y, x + width, y + height
    return tuple(values)
