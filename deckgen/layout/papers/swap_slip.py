"""The swap slip of a supplement: what to take out of an old deck, and what to put in.

It begins with a stop: a deck of another edition must not be swapped into.
"""

from __future__ import annotations

from msgspec import Struct

from deckgen.design.load import Design
from deckgen.geometry import Rect
from deckgen.layout.papers.swap_cells import Cell, cells_of, index_cells
from deckgen.layout.papers.what_changed import TITLE as CHANGED
from deckgen.layout.papers.what_changed import continued, what_changed_pages
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter, bold_first
from deckgen.layout.setting.page import BORDER_PT, COLUMN_GAP_PT, Page, ascent_pt
from deckgen.layout.setting.safe import safe_problems
from deckgen.layout.setting.shapes import filled, line, rounded, stroked
from deckgen.model.change import Kind
from deckgen.model.deck import Deck
from deckgen.model.drawing import Bookmark, Drawing, Element, Field, FieldKind, Group, Role, Shape
from deckgen.model.swap import Swaps
from deckgen.model.text import Run, Text, ended, plain, word, words
from deckgen.problem import Problem
from deckgen.wording.names import edition_mark, edition_stamp
from deckgen.wording.say import (
    Wording,
    listed,
    merged,
    numbered,
    sentences,
    spoken,
    strong,
    tied,
    unbroken,
)

TITLE = word("Swap slip")
_HEAD_PT = 27.0
_CHECK_PT = 17.0
_INDENT_PT = 32.0
_PAD_PT = 7.0
_CELL_PAD_PT = 5.5  # above and below the words of a row
_GAP_PT = 16.0
_LAST_ROWS = 2  # that are never parted from the words below the table
_MAY_STAY = {
    Kind.LAYOUT: word("only the look changed"),
    Kind.CORRECTION: word("a slip was put right"),
}


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
        """Paper, as messages count it: "1 sheet instead of 6"."""
        sheets = f"{self.sheets} sheet{'s' * (self.sheets != 1)}"
        if self.saved > 0:
            return f"{sheets} instead of {self.whole}"
        return f"{sheets}, as many as the whole deck"

    def said(self, say: Wording) -> Text:
        """The same for the slip."""
        sheets = unbroken(say.many("{count} sheet", "{count} sheets", self.sheets))
        if self.saved > 0:
            return say("{sheets} instead of {whole}", sheets=sheets, whole=self.whole)
        return say("{sheets}, as many as the whole deck", sheets=sheets)

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
    told = what_changed_pages(told_on, deck, swaps, sums.said(design.say), sums.indexes)
    drawings = (*slip, *told)
    places = [deck.place] * len(drawings)
    found = letter_problems(drawings, places, design.book)
    return drawings, found or safe_problems(drawings, places, design.book, deck.names)


def _slip(page: Page, deck: Deck, swaps: Swaps, indexes: int) -> tuple[Drawing, ...]:
    say, title = page.say, page.say(TITLE)
    page.text(deck.title, "eyebrow")
    page.drop(4)
    change = say("edition {old} becomes {new}", old=swaps.since, new=swaps.edition)
    page.text(listed((title, tied(change)), ": "), "h1", Role.H1)
    page.drop(12)
    _stop(page, deck, swaps)
    page.drop(16)
    page.text(say("Card by card"), "h2", Role.H2)
    page.drop(8)
    below = [*([_may_stay(swaps, say)] if swaps.may_stay else []), _count(swaps, indexes, say)]
    height = sum(_GAP_PT + page.height_of(text, "body") for text in below) + _sign_height(page)
    _table(page, swaps, indexes, height)
    page.need(height)
    for text in below:
        page.drop(_GAP_PT)
        page.text(text, "body")
    _sign(page)
    count = len(page.full) + 1
    labels = numbered(say, TITLE, word("Swap slip {number}"), count)
    key = word("Swap slip {number} of {count}")
    folios = [say(key, number=n + 1, count=count) for n in range(count)]
    page.footers(deck.title, edition_stamp(deck.edition, say), folios)
    group = (Group("swap-slip", plain(title)),)
    return page.drawings("swap-slip", labels, group, (Bookmark(plain(title), 0),))


def _stop(page: Page, deck: Deck, swaps: Swaps) -> None:
    """The first thing to read: is this the deck that the slip is for?"""
    say, mark = page.say, edition_mark(swaps.since, swaps.old_code, page.say)
    first = (
        *strong(say("Your deck must be edition {number}:", number=swaps.since)),
        Run(" "),
        *sentences(
            say("its index card says “{mark}”.", mark=mark),
            say("If it says something else, stop."),
            say(
                "Swap nothing: you need the whole deck of edition {number}.",
                number=swaps.edition,
            ),
            words(f"{deck.contact}."),
        ),
    )
    title = say("Stop first")
    width = page.width - 8
    height = page.height_of(title, "panel_title") + page.height_of(first, "body", width) + 32
    page.need(height)
    top = page.y
    page.panel(height, "amber_tint")
    page.drop(13)
    page.text(title, "panel_title", Role.H2, x=page.left + 4)
    page.drop(4)
    page.text(first, "body", x=page.left + 4, width=width)
    page.y = top - height


def _table(page: Page, swaps: Swaps, indexes: int, below_pt: float) -> None:
    """A row for each swap, that of the index cards last; goes on over further pages.

    The last rows go where what comes `below` them goes, so that it never stands alone.
    """
    rows = [cells_of(swap, page.say) for swap in swaps.swaps]
    rows.append(index_cells(swaps, page.say, several=indexes > 1))
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


def _column(page: Page) -> float:
    return page.width / 2


def _cell_width(page: Page) -> float:
    """For the words of a cell, which keep away from the next one's box."""
    return _column(page) - page.grown(_INDENT_PT) - 2 * _PAD_PT


def _cell_height(page: Page, cell: Cell) -> float:
    _, name, said = cell
    width = _cell_width(page)
    height = page.height_of(name, "strong", width) if name else 0.0
    return height + page.height_of(said, "hint", width) + 2 * _CELL_PAD_PT


def _head(page: Page) -> Element:
    look, height = page.type("table_head"), page.grown(_HEAD_PT)
    ground = Rect(page.left, page.y - height, page.width, height)
    page.decorate(filled(rounded(ground, 5), page.colour("teal")))
    cells = []
    for column, title in enumerate((page.say("Take out"), page.say("Put in"))):
        x = page.left + column * _column(page) + _PAD_PT
        text = page.setter.line(title, look, x, ground.y_pt + page.grown(9))
        cells.append(Element(Role.HEAD_CELL, (text,), scope="Column"))
    page.y -= height
    return Element(Role.ROW, tuple(cells))


def _row(page: Page, number: int, cells: tuple[Cell, Cell], height: float) -> Element:
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


def _cell(page: Page, field: str, cell: Cell, x: float) -> Element:
    """A box to tick, if there is something to do, and the words beside it."""
    tick, name, said = cell
    look, hint, side = page.type("strong"), page.type("hint"), page.grown(_CHECK_PT)
    indent = page.grown(_INDENT_PT)
    width = _cell_width(page)
    y = page.y - _CELL_PAD_PT - ascent_pt(look)
    kids: list[Element] = []
    if tick:
        area = Rect(x + _PAD_PT, y - page.grown(3.6), side, side)
        border = rounded(area.grown(-0.7), 3)
        box = Shape(border, fill="#FFFFFF", stroke=page.colour("ink"), width_pt=1.4)
        kids.append(Element(Role.ARTIFACT, (box,)))
        tip, language = spoken(tick)
        kids.append(
            Element(Role.FORM, (Field(FieldKind.CHECK, field, tip, area),), language=language)
        )
    if name:
        lines = page.setter.column(name, look, x + indent, y, width)
        kids.append(Element(Role.P, lines))
        y -= len(lines) * look.leading_pt
    kids.append(Element(Role.P, page.setter.column(said, hint, x + indent, y, width)))
    return Element(Role.CELL, tuple(kids))


def _may_stay(swaps: Swaps, say: Wording) -> Text:
    """Codes by what changed: the same words behind each code would hide the codes."""
    kinds = dict.fromkeys(swap.kind for swap in swaps.may_stay)
    named = [
        merged((Run(f"{codes} ("), *say(_MAY_STAY.get(kind, kind.meaning)), Run(")")))
        for kind in kinds
        if (codes := ", ".join(s.new.code for s in swaps.may_stay if s.new and s.kind is kind))
    ]
    return bold_first(say("These cards may stay as they are:"), ended(listed(named, "; "), "."))


def _count(swaps: Swaps, indexes: int, say: Wording) -> Text:
    there = say(
        "{cards} and {indexes}.",
        cards=say.many("{count} card", "{count} cards", swaps.cards),
        indexes=say.many("the index card", "{count} index cards", indexes),
    )
    waste = say("Put the old cards into the waste paper.")
    return bold_first(say("Then count:"), sentences(there, waste))


def _sign_height(page: Page) -> float:
    return _GAP_PT + page.grown(30)


def _sign(page: Page) -> None:
    """Who did it, and when: a name needs more of the line than a day."""
    page.need(_sign_height(page))
    page.drop(_GAP_PT)
    width = page.width - COLUMN_GAP_PT
    name, day = 0.6 * width, 0.4 * width
    by, date, x = page.say("Swapped by"), page.say("Date"), page.left
    page.line_field(by, "swap-slip.by", by, x, name)
    x += name + COLUMN_GAP_PT
    page.line_field(date, "swap-slip.date", page.say("Date of the swap"), x, day)
    page.drop(page.grown(30))
