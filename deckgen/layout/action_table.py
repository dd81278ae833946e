"""The table of actions: what, who, by when, status. Every cell below the head is a field."""

from __future__ import annotations

from deckgen.geometry import Rect, mm
from deckgen.layout.page import BORDER_PT, Page
from deckgen.layout.shapes import filled, line, rounded, stroked
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


def action_table(page: Page, frame: TimeFrame, activity: Activity) -> None:
    """Draw the table from the present height down and move below it."""
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
    pitch = mm(page.look.writing_pitch)
    return (Element(Role.FORM, (Field(FieldKind.LINES, name, said, inside, 12.0, pitch),)),)


def _status(page: Page, activity: Activity, box: Rect, name: str, said: str) -> tuple[Element, ...]:
    """A drop-down list; its arrow is part of the page, so that every viewer shows it."""
    middle = box.y_pt + box.height_pt / 2
    inside = Rect(box.x_pt + 5, middle - 13, box.width_pt - 10, 26)
    x, y = box.right_pt - 15, middle
    arrow = Shape(
        (("m", x - 4, y + 2.2), ("l", x, y - 2.2), ("l", x + 4, y + 2.2)),
        stroke=page.colour("quiet"),
        width_pt=1.3,
        round_ends=True,
    )
    field = Field(FieldKind.CHOICE, name, said, inside, 12.0, options=activity.actions.statuses)
    return Element(Role.ARTIFACT, (arrow,)), Element(Role.FORM, (field,))
