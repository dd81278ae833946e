"""What an index card lists: each section's codes on a chip, and its name if there is room."""

from __future__ import annotations

from deckgen.geometry import Rect, mm
from deckgen.layout.faces.face import Face, artifact
from deckgen.layout.faces.mirrored import on_the_other_side
from deckgen.layout.setting.lines import Type
from deckgen.layout.setting.safe import SAFE_MM
from deckgen.layout.setting.shapes import ground, rounded
from deckgen.model.deck import Section
from deckgen.model.drawing import Element, Mark, Role
from deckgen.model.text import Text, ended
from deckgen.wording.names import reach_in_words, rows_in_words
from deckgen.wording.say import listed as in_a_row

PANEL_INSET_PT = 9.0
_CHIP_GAP_PT = 5.0
_LISTED_LEADING = 1.4

_Chip = tuple[Section, Text]  # of the index: a section, and codes of it


def listed_height(face: Face) -> float:
    """What the list needs, in points: too much where only a smaller size has room for it."""
    rows = len(_listed_rows(face)) * _LISTED_LEADING * face.type("talk").size_pt
    if _named(face) and _named_width(face) > _panel_room(face):
        rows += face.size.height_pt  # too wide in this size: a smaller one fits
    return rows


def _rows(face: Face, section: Section) -> tuple[Text, ...]:
    """A section's codes: the unbroken rows of them, or the first and the last alone."""
    if face.words.briefly:
        return (reach_in_words(section, face.say),)
    return rows_in_words(section.codes, face.say)


def _span(face: Face, section: Section) -> Text:
    return in_a_row(_rows(face, section))


def _chip_width(face: Face, codes: Text) -> float:
    return face.setter.width_pt(codes, face.type("talk")) + face.grown(8)


def _panel_room(face: Face) -> float:
    """How wide a line of the index may be: the panel is wider than the column of words.

    Where margins are narrow, it ends before the cut does.
    """
    safe = face.size.width_pt - mm(SAFE_MM) - (face.left_pt - face.grown(1))
    return min(face.column_pt + face.grown(PANEL_INSET_PT - 2), safe)


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
        _chip_width(face, _span(face, s)) + (_beside(face, s) if len(_rows(face, s)) > 1 else names)
        for s in sections
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
        return [[(section, _span(face, section))] for section in face.words.listed]
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
        texts: list[Text] = []
        for row in _rows(face, section):
            joined = in_a_row([*texts[-1:], row])
            if texts and _chip_width(face, joined) <= face.column_pt:
                texts[-1] = joined
            else:
                texts.append(row)
        chips += [(section, text) for text in texts]
    return chips


def listed(face: Face, y: float) -> Element:
    """The list, its first baseline at y."""
    named = _named(face)
    names = max(_beside(face, section) for section in face.words.listed)
    widths = [_chip_width(face, _span(face, section)) for section in face.words.listed]
    # Names stand in a column; only a chip of very many codes pushes its own aside.
    column = max((w for w in widths if w + names <= _panel_room(face)), default=0.0)
    items = []
    for row in _listed_rows(face):
        x = face.left_pt - face.grown(1)
        for chip in row:
            width = max(column * named, _chip_width(face, chip[1]))
            items.append(_listed_item(face, chip, x, y, width, named))
            x += width + face.grown(_CHIP_GAP_PT)
        y -= _LISTED_LEADING * face.type("talk").size_pt
    if face.setter.rtl:
        items = [on_the_other_side(face, item) for item in items]
    return Element(Role.LIST, tuple(items))


def _listed_item(face: Face, chip: _Chip, x: float, y: float, width: float, named: bool) -> Element:
    section, codes = chip
    look = face.type("question")
    palette = face.design.palettes.sections[section.palette]
    ink = palette.srgb("deep" if face.outline else "on_band")
    bold = Type("bold", "bold", look.size_pt, look.leading_pt, ink)
    pill = Rect(x, y - look.size_pt * 0.27, width, look.size_pt * 1.2)
    path = rounded(pill, face.grown(4))
    shape = ground(path, palette.srgb("band"), palette.srgb("mid"), 1.0, outline=face.outline)
    marks: list[Element | Mark] = [
        artifact(shape),
        face.setter.line(ended(codes, " "), bold, pill.x_pt + face.grown(4), y),
    ]
    if named:
        marks.append(face.setter.line(section.name, look, x + width + face.grown(5), y))
    return Element(Role.ITEM, (Element(Role.BODY, tuple(marks)),))
