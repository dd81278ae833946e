"""The words of a face: the parts that flow from the top, and the panel at the foot, in one size."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

from deckgen.design import theme
from deckgen.geometry import Rect, mm
from deckgen.layout.faces.back_heading import heading_drop
from deckgen.layout.faces.face import Face, artifact
from deckgen.layout.faces.face_parts import heading_lines
from deckgen.layout.faces.index_list import PANEL_INSET_PT, listed, listed_height
from deckgen.layout.faces.part_setting import CAP, Column, drawn, height, title
from deckgen.layout.setting.shapes import ground, rounded
from deckgen.model.card_kind import Takes
from deckgen.model.deck import CardPart
from deckgen.model.drawing import Element
from deckgen.model.text import plain, word

LIST_TITLE = word("Cards in force")

_PANEL_PAD_PT = 8.0
_PANEL_GAP_PT = 7.0
_MOST_SPREAD_PT = 5.0
_BELOW_LIST_PT = 4.0  # more than between its rows
_LISTS = frozenset({Takes.POINTS, Takes.STEPS, Takes.FACTS})


class Measure(Struct, frozen=True):
    """What the words need and what there is, in points."""

    need_pt: float
    room_pt: float
    leading_pt: float

    @property
    def lines_over(self) -> int:
        """Lines that find no room."""
        return max(0, ceil((self.need_pt - self.room_pt - 0.01) / self.leading_pt))


def _shown(face: Face, part: theme.Body) -> list[CardPart]:
    """The parts of the card that a theme's part takes, in the order of the card's kind."""
    bodies = [
        (side, each)
        for side in ("front", "back")
        for each in face.layout(side)
        if isinstance(each, theme.Body)
    ]
    claimed = {name for _, body in bodies for name in body.contents}
    own = next((side for side, body in bodies if body is part), "")
    usual = next((body for side, body in bodies if side == own and not body.contents), None)
    pictured = any(isinstance(each, theme.Picture) for each in face.layout(own))
    shown = []
    for words in face.words.parts:
        slot = theme.PANEL if words.rule.panel else _slot(words)
        if words.picture and words.rule.side == own and pictured:
            pictured = False  # it has a place of its own
        elif slot in claimed:
            shown += [words] if slot in part.contents else []
        elif part is usual and words.rule.side == own:
            shown.append(words)
    return shown


def _slot(words: CardPart) -> str:
    """The style by which a theme may take a part away to a place of its own.

    Quotations and addresses stay with the words that lead to them.
    """
    stays = words.rule.takes in (Takes.QUOTATION, Takes.ADDRESS)
    return words.rule.style if stays else words.rule.look


def _drop(face: Face, part: theme.Body) -> float:
    """How far a long heading moves these words down, or a short one up, in points."""
    if not part.below_title:
        return heading_drop(face) if any(each is part for each in face.layout("back")) else 0.0
    heads = [each for each in face.layout("front") if isinstance(each, theme.Heading)]
    return sum(
        min(0, heading_lines(face, head) - head.max_lines) * face.type(head.title_style).leading_pt
        for head in heads
    )


def _in_two(face: Face, part: theme.Body) -> tuple[list[CardPart], list[CardPart]]:
    """The parts that flow from the top, and those in the panel."""
    parts = _shown(face, part)
    return [w for w in parts if not w.rule.panel], [w for w in parts if w.rule.panel]


def _column(face: Face) -> Column:
    return Column(face.left_pt, face.column_pt)


def _panel_column(face: Face) -> Column:
    return Column(face.left_pt + face.grown(1), face.column_pt - face.grown(4))


def measure(face: Face, part: theme.Body) -> Measure:
    """Add up the words in the face's size class, once."""
    key = id(face.words), id(part)
    if key not in face.shared:
        face.shared[key] = _measured(face, part)
    made: Measure = face.shared[key]
    return made


def _measured(face: Face, part: theme.Body) -> Measure:
    flowing, boxed = _in_two(face, part)
    need = sum(height(face, words, _column(face)) for words in flowing)
    need += sum(_below(face, words) for words in flowing[:-1])
    if boxed or _lists_index(face, part):
        need += _panel_height(face, boxed) + face.grown(_PANEL_GAP_PT)
    room = face.size.height_pt - mm(part.top + part.bottom) - _drop(face, part)
    return Measure(need, room, face.type("point").leading_pt)


def _below(face: Face, words: CardPart) -> float:
    """What is kept free between a part and the next, besides the gap below its last row."""
    return face.grown(_BELOW_LIST_PT) if words.rule.takes in _LISTS else 0.0


def _lists_index(face: Face, part: theme.Body) -> bool:
    """Whether a part shows what an index card lists."""
    return bool(face.words.listed) and not part.contents and part in face.layout("back")


def words_over(face: Face, part: theme.Body, over: Measure) -> int:
    """About how many words to take out: the lines over, at this face's words a line.

    What an index card lists is not for anybody to take out.
    """
    texts = [text for words in _shown(face, part) for text in words.texts]
    count = sum(len(plain(text).split()) for text in texts)
    need = over.need_pt - (_panel_height(face, []) if face.words.listed else 0.0)
    lines = max(1.0, need / over.leading_pt)
    return max(1, round(over.lines_over * count / lines))


def body(face: Face, part: theme.Body) -> tuple[Element, ...]:
    """Parts from the top, the panel at the bottom, spare room spread between."""
    fit, (flowing, boxed) = measure(face, part), _in_two(face, part)
    rows = sum(len(words.rows) for words in flowing if words.rule.takes in _LISTS)
    spare = max(0.0, fit.room_pt - fit.need_pt)
    air = min(mm(part.air), spare / 2)
    spread = min(face.grown(_MOST_SPREAD_PT), (spare - 2 * air) / (rows + 3))
    y = face.size.height_pt - mm(part.top) - _drop(face, part) - air
    elements: list[Element] = []
    for words in flowing:
        made, y = drawn(face, words, _column(face), y, spread)
        elements += made
        y -= _below(face, words)
    if boxed or _lists_index(face, part):
        elements += _panel(face, part, boxed, mm(part.bottom) + air)
    return tuple(elements)


def _panel_height(face: Face, boxed: Sequence[CardPart]) -> float:
    inner = sum(height(face, words, _panel_column(face)) for words in boxed)
    if face.words.listed:
        return face.type("talk").leading_pt + listed_height(face) + 2 * face.grown(_PANEL_PAD_PT)
    return inner + 2 * face.grown(_PANEL_PAD_PT) - 2


def _panel(
    face: Face, part: theme.Body, boxed: Sequence[CardPart], bottom_pt: float
) -> list[Element]:
    inset = face.grown(PANEL_INSET_PT)
    width, tall = face.column_pt + 2 * inset, _panel_height(face, boxed)
    box = Rect(face.left_pt - inset, bottom_pt, width, tall)
    path = rounded(box, face.grown(8))
    panel = ground(path, face.colour(part.panel), face.colour("mid"), outline=face.outline)
    elements = [artifact(panel)]
    y = box.top_pt - face.grown(_PANEL_PAD_PT)
    if face.words.listed:
        head, y = title(face, face.say(LIST_TITLE), _panel_column(face), y)
        return [*elements, head, listed(face, y - face.type("talk").size_pt * CAP)]
    for words in boxed:
        made, y = drawn(face, words, _panel_column(face), y, 0.0)
        elements += made
    return elements
