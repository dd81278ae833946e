"""Faces of a deck that runs from right to left: what begins at the left begins at the right."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from deckgen.geometry import Matrix
from deckgen.layout.faces.face import Face
from deckgen.layout.setting.shapes import mapped
from deckgen.model.drawing import Clip, Element, Mark, Role, Shape, TextLine

# Parts that are set from the left, and those of them whose shapes are not turned: icons, QR codes.
# Lines that are broken into columns end at the right already: titles, words, the workbook's uses.
_FIRST = "tiles heading printed_as see_also section watermark pips".split()
_SIDED = frozenset((*_FIRST, "edition", "review", "qr", "signpost", "tab"))
_UPRIGHT = frozenset(("section", "qr"))


def mirrored(face: Face, part: str, elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """A part of a face, on the other side if the deck runs from right to left."""
    if not face.setter.rtl or part not in _SIDED:
        return elements
    return tuple(on_the_other_side(face, e, upright=part in _UPRIGHT) for e in elements)


def on_the_other_side(face: Face, element: Element, *, upright: bool = False) -> Element:
    """An element, mirrored at the middle of the card. `upright` shapes are moved together."""
    across = _upright(face, element.kids) if upright else Matrix(a=-1, e=face.size.width_pt)
    kids: list[Element | Mark] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(on_the_other_side(face, kid, upright=upright))
        elif isinstance(kid, Shape):
            kids.append(replace(kid, path=mapped(kid.path, across)))
        elif isinstance(kid, Clip):  # an icon that a band's edges cut
            moved = _upright(face, kid.shapes)
            shapes = (replace(each, path=mapped(each.path, moved)) for each in kid.shapes)
            kids.append(replace(kid, shapes=tuple(shapes)))
        elif isinstance(kid, TextLine) and (element.role is not Role.H1 or not kids):
            kids.append(replace(kid, x_pt=face.size.width_pt - kid.x_pt - _width(face, kid)))
        else:  # a title, which ends at the right already
            kids.append(kid)
    return replace(element, kids=tuple(kids))


def _width(face: Face, line: TextLine) -> float:
    """How wide a line is, from its left end; a space at its right end is not seen."""
    *most, last = line.runs
    runs = line.runs if line.rtl else (*most, replace(last, text=last.text.rstrip()))
    return face.setter.book.width_pt(runs, line.size_pt)


def _upright(face: Face, kids: Iterable[Element | Mark]) -> Matrix:
    """How shapes are moved to the other side and stay as they are."""
    paths = [kid.path for kid in kids if isinstance(kid, Shape)]
    places = [float(x) for path in paths for segment in path for x in segment[1::2]]
    return Matrix(e=face.size.width_pt - min(places) - max(places)) if places else Matrix()
