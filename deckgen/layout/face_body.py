"""The words of a face: lead, points and the panel of questions, in one size class."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from deckgen.design import theme
from deckgen.geometry import Rect, mm
from deckgen.layout.face import Face, artifact, paragraph
from deckgen.layout.lines import Type
from deckgen.layout.shapes import circle, filled, rounded
from deckgen.model.drawing import Element, Mark, Role, Shape
from deckgen.model.text import plain

TALK_TITLE = "Talk about it"
LIST_TITLE = "Cards in force"

_INDENT_PT = 14.0
_POINT_GAP_PT = 3.5
_LEAD_GAP_PT = 5.0
_PANEL_PAD_PT = 8.0
_PANEL_INSET_PT = 9.0
_PANEL_GAP_PT = 7.0
_QUESTION_GAP_PT = 2.0
_MOST_SPREAD_PT = 5.0
_CAP = 0.78  # from the top of a line of text to its baseline, in sizes
_LISTED_LEADING = 1.4


@dataclass(frozen=True, slots=True)
class Measure:
    """What the words need and what there is, in points."""

    need_pt: float
    room_pt: float
    leading_pt: float

    @property
    def lines_over(self) -> int:
        """Lines that find no room."""
        return max(0, ceil((self.need_pt - self.room_pt - 0.01) / self.leading_pt))


def measure(face: Face, part: theme.Body) -> Measure:
    """Add up the words in the face's size class."""
    lead, point = face.type("lead"), face.type("point")
    need = 0.0
    if "lead" in part.contents and face.words.lead:
        need += face.setter.count(face.words.lead, lead, face.column_pt) * lead.leading_pt
        need += face.grown(_LEAD_GAP_PT)
    if "points" in part.contents:
        width = face.column_pt - face.grown(_INDENT_PT)
        for text in face.words.points:
            need += face.setter.count(text, point, width) * point.leading_pt + face.grown(
                _POINT_GAP_PT
            )
    if "talk" in part.contents:
        need += _panel_height(face) + face.grown(_PANEL_GAP_PT)
    return Measure(need, face.size.height_pt - mm(part.top + part.bottom), point.leading_pt)


def words_over(face: Face, part: theme.Body, over: Measure) -> int:
    """About how many words to take out: the lines over, at this face's words a line."""
    texts = (face.words.lead, *face.words.points, *face.words.questions)
    count = sum(len(plain(text).split()) for text in texts)
    lines = max(1.0, over.need_pt / over.leading_pt)
    return max(1, round(over.lines_over * count / lines))


def body(face: Face, part: theme.Body) -> tuple[Element, ...]:
    """Lead and points from the top, the panel at the bottom, spare room spread between."""
    fit = measure(face, part)
    spread = min(
        face.grown(_MOST_SPREAD_PT),
        max(0.0, fit.room_pt - fit.need_pt) / (len(face.words.points) + 3),
    )
    y = face.size.height_pt - mm(part.top)
    elements: list[Element] = []
    if "lead" in part.contents and face.words.lead:
        look = face.type("lead")
        lines = face.setter.column(
            face.words.lead, look, _left(face), y - look.size_pt * _CAP, face.column_pt
        )
        elements.append(paragraph(*lines))
        y -= len(lines) * look.leading_pt + face.grown(_LEAD_GAP_PT) + spread
    if "points" in part.contents:
        elements.append(_points(face, y, spread))
    if "talk" in part.contents:
        elements += _panel(face, part)
    return tuple(elements)


def _left(face: Face) -> float:
    return mm(face.design.theme.margin)


def _points(face: Face, top_pt: float, spread_pt: float) -> Element:
    look = face.type("point")
    items, y = [], top_pt - look.size_pt * _CAP
    for text in face.words.points:
        lines = face.setter.column(
            text,
            look,
            _left(face) + face.grown(_INDENT_PT),
            y,
            face.column_pt - face.grown(_INDENT_PT),
        )
        dot = circle(_left(face) + face.grown(3), y + look.size_pt * 0.31, face.grown(2.5))
        bullet = Element(Role.LABEL, (artifact(filled(dot, face.colour("mid"))),))
        items.append(Element(Role.ITEM, (bullet, Element(Role.BODY, lines))))
        y -= len(lines) * look.leading_pt + face.grown(_POINT_GAP_PT) + spread_pt
    return Element(Role.LIST, tuple(items))


def _panel_height(face: Face) -> float:
    title = face.type("talk")
    if face.words.listed:
        rows = len(face.words.listed) * _LISTED_LEADING * title.size_pt
        return title.leading_pt + rows + 2 * face.grown(_PANEL_PAD_PT)
    look = face.type("question")
    lines = sum(face.setter.count(q, look, _panel_column(face)) for q in face.words.questions)
    gaps = face.grown(_QUESTION_GAP_PT) * len(face.words.questions)
    return title.leading_pt + lines * look.leading_pt + gaps + 2 * face.grown(_PANEL_PAD_PT) - 2


def _panel_column(face: Face) -> float:
    return face.column_pt - face.grown(4)


def _panel(face: Face, part: theme.Body) -> list[Element]:
    bottom, height = mm(part.bottom), _panel_height(face)
    box = Rect(
        _left(face) - face.grown(_PANEL_INSET_PT),
        bottom,
        face.column_pt + 2 * face.grown(_PANEL_INSET_PT),
        height,
    )
    path = rounded(box, face.grown(8))
    colour = face.colour(part.panel)
    ground = (
        Shape(path, stroke=face.colour("mid"), width_pt=1.2)
        if face.outline
        else filled(path, colour)
    )
    title = face.type("talk")
    y = box.top_pt - face.grown(_PANEL_PAD_PT) - title.size_pt * _CAP
    name = LIST_TITLE if face.words.listed else TALK_TITLE
    head = Element(Role.H2, (face.setter.line(name, title, _left(face) + face.grown(1), y),))
    y -= title.leading_pt + 1
    if face.words.listed:
        return [artifact(ground), head, _listed(face, y)]
    return [artifact(ground), head, _questions(face, y)]


def _questions(face: Face, y: float) -> Element:
    look = face.type("question")
    items = []
    for text in face.words.questions:
        lines = face.setter.column(text, look, _left(face) + face.grown(1), y, _panel_column(face))
        items.append(Element(Role.ITEM, (Element(Role.BODY, lines),)))
        y -= len(lines) * look.leading_pt + face.grown(_QUESTION_GAP_PT)
    return Element(Role.LIST, tuple(items))


def _listed(face: Face, y: float) -> Element:
    """The index: each section's codes on a chip, its name beside."""
    code = face.type("talk")
    widths = [face.setter.width_pt(s.span, code) for s in face.words.listed]
    name_x = _left(face) + max(widths) + face.grown(17)
    items = []
    for section in face.words.listed:
        items.append(_listed_item(face, section.palette, section.span, section.name, y, name_x))
        y -= _LISTED_LEADING * code.size_pt
    return Element(Role.LIST, tuple(items))


def _listed_item(
    face: Face, palette_key: str, span: str, name: str, y: float, name_x: float
) -> Element:
    look = face.type("question")
    palette = face.design.palettes.sections[palette_key]
    chip = Type("bold", "bold", look.size_pt, look.leading_pt, palette.srgb("on_band"))
    if face.outline:
        chip = Type("bold", "bold", look.size_pt, look.leading_pt, palette.srgb("deep"))
    height = look.size_pt * 1.32
    pill = Rect(
        _left(face) - face.grown(1),
        y - look.size_pt * 0.33,
        name_x - _left(face) - face.grown(6),
        height,
    )
    shape = (
        Shape(rounded(pill, face.grown(4)), stroke=palette.srgb("mid"), width_pt=1.0)
        if face.outline
        else filled(rounded(pill, face.grown(4)), palette.srgb("band"))
    )
    marks: list[Element | Mark] = [
        artifact(shape),
        face.setter.line(span + " ", chip, pill.x_pt + face.grown(5), y),
        face.setter.line(name, look, name_x, y),
    ]
    return Element(Role.ITEM, (Element(Role.BODY, tuple(marks)),))
