"""Numbered steps, as in instructions."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.layout.setting.page import COLUMN_GAP_PT, Page
from deckgen.layout.setting.shapes import circle, filled
from deckgen.model.drawing import Element, Role, TextLine
from deckgen.model.text import as_text, ended
from deckgen.model.workbook import Step

_STEP_EMS = 15.0  # the narrowest column


def numbered_steps(page: Page, steps: tuple[Step, ...]) -> None:
    """Numbered steps in columns, read across: two, or one if the words are large."""
    columns = page.columns(_STEP_EMS)
    column = (page.width - COLUMN_GAP_PT * (columns - 1)) / columns
    items: list[Element] = []
    for start in range(0, len(steps), columns):
        row = steps[start : start + columns]
        height = max(_step_height(page, step, column) for step in row) + page.grown(8)
        if height > page.room + 0.01 and page.y < page.start:
            if items:
                page.add(Element(Role.LIST, tuple(items)))
            items = []
            page.turn()
        for i, step in enumerate(row):
            x = page.left + i * (column + COLUMN_GAP_PT)
            items.append(_step(page, start + i + 1, step, x, column))
        page.y -= height
    page.add(Element(Role.LIST, tuple(items)))


def _title(page: Page, step: Step, column_pt: float) -> tuple[TextLine, ...]:
    """The title's lines, from (0, 0) down: one, as a rule."""
    look = page.type("h3")
    if page.setter.width_pt(step.title, look) <= column_pt:
        return (page.setter.line(ended(step.title, " "), look, 0.0, 0.0),)
    return page.setter.column(as_text(step.title), look, 0.0, 0.0, column_pt)


def _down(page: Page, step: Step, column_pt: float) -> float:
    """From the top of a step to the first baseline of its words."""
    if not step.title:
        return page.grown(20)
    more = len(_title(page, step, column_pt)) - 1
    return page.grown(42) + more * page.type("h3").leading_pt


def _step_height(page: Page, step: Step, column_pt: float) -> float:
    width = column_pt - page.grown(42)
    return _down(page, step, width) + page.height_of(step.text, "body", width)


def _step(page: Page, number: int, step: Step, x: float, column_pt: float) -> Element:
    """The number on a disc, the title beside it and the words below."""
    indent, radius, top = page.grown(42), page.grown(15), page.y
    digit = page.type("step_number")
    disc = filled(circle(x + radius, top - radius, radius), page.colour("teal"))
    base = top - radius - digit.size_pt * 0.35
    label = Element(
        Role.LABEL,
        (
            Element(Role.ARTIFACT, (disc,)),
            page.setter.line(str(number), digit, x + radius, base, "middle"),
        ),
    )
    width = column_pt - indent
    at = x + indent, top - page.grown(20)
    titled = _title(page, step, width) if step.title else ()
    title = [replace(line, x_pt=at[0], y_pt=at[1] + line.y_pt) for line in titled]
    y = top - _down(page, step, width)
    lines = page.setter.column(step.text, page.type("body"), x + indent, y, width)
    return Element(Role.ITEM, (label, Element(Role.BODY, (*title, *lines))))
