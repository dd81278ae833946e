"""The words of a face: lead, points and the panel of questions, in one size class."""

from __future__ import annotations

from math import ceil

from msgspec import Struct

from deckgen.design import theme
from deckgen.geometry import Rect, mm
from deckgen.layout.faces.face import Face, artifact, paragraph
from deckgen.layout.setting.lines import Type
from deckgen.layout.setting.shapes import circle, filled, ground, rounded
from deckgen.model.deck import Section
from deckgen.model.drawing import Element, Mark, Role
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
_CHIP_GAP_PT = 5.0
_CAP = 0.78  # from the top of a line of text to its baseline, in sizes
_LISTED_LEADING = 1.4

_Chip = tuple[Section, str]  # of the index: a section, and codes of it


class Measure(Struct, frozen=True):
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
    """About how many words to take out: the lines over, at this face's words a line.

    What an index card lists is not for anybody to take out.
    """
    texts = (face.words.lead, *face.words.points, *face.words.questions)
    count = sum(len(plain(text).split()) for text in texts)
    need = over.need_pt - (_panel_height(face) if face.words.listed else 0.0)
    lines = max(1.0, need / over.leading_pt)
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
    if "points" in part.contents and face.words.points:
        elements.append(_points(face, y, spread))
    if "talk" in part.contents:
        elements += _panel(face, part)
    return tuple(elements)


def _left(face: Face) -> float:
    return mm(face.design.theme.margin)


def _points(face: Face, top_pt: float, spread_pt: float) -> Element:
    look = face.type("point")
    items, y = [], top_pt - look.size_pt * _CAP
    column, indent = (_left(face), face.column_pt), face.grown(_INDENT_PT)
    room = face.column_pt - indent
    left = face.setter.mirror(_left(face) + indent, room, *column)
    middle = face.setter.mirror(_left(face) + face.grown(3), 0, *column)
    for text in face.words.points:
        lines = face.setter.column(text, look, left, y, room)
        dot = circle(middle, y + look.size_pt * 0.31, face.grown(2.5))
        bullet = Element(Role.LABEL, (artifact(filled(dot, face.colour("mid"))),))
        items.append(Element(Role.ITEM, (bullet, Element(Role.BODY, lines))))
        y -= len(lines) * look.leading_pt + face.grown(_POINT_GAP_PT) + spread_pt
    return Element(Role.LIST, tuple(items))


def _panel_height(face: Face) -> float:
    title = face.type("talk")
    if face.words.listed:
        rows = len(_listed_rows(face)) * _LISTED_LEADING * title.size_pt
        if _named(face) and _named_width(face) > _panel_room(face):
            rows += face.size.height_pt  # too wide in this size: a smaller one fits
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
    panel = ground(path, face.colour(part.panel), face.colour("mid"), outline=face.outline)
    title = face.type("talk")
    y = box.top_pt - face.grown(_PANEL_PAD_PT) - title.size_pt * _CAP
    name = LIST_TITLE if face.words.listed else TALK_TITLE
    head = Element(Role.H2, (face.setter.line(name, title, _left(face) + face.grown(1), y),))
    y -= title.leading_pt + 1
    if face.words.listed:
        return [artifact(panel), head, _listed(face, y)]
    return [artifact(panel), head, _questions(face, y)]


def _questions(face: Face, y: float) -> Element:
    look = face.type("question")
    items = []
    for text in face.words.questions:
        lines = face.setter.column(text, look, _left(face) + face.grown(1), y, _panel_column(face))
        items.append(Element(Role.ITEM, (Element(Role.BODY, lines),)))
        y -= len(lines) * look.leading_pt + face.grown(_QUESTION_GAP_PT)
    return Element(Role.LIST, tuple(items))


def _chip_width(face: Face, codes: str) -> float:
    return face.setter.width_pt(codes, face.type("talk")) + face.grown(8)


def _panel_room(face: Face) -> float:
    """How wide a line of the index may be: the panel is wider than the column of words."""
    return face.column_pt + face.grown(_PANEL_INSET_PT - 2)


def _beside(face: Face, section: Section) -> float:
    """What a section's name needs beside its chip."""
    return face.grown(7) + face.setter.width_pt(section.name, face.type("question"))


def _named_width(face: Face) -> float:
    """What the longest line of the index needs, with names in a column.

    Only a chip whose codes have a hole may push its own name aside.
    """
    sections = face.words.listed
    names = max(_beside(face, section) for section in sections)
    return max(
        _chip_width(face, s.span) + (_beside(face, s) if "," in s.span else names) for s in sections
    )


def _smallest(face: Face) -> float:
    """What lengths in this size are multiplied with for those in the smallest."""
    return face.design.theme.size_classes[-1][0] / face.size_class[0]


def _named(face: Face) -> bool:
    """Whether there is room for names: if not in this size, then in the smallest."""
    return _named_width(face) * _smallest(face) <= _panel_room(face)


def _listed_rows(face: Face) -> list[list[_Chip]]:
    """The index, row by row: a section with its name each; on narrow cards codes alone."""
    if _named(face):
        return [[(section, section.span)] for section in face.words.listed]
    rows: list[list[_Chip]] = []
    left = 0.0
    for section, text in _chips(face):
        width = _chip_width(face, text) + face.grown(_CHIP_GAP_PT)
        if not rows or width > left:
            rows.append([])
            left = face.column_pt + face.grown(_CHIP_GAP_PT)
        rows[-1].append((section, text))
        left -= width
    return rows


def _chips(face: Face) -> list[_Chip]:
    """The codes of each section on one chip, or on more if withdrawn cards make them many."""
    chips: list[_Chip] = []
    for section in face.words.listed:
        texts: list[str] = []
        for piece in section.span.split(", "):
            joined = ", ".join([*texts[-1:], piece])
            if texts and _chip_width(face, joined) <= face.column_pt:
                texts[-1] = joined
            else:
                texts.append(piece)
        chips += [(section, text) for text in texts]
    return chips


def _listed(face: Face, y: float) -> Element:
    """The index: each section's codes on a chip, its name beside if there is room."""
    named = _named(face)
    names = max(_beside(face, section) for section in face.words.listed)
    widths = [_chip_width(face, section.span) for section in face.words.listed]
    # Names stand in a column; only a chip of very many codes pushes its own aside.
    column = max((w for w in widths if w + names <= _panel_room(face)), default=0.0)
    items = []
    for row in _listed_rows(face):
        x = _left(face) - face.grown(1)
        for listed in row:
            width = max(column * named, _chip_width(face, listed[1]))
            items.append(_listed_item(face, listed, x, y, width, named))
            x += width + face.grown(_CHIP_GAP_PT)
        y -= _LISTED_LEADING * face.type("talk").size_pt
    return Element(Role.LIST, tuple(items))


def _listed_item(
    face: Face, listed: _Chip, x: float, y: float, width: float, named: bool
) -> Element:
    section, codes = listed
    look = face.type("question")
    palette = face.design.palettes.sections[section.palette]
    ink = palette.srgb("deep" if face.outline else "on_band")
    chip = Type("bold", "bold", look.size_pt, look.leading_pt, ink)
    pill = Rect(x, y - look.size_pt * 0.27, width, look.size_pt * 1.2)
    path = rounded(pill, face.grown(4))
    shape = ground(path, palette.srgb("band"), palette.srgb("mid"), 1.0, outline=face.outline)
    marks: list[Element | Mark] = [
        artifact(shape),
        face.setter.line(codes + " ", chip, pill.x_pt + face.grown(4), y),
    ]
    if named:
        marks.append(face.setter.line(section.name, look, x + width + face.grown(5), y))
    return Element(Role.ITEM, (Element(Role.BODY, tuple(marks)),))
