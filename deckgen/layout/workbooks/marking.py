"""Blocks to mark: self-ratings, choices, checklists."""

from __future__ import annotations

from deckgen.geometry import Rect
from deckgen.layout.setting.page import Page, ascent_pt
from deckgen.layout.setting.shapes import circle, line, rounded, stroked
from deckgen.layout.workbooks.spot import Sort, Spot, begin, form, heading, heading_height
from deckgen.model.drawing import Element, Field, FieldKind, Role, Shape
from deckgen.model.text import Text, words
from deckgen.model.workbook import Checklist, Choice, Rating

_RATING_PT = 27 + 22  # the self-rating's circles and their labels
_RATING_ROW_PT = 33.0  # from circle to circle, below each other
_RADIUS_PT = 13.5
_CHECK_PT = 17.0
_INDENT_PT = 27.0


def _rating_height(page: Page, rating: Rating) -> float:
    return heading_height(page, rating, 1, 10) + _circles_height(page, rating)


def _circles_height(page: Page, rating: Rating) -> float:
    if _in_a_row(page, rating):
        return page.grown(_RATING_PT)
    return sum(_row_height(page, name) for name in rating.steps)


def _row_height(page: Page, name: str) -> float:
    """Of a circle with its label beside it, which may take several lines."""
    more = page.height_of(name, "label", _beside(page)) - page.type("label").leading_pt
    return page.grown(_RATING_ROW_PT) + max(0.0, more)


def _beside(page: Page) -> float:
    """The width of a label beside a circle."""
    return page.width - 2 * page.grown(_RADIUS_PT) - 10


def _in_a_row(page: Page, rating: Rating) -> bool:
    """Whether the labels fit side by side below their circles."""
    step, label = page.width / len(rating.steps), page.type("label")
    return all(page.setter.width_pt(name, label) < step - 5 for name in rating.steps)


def _rating(spot: Spot, rating: Rating) -> None:
    """Numbered circles on a line, each a radio button; with large words, below each other."""
    page = spot.page
    page.need(_rating_height(page, rating))
    heading(page, rating, 1, 10)
    radius, look = page.grown(_RADIUS_PT), page.type("label")
    across = _in_a_row(page, rating)
    step = page.width / len(rating.steps)
    y, places = page.y - radius, []
    for i, name in enumerate(rating.steps):
        places.append((page.left + step * (i + 0.5), y) if across else (page.left + radius, y))
        y -= 0 if across else _row_height(page, name)
    page.decorate(stroked(line(*places[0], *places[-1]), page.colour("rule"), 1.2))
    for number, (name, (x, y)) in enumerate(zip(rating.steps, places, strict=True), start=1):
        said = spot.spoken(rating.title, f"{number}: {name}", between=" ")
        area, value = Rect(x, y, 0, 0).grown(radius), rating.ids[number - 1]
        _circle(page, spot.name(rating), said, str(number), value, area)
        if across:
            text = page.setter.line(name, look, x, y - radius - page.grown(16), "middle")
            page.add(Element(Role.P, (text,)))
        else:
            at = x + radius + 10, y - look.size_pt * 0.35
            page.add(Element(Role.P, page.setter.column(words(name), look, *at, _beside(page))))
    last = radius + page.grown(22) if across else _row_height(page, rating.steps[-1]) - radius
    page.y = places[-1][1] - last


def _circle(page: Page, name: str, said: Text, number: str, value: str, area: Rect) -> None:
    """A radio button, the number in it part of the page."""
    x, y, radius = area.x_pt + area.width_pt / 2, area.y_pt + area.height_pt / 2, area.width_pt / 2
    look = page.type("h3")
    disc = Shape(circle(x, y, radius), fill="#FFFFFF", stroke=page.colour("ink"), width_pt=1.3)
    digit = page.setter.line(number, look, x, y - look.size_pt * 0.353, "middle")
    page.decorate(disc, digit)
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
    look, side, indent = page.type("body"), page.grown(_CHECK_PT), page.grown(_INDENT_PT)
    height = page.height_of(item, "body", page.width - indent) + 8
    page.need(height)
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
