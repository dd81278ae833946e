"""Blocks to mark: self-ratings, choices, checklists."""

from __future__ import annotations

from deckgen.geometry import Rect
from deckgen.layout.setting.lines import bold_first
from deckgen.layout.setting.page import Page, ascent_pt
from deckgen.layout.setting.shapes import circle, line, rounded, stroked
from deckgen.layout.workbooks.spot import (
    CLEAR_PT,
    TICK_PT,
    Sort,
    Spot,
    begin,
    form,
    heading,
    heading_height,
    keep_off_codes,
)
from deckgen.model.drawing import Element, Field, FieldKind, Role, Shape
from deckgen.model.text import Text, words
from deckgen.model.workbook import Checklist, Choice, Rating

_RADIUS_PT = 12.0
_ABOVE_PT = 7.0  # a rating's circles, and its hint
_GAP_PT = 6.0  # from a stroke to the number of the next circle
_RATING_ROW_PT = 34.0  # from circle to circle, below each other
_INDENT_PT = 27.0


def _rating_height(page: Page, rating: Rating) -> float:
    return heading_height(page, rating, 1, _ABOVE_PT) + _circles_height(page, rating)


def _circles_height(page: Page, rating: Rating) -> float:
    if _in_a_row(page, rating):
        return 2 * page.grown(_RADIUS_PT) + CLEAR_PT + page.type("label").size_pt + 4
    return sum(_row_height(page, name) for name in rating.steps)


def _row_height(page: Page, name: str) -> float:
    """Of a circle with its label beside it, which may take several lines."""
    more = page.height_of(name, "label", _beside(page)) - page.type("label").leading_pt
    return page.grown(_RATING_ROW_PT) + max(0.0, more)


def _beside(page: Page) -> float:
    """The width of a label beside a circle."""
    return page.width - 2 * page.grown(_RADIUS_PT) - 10


def _in_a_row(page: Page, rating: Rating) -> bool:
    """Whether the labels fit side by side below their circles, and the numbers between those."""
    step, label = page.width / len(rating.steps), page.type("label")
    between = page.setter.width_pt(str(len(rating.steps)), page.type("strong")) + 2 * CLEAR_PT
    if 2 * page.grown(_RADIUS_PT) + between > step - 1:
        return False
    return all(page.setter.width_pt(name, label) < step - 5 for name in rating.steps)


def _rating(spot: Spot, rating: Rating) -> None:
    """Circles with a number beside and a name below; with large words, below each other.

    Nothing stands in a circle or near to it, so that a mark is all that is found there.
    """
    page = spot.page
    page.need(_rating_height(page, rating))
    heading(page, rating, 1, _ABOVE_PT)
    keep_off_codes(page)
    radius, strong, look = page.grown(_RADIUS_PT), page.type("strong"), page.type("label")
    across, step = _in_a_row(page, rating), page.width / len(rating.steps)
    y, x, height = page.y - radius, page.left + radius, _circles_height(page, rating)
    top = page.y
    for number, name in enumerate(rating.steps, start=1):
        if across:
            x = page.left + step * (number - 0.5)
            digit = x - radius - CLEAR_PT, y - strong.size_pt * 0.35
            page.decorate(page.setter.line(str(number), strong, *digit, "right"))
            if number > 1:
                end = digit[0] - page.setter.width_pt(str(number), strong) - _GAP_PT
                _joint(page, x - step + radius + CLEAR_PT + 1, end, y)
        said = spot.spoken(rating.title, f"{number}: {name}", between=" ")
        area, value = Rect(x, y, 0, 0).grown(radius), rating.ids[number - 1]
        _circle(page, spot.name(rating), said, value, area)
        if across:
            base = y - radius - CLEAR_PT - look.size_pt * 0.75
            page.add(Element(Role.P, (page.setter.line(name, look, x, base, "middle"),)))
            continue
        at = x + radius + 10, y - look.size_pt * 0.35
        text = bold_first(str(number), words(name))
        page.add(Element(Role.P, page.setter.column(text, look, *at, _beside(page))))
        y -= _row_height(page, name)
    page.y = top - height


def _joint(page: Page, start: float, end: float, y: float) -> None:
    """A stroke between two circles, if there is room for one."""
    if end > start:
        page.decorate(stroked(line(start, y, end, y), page.colour("hair"), 1.2))


def _circle(page: Page, name: str, said: Text, value: str, area: Rect) -> None:
    """A radio button."""
    x, y, radius = area.x_pt + area.width_pt / 2, area.y_pt + area.height_pt / 2, area.width_pt / 2
    disc = Shape(circle(x, y, radius), fill="#FFFFFF", stroke=page.colour("ink"), width_pt=1.3)
    page.decorate(disc)
    page.add(form(Field(FieldKind.RADIO, name, "", area, value=value), said))


def _items_height(page: Page, items: tuple[Text, ...]) -> list[float]:
    width = page.width - page.grown(_INDENT_PT)
    return [page.height_of(item, "body", width) + 8 for item in items]


def _begin(page: Page, block: Checklist | Choice, items: tuple[Text, ...]) -> None:
    head, heights = heading_height(page, block, 2, 8), _items_height(page, items)
    begin(page, head + sum(heights), head + heights[0])
    heading(page, block)


def _checklist_height(page: Page, block: Checklist) -> float:
    return heading_height(page, block, 2, 8) + sum(_items_height(page, block.items))


def _checklist(spot: Spot, block: Checklist) -> None:
    page = spot.page
    _begin(page, block, block.items)
    for key, item in zip(block.ids, block.items, strict=True):
        said = spot.spoken(block.title, item)
        _item(page, item, spot.name(block, key), said, "")


def _choice_height(page: Page, block: Choice) -> float:
    return heading_height(page, block, 2, 8) + sum(_items_height(page, block.options))


def _choice(spot: Spot, block: Choice) -> None:
    """Circles below each other, of which one can be marked."""
    page = spot.page
    _begin(page, block, block.options)
    for value, option in zip(block.ids, block.options, strict=True):
        said = spot.spoken(block.title, option)
        _item(page, option, spot.name(block), said, value)


def _item(page: Page, item: Text, name: str, said: Text, value: str) -> None:
    """A box to tick, or with a value a circle, and what it stands for."""
    look, side, indent = page.type("body"), page.grown(TICK_PT), page.grown(_INDENT_PT)
    height = page.height_of(item, "body", page.width - indent) + 8
    page.need(height)
    keep_off_codes(page)
    y = page.y - ascent_pt(look)
    area = Rect(page.left, y - page.grown(3.6), side, side)
    border = rounded(area.grown(-0.7), 3)
    if value:
        border = circle(area.x_pt + side / 2, area.y_pt + side / 2, side / 2 - 0.7)
    page.decorate(Shape(border, fill="#FFFFFF", stroke=page.colour("ink"), width_pt=1.4))
    kind = FieldKind.RADIO if value else FieldKind.CHECK
    page.add(form(Field(kind, name, "", area, value=value), said))
    lines = page.setter.column(item, look, page.left + indent, y, page.width - indent)
    page.add(Element(Role.P, lines))
    page.y -= height


RATING = Sort(_rating_height, _rating)
CHOICE = Sort(_choice_height, _choice, below=4)
CHECKLIST = Sort(_checklist_height, _checklist, below=4)
