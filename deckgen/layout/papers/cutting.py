"""The cutting plan of a printing guide: a small drawing of a sheet, and its cuts in words."""

from __future__ import annotations

from deckgen.design.stock import Stock
from deckgen.geometry import Rect, mm
from deckgen.layout.setting.lines import bold_first
from deckgen.layout.setting.page import Page
from deckgen.layout.setting.shapes import figure, line, rounded, stroked
from deckgen.model.drawing import Mark
from deckgen.model.text import Text, word
from deckgen.wording.say import Wording, sentences

_PLAN_PT = 168.0  # the longer side of the sheet, so that a wide one leaves words their room
_BESIDE_PT, _GAP_PT, _TOP_PT = 46.0, 8.0, 4.0


def cutting_height(page: Page, fold: str) -> float:
    """The height of the plan, or of the words beside it if they need more, in points."""
    cuts, width = _cuts(page.design.stock, fold, page.say), page.right - _words_at(page)
    texts = [(bold_first(*cut), "body") for cut in cuts]
    texts.append((page.say(_tolerance(page.design.stock)), "hint"))
    heights = [page.height_of(text, style, width) for text, style in texts]
    stock = page.design.stock
    height = mm(stock.sheet.height) * _scale(stock)
    return max(height, _TOP_PT + sum(heights) + _GAP_PT * len(cuts))


def _scale(stock: Stock) -> float:
    """How much smaller than itself the sheet is drawn."""
    return _PLAN_PT / mm(max(stock.sheet.width, stock.sheet.height))


def _words_at(page: Page) -> float:
    stock = page.design.stock
    return page.left + mm(stock.sheet.width) * _scale(stock) + _BESIDE_PT


def cutting_plan(page: Page, fold: str) -> None:
    """A small drawing of a sheet with its cuts numbered, and the cuts in words."""
    stock, say = page.design.stock, page.say
    scale = _scale(stock)
    width, height = mm(stock.sheet.width) * scale, mm(stock.sheet.height) * scale
    paper = Rect(page.left, page.y - height, width, height)
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
    cuts = _cuts(stock, fold, say)
    sheet = say.many("A sheet with one card.", "A sheet with {count} cards.", stock.per_sheet)
    page.add(figure(marks, sentences(sheet, *(text for cut in cuts for text in cut))))
    x = _words_at(page)
    page.y -= _TOP_PT
    for name, cut in cuts:
        page.text(bold_first(name, cut), "body", x=x, width=page.right - x)
        page.drop(_GAP_PT)
    page.text(say(_tolerance(stock)), "hint", x=x, width=page.right - x)
    page.y = min(page.y, paper.y_pt)


def _tolerance(stock: Stock) -> str:
    if stock.perforated:
        return word("Print one sheet on plain paper first and hold it against a perforated one.")
    if stock.grid.bleed:
        return word(
            "A cut that is half a millimetre off does no harm: colour runs over every edge."
        )
    return word("Cards touch here: one cut parts two of them. Cut on the line.")


_Cut = tuple[Text, Text]  # its name, and what to do


def _cuts(stock: Stock, fold: str, say: Wording) -> list[_Cut]:
    """The cuts in the order to make them. A fold is no cut."""
    first = say("First fold")
    if stock.perforated:
        folded = say("down the middle, print outwards, and glue.")
        out = say.many(
            "{count} card. Nothing has to be cut.",
            "{count} cards. Nothing has to be cut.",
            stock.per_sheet,
        )
        return [*[(first, folded)] * bool(fold), (say("Break out"), out)]
    columns, rows = stock.grid.columns, stock.grid.rows
    down, across = columns - 1 - (fold == "vertical"), rows - 1 - (fold == "horizontal")
    folded = say("on the line without a number, print outwards, and glue.")
    cuts = [(first, folded)] * bool(fold)
    if down:
        middle = word("down the middle, between the columns.")
        where = say(middle if down == 1 else word("down between the columns."))
        cuts.append((_numbers(1, down, say), where))
    if across:
        middle = word("across the middle, between the rows.")
        where = say(middle if across == 1 else word("across between the rows."))
        cuts.append((_numbers(down + 1, across, say), where))
    total, trim = _trim(stock, fold, say, bool(cuts))
    stack = say.many(
        "{count} cut for a stack of sheets.",
        "{count} cuts for a stack of sheets.",
        down + across + total,
    )
    return [*cuts, trim, (say("In all:"), stack)]


def _trim(stock: Stock, fold: str, say: Wording, after_others: bool) -> tuple[int, _Cut]:
    """The cuts along the edges, and how many they are for a stack."""
    if after_others and not (stock.grid.gutter_x or stock.grid.gutter_y):
        return 4, (say("Then:"), say("trim the four outer edges along the marks."))
    columns, rows = stock.grid.columns, stock.grid.rows
    across = columns // 2 if fold == "vertical" else columns
    pieces = across * (rows // 2 if fold == "horizontal" else rows)
    name = say("Then:") if after_others else say("For a neat edge:")
    each = say.many(
        "trim each sheet along its marks, four edges.",
        "trim each of {count} pieces along its marks, four edges.",
        pieces,
    )
    return 4 * pieces, (name, each)


def _numbers(first: int, count: int, say: Wording) -> Text:
    if count == 1:
        return say("Cut {number}:", number=first)
    return say("Cuts {first} to {last}:", first=first, last=first + count - 1)


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
