"""The actions: what, who, by when, status. A table of fields, or with large words a list."""

from __future__ import annotations

from deckgen.geometry import Rect, mm
from deckgen.layout.setting.page import BORDER_PT, Page, ascent_pt
from deckgen.layout.setting.shapes import filled, line, rounded, stroked
from deckgen.model.drawing import Element, Field, FieldKind, Mark, Role, Shape
from deckgen.model.workbook import Activity, TimeFrame

# Column title, key in the field's name, share of the width.
_COLUMNS = (
    ("Action", "what", 0.42),
    ("Who", "who", 0.18),
    ("By when", "by-when", 0.17),
    ("Status", "status", 0.23),
)
_HEAD_PT = 27.0
_TABLE_EMS = 34.0  # the narrowest page that holds the table, in ems of its type


def action_table(page: Page, frame: TimeFrame, activity: Activity) -> None:
    """Draw the actions from the present height down and move below them."""
    if page.width < _TABLE_EMS * page.type("table_head").size_pt:
        for number in range(1, activity.actions.rows + 1):
            _action(page, frame, activity, number)
        return
    page.need(_HEAD_PT + activity.actions.rows * (2 * mm(page.look.writing_pitch) + 2))
    _table(page, frame, activity)


def _action(page: Page, frame: TimeFrame, activity: Activity, number: int) -> None:
    """One action on a panel of its own: what, with lines below; then who, by when and status."""
    pitch, row = mm(page.look.writing_pitch), page.grown(34)
    label = page.type("label")
    height = 12 + page.type("panel_title").leading_pt + 4 + 2 * pitch + 8 + 2 * row + 6
    page.need(height)
    top = page.y
    page.panel(height, "teal_tint")
    page.drop(12)
    page.text(f"Action {number}", "panel_title", Role.H4)
    page.drop(4)
    key = f"{activity.key}.actions.{number}"
    said = f"{frame.name}, activity {activity.number}, action {number}"
    page.paper(Rect(page.left, page.y - 2 * pitch, page.width, 2 * pitch))
    page.writing_box(f"{key}.what", f"{said}: action", 2 * pitch)
    page.drop(8)
    half = (page.width - 24) / 2
    page.line_field("Who", f"{key}.who", f"{said}: who", page.left, half)
    page.line_field("By when", f"{key}.by-when", f"{said}: by when", page.left + half + 24, half)
    page.drop(row)
    base = page.y - ascent_pt(label)
    page.add(Element(Role.P, (page.setter.line("Status", label, page.left, base),)))
    width = page.label_width("Status")
    box = Rect(page.left + width, base - page.grown(10), page.width / 2 - width, page.grown(28))
    page.paper(box)
    page.box(box)
    page.add(*_status(page, activity, box, f"{key}.status", f"{said}: status"))
    page.y = top - height
    page.drop(14)


def _table(page: Page, frame: TimeFrame, activity: Activity) -> None:
    row_pt = 2 * mm(page.look.writing_pitch) + 2
    rows = activity.actions.rows
    top, height = page.y, _HEAD_PT + rows * row_pt
    _frame_lines(page, top, rows, row_pt)
    body = [_head_row(page, top)]
    for number in range(1, rows + 1):
        y = top - _HEAD_PT - number * row_pt
        body.append(_row(page, frame, activity, number, y, row_pt))
    page.add(Element(Role.TABLE, tuple(body)))
    page.y = top - height


def _edges(page: Page) -> list[float]:
    edges = [page.left]
    for _, _, share in _COLUMNS:
        edges.append(edges[-1] + share * page.width)
    return edges


def _frame_lines(page: Page, top: float, rows: int, row_pt: float) -> None:
    """The head's ground, the rules and the border."""
    marks: list[Mark] = []
    edges = _edges(page)
    bottom = top - _HEAD_PT - rows * row_pt
    for x in edges[1:-1]:
        marks.append(stroked(line(x, bottom, x, top - _HEAD_PT), page.colour("hair"), BORDER_PT))
    for number in range(1, rows):
        y = top - _HEAD_PT - number * row_pt
        marks.append(stroked(line(page.left, y, page.right, y), page.colour("rule"), BORDER_PT))
    border = Rect(page.left, bottom, page.width, top - bottom)
    head = Rect(page.left, top - _HEAD_PT, page.width, _HEAD_PT)
    marks.append(filled(rounded(head, 5, "tl tr"), page.colour("teal")))
    marks.append(stroked(rounded(border, 5), page.colour("rule"), BORDER_PT))
    page.decorate(*marks)


def _head_row(page: Page, top: float) -> Element:
    look = page.type("table_head")
    cells = []
    for x, (title, _, _) in zip(_edges(page), _COLUMNS, strict=False):
        text = page.setter.line(title, look, x + 9, top - _HEAD_PT + 9)
        cells.append(Element(Role.HEAD_CELL, (text,), scope="Column"))
    return Element(Role.ROW, tuple(cells))


def _row(
    page: Page, frame: TimeFrame, activity: Activity, number: int, y: float, row_pt: float
) -> Element:
    edges = _edges(page)
    cells = []
    for column, (title, key, _) in enumerate(_COLUMNS):
        box = Rect(edges[column], y, edges[column + 1] - edges[column], row_pt)
        name = f"{activity.key}.actions.{number}.{key}"
        said = f"{frame.name}, activity {activity.number}, action {number}: {title.lower()}"
        make = _status if key == "status" else _writing
        cells.append(Element(Role.CELL, make(page, activity, box, name, said)))
    return Element(Role.ROW, tuple(cells))


def _writing(
    page: Page, activity: Activity, box: Rect, name: str, said: str
) -> tuple[Element, ...]:
    inside = Rect(box.x_pt + 4, box.y_pt + 2, box.width_pt - 8, box.height_pt - 4)
    field = page.lines_field(name, said, inside, mm(page.look.writing_pitch))
    return (Element(Role.FORM, (field,)),)


def _status(page: Page, activity: Activity, box: Rect, name: str, said: str) -> tuple[Element, ...]:
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
    statuses = activity.actions.statuses
    field = Field(FieldKind.CHOICE, name, said, inside, page.typed_pt, options=statuses)
    return Element(Role.ARTIFACT, (arrow,)), Element(Role.FORM, (field,))
