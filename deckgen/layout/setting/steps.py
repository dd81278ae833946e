"""Numbered steps, as in instructions."""

from __future__ import annotations

from deckgen.layout.setting.page import COLUMN_GAP_PT, Page
from deckgen.layout.setting.shapes import circle, filled
from deckgen.model.drawing import Element, Role
from deckgen.model.text import ended
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
        if height > page.room + 0.01 and items:
            page.add(Element(Role.LIST, tuple(items)))
            items = []
            page.turn()
        for i, step in enumerate(row):
            x = page.left + i * (column + COLUMN_GAP_PT)
            items.append(_step(page, start + i + 1, step, x, column))
        page.y -= height
    page.add(Element(Role.LIST, tuple(items)))


def _step_height(page: Page, step: Step, column_pt: float) -> float:
    indent = page.grown(42)
    return indent + page.height_of(step.text, "body", column_pt - indent)


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
    head = ended(step.title, " ")
    title = page.setter.line(head, page.type("h3"), x + indent, top - page.grown(20))
    y = top - page.grown(42)
    lines = page.setter.column(step.text, page.type("body"), x + indent, y, column_pt - indent)
    return Element(Role.ITEM, (label, Element(Role.BODY, (title, *lines))))
