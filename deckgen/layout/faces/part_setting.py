"""How a card's parts are set: words, lists, quotations, facts, addresses and pictures.

A part is measured as it is drawn, but for the spare room that is spread between its rows.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from deckgen.geometry import Rect
from deckgen.layout.faces.face import Face, artifact
from deckgen.layout.faces.framed import framed
from deckgen.layout.setting.lines import Type
from deckgen.layout.setting.shapes import circle, filled, rectangle
from deckgen.model.card_kind import Takes
from deckgen.model.deck import CardPart
from deckgen.model.drawing import Element, Link, Role, TextLine
from deckgen.model.text import Text, plain

CAP = 0.78  # from the top of a line of text to its baseline, in sizes
_INDENT_PT = 14.0
_STEP_INDENT_PT = 18.0
_CELL_GAP_PT = 8.0
_MORE_GAP_PT = 16.0  # added to it in a table that is narrower than its column
# Gaps below a row of each sort.
_GAP_PT = dict.fromkeys(Takes, 3.5) | {
    Takes.SENTENCE: 5.0,
    Takes.PARAGRAPHS: 5.0,
    Takes.QUOTATION: 5.0,
    Takes.ADDRESS: 5.0,
    Takes.QUESTIONS: 2.0,
    Takes.PICTURE: 6.0,
}
_ROLES = {"": Role.P, "heading": Role.H2, "quotation": Role.QUOTE}


class Column(Struct, frozen=True):
    """Where words go: the left edge and the width, in points."""

    x_pt: float
    width_pt: float

    def inside(self, indent_pt: float) -> Column:
        """What is left of it right of an indent."""
        return Column(self.x_pt + indent_pt, self.width_pt - indent_pt)

    def place(self, face: Face, x_pt: float, width_pt: float) -> float:
        """The left end of what is at x, or at the other side where words run from the right."""
        return face.setter.mirror(x_pt, width_pt, self.x_pt, self.width_pt)


def height(face: Face, part: CardPart, column: Column) -> float:
    """What a part needs, its heading included, in points."""
    heading = face.type("talk").leading_pt if _heading(part) else 0.0
    if part.rule.takes is Takes.PICTURE:
        return heading + _frame(part, column, 0.0).height_pt + _gap(face, part)
    return heading + sum(_heights(face, part, column))


def drawn(
    face: Face, part: CardPart, column: Column, y_pt: float, spread_pt: float
) -> tuple[list[Element], float]:
    """A part with its top at y, and where the next one's top is."""
    elements: list[Element] = []
    if _heading(part):
        head, y_pt = title(face, face.say.given(part.rule.heading), column, y_pt)
        elements.append(head)
    made, y_pt = _DRAW[part.rule.takes](face, part, column, y_pt, spread_pt)
    return [*elements, *made], y_pt


def title(face: Face, words: Text, column: Column, y_pt: float) -> tuple[Element, float]:
    """A heading among the words, its top at y."""
    look = face.type("talk")
    x = column.place(face, column.x_pt, face.setter.width_pt(words, look))
    line = face.setter.line(words, look, x, y_pt - look.size_pt * CAP)
    return Element(Role.H2, (line,)), y_pt - look.leading_pt - 1


def _heading(part: CardPart) -> str:
    return part.rule.heading if part.rule.titled else ""


def _gap(face: Face, part: CardPart) -> float:
    return face.grown(_GAP_PT[part.rule.takes])


def _look(face: Face, part: CardPart, row: int) -> Type:
    """The type of a row: the source of a quotation has another than its words."""
    sourced = part.sourced and row == len(part.rows) - 1
    return face.type("note" if sourced else part.rule.look)


def _indent(face: Face, part: CardPart) -> float:
    if part.rule.takes is Takes.STEPS:
        last = face.setter.width_pt(_number(len(part.rows)), _bold(face, part.rule.look))
        return max(face.grown(_STEP_INDENT_PT), last)
    indented = part.rule.takes in (Takes.POINTS, Takes.QUOTATION)
    return face.grown(_INDENT_PT) if indented else 0.0


def _heights(face: Face, part: CardPart, column: Column) -> list[float]:
    """What each row needs, with the gap below it."""
    count, gap, look = face.setter.count, _gap(face, part), face.type(part.rule.look)
    looks = [look] * len(part.rows)
    if part.sourced:
        looks[-1] = face.type("note")
    if part.rule.takes is Takes.FACTS:
        columns = _columns(face, part, column)
        lines = [
            max(count(text, look, into.width_pt) for text, into in zip(cells, columns, strict=True))
            for cells in (_cells(part, row) for row in range(len(part.rows)))
        ]
    else:
        width = column.inside(_indent(face, part)).width_pt
        lines = [count(row[0], each, width) for row, each in zip(part.rows, looks, strict=True)]
    return [n * each.leading_pt + gap for n, each in zip(lines, looks, strict=True)]


def _height_of(face: Face, part: CardPart, row: int, lines: int) -> float:
    return lines * _look(face, part, row).leading_pt + _gap(face, part)


def _row(face: Face, part: CardPart, row: int, column: Column, y_pt: float) -> tuple[TextLine, ...]:
    look = _look(face, part, row)
    into = column.inside(_indent(face, part))
    text = part.rows[row][0]
    x = column.place(face, into.x_pt, into.width_pt)
    return face.setter.column(text, look, x, y_pt - look.size_pt * CAP, into.width_pt)


_Made = tuple[list[Element], float]


def _paragraphs(face: Face, part: CardPart, column: Column, y: float, spread: float) -> _Made:
    elements = []
    for row in range(len(part.rows)):
        lines = _row(face, part, row, column, y)
        elements.append(Element(_ROLES[part.rule.role], lines))
        y -= _height_of(face, part, row, len(lines)) + spread
    return elements, y


def _list(face: Face, part: CardPart, column: Column, y: float, spread: float) -> _Made:
    items = []
    for row in range(len(part.rows)):
        lines = _row(face, part, row, column, y)
        label = _label(face, part, row, column, y)
        items.append(Element(Role.ITEM, (*label, Element(Role.BODY, lines))))
        y -= _height_of(face, part, row, len(lines)) + spread
    return [Element(Role.LIST, tuple(items))], y


def _number(step: int) -> str:
    return f"{step}. "


def _bold(face: Face, style: str) -> Type:
    look = face.type(style)
    return replace(look, face=look.strong_face)


def _label(face: Face, part: CardPart, row: int, column: Column, y: float) -> tuple[Element, ...]:
    """The dot of a point or the number of a step; questions have none."""
    look = _look(face, part, row)
    base = y - look.size_pt * CAP
    if part.rule.takes is Takes.POINTS:
        middle = column.place(face, column.x_pt + face.grown(3), 0)
        dot = circle(middle, base + look.size_pt * 0.31, face.grown(2.5))
        return (Element(Role.LABEL, (artifact(filled(dot, face.colour("mid"))),)),)
    if part.rule.takes is Takes.STEPS:
        bold = replace(_bold(face, part.rule.look), colour=face.colour("deep"))
        number = _number(row + 1)
        x = column.place(face, column.x_pt, face.setter.width_pt(number, bold))
        line = face.setter.line(number, bold, x, base)
        return (Element(Role.LABEL, (replace(line, rtl=face.setter.rtl or None),)),)
    return ()


def _quotation(face: Face, part: CardPart, column: Column, y: float, spread: float) -> _Made:
    """Words beside a bar."""
    inner, below = _paragraphs(face, part, column, y, spread)
    low = below + _gap(face, part) + spread
    wide = face.grown(2.4)
    bar = Rect(column.place(face, column.x_pt + face.grown(1), wide), low, wide, y - low)
    shape = artifact(filled(rectangle(bar), face.colour("mid")))
    return [shape, Element(Role.QUOTE, tuple(inner))], below


def _columns(face: Face, part: CardPart, column: Column) -> list[Column]:
    """The columns of facts: each as wide as its words, or as its widest word and some more."""
    look, gap = face.type(part.rule.look), face.grown(_CELL_GAP_PT)
    count = len(part.rows[0])
    room = column.width_pt - gap * (count - 1)
    cells = [[_cells(part, row)[n] for row in range(len(part.rows))] for n in range(count)]
    natural = [max(_width(face, text, look) for text in down) + 0.1 for down in cells]
    widths = [max(_widest_word(face, text, look) for text in down) + 0.1 for down in cells]
    if sum(widths) > room:
        widths = [min(wish, room / count) for wish in natural]
    wishes = [wish - width for wish, width in zip(natural, widths, strict=True)]
    spare = room - sum(widths)
    for done, n in enumerate(sorted(range(count), key=wishes.__getitem__)):
        more = min(wishes[n], spare / (count - done))
        widths[n], spare = widths[n] + more, spare - more
    if count > 1:
        gap += min(face.grown(_MORE_GAP_PT), spare / (count - 1))
    lefts = [
        column.place(face, column.x_pt + sum(widths[:n]) + gap * n, widths[n]) for n in range(count)
    ]
    return [Column(*pair) for pair in zip(lefts, widths, strict=True)]


def _width(face: Face, text: Text, look: Type) -> float:
    bold = replace(look, face=look.strong_face)
    return sum(face.setter.width_pt(run.text, bold if run.strong else look) for run in text)


def _widest_word(face: Face, text: Text, look: Type) -> float:
    each = (replace(run, text=word) for run in text for word in run.text.split(" "))
    return max((_width(face, (run,), look) for run in each), default=0.0)


def _cells(part: CardPart, row: int) -> tuple[Text, ...]:
    """The cells of a row, bold if they head a row or the columns."""
    return tuple(
        tuple(replace(run, strong=True) for run in text) if _heads(part, row, n) else text
        for n, text in enumerate(part.rows[row])
    )


def _heads(part: CardPart, row: int, column: int) -> bool:
    return column == 0 or (part.head and row == 0)


def _facts(face: Face, part: CardPart, column: Column, y: float, spread: float) -> _Made:
    """A table: its first column names things, and its first row the columns, if that is a head."""
    look, columns = face.type(part.rule.look), _columns(face, part, column)
    heights = _heights(face, part, column)
    table: list[Element] = []
    rules = []
    for number in range(len(part.rows)):
        cells = []
        for n, (text, into) in enumerate(zip(_cells(part, number), columns, strict=True)):
            heads = _heads(part, number, n)
            base = y - look.size_pt * CAP
            lines = face.setter.column(text, look, into.x_pt, base, into.width_pt)
            scope = "Column" if part.head and number == 0 else "Row"
            role = Role.HEAD_CELL if heads else Role.CELL
            cells.append(Element(role, lines, scope=scope if heads else ""))
        table.append(Element(Role.ROW, tuple(cells)))
        y -= heights[number] + spread
        if number < len(part.rows) - 1:
            at = y + _gap(face, part) + spread / 2
            line = Rect(column.x_pt, at, column.width_pt, face.grown(0.6))
            rules.append(filled(rectangle(line), face.colour("mid")))
    between = [artifact(*rules)] if rules else []
    return [*between, Element(Role.TABLE, tuple(table))], y


def _address(face: Face, part: CardPart, column: Column, y: float, spread: float) -> _Made:
    """Words that lead to an address, on screens."""
    top = y
    lines = _row(face, part, 0, column, y)
    y -= _heights(face, part, column)[0] + spread
    area = Rect(column.x_pt, y + _gap(face, part) + spread, column.width_pt, 0)
    area = replace(area, height_pt=top - area.y_pt)
    link = Link(area, part.target, plain(part.rows[0][0]))
    return [Element(Role.P, (Element(Role.LINK, (*lines, link)),))], y


def _frame(part: CardPart, column: Column, top_pt: float) -> Rect:
    wide, tall = part.rule.frame
    high = column.width_pt * tall / wide
    return Rect(column.x_pt, top_pt - high, column.width_pt, high)


def _picture(face: Face, part: CardPart, column: Column, y: float, spread: float) -> _Made:
    frame = _frame(part, column, y)
    below = frame.y_pt - _gap(face, part) - spread
    return ([framed(part.picture, frame)] if part.picture else []), below


_Draw = Callable[[Face, CardPart, Column, float, float], _Made]
_DRAW: dict[Takes, _Draw] = {
    Takes.SENTENCE: _paragraphs,
    Takes.PARAGRAPHS: _paragraphs,
    Takes.POINTS: _list,
    Takes.STEPS: _list,
    Takes.QUESTIONS: _list,
    Takes.QUOTATION: _quotation,
    Takes.FACTS: _facts,
    Takes.ADDRESS: _address,
    Takes.PICTURE: _picture,
}
