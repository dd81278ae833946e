"""The ticket that goes to a print shop with the file: everything it asks before it prints."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.design.load import Design
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.page import Page
from deckgen.layout.setting.panel import fact_panel
from deckgen.layout.setting.safe import safe_problems
from deckgen.model.deck import Deck
from deckgen.model.drawing import Bookmark, Drawing, Group, Role
from deckgen.model.edition import day_in_words
from deckgen.problem import Problem

Facts = Sequence[tuple[str, str]]


def lay_out_ticket(
    deck: Deck, design: Design, job: Facts, wishes: Facts
) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """One page: the `job` as it is, and `wishes` that the shop may talk about."""
    page, title = Page(design, Setter(design.book)), "For the print shop"
    page.text(title, "h1", Role.H1)
    page.drop(6)
    page.text(f"{deck.title}, {deck.edition.label.lower()}", "lead")
    page.drop(20)
    page.text("The job", "h2", Role.H2)
    page.drop(10)
    fact_panel(page, job)
    page.drop(24)
    page.text("What we suggest", "h2", Role.H2)
    page.drop(10)
    fact_panel(page, wishes)
    page.drop(24)
    page.text("Who answers", "h2", Role.H2)
    page.drop(10)
    fact_panel(
        page,
        (
            ("Publisher", deck.publisher),
            ("Contact", deck.contact),
            ("Edition", f"{deck.edition.label}, {day_in_words(deck.edition.issued)}"),
        ),
    )
    labels = [str(number + 1) for number in range(len(page.full) + 1)]
    page.footers(deck.title, deck.edition.stamp, labels)
    groups, marks = (Group("ticket", title),), (Bookmark(title, 0),)
    drawings = page.drawings("ticket", labels, groups, marks)
    places = [deck.place] * len(drawings)
    found = letter_problems(drawings, places, design.book)
    return drawings, found or safe_problems(drawings, places, design.book)
