"""What tags have to know of a drawn element: its box, and the label of its first list item."""

from __future__ import annotations

from deckgen.model.drawing import Clip, Element, Role, Shape, TextLine

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
    """The smallest box round an element's shapes and clips; text counts by its left end."""
    xs: list[float] = []
    ys: list[float] = []
    for mark in element.marks():
        if isinstance(mark, Shape):
            for segment in mark.path:
                values = [v for v in segment[1:] if not isinstance(v, str)]
                xs += values[0::2]
                ys += values[1::2]
        elif isinstance(mark, Clip):
            xs += mark.rect.corners[0::2]
            ys += mark.rect.corners[1::2]
        elif isinstance(mark, TextLine):
            xs.append(mark.x_pt)
            ys += (mark.y_pt, mark.y_pt + mark.size_pt)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)
