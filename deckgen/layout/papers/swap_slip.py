"""The swap slip of a supplement: what to take out of an old deck, and what to put in.

It begins with a stop: a deck of another edition must not be swapped into.
"""

from __future__ import annotations

from msgspec import Struct

from deckgen.design.load import Design
from deckgen.geometry import Rect
from deckgen.layout.papers.what_changed import TITLE as CHANGED
from deckgen.layout.papers.what_changed import continued, what_changed_pages
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.page import BORDER_PT, COLUMN_GAP_PT, Page, ascent_pt
from deckgen.layout.setting.safe import safe_problems
from deckgen.layout.setting.shapes import filled, line, rounded, stroked
from deckgen.model.change import Kind
from deckgen.model.deck import Deck
from deckgen.model.drawing import Bookmark, Drawing, Element, Field, FieldKind, Group, Role, Shape
from deckgen.model.snapshot import CardState
from deckgen.model.swap import Swap, Swaps
from deckgen.model.text import Run, Text, words
from deckgen.problem import Problem

TITLE = "Swap slip"
_HEAD_PT = 27.0
_CHECK_PT = 17.0
_INDENT_PT = 32.0
_PAD_PT = 7.0
_CELL_PAD_PT = 5.5  # above and below the words of a row
_GAP_PT = 16.0
_LAST_ROWS = 2  # that are never parted from the words below the table
_WASTE = "Put the old cards into the waste paper."
_MAY_STAY = {Kind.LAYOUT: "only the look changed", Kind.CORRECTION: "a slip was put right"}


class Sums(Struct, frozen=True):
    """What a supplement costs: its cards and sheets, and the sheets of the whole deck.

    `indexes` of the cards are index cards.
    """

    cards: int
    sheets: int
    whole: int
    indexes: int = 1

    @property
    def in_words(self) -> str:
        """Paper, as people count it: "1 sheet instead of 6"."""
        sheets = f"{self.sheets} sheet{'s' * (self.sheets != 1)}"
        if self.saved > 0:
            return f"{sheets} instead of {self.whole}"
        return f"{sheets}, as many as the whole deck"

    @property
    def saved(self) -> int:
        """Sheets that need not be printed."""
        return self.whole - self.sheets


def lay_out_slip(
    deck: Deck, design: Design, swaps: Swaps, sums: Sums
) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """The slip, then what changed and why it matters: pages that go with the new cards."""
    setter = Setter(design.book, deck.language)
    slip = _slip(Page(design, setter, continued(TITLE)), deck, swaps, sums.indexes)
    told_on = Page(design, setter, continued(CHANGED))
    told = what_changed_pages(told_on, deck, swaps, sums.in_words, sums.indexes)
    drawings = (*slip, *told)
    places = [deck.place] * len(drawings)
    found = letter_problems(drawings, places, design.book)
    return drawings, found or safe_problems(drawings, places, design.book)


def _slip(page: Page, deck: Deck, swaps: Swaps, indexes: int) -> tuple[Drawing, ...]:
    page.text(deck.title, "eyebrow")
    page.drop(4)
    page.text(f"{TITLE}: edition\u00a0{swaps.since} becomes\u00a0{swaps.edition}", "h1", Role.H1)
    page.drop(12)
    _stop(page, deck, swaps)
    page.drop(16)
    page.text("Card by card", "h2", Role.H2)
    page.drop(8)
    below = [*([_may_stay(swaps)] if swaps.may_stay else []), _count(swaps, indexes)]
    height = sum(_GAP_PT + page.height_of(text, "body") for text in below) + _sign_height(page)
    _table(page, swaps, indexes, height)
    page.need(height)
    for text in below:
        page.drop(_GAP_PT)
        page.text(text, "body")
    _sign(page)
    labels = [TITLE, *(f"{TITLE} {n + 2}" for n in range(len(page.full)))]
    folios = [f"{TITLE} {n + 1} of {len(labels)}" for n in range(len(labels))]
    page.footers(deck.title, deck.edition.stamp, folios)
    group = (Group("swap-slip", TITLE),)
    return page.drawings("swap-slip", labels, group, (Bookmark(TITLE, 0),))


def _stop(page: Page, deck: Deck, swaps: Swaps) -> None:
    """The first thing to read: is this the deck that the slip is for?"""
    says = f"“Edition\u00a0{swaps.since}\u00a0· {swaps.old_code}”"
    first = (
        Run(f"Your deck must be edition {swaps.since}: ", strong=True),
        Run(f"its index card says {says}. If it says something else, stop. Swap nothing: "),
        Run(f"you need the whole deck of edition {swaps.edition}. {deck.contact}."),
    )
    width = page.width - 8
    height = page.height_of("Stop first", "panel_title") + page.height_of(first, "body", width) + 32
    page.need(height)
    top = page.y
    page.panel(height, "amber_tint")
    page.drop(13)
    page.text("Stop first", "panel_title", Role.H2, x=page.left + 4)
    page.drop(4)
    page.text(first, "body", x=page.left + 4, width=width)
    page.y = top - height


def _table(page: Page, swaps: Swaps, indexes: int, below_pt: float) -> None:
    """A row for each swap, that of the index cards last; goes on over further pages.

    The last rows go where what comes `below` them goes, so that it never stands alone.
    """
    rows = [_cells(swap) for swap in swaps.swaps]
    rows.append(_index_cells(swaps, several=indexes > 1))
    heights = [max(_cell_height(page, cell) for cell in cells) for cells in rows]
    last = max(0, len(rows) - _LAST_ROWS)
    done: list[Element] = []
    for number, (cells, height) in enumerate(zip(rows, heights, strict=True)):
        asked = sum(heights[last:]) + below_pt if number == last else height
        if not done or asked > page.room:
            if done:
                page.add(Element(Role.TABLE, tuple(done)))
                page.turn()
            page.need(page.grown(_HEAD_PT) + height)
            done = [_head(page)]
        done.append(_row(page, number, cells, height))
    page.add(Element(Role.TABLE, tuple(done)))


# What a tick says, the card's name, and what is said of it below; all may be empty.
_Cell = tuple[str, str, str]


def _cells(swap: Swap) -> tuple[_Cell, _Cell]:
    return _out(swap), _in(swap)


def _out(swap: Swap) -> _Cell:
    if swap.old is None:
        return "", "", "Nothing: this card is new"
    tick = f"{swap.old.code} of edition {swap.old.edition} is taken out"
    return tick, swap.old.name, _mark_of(swap.old)


def _in(swap: Swap) -> _Cell:
    if swap.new is None:
        return "", "", f"Nothing: {swap.old.code if swap.old else ''} is withdrawn"
    said = _mark_of(swap.new)
    if swap.kind is Kind.NEW:
        said += f", behind {swap.behind}" if swap.behind else ", at the front"
    if swap.old and swap.old.code != swap.new.code:
        said += f", was {swap.old.code}"
    return f"{swap.new.code} of edition {swap.new.edition} is put in", swap.new.name, said


def _mark_of(card: CardState) -> str:
    return f"Edition\u00a0{card.edition}\u00a0· {card.check}"


def _index_cells(swaps: Swaps, *, several: bool) -> tuple[_Cell, _Cell]:
    name, tick = "Index card", "The index card of edition {} is {}"
    if several:
        name, tick = "All index cards", "All index cards of edition {} are {}"
    pairs = ((swaps.since, swaps.old_code, "taken out"), (swaps.edition, swaps.new_code, "put in"))
    out, come = (
        (tick.format(edition, done), name, f"Edition\u00a0{edition}\u00a0· {code}")
        for edition, code, done in pairs
    )
    return out, come


def _column(page: Page) -> float:
    return page.width / 2


def _cell_width(page: Page) -> float:
    """For the words of a cell, which keep away from the next one's box."""
    return _column(page) - page.grown(_INDENT_PT) - 2 * _PAD_PT


def _cell_height(page: Page, cell: _Cell) -> float:
    _, name, said = cell
    width = _cell_width(page)
    height = page.height_of(name, "strong", width) if name else 0.0
    return height + page.height_of(said, "hint", width) + 2 * _CELL_PAD_PT


def _head(page: Page) -> Element:
    look, height = page.type("table_head"), page.grown(_HEAD_PT)
    ground = Rect(page.left, page.y - height, page.width, height)
    page.decorate(filled(rounded(ground, 5), page.colour("teal")))
    cells = []
    for column, title in enumerate(("Take out", "Put in")):
        x = page.left + column * _column(page) + _PAD_PT
        text = page.setter.line(title, look, x, ground.y_pt + page.grown(9))
        cells.append(Element(Role.HEAD_CELL, (text,), scope="Column"))
    page.y -= height
    return Element(Role.ROW, tuple(cells))


def _row(page: Page, number: int, cells: tuple[_Cell, _Cell], height: float) -> Element:
    made = []
    for column, cell in enumerate(cells):
        name = f"swap-slip.{number + 1}.{('out', 'in')[column]}"
        made.append(_cell(page, name, cell, page.left + column * _column(page)))
    bottom = page.y - height
    page.decorate(
        stroked(line(page.left, bottom, page.right, bottom), page.colour("rule"), BORDER_PT)
    )
    page.y = bottom
    return Element(Role.ROW, tuple(made))


def _cell(page: Page, field: str, cell: _Cell, x: float) -> Element:
    """A box to tick, if there is something to do, and the words beside it."""
    tick, name, said = cell
    strong, hint, side = page.type("strong"), page.type("hint"), page.grown(_CHECK_PT)
    indent = page.grown(_INDENT_PT)
    width = _cell_width(page)
    y = page.y - _CELL_PAD_PT - ascent_pt(strong)
    kids: list[Element] = []
    if tick:
        area = Rect(x + _PAD_PT, y - page.grown(3.6), side, side)
        border = rounded(area.grown(-0.7), 3)
        box = Shape(border, fill="#FFFFFF", stroke=page.colour("ink"), width_pt=1.4)
        kids.append(Element(Role.ARTIFACT, (box,)))
        kids.append(Element(Role.FORM, (Field(FieldKind.CHECK, field, tick, area),)))
    if name:
        lines = page.setter.column(words(name), strong, x + indent, y, width)
        kids.append(Element(Role.P, lines))
        y -= len(lines) * strong.leading_pt
    kids.append(Element(Role.P, page.setter.column(words(said), hint, x + indent, y, width)))
    return Element(Role.CELL, tuple(kids))


def _may_stay(swaps: Swaps) -> Text:
    """Codes by what changed: the same words behind each code would hide the codes."""
    kinds = dict.fromkeys(swap.kind for swap in swaps.may_stay)
    named = [
        f"{', '.join(s.new.code for s in swaps.may_stay if s.new and s.kind is kind)} "
        f"({_MAY_STAY.get(kind, kind.meaning)})"
        for kind in kinds
    ]
    said = f" {'; '.join(named)}."
    return (Run("These cards may stay as they are:", strong=True), Run(said))


def _count(swaps: Swaps, indexes: int) -> Text:
    index = f"{indexes} index cards" if indexes > 1 else "the index card"
    said = f"{swaps.cards} cards and {index}. {_WASTE}"
    return (Run("Then count: ", strong=True), Run(said))


def _sign_height(page: Page) -> float:
    return _GAP_PT + page.grown(30)


def _sign(page: Page) -> None:
    """Who did it, and when: a name needs more of the line than a day."""
    page.need(_sign_height(page))
    page.drop(_GAP_PT)
    width = page.width - COLUMN_GAP_PT
    name, day = 0.6 * width, 0.4 * width
    page.line_field("Swapped by", "swap-slip.by", "Swapped by", page.left, name)
    page.line_field(
        "Date", "swap-slip.date", "Date of the swap", page.left + name + COLUMN_GAP_PT, day
    )
    page.drop(page.grown(30))
