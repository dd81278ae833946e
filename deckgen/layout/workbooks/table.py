"""A table of fields, or with large words, or many columns, a list with a panel a row."""

from __future__ import annotations

from deckgen.geometry import Rect
from deckgen.layout.setting.page import BORDER_PT, Page, ascent_pt
from deckgen.layout.setting.shapes import filled, line, rounded, stroked
from deckgen.layout.workbooks.columns import CELL_PAD_PT, choice_pt, widths_pt
from deckgen.layout.workbooks.spot import (
    LABEL_SHARE,
    TICK_PT,
    Sort,
    Spot,
    begin,
    form,
    heading,
    heading_height,
    pitch_of,
)
from deckgen.model.drawing import Element, Field, FieldKind, Mark, Role, Shape
from deckgen.model.text import Text, as_text, ended, plain
from deckgen.model.workbook import Column, Table
from deckgen.problem import problem

_HEAD_PT = 27.0
_PAIR_GAP_PT = 24.0


def _row_pt(page: Page) -> float:
    return 2 * pitch_of(page) + 2


def _head_pt(page: Page, table: Table) -> float:
    """The height of the head: a line, or as many as the longest title takes."""
    columns = zip(table.columns, widths_pt(page, table) or (), strict=True)
    most = max(page.height_of(c.title, "table_head", w - 2 * CELL_PAD_PT) for c, w in columns)
    return _HEAD_PT + most - page.type("table_head").leading_pt


def _height(page: Page, table: Table) -> float:
    head = heading_height(page, table, 2, 8)
    if widths_pt(page, table) is None:
        return head + table.rows * (_panel_height(page, table) + 14)
    return head + _head_pt(page, table) + table.rows * _row_pt(page)


def _draw(spot: Spot, table: Table) -> None:
    page, head = spot.page, heading_height(spot.page, table, 2, 8)
    if widths_pt(page, table) is None:
        page.need(head + _panel_height(page, table))
        heading(page, table)
        for number in range(1, table.rows + 1):
            _panel(spot, table, number)
        return
    begin(page, _height(page, table), head + _head_pt(page, table) + _row_pt(page))
    heading(page, table)
    first = 1
    while first <= table.rows:
        room = int((page.room - _head_pt(page, table) + 0.01) // _row_pt(page))
        last = min(table.rows, first - 1 + max(1, room))
        _rows(spot, table, first, last)
        first = last + 1
        if first <= table.rows:
            page.turn()


def _rows(spot: Spot, table: Table, first: int, last: int) -> None:
    """Some rows below a head, which each page has."""
    page, row_pt = spot.page, _row_pt(spot.page)
    top, head = page.y, _head_pt(page, table)
    count = last - first + 1
    _frame_lines(page, table, top, count, row_pt)
    body = [_head_row(page, table, top)]
    for number in range(first, last + 1):
        y = top - head - (number - first + 1) * row_pt
        body.append(_row(spot, table, number, y, row_pt))
    page.add(Element(Role.TABLE, tuple(body)))
    page.y = top - (head + count * row_pt)


def _edges(page: Page, table: Table) -> list[float]:
    edges = [page.left]
    for width in widths_pt(page, table) or ():
        edges.append(edges[-1] + width)
    return edges


def _frame_lines(page: Page, table: Table, top: float, rows: int, row_pt: float) -> None:
    """The head's ground, the rules and the border."""
    marks: list[Mark] = []
    edges, head_pt = _edges(page, table), _head_pt(page, table)
    bottom = top - head_pt - rows * row_pt
    for x in edges[1:-1]:
        marks.append(stroked(line(x, bottom, x, top - head_pt), page.colour("hair"), BORDER_PT))
    for number in range(1, rows):
        y = top - head_pt - number * row_pt
        marks.append(stroked(line(page.left, y, page.right, y), page.colour("rule"), BORDER_PT))
    border = Rect(page.left, bottom, page.width, top - bottom)
    head = Rect(page.left, top - head_pt, page.width, head_pt)
    marks.append(filled(rounded(head, 5, "tl tr"), page.colour("teal")))
    marks.append(stroked(rounded(border, 5), page.colour("rule"), BORDER_PT))
    page.decorate(*marks)


def _head_row(page: Page, table: Table, top: float) -> Element:
    look = page.type("table_head")
    cells, edges = [], _edges(page, table)
    for x, right, column in zip(edges, edges[1:], table.columns, strict=False):
        width = right - x - 2 * CELL_PAD_PT
        base = top - _HEAD_PT + 9
        lines = page.setter.column(as_text(column.title), look, x + CELL_PAD_PT, base, width)
        cells.append(Element(Role.HEAD_CELL, lines, scope="Column"))
    return Element(Role.ROW, tuple(cells))


def _row(spot: Spot, table: Table, number: int, y: float, row_pt: float) -> Element:
    edges = _edges(spot.page, table)
    cells = []
    for x, right, column in zip(edges, edges[1:], table.columns, strict=False):
        box = Rect(x, y, right - x, row_pt)
        name, said = _named(spot, table, number, column)
        make = {"choice": _listed, "tick": _ticked}.get(column.kind, _written)
        cells.append(Element(Role.CELL, make(spot.page, column, box, name, said)))
    return Element(Role.ROW, tuple(cells))


def _each(table: Table, number: int) -> Text:
    """What a row is called: "Action 2"."""
    return ended(table.each, f" {number}")


def _named(spot: Spot, table: Table, number: int, column: Column) -> tuple[str, Text]:
    """A field's name, and what is said for it: "Tonight, activity 1, action 2: who"."""
    said = spot.spoken_in(_each(table, number), column.title)
    return spot.name(table, f"{number}.{column.id}"), said


def _written(page: Page, column: Column, box: Rect, name: str, said: Text) -> tuple[Element, ...]:
    inside = Rect(box.x_pt + 4, box.y_pt + 2, box.width_pt - 8, box.height_pt - 4)
    return (form(page.lines_field(name, "", inside, pitch_of(page)), said),)


def _ticked(page: Page, column: Column, box: Rect, name: str, said: Text) -> tuple[Element, ...]:
    """A box to tick in the middle of the cell."""
    side = page.grown(TICK_PT)
    x, y = box.x_pt + (box.width_pt - side) / 2, box.y_pt + (box.height_pt - side) / 2
    area = Rect(x, y, side, side)
    border = rounded(area.grown(-0.7), 3)
    shape = Shape(border, fill="#FFFFFF", stroke=page.colour("ink"), width_pt=1.4)
    field = Field(FieldKind.CHECK, name, "", area)
    return Element(Role.ARTIFACT, (shape,)), form(field, said)


def _listed(page: Page, column: Column, box: Rect, name: str, said: Text) -> tuple[Element, ...]:
    """A drop-down list; its arrow is part of the page, so that every viewer shows it."""
    middle = box.y_pt + box.height_pt / 2
    half = page.grown(13)
    inside = Rect(box.x_pt + 5, middle - half, box.width_pt - 10, 2 * half)
    x, y = box.right_pt - 15, middle
    arrow = Shape(
        (("m", x - 4, y + 2.2), ("l", x, y - 2.2), ("l", x + 4, y + 2.2)),
        stroke=page.colour("quiet"),
        width_pt=1.3,
        round_ends=True,
    )
    field = Field(FieldKind.CHOICE, name, "", inside, page.typed_pt, options=column.options)
    return Element(Role.ARTIFACT, (arrow,)), form(field, said)


def _lines_of(page: Page, table: Table) -> list[tuple[Column, ...]]:
    """What stands on each line of a panel below its first column: two short ones, or one."""
    half = (page.width - _PAIR_GAP_PT) / 2
    lines: list[tuple[Column, ...]] = []
    for column in table.columns[1:]:
        short = page.label_width(column.title) <= half * 0.6
        before = lines[-1] if lines else ()
        pair = len(before) == 1 and before[0].kind in ("text", "date")
        pair &= bool(before) and page.label_width(before[0].title) <= half * 0.6
        if pair and short and column.kind in ("text", "date"):
            lines[-1] = (*before, column)
        else:
            lines.append((column,))
    return lines


def _above(page: Page, column: Column) -> float:
    """What a label takes that is too long to stand beside its line."""
    fits = page.label_width(column.title) <= page.width * LABEL_SHARE
    return 0.0 if fits else page.height_of(column.title, "label")


def _panel_height(page: Page, table: Table) -> float:
    lines = _lines_of(page, table)
    above = sum(_above(page, column) for pair in lines for column in pair)
    fixed = 12 + page.type("panel_title").leading_pt + 4 + 2 * pitch_of(page) + 8
    return fixed + len(lines) * page.grown(34) + above + 6


def _panel(spot: Spot, table: Table, number: int) -> None:
    """A row on a panel of its own: its first column with lines below; then the others."""
    page, pitch = spot.page, pitch_of(spot.page)
    height = _panel_height(page, table)
    page.need(height)
    top = page.y
    page.panel(height, "teal_tint")
    page.drop(12)
    level = Role.H4 if table.title else Role.H3  # a part that is a table has no heading between
    page.text(_each(table, number), "panel_title", level)
    page.drop(4)
    first = table.columns[0]
    name, said = _named(spot, table, number, first)
    page.paper(Rect(page.left, page.y - 2 * pitch, page.width, 2 * pitch))
    if first.kind in ("choice", "tick"):
        box = Rect(page.left, page.y - 2 * pitch, page.width, 2 * pitch)
        page.add(*(_listed if first.kind == "choice" else _ticked)(page, first, box, name, said))
        page.drop(2 * pitch)
    else:
        page.writing_box(name, said, 2 * pitch)
    page.drop(8)
    half = (page.width - _PAIR_GAP_PT) / 2
    for pair in _lines_of(page, table):
        for i, column in enumerate(pair):
            x = page.left + i * (half + _PAIR_GAP_PT)
            width = half if len(pair) > 1 else page.width
            _labelled(spot, table, number, column, x, width)
        page.drop(page.grown(34))
    page.y = top - height
    page.drop(14)


def _labelled(
    spot: Spot, table: Table, number: int, column: Column, x: float, width: float
) -> None:
    """A label, and beside it a line, a list or a box to tick; below it if it is long."""
    page, label = spot.page, spot.page.type("label")
    name, said = _named(spot, table, number, column)
    beside = page.label_width(column.title)
    if _above(page, column):
        page.text(column.title, "label")
        beside = 0.0
    if column.kind not in ("choice", "tick"):
        title = column.title if beside else ""
        page.line_field(title, name, said, x, width, beside or 0.01)
        return
    base = page.y - ascent_pt(label)
    if beside:
        page.add(Element(Role.P, (page.setter.line(column.title, label, x, base),)))
    wide = max(width / 2 - beside, min(width - beside, choice_pt(page, column.options)))
    low = base - page.grown(10)
    if column.kind == "tick":
        wide, low = page.grown(28), low - 1  # clear of what is above
    box = Rect(x + beside, low, wide, page.grown(28))
    if column.kind == "choice":
        if number == 1:
            _check_choice(spot, table, column, wide)
        page.paper(box)
        page.box(box)
    make = _listed if column.kind == "choice" else _ticked
    page.add(*make(page, column, box, name, said))


def _check_choice(spot: Spot, table: Table, column: Column, width: float) -> None:
    """A Problem if the longest choice is longer than the page is wide."""
    if choice_pt(spot.page, column.options) <= width:
        return
    longest = max(column.options, key=lambda o: choice_pt(spot.page, (o,)))
    said = f"In “{plain(as_text(table.title))}”, the choice “{longest}” is longer than a line."
    spot.pages.problems.append(problem("text-too-long", table.place, said, "Shorten it."))


TABLE = Sort(_height, _draw, below=12)
