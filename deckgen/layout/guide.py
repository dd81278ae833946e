"""The pack's own pages: a cover, and how to print, cut and sort what follows."""

from __future__ import annotations

from deckgen.design.load import Design
from deckgen.geometry import Rect, mm
from deckgen.layout.deck import INDEX_CODE
from deckgen.layout.front_pages import art_height_pt, cover_art
from deckgen.layout.letters import letter_problems
from deckgen.layout.lines import Setter, bold_first
from deckgen.layout.page import Page, numbered_steps
from deckgen.layout.safe import safe_problems
from deckgen.layout.shapes import line, rounded, stroked
from deckgen.model.deck import Deck
from deckgen.model.drawing import Bookmark, Drawing, Element, Group, Mark, Role, TextLine
from deckgen.model.text import words
from deckgen.model.workbook import Step, Workbook
from deckgen.problem import Problem

GUIDE_PAGES = 2


def lay_out_guide(
    deck: Deck, workbook: Workbook, design: Design, turn: str
) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """Cover and printing instructions, on one leaf. `turn` is the edge: "long" or "short"."""
    setter = Setter(design.book)
    cards = len(deck.cards) + 1
    sheets = -(-cards // design.stock.per_sheet)
    drawings = (
        _cover(Page(design, setter), deck, workbook),
        _instructions(Page(design, setter), deck, turn, cards, sheets),
    )
    places = [deck.place] * GUIDE_PAGES
    found = letter_problems(drawings, places, design.book)
    return drawings, found or safe_problems(drawings, places, design.book)


def _cover(page: Page, deck: Deck, workbook: Workbook) -> Drawing:
    page.decorate(*cover_art(page.design, deck.sections, "pack 5", page.size))
    page.y = page.size.height_pt - art_height_pt(page.size) - 26
    page.text(deck.title, "display", Role.H1)
    page.drop(4)
    page.text(deck.subtitle, "subtitle", width=420)
    page.drop(20)
    page.text(f"{len(deck.cards)} cards, an index card and a workbook: {workbook.title}", "body")
    page.footer(deck.edition.label, "", deck.publisher)
    group = Group("pack-cover", deck.title)
    return page.drawing("pack-cover", "Cover", (group,), (Bookmark(deck.title, 0),))


def _instructions(page: Page, deck: Deck, turn: str, cards: int, sheets: int) -> Drawing:
    title = "How to print this pack"
    first, last = GUIDE_PAGES + 1, GUIDE_PAGES + 2 * sheets
    page.text(title, "h1", Role.H2)
    page.drop(6)
    page.text(
        f"This file prints in one go, on both sides of the paper. You get {sheets}\u00a0sheets "
        f"with {cards}\u00a0cards, then the workbook.",
        "lead",
        width=450,
    )
    page.drop(22)
    numbered_steps(page, _steps(deck, turn, first, last))
    page.drop(16)
    page.text("Where to cut", "h2", Role.H3)
    page.drop(22)
    _cutting_plan(page)
    page.footer(deck.title, deck.edition.label, str(GUIDE_PAGES))
    group = Group("pack-printing", title)
    return page.drawing("pack-printing", "Printing", (group,), (Bookmark(title, 0),))


def _steps(deck: Deck, turn: str, first: int, last: int) -> tuple[Step, ...]:
    stock_words = "A4 paper, heavy if you have it: 160 to 250 g/m² makes good cards."
    order = ", ".join(section.span for section in deck.sections) + f", {INDEX_CODE}."
    texts = (
        ("Load the paper", stock_words),
        ("Set the printer", f"Actual size or 100 %. Both sides. Turn on the {turn} edge. Colour."),
        (
            "Print one sheet first",
            f"Pages {first} and {first + 1}. Its ruler must be 100 mm long. Hold the sheet to "
            "the light: the backs must lie behind the fronts.",
        ),
        ("Print the rest", f"Cards are pages {first} to {last}. The workbook follows."),
        ("Cut the cards", "Follow the small marks at the edges, as in the drawing below."),
        ("Sort them", f"Put the cards in this order: {order}"),
    )
    return tuple(Step(title, words(text)) for title, text in texts)


def _cutting_plan(page: Page) -> None:
    """A small drawing of a sheet with its cuts numbered, and the cuts in words."""
    stock = page.design.stock
    scale = 168.0 / mm(stock.sheet.height)
    left, bottom = page.left, page.y - 168.0
    marks: list[Mark] = []
    width = mm(stock.sheet.width) * scale
    paper = Rect(left, bottom, width, 168.0)
    marks.append(stroked(rounded(paper, 2), page.colour("rule"), 1.0))
    for slot in range(stock.per_sheet):
        row, column = divmod(slot, stock.grid.columns)
        x = stock.grid.left + column * (stock.card.width + stock.grid.gutter_x)
        top = stock.grid.top + row * (stock.card.height + stock.grid.gutter_y)
        card = Rect(
            left + mm(x) * scale,
            bottom + mm(stock.sheet.height - top - stock.card.height) * scale,
            mm(stock.card.width) * scale,
            mm(stock.card.height) * scale,
        )
        marks.append(stroked(rounded(card, 1), page.colour("teal_mid"), 1.2))
    marks += _cut_lines(page, paper, scale)
    alt = "A sheet with four cards. Cut one lies between the columns, cut two between the rows."
    page.add(Element(Role.FIGURE, tuple(marks), alt=alt))
    x = left + width + 46
    page.y -= 4
    cuts = (
        ("Cut 1:", "down the middle, between the columns."),
        ("Cut 2:", "across the middle, between the rows."),
        ("Then:", "trim each piece along its marks, edge by edge."),
    )
    for name, cut in cuts:
        page.text(bold_first(name, words(cut)), "body", x=x, width=page.right - x)
        page.drop(8)
    page.text(
        "A cut that is half a millimetre off does no harm: colour runs over every edge.",
        "hint",
        x=x,
        width=page.right - x,
    )


def _cut_lines(page: Page, paper: Rect, scale: float) -> list[Mark]:
    stock, number = page.design.stock, page.type("strong")
    x = paper.x_pt + paper.width_pt / 2
    gap = stock.grid.top + stock.card.height + stock.grid.gutter_y / 2
    y = paper.top_pt - mm(gap) * scale
    dashes = (3.0, 3.0)
    down = stroked(
        line(x, paper.y_pt - 6, x, paper.top_pt + 6), page.colour("ink"), 1.1, dash_pt=dashes
    )
    across = stroked(
        line(paper.x_pt - 6, y, paper.right_pt + 6, y), page.colour("ink"), 1.1, dash_pt=dashes
    )
    one: TextLine = page.setter.line("1", number, x + 5, paper.top_pt - 2 + 10)
    two: TextLine = page.setter.line("2", number, paper.right_pt + 10, y - 4)
    return [down, across, one, two]
