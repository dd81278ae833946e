"""Facts in a panel: what they are in bold, and beside that what is so."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.layout.setting.page import Page, ascent_pt
from deckgen.model.drawing import Element, Role
from deckgen.model.text import Worded, ended, words

Fact = tuple[Worded, Worded]


def fact_panel(page: Page, facts: Sequence[Fact]) -> None:
    """A tinted panel with a line or more for each fact, and move below it."""
    height, indent = fact_panel_height(page, facts), _indent(page, facts)
    page.need(height)
    top = page.y
    page.panel(height, "teal_tint")
    page.drop(14)
    for label, fact in facts:
        _fact(page, label, fact, indent)
    page.y = top - height


def fact_panel_height(page: Page, facts: Sequence[Fact]) -> float:
    """The height that such a panel will take."""
    width = page.width - _indent(page, facts)
    return sum(page.height_of(fact, "body", width) + 6 for _, fact in facts) + 22


def _indent(page: Page, facts: Sequence[Fact]) -> float:
    strong = page.type("strong")
    return 22 + max(page.setter.width_pt(ended(name, ":"), strong) for name, _ in facts)


def _fact(page: Page, label: Worded, fact: Worded, indent: float) -> None:
    strong, body = page.type("strong"), page.type("body")
    y = page.y - ascent_pt(body)
    text = words(fact) if isinstance(fact, str) else fact
    first = page.setter.line(ended(label, ": "), strong, page.left + 4, y)
    rest = page.setter.column(text, body, page.left + indent, y, page.width - indent)
    page.add(Element(Role.P, (first, *rest)))
    page.y -= len(rest) * body.leading_pt + 6
