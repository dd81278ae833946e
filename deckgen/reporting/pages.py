"""A report as pages in the deck's design."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.geometry import Rect
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.page import BORDER_PT, Page
from deckgen.layout.setting.panel import fact_panel
from deckgen.layout.setting.shapes import filled, ground, line, rounded, stroked
from deckgen.layout.workbooks.cover import cover_art
from deckgen.model.deck import Deck
from deckgen.model.drawing import Bookmark, Drawing, Element, Group, Mark, Role
from deckgen.model.text import plain
from deckgen.reporting.document import Block, Cards, Facts, Grid, Heading, Points, Report, Words
from deckgen.reporting.flowing import (
    WHOLE,
    Atoms,
    Sheet,
    atoms_of,
    breakable,
    drawn,
    flow,
    height_of,
)

_PAD_PT, _CARD_PAD_PT, _HEAD_PAD_PT = 6.0, 10.0, 6.0
_CARD_GAP_PT = 12.0
_LONG = 900  # letters of an answer that stands alone on its line
_ROLES = {2: ("h2", Role.H2), 3: ("h3", Role.H3), 4: ("strong", Role.H4)}
_ABOVE = {2: 26.0, 3: 16.0, 4: 10.0}
_BELOW_PT = 6.0
_ART_ROWS = 1
_MOST_TOGETHER = 0.75  # of a page: headings with what they are about
_TOGETHER = 0.22  # of a page: a table that is lower is not divided


def report_pages(report: Report, deck: Deck, design: Design) -> tuple[Drawing, ...]:
    """All pages, with bookmarks and page numbers."""
    page = Page(design, Setter(design.book, deck.language))
    marks = [(0, Bookmark(plain(report.title), 0))]
    _begin(page, report, deck)
    ready = [_ready(page, block) for block in report.blocks]
    # From the end: what a block wants to have below it on its page.
    below = [0.0] * (len(ready) + 1)
    for number in range(len(ready) - 1, -1, -1):
        block = ready[number]
        below[number] = block.begins_pt + (below[number + 1] if block.leads else 0.0)
    for block, wanted in zip(ready, below, strict=False):
        page.need(min(wanted, page.size.height_pt * _MOST_TOGETHER))
        if isinstance(block.of, Heading):
            page.drop(_ABOVE[block.of.depth] * (page.y < page.start))
        if isinstance(block.of, Heading) and block.of.depth < 4:
            mark = Bookmark(plain(block.of.text), block.of.depth - 1)
            marks.append((len(page.full), mark))
        _set(page, block)
    count = len(page.full) + 1
    folios = [f"{number}" for number in range(1, count + 1)]
    page.footers(report.deck, report.stamp, folios)
    group = (Group("report", plain(report.title)),)
    pages = page.drawings("report", folios, group)
    return tuple(
        replace(drawing, bookmarks=tuple(mark for at, mark in marks if at == number))
        for number, drawing in enumerate(pages)
    )


def _begin(page: Page, report: Report, deck: Deck) -> None:
    if deck.sections:
        side = page.size.width_pt / 6
        page.decorate(*cover_art(page.design, deck.sections, "report", page.size, _ART_ROWS))
        page.y = page.size.height_pt - side * _ART_ROWS - 26
    page.text(report.deck, "eyebrow")
    page.drop(4)
    page.text(report.title, "h1", Role.H1)
    page.drop(8)


class _Ready(Struct, frozen=True):
    """A block that was measured: what it begins with takes `begins_pt`. One that `leads` is never
    the last thing on a page.
    """

    of: Block
    begins_pt: float
    leads: bool = False
    sheet: _Table | _Answers | None = None
    rows: tuple[Sequence[Atoms], ...] = ()


def _ready(page: Page, block: Block) -> _Ready:
    if isinstance(block, Heading):
        height = page.height_of(block.text, _ROLES[block.depth][0])
        return _Ready(block, _ABOVE[block.depth] + height + _BELOW_PT, leads=True)
    if isinstance(block, Words):
        block = replace(block, text=breakable(page, block.text, page.type(block.style), page.width))
        return _Ready(block, page.height_of(block.text, block.style) + 8, leads=True)
    if isinstance(block, Grid):
        return _ready_grid(page, block)
    if isinstance(block, Cards):
        return _ready_cards(page, block)
    body, wide = page.type("body"), page.width - page.grown(16)
    if isinstance(block, Points):
        block = Points(tuple(breakable(page, point, body, wide) for point in block.points))
    return _Ready(block, page.grown(60))


def _ready_grid(page: Page, grid: Grid) -> _Ready:
    sheet = _Table(page, grid)
    rows = tuple(
        [
            atoms_of(page, cell, width - 2 * _PAD_PT)
            for cell, (_, width) in zip(row, sheet.columns, strict=True)
        ]
        for row in grid.rows
    )
    heights = [max(map(height_of, row), default=0.0) + 2 * _PAD_PT for row in rows]
    return _Ready(grid, sheet.head_pt + _beginning(page, heights), sheet=sheet, rows=rows)


def _beginning(page: Page, heights: Sequence[float]) -> float:
    """All rows, if they are few and low; else the first."""
    whole, most = sum(heights), page.size.height_pt * _TOGETHER
    return whole if whole <= most else min(heights[0], page.size.height_pt * WHOLE)


def _set(page: Page, ready: _Ready) -> None:
    block = ready.of
    if isinstance(block, Heading):
        style, role = _ROLES[block.depth]
        page.text(block.text, style, role)
        page.drop(_BELOW_PT)
    elif isinstance(block, Words):
        page.text(block.text, block.style)
        page.drop(8)
    elif isinstance(block, Points):
        page.points(block.points)
        page.drop(8)
    elif isinstance(block, Facts):
        page.drop(6)
        fact_panel(page, block.facts)
        page.drop(14)
    elif isinstance(ready.sheet, _Table):
        flow(page, ready.sheet, ready.rows, _PAD_PT)
        page.drop(14)
    elif ready.sheet:
        flow(page, ready.sheet, ready.rows, _CARD_PAD_PT + _CARD_GAP_PT / 2)


def _columns(page: Page, shares: Sequence[float]) -> list[tuple[float, float]]:
    """Left ends and widths of columns, the first at the side where reading begins."""
    widths = [page.width * share / sum(shares) for share in shares]
    lefts = accumulate([page.left, *widths[:-1]])
    mirror = page.setter.mirror
    return [
        (mirror(left, width, page.left, page.width), width)
        for left, width in zip(lefts, widths, strict=True)
    ]


class _Table(Sheet):
    """The rows of a table on one page, below its head."""

    def __init__(self, page: Page, grid: Grid) -> None:
        self.page, self.columns = page, _columns(page, grid.shares)
        self.heads = [
            page.setter.column(head, page.type("table_head"), 0.0, 0.0, width - 2 * _PAD_PT)
            for head, (_, width) in zip(grid.heads, self.columns, strict=True)
        ]
        leading = page.type("table_head").leading_pt
        self.head_pt = max(map(len, self.heads)) * leading + 2 * _HEAD_PAD_PT

    def begin(self) -> None:
        page, look = self.page, self.page.type("table_head")
        self.top, self.rules = page.y, list[float]()
        base = page.y - _HEAD_PAD_PT - look.size_pt
        cells = [
            Element(
                Role.HEAD_CELL,
                tuple(
                    replace(one, x_pt=one.x_pt + x + _PAD_PT, y_pt=one.y_pt + base) for one in lines
                ),
                scope="Column",
            )
            for lines, (x, _) in zip(self.heads, self.columns, strict=True)
        ]
        self.rows = [Element(Role.ROW, tuple(cells))]
        page.drop(self.head_pt)

    def add(self, row: Sequence[Atoms], height_pt: float) -> None:
        page = self.page
        cells = [
            Element(Role.CELL, drawn(atoms, x + _PAD_PT, page.y - _PAD_PT))
            for atoms, (x, _) in zip(row, self.columns, strict=True)
        ]
        self.rows.append(Element(Role.ROW, tuple(cells)))
        page.drop(height_pt)
        self.rules.append(page.y)

    def finish(self) -> None:
        page = self.page
        if not self.rules:  # nothing fitted below the head
            page.y = self.top
            return
        head = Rect(page.left, self.top - self.head_pt, page.width, self.head_pt)
        border = Rect(page.left, page.y, page.width, self.top - page.y)
        marks: list[Mark] = [filled(rounded(head, 5, "tl tr"), page.colour("teal"))]
        for y in self.rules[:-1]:
            marks.append(stroked(line(page.left, y, page.right, y), page.colour("hair"), BORDER_PT))
        marks.append(stroked(rounded(border, 5), page.colour("rule"), BORDER_PT))
        page.decorate(*marks)
        page.add(Element(Role.TABLE, tuple(self.rows)))


class _Answers(Sheet):
    """Answers side by side, each on a ground of its own."""

    def __init__(self, page: Page) -> None:
        self.page = page
        half = (page.width - _CARD_GAP_PT) / 2
        self.columns = {
            1: [(page.left, page.width)],
            2: [
                (page.setter.mirror(x, half, page.left, page.width), half)
                for x in (page.left, page.left + half + _CARD_GAP_PT)
            ],
        }

    def begin(self) -> None:
        self.items: list[Element] = []
        self.grounds: list[Mark] = []

    def add(self, row: Sequence[Atoms], height_pt: float) -> None:
        page = self.page
        height = height_pt - _CARD_GAP_PT
        for atoms, (x, width) in zip(row, self.columns[len(row)], strict=True):
            if not atoms:
                continue
            path = rounded(Rect(x, page.y - height, width, height), 6)
            tint, edge = page.colour("teal_tint"), page.colour("teal_mid")
            self.grounds.append(ground(path, tint, edge, outline=page.design.ink_saver))
            said = drawn(atoms, x + _CARD_PAD_PT, page.y - _CARD_PAD_PT)
            self.items.append(Element(Role.ITEM, (Element(Role.BODY, said),)))
        page.drop(height_pt)

    def finish(self) -> None:
        if self.items:
            self.page.decorate(*self.grounds)
            self.page.add(Element(Role.LIST, tuple(self.items)))


def _ready_cards(page: Page, block: Cards) -> _Ready:
    """Answers two by two; a long one has a line of its own."""
    sheet = _Answers(page)
    rows: list[list[Atoms]] = []
    waiting: list[Atoms] = []
    wide, narrow = (sheet.columns[n][0][1] - 2 * _CARD_PAD_PT for n in (1, 2))
    for number, card in enumerate(block.cards):
        letters = sum(len(plain(getattr(part, "text", ()))) for part in card)
        alone = letters > _LONG or (number == len(block.cards) - 1 and not waiting)
        if not alone:
            waiting.append(atoms_of(page, card, narrow))
        if waiting and (alone or len(waiting) == 2):
            rows.append([*waiting, *([[]] * (2 - len(waiting)))])
            waiting = []
        if alone:
            rows.append([atoms_of(page, card, wide)])
    gap = 2 * _CARD_PAD_PT + _CARD_GAP_PT
    heights = [max(map(height_of, row)) + gap for row in rows]
    first = min(heights[0], page.size.height_pt * WHOLE)
    return _Ready(block, first, sheet=sheet, rows=tuple(rows))
