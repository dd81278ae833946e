"""Code and title on the back of a card, and what they move down."""

from __future__ import annotations

from deckgen.design import theme
from deckgen.geometry import Rect
from deckgen.layout.faces.face import Face, artifact
from deckgen.layout.setting.shapes import filled, rectangle
from deckgen.model.drawing import Element, Mark
from deckgen.model.text import Text, ended, words
from deckgen.wording.say import strong


def back_heading(face: Face, part: theme.BackHeading) -> tuple[Element, ...]:
    """Code and title again. The front has read them aloud already, so this is decoration."""
    x, y = face.x(part.at[0]), face.y(part.at[1])
    code, title = face.type("back_code"), face.type("back_title")
    column, wide = (x, face.column_pt), face.setter.width_pt(face.code, code)
    said, indent, marks = words(face.words.title), 0.0, list[Mark]()
    if part.together:
        said = _together(face)
    else:
        indent = wide + face.grown(9)
        line = face.setter.line(face.code, code, face.setter.mirror(x, wide, *column), y)
        marks.append(line)
    left = face.setter.mirror(x + indent, face.column_pt - indent, *column)
    count = face.setter.count(said, title, face.column_pt - indent)
    rise = (count - 1) * title.leading_pt * (1.0 if part.rule else 0.5)
    rise = 0.0 if part.together else rise
    marks += face.setter.column(said, title, left, y + rise, face.column_pt - indent)
    if part.rule:
        rule = Rect(x, face.y(part.rule) - 0.8 - heading_drop(face), face.column_pt, 1.6)
        marks.append(filled(rectangle(rule), face.colour("mid")))
    return (artifact(*marks),)


def _together(face: Face) -> Text:
    """Code and title as one text."""
    return (*strong(ended(face.code, "\u00a0\u00a0")), *words(face.words.title))


def heading_drop(face: Face) -> float:
    """How far words on the back move down for a heading of several lines, in points."""
    heads = (part for part in face.layout("back") if isinstance(part, theme.BackHeading))
    if not any(part.together for part in heads):
        return 0.0
    title = face.type("back_title")
    return (face.setter.count(_together(face), title, face.column_pt) - 1) * title.leading_pt
