"""Pages for a pen: the same Drawings, with writing lines where fields were."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.model.drawing import Drawing, Element, Field, FieldKind, Link, Mark, Role, Shape

_PADDING_PT = 3.0
_RULE = "#8C9CA6"
_DOTS_PT = (0.1, 2.7)


def for_pen(drawing: Drawing) -> Drawing:
    """A page without fields and links. Boxes, rules and labels are part of the page already."""
    return replace(drawing, elements=tuple(_element(e) for e in drawing.elements), bookmarks=())


def _element(element: Element) -> Element:
    kids: list[Element | Mark] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(_element(kid))
        elif isinstance(kid, Field):
            if kid.kind is FieldKind.LINES and kid.pitch_pt > 0:
                kids.append(Element(Role.ARTIFACT, tuple(_lines(kid))))
        elif not isinstance(kid, Link):
            kids.append(kid)
    role = Role.P if element.role is Role.FORM else element.role
    return replace(element, role=role, kids=tuple(kids))


def dotted(left_pt: float, right_pt: float, y_pt: float) -> Shape:
    """A line to write on."""
    path = (("m", left_pt, y_pt), ("l", right_pt, y_pt))
    return Shape(path, stroke=_RULE, width_pt=0.7, round_ends=True, dash_pt=_DOTS_PT)


def _lines(field: Field) -> list[Shape]:
    """Dotted lines from the top down, as in the empty field."""
    left, right = field.rect.x_pt + _PADDING_PT, field.rect.right_pt - _PADDING_PT
    y = field.rect.top_pt - field.pitch_pt
    made = []
    while y > field.rect.y_pt + _PADDING_PT:
        made.append(dotted(left, right, y))
        y -= field.pitch_pt
    return made
