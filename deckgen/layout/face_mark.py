"""The edition's mark on a face: edition, review date, and both for machines as a QR code.

All of it is a stamp: nothing else on the face depends on what it says.
"""

from __future__ import annotations

from deckgen.design import theme
from deckgen.geometry import Rect, mm
from deckgen.layout.face import Face
from deckgen.layout.qr import QUIET, modules, modules_shape
from deckgen.layout.shapes import filled, rectangle
from deckgen.model.drawing import Element, Role


def mark_line(face: Face, part: theme.EditionMark | theme.ReviewMark) -> tuple[Element, ...]:
    """A line of the mark, in the longest of its forms that has room."""
    look = face.type("small")
    room = mm(part.room) or face.column_pt
    said = [face.mark.said(form) for form in part.text]
    fitting = [text for text in said if face.setter.width_pt(text, look) <= room]
    text = fitting[0] if fitting else said[-1]
    align = "right" if part.at[0] < 0 else "left"
    line = face.setter.line(text, look, face.x(part.at[0]), face.y(part.at[1]), align)
    return (Element(Role.P, (line,), stamp=True),)


def qr_code(face: Face, part: theme.QrCode) -> tuple[Element, ...]:
    """The mark as a QR code on white ground, its quiet zone around it."""
    rows = modules(face.mark.payload(face.words.code))
    side = mm(part.size)
    x, y = face.x(part.at[0]), face.y(part.at[1])
    box = Rect(x - side if part.at[0] < 0 else x, y if part.at[1] < 0 else y - side, side, side)
    quiet = QUIET * side / len(rows)
    ground = Rect(box.x_pt - quiet, box.y_pt - quiet, side + 2 * quiet, side + 2 * quiet)
    shapes = (
        filled(rectangle(ground), face.colour("white")),
        modules_shape(rows, box, face.colour("ink")),
    )
    alt = face.mark.payload_in_words(face.words.code)
    return (Element(Role.FIGURE, shapes, alt=alt, stamp=True),)
