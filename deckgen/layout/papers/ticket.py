"""The ticket that goes to a print shop with the file: everything it asks before it prints."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.design.load import Design
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.page import Page
from deckgen.layout.setting.panel import Fact, fact_panel
from deckgen.layout.setting.safe import safe_problems
from deckgen.model.deck import Deck
from deckgen.model.drawing import Bookmark, Drawing, Group, Role
from deckgen.model.text import plain, words
from deckgen.problem import Problem
from deckgen.wording.names import edition_inside, edition_name, edition_stamp
from deckgen.wording.say import listed

Facts = Sequence[Fact]


def lay_out_ticket(
    deck: Deck, design: Design, job: Facts, wishes: Facts
) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """One page: the `job` as it is, and `wishes` that the shop may talk about."""
    page, say = Page(design, Setter(design.book)), design.say
    title, edition = say("For the print shop"), edition_name(deck.edition, say)
    page.text(title, "h1", Role.H1)
    page.drop(6)
    page.text(listed((words(deck.title), edition_inside(deck.edition, say))), "lead")
    page.drop(20)
    page.text(say("The job"), "h2", Role.H2)
    page.drop(10)
    fact_panel(page, job)
    page.drop(24)
    page.text(say("What we suggest"), "h2", Role.H2)
    page.drop(10)
    fact_panel(page, wishes)
    page.drop(24)
    issued = say.day(deck.edition.issued, edition)
    page.text(say("Who answers"), "h2", Role.H2)
    page.drop(10)
    fact_panel(
        page,
        (
            (say("Publisher"), deck.publisher),
            (say("Contact"), deck.contact),
            (say("Edition"), listed((edition, issued))),
        ),
    )
    labels = [str(number + 1) for number in range(len(page.full) + 1)]
    page.footers(deck.title, edition_stamp(deck.edition, say), labels)
    groups, marks = (Group("ticket", plain(title)),), (Bookmark(plain(title), 0),)
    drawings = page.drawings("ticket", labels, groups, marks)
    places = [deck.place] * len(drawings)
    found = letter_problems(drawings, places, design.book)
    return drawings, found or safe_problems(drawings, places, design.book, deck.names)
