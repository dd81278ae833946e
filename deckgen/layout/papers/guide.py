"""The pack's own pages: a cover, and how to print, cut and sort what follows."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.design.stock import Stock
from deckgen.geometry import Rect, mm
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter, bold_first
from deckgen.layout.setting.page import Page
from deckgen.layout.setting.safe import safe_problems
from deckgen.layout.setting.shapes import line, rounded, stroked
from deckgen.layout.setting.steps import numbered_steps
from deckgen.layout.workbooks.cover import begin_cover
from deckgen.model.deck import Deck
from deckgen.model.drawing import Bookmark, Drawing, Element, Group, Mark, Role
from deckgen.model.snapshot import index_code
from deckgen.model.text import words
from deckgen.model.workbook import NO_WORKBOOK, Step, Workbook
from deckgen.problem import Problem


class Printing(Struct, frozen=True):
    """How the sheets are printed.

    `turn` is the edge about which the printer turns the paper, "long" or "short"; "single" for
    fronts first and backs later, "fold" for sheets that are folded, at a "vertical" or a
    "horizontal" `fold`. `order` is "rows" or "stack". `indexes` are index cards. No workbook
    follows them if they are `alone`.
    """

    turn: str
    order: str
    copies: int
    sheets: int
    fold: str = ""
    indexes: int = 1
    alone: bool = False

    @property
    def sides(self) -> int:
        """Pages in the file."""
        return self.sheets if self.turn == "fold" else 2 * self.sheets


_PLAN_PT = 168.0  # the height of the sheet in the cutting plan


def lay_out_guide(
    deck: Deck, workbook: Workbook, design: Design, printing: Printing
) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """Cover and printing instructions, on whole leaves, so that the sheets begin on a front."""
    setter = Setter(design.book, deck.language)
    printing = replace(printing, alone=workbook == NO_WORKBOOK)
    pages = 2
    while True:
        drawings = (
            *_cover(Page(design, setter), deck, workbook, printing.indexes),
            *_instructions(Page(design, setter), deck, printing, pages),
        )
        if len(drawings) % 2:
            drawings += _blank(Page(design, setter), deck, len(drawings) + 1)
        if len(drawings) == pages:
            break
        pages = len(drawings)
    places = [deck.place] * pages
    found = letter_problems(drawings, places, design.book)
    return drawings, found or safe_problems(drawings, places, design.book)


def _cover(page: Page, deck: Deck, workbook: Workbook, indexes: int) -> tuple[Drawing, ...]:
    index = f"{indexes} index cards" if indexes > 1 else "an index card"
    contents = f"{len(deck.cards)} cards, {index} and a workbook: {workbook.title}"
    if workbook == NO_WORKBOOK:
        contents = f"{len(deck.cards)} cards and {index}"
    measure = page.measure(420)
    height = page.height_of(deck.title, "display") + page.height_of(contents, "body")
    height += page.height_of(deck.subtitle, "subtitle", measure) + 24
    begin_cover(page, deck.sections, "pack 5", height)
    page.text(deck.title, "display", Role.H1)
    page.drop(4)
    page.text(deck.subtitle, "subtitle", width=measure)
    page.drop(20)
    page.text(contents, "body")
    labels = ["Cover", *(f"Cover {i + 1}" for i in range(1, len(page.full) + 1))]
    page.footers(deck.edition.stamp, "", [deck.publisher] * len(labels))
    group = Group("pack-cover", deck.title)
    return page.drawings("pack-cover", labels, (group,), (Bookmark(deck.title, 0),))


def _instructions(
    page: Page, deck: Deck, printing: Printing, guide_pages: int
) -> tuple[Drawing, ...]:
    title = "How to print this pack"
    page.text(title, "h1", Role.H2)
    page.drop(6)
    page.text(_summary(deck, printing), "lead", width=page.measure(450))
    page.drop(22)
    numbered_steps(page, _steps(deck, printing, guide_pages + 1, page.design.stock))
    page.drop(16)
    heading = "Where the cards are" if page.design.stock.perforated else "Where to cut"
    page.need(page.height_of(heading, "h2") + 22 + _PLAN_PT)
    page.text(heading, "h2", Role.H3)
    page.drop(22)
    _cutting_plan(page, printing.fold)
    count = len(page.full) + 1
    labels = ["Printing", *(f"Printing {i}" for i in range(2, count + 1))]
    page.footers(deck.title, deck.edition.stamp, [str(2 + i) for i in range(count)])
    group = Group("pack-printing", title)
    return page.drawings("pack-printing", labels, (group,), (Bookmark(title, 0),))


def _summary(deck: Deck, printing: Printing) -> str:
    cards = (len(deck.cards) + printing.indexes) * printing.copies
    sets = f" in {printing.copies}\u00a0sets" if printing.copies > 1 else ""
    got = f"{printing.sheets}\u00a0sheets with {cards}\u00a0cards{sets}"
    if printing.turn in ("single", "fold"):
        first, then = ("", "") if printing.alone else (" first,", " Then print the workbook.")
        return f"Print the cards{first} on one side of the paper: {got}.{then}"
    then = ", then the workbook" * (not printing.alone)
    return f"This file prints in one go, on both sides of the paper. You get {got}{then}."


def _blank(page: Page, deck: Deck, number: int) -> tuple[Drawing, ...]:
    page.text("This page is blank, so that the cards begin on a new sheet.", "hint")
    page.footers(deck.title, deck.edition.stamp, [str(number)])
    group = Group("pack-printing", "How to print this pack")
    return page.drawings("pack-blank", [f"Blank {number}"], (group,))


def _steps(deck: Deck, printing: Printing, first: int, stock: Stock) -> tuple[Step, ...]:
    last = first + printing.sides - 1
    paper = stock.name.partition(",")[0]
    weight = "thin, as two sides are glued: 80 to 120 g/m²."
    if printing.turn != "fold":
        weight = "heavy if you have it: 160 to 250 g/m² makes good cards."
    stock_words = f"{paper} paper, {weight}"
    if stock.perforated:
        stock_words = "Your perforated card, with its printing side where the printer prints."
    names = [section.span for section in deck.sections]
    names += map(index_code, range(1, printing.indexes + 1))
    sort = f"Put the cards in this order: {', '.join(names)}."
    if printing.order == "stack":
        verb = "Break" if stock.perforated else "Cut"
        sort = (
            f"{verb} all sheets as one stack. Put the piles on each other, in the order of the "
            "sheet: top row from the left, then the next row. That is the deck."
        )
    texts = (
        ("Load the paper", stock_words),
        *_print_steps(printing, first, last),
        _cut_step(stock),
        ("Sort them", sort),
    )
    return tuple(Step(title, words(text)) for title, text in texts)


def _cut_step(stock: Stock) -> tuple[str, str]:
    if stock.perforated:
        return "Break the cards out", "Bend the sheet once each way along every perforated line."
    if stock.per_sheet == 1:
        left_out = "You may leave this out: one card fills a sheet. Small marks show its edges."
        return "Cut the cards", left_out
    return "Cut the cards", "Follow the small marks at the edges, as in the drawing below."


def _print_steps(printing: Printing, first: int, last: int) -> tuple[tuple[str, str], ...]:
    """Setting the printer, the first sheet, the rest."""
    ruler = "Its ruler must be 100 mm long."
    follows = " The workbook follows." * (not printing.alone)
    light = "Hold the sheet to the light: the backs must lie behind the fronts."
    if printing.turn == "fold":
        return (
            ("Set the printer", "Actual size or 100 %. One side only. Colour."),
            ("Print one sheet first", f"Page {first}. {ruler} Fold it on the broken line. {light}"),
            ("Print, fold and glue", f"Pages {first} to {last}. Fold each and glue it together."),
        )
    if printing.turn == "single":
        middle = first + printing.sheets
        return (
            ("Set the printer", "Actual size or 100 %. One side only. Colour."),
            (
                "Try one sheet",
                f"Page {first}. {ruler} Turn the sheet over, print page {middle} on it. {light}",
            ),
            (
                "Print the rest",
                f"Fronts are pages {first} to {middle - 1}. Put the stack back, then print the "
                f"backs, pages {middle} to {last}.",
            ),
        )
    return (
        (
            "Set the printer",
            f"Actual size or 100 %. Both sides. Turn on the {printing.turn} edge. Colour.",
        ),
        ("Print one sheet first", f"Pages {first} and {first + 1}. {ruler} {light}"),
        ("Print the rest", f"Cards are pages {first} to {last}.{follows}"),
    )


def _cutting_plan(page: Page, fold: str) -> None:
    """A small drawing of a sheet with its cuts numbered, and the cuts in words."""
    stock = page.design.stock
    scale = _PLAN_PT / mm(stock.sheet.height)
    width = mm(stock.sheet.width) * scale
    paper = Rect(page.left, page.y - _PLAN_PT, width, _PLAN_PT)
    marks: list[Mark] = [stroked(rounded(paper, 2), page.colour("rule"), 1.0)]
    for slot in range(stock.per_sheet):
        row, column = divmod(slot, stock.grid.columns)
        x = stock.grid.left + column * (stock.card.width + stock.grid.gutter_x)
        top = stock.grid.top + row * (stock.card.height + stock.grid.gutter_y)
        card = Rect(
            paper.x_pt + mm(x) * scale,
            paper.y_pt + mm(stock.sheet.height - top - stock.card.height) * scale,
            mm(stock.card.width) * scale,
            mm(stock.card.height) * scale,
        )
        marks.append(stroked(rounded(card, 1), page.colour("teal_mid"), 1.2))
    if not stock.perforated:
        marks += _cut_lines(page, paper, scale, fold)
    cuts = _cuts(stock, fold)
    cards = "one card" if stock.per_sheet == 1 else f"{stock.per_sheet} cards"
    alt = " ".join((f"A sheet with {cards}.", *(f"{name} {cut}" for name, cut in cuts)))
    page.add(Element(Role.FIGURE, tuple(marks), alt=alt))
    x = page.left + width + 46
    page.y -= 4
    for name, cut in cuts:
        page.text(bold_first(name, words(cut)), "body", x=x, width=page.right - x)
        page.drop(8)
    page.text(_tolerance(stock), "hint", x=x, width=page.right - x)
    page.y = min(page.y, paper.y_pt)


def _tolerance(stock: Stock) -> str:
    if stock.perforated:
        return "Print one sheet on plain paper first and hold it against a perforated one."
    if stock.grid.bleed:
        return "A cut that is half a millimetre off does no harm: colour runs over every edge."
    return "Cards touch here: one cut parts two of them. Cut on the line."


def _cuts(stock: Stock, fold: str) -> list[tuple[str, str]]:
    """The cuts in the order to make them: (name, what to do). A fold is no cut."""
    if stock.perforated:
        first = [("First fold", "down the middle, print outwards, and glue.")] * bool(fold)
        return [*first, ("Break out", f"{stock.per_sheet} cards. Nothing has to be cut.")]
    columns, rows = stock.grid.columns, stock.grid.rows
    down, across = columns - 1 - (fold == "vertical"), rows - 1 - (fold == "horizontal")
    cuts = [("First fold", "on the line without a number, print outwards, and glue.")] * bool(fold)
    if down:
        where = "the middle, between the columns" if down == 1 else "between the columns"
        cuts.append((_numbers(1, down), f"down {where}."))
    if across:
        where = "the middle, between the rows" if across == 1 else "between the rows"
        cuts.append((_numbers(down + 1, across), f"across {where}."))
    if cuts and not (stock.grid.gutter_x or stock.grid.gutter_y):
        total = down + across + 4
        trim = ("Then:", "trim the four outer edges along the marks.")
    else:
        pieces = (columns // 2 if fold == "vertical" else columns) * (
            rows // 2 if fold == "horizontal" else rows
        )
        total = down + across + 4 * pieces
        each = f"each of {pieces} pieces" if pieces > 1 else "each sheet"
        name = "Then:" if cuts else "For a neat edge:"
        trim = (name, f"trim {each} along its marks, four edges.")
    return [*cuts, trim, ("In all:", f"{total} cuts for a stack of sheets.")]


def _numbers(first: int, count: int) -> str:
    return f"Cut {first}:" if count == 1 else f"Cuts {first} to {first + count - 1}:"


def _cut_lines(page: Page, paper: Rect, scale: float, fold: str) -> list[Mark]:
    """A broken line in the middle of each gutter, with a number unless it is the fold."""
    stock, number = page.design.stock, page.type("strong")
    grid, card = stock.grid, stock.card
    down, across = [], []
    for column in range(1, grid.columns):
        x = grid.left + column * (card.width + grid.gutter_x) - grid.gutter_x / 2
        at = paper.x_pt + mm(x) * scale
        down.append((at, paper.y_pt - 6, at, paper.top_pt + 6))
    for row in range(1, grid.rows):
        y = grid.top + row * (card.height + grid.gutter_y) - grid.gutter_y / 2
        at = paper.top_pt - mm(y) * scale
        across.append((paper.x_pt - 6, at, paper.right_pt + 6, at))
    lines = down if fold == "vertical" else across
    halves = grid.columns if fold == "vertical" else grid.rows
    folded = [lines.pop(halves // 2 - 1)] if fold else []
    marks: list[Mark] = [
        stroked(line(*ends), page.colour("ink"), 1.1, dash_pt=(3.0, 3.0))
        for ends in (*folded, *down, *across)
    ]
    for cut, (x0, _, x1, y1) in enumerate((*down, *across), start=1):
        x, y = (x1 + 5, y1 + 2) if x0 == x1 else (x1 + 4, y1 - number.size_pt * 0.3)
        marks.append(page.setter.line(str(cut), number, x, y))
    return marks
