"""The edition's mark on a face: edition, review date, and both for machines as a QR code.

All of it is a stamp: nothing else on the face depends on what it says.
"""

from __future__ import annotations

from deckgen.design import theme
from deckgen.geometry import Rect, mm
from deckgen.layout.faces.face import Face
from deckgen.layout.faces.qr import FEWEST_MODULES, QUIET, modules, modules_shape
from deckgen.layout.setting.shapes import filled, rectangle
from deckgen.model.drawing import Element, Role
from deckgen.model.text import Text
from deckgen.wording.names import mark_for_listeners, mark_line
from deckgen.wording.say import spoken


def edition_line(face: Face, part: theme.EditionMark | theme.ReviewMark) -> tuple[Element, ...]:
    """A line of the mark, in the first of its forms that has room."""
    look, said = face.type("small"), _forms(face, part)
    room = min(mm(part.room) or face.column_pt, _beside_code(face, part), _beside_line(face, part))
    fitting = [text for text in said if face.setter.width_pt(text, look) <= room]
    text = fitting[0] if fitting else said[-1]
    align = "right" if part.at[0] < 0 else "left"
    line = face.setter.line(text, look, face.x(part.at[0]), face.y(part.at[1]), align)
    return (Element(Role.P, (line,), stamp=True),)


def _forms(face: Face, part: theme.EditionMark | theme.ReviewMark) -> list[Text]:
    return [mark_line(face.mark, form, face.say) for form in part.text]


def _beside_line(face: Face, part: theme.EditionMark | theme.ReviewMark) -> float:
    """How wide a line may be if the mark's other one, in its shortest form, stands at its level."""
    look = face.type("small")
    side = next(s for s in ("front", "back") if any(each is part for each in face.layout(s)))
    widths = [
        min(face.setter.width_pt(text, look) for text in _forms(face, other))
        for other in face.layout(side)
        if isinstance(other, theme.EditionMark | theme.ReviewMark)
        and other.at[1] == part.at[1]
        and other is not part
    ]
    return face.column_pt - sum(widths) - look.size_pt / 2 if widths else face.column_pt


def _beside_code(face: Face, part: theme.EditionMark | theme.ReviewMark) -> float:
    """How wide a line from the left may be if a QR code stands at its right."""
    front = face.layout("front")
    codes = [each for each in front if isinstance(each, theme.QrCode)]
    if not (face.design.qr and codes) or not any(each is part for each in front):
        return face.column_pt
    box = _code_box(face, codes[0])
    quiet = QUIET * box.width_pt / FEWEST_MODULES
    y, size = face.y(part.at[1]), face.type("small").size_pt
    level = y + size > box.y_pt - quiet and y - size / 4 < box.top_pt + quiet
    return box.x_pt - quiet - face.x(part.at[0]) if level else face.column_pt


def _code_box(face: Face, part: theme.QrCode) -> Rect:
    """Where the dark modules are; the nearest corner of the card counts."""
    side, x, y = mm(part.size), face.x(part.at[0]), face.y(part.at[1])
    return Rect(x - side if part.at[0] < 0 else x, y if part.at[1] < 0 else y - side, side, side)


def qr_code(face: Face, part: theme.QrCode) -> tuple[Element, ...]:
    """The mark as a QR code on white ground, which reaches over its quiet zone."""
    rows = modules(face.mark.payload(face.words.code))
    box = _code_box(face, part)
    quiet = QUIET * box.width_pt / len(rows)
    side = box.width_pt + 2 * quiet
    ground = rectangle(Rect(box.x_pt - quiet, box.y_pt - quiet, side, side))
    dark = modules_shape(rows, box, face.colour("ink"))
    alt, language = spoken(mark_for_listeners(face.mark, face.words.code, face.say))
    shapes = (filled(ground, face.colour("white")), dark)
    return (Element(Role.FIGURE, shapes, alt=alt, language=language, stamp=True),)
