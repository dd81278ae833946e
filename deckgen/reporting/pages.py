"""A report as pages in the deck's design."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

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
from deckgen.model.text import Text, plain, words
from deckgen.reporting.document import Block, Cards, Facts, Grid, Heading, Points, Report, Words
from deckgen.reporting.flowing import Atoms, Sheet, atoms_of, drawn, flow, height_of

_PAD_PT, _CARD_PAD_PT, _HEAD_PAD_PT = 6.0, 10.0, 6.0
_CARD_GAP_PT = 12.0
_LONG = 900  # letters of an answer that stands alone on its line
_ROLES = {2: ("h2", Role.H2), 3: ("h3", Role.H3), 4: ("strong", Role.H4)}
_ABOVE = {2: 26.0, 3: 16.0, 4: 10.0}
_BELOW_PT = 6.0
_ART_ROWS = 1


def report_pages(report: Report, deck: Deck, design: Design) -> tuple[Drawing, ...]:
    """All pages, with bookmarks and page numbers."""
    page = Page(design, Setter(design.book, deck.language))
    marks = [(0, Bookmark(plain(report.title), 0))]
    _begin(page, report, deck)
    for number, block in enumerate(report.blocks):
        if isinstance(block, Heading):
            below = report.blocks[number + 1 :][:2]
            _heading(page, block, below, marks)
        else:
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


def _heading(
    page: Page, block: Heading, below: Sequence[Block], marks: list[tuple[int, Bookmark]]
) -> None:
    """A heading, never at a page's foot without what it is about."""
    style, role = _ROLES[block.depth]
    page.drop(_ABOVE[block.depth] * (page.y < page.start))
    room = page.height_of(block.text, style) + _BELOW_PT
    page.need(room + sum(_beginning(page, b) for b in below))
    page.text(block.text, style, role)
    page.drop(_BELOW_PT)
    if block.depth < 4:
        marks.append((len(page.full), Bookmark(plain(block.text), block.depth - 1)))


def _beginning(page: Page, block: Block) -> float:
    """What a heading wants to see of the block below it."""
    if isinstance(block, Heading | Words):
        style = _ROLES[block.depth][0] if isinstance(block, Heading) else block.style
        return page.height_of(block.text, style) + _BELOW_PT
    return page.grown(90)


def _set(page: Page, block: Block) -> None:
    if isinstance(block, Words):
        page.text(block.text, block.style)
        page.drop(8)
    elif isinstance(block, Points):
        page.points(block.points)
        page.drop(8)
    elif isinstance(block, Facts):
        page.drop(6)
        fact_panel(page, block.facts)
        page.drop(14)
    elif isinstance(block, Grid):
        _grid(page, block)
    elif isinstance(block, Cards):
        _cards(page, block)


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


def _grid(page: Page, grid: Grid) -> None:
    sheet = _Table(page, grid)
    rows = [
        [
            atoms_of(page, cell, width - 2 * _PAD_PT)
            for cell, (_, width) in zip(row, sheet.columns, strict=True)
        ]
        for row in grid.rows
    ]
    first = max((height_of(cell) for cell in rows[0]), default=0.0) if rows else 0.0
    page.need(min(sheet.head_pt + first + 2 * _PAD_PT, page.size.height_pt / 3))
    flow(page, sheet, rows, _PAD_PT)
    page.drop(14)


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


def _cards(page: Page, block: Cards) -> None:
    sheet = _Answers(page)
    rows: list[list[Atoms]] = []
    waiting: Atoms | None = None
    cards = block.cards
    for number, card in enumerate(cards):
        letters = sum(len(plain(_text(part))) for part in card)
        last = number == len(cards) - 1
        if letters > _LONG or (last and waiting is None):
            if waiting is not None:
                rows.append([waiting, []])
                waiting = None
            rows.append([atoms_of(page, card, sheet.columns[1][0][1] - 2 * _CARD_PAD_PT)])
            continue
        atoms = atoms_of(page, card, sheet.columns[2][0][1] - 2 * _CARD_PAD_PT)
        if waiting is None:
            waiting = atoms
        else:
            rows.append([waiting, atoms])
            waiting = None
    flow(page, sheet, rows, _CARD_PAD_PT + _CARD_GAP_PT / 2)


def _text(part: object) -> Text:
    return getattr(part, "text", words(""))
