"""Imposition: which card lies where on which sheet, and its back exactly behind it.

With row vectors, back = mirror of the card · front · mirror of the sheet: turning the card
over and turning the sheet over must bring the same point to the same place. On a sheet that
is folded, the fold is the mirror.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from deckgen.design.fonts import FontBook
from deckgen.design.stock import Stock
from deckgen.geometry import Matrix, Size, mm, moved
from deckgen.model.drawing import Element
from deckgen.model.text import Worded, plain
from deckgen.sheets.finishing import finishing_guides
from deckgen.sheets.marks import SlugLine, sheet_marks
from deckgen.sheets.sheet import SIDE_LABELS, Placement, SheetSide
from deckgen.wording.names import printed_code
from deckgen.wording.say import SAY_ENGLISH, Wording, listed

if TYPE_CHECKING:
    from deckgen.layout.faces.deck import CardFaces

    # A card and the slot that its front lies in.
    _Dealt = tuple[tuple[int, CardFaces], ...]


class Turn(StrEnum):
    """How a back gets behind its front.

    LONG and SHORT: the edge about which a printer turns the sheet for its second side. SINGLE:
    all fronts are printed first, then all backs on the same paper, turned by hand on the long
    edge. FOLD: front and back lie side by side on one side of a sheet that is folded.
    """

    LONG = "long"
    SHORT = "short"
    SINGLE = "single"
    FOLD = "fold"


class Order(StrEnum):
    """ROWS: card after card along each sheet. STACK: cut piles, put on each other, are the deck."""

    ROWS = "rows"
    STACK = "stack"


class Plan(Struct, frozen=True):
    """How cards are put on sheets; `copies` whole sets follow one another.

    `printer` is named on the sheets if they are made for one. Fronts get guides for rounded
    corners of this radius, and for a hole of this diameter.
    """

    turn: Turn = Turn.LONG
    order: Order = Order.ROWS
    copies: int = 1
    printer: str = ""
    corner_mm: float = 0.0
    hole_mm: float = 0.0


def front_slots(stock: Stock, turn: Turn) -> tuple[int, ...]:
    """The slots that hold fronts, row by row from the top left; half of them on a folded sheet."""
    grid = stock.grid
    slots = range(stock.per_sheet)
    if turn is not Turn.FOLD:
        return tuple(slots)
    if stock.fold[0] == "vertical":
        return tuple(slot for slot in slots if slot % grid.columns < grid.columns // 2)
    return tuple(slots[: grid.rows // 2 * grid.columns])


def sheet_count(cards: int, stock: Stock, plan: Plan) -> int:
    """How many sheets of paper so many cards take."""
    return -(-cards * plan.copies // len(front_slots(stock, plan.turn)))


def slot_corner(stock: Stock, slot: int) -> tuple[float, float]:
    """Lower left corner of a slot in points; slots count row by row from the top left."""
    row, column = divmod(slot, stock.grid.columns)
    x_mm = stock.grid.left + column * (stock.card.width + stock.grid.gutter_x)
    top_mm = stock.grid.top + row * (stock.card.height + stock.grid.gutter_y)
    return mm(x_mm), mm(stock.sheet.height - top_mm - stock.card.height)


def front_matrix(stock: Stock, slot: int) -> Matrix:
    """Where a front lies."""
    return moved(*slot_corner(stock, slot))


def back_matrix(stock: Stock, slot: int, turn: Turn) -> Matrix:
    """Where a back lies: behind its front once the sheet is turned or folded."""
    return mirror_card(stock).then(front_matrix(stock, slot)).then(mirror_sheet(stock, turn))


def mirror_card(stock: Stock) -> Matrix:
    """Turning a card over like the page of a book."""
    return Matrix(a=-1.0, e=mm(stock.card.width))


def mirror_sheet(stock: Stock, turn: Turn) -> Matrix:
    """Turning the sheet over, or folding it; which axis depends on how the sheet stands."""
    if turn is Turn.FOLD:
        return _fold(stock)
    upright = stock.sheet.height >= stock.sheet.width
    if (turn is not Turn.SHORT) == upright:
        return Matrix(a=-1.0, e=mm(stock.sheet.width))
    return Matrix(d=-1.0, f=mm(stock.sheet.height))


def _fold(stock: Stock) -> Matrix:
    """The fold runs between the cards, not through the middle of the paper."""
    axis, at_mm = stock.fold
    if axis == "vertical":
        return Matrix(a=-1.0, e=2 * mm(at_mm))
    return Matrix(d=-1.0, f=2 * mm(stock.sheet.height - at_mm))


def impose(
    cards: Sequence[CardFaces],
    stock: Stock,
    plan: Plan,
    edition: Worded,
    book: FontBook,
    say: Wording = SAY_ENGLISH,
) -> tuple[SheetSide, ...]:
    """Sides in the order in which they are printed. The last sheet may be partly empty.

    LONG and SHORT: front, back, front, back … SINGLE: all fronts, then all backs. FOLD: one
    side a sheet. Raises ValueError for a stock that can't be folded.
    """
    if plan.turn is Turn.FOLD and not stock.fold[0]:
        raise ValueError(f"the stock {stock.name!r} has no middle to fold it at")
    sheets = _dealt(list(cards) * plan.copies, stock, plan)
    numbers, faces = range(len(sheets)), ("both",) if plan.turn is Turn.FOLD else ("front", "back")
    order = [(n, side) for n in numbers for side in faces]
    if plan.turn is Turn.SINGLE:
        order = [(n, side) for side in faces for n in numbers]
    made = []
    for n, side in order:
        codes = listed(printed_code(card.code, say) for _, card in sheets[n])
        told = (n + 1, len(sheets), side, edition, codes, plan.turn.value, plan.printer)
        slug = SlugLine(*told, say)
        made.append(_side(sheets[n], slug, stock, plan, book))
    return tuple(made)


def _dealt(cards: list[CardFaces], stock: Stock, plan: Plan) -> list[_Dealt]:
    """The cards of each sheet, with their slots."""
    slots = front_slots(stock, plan.turn)
    each = len(slots)
    count = -(-len(cards) // each)
    rows = [cards[number * each : (number + 1) * each] for number in range(count)]
    stacks = [cards[number::count] for number in range(count)]
    sheets = stacks if plan.order is Order.STACK else rows
    return [tuple(zip(slots, sheet, strict=False)) for sheet in sheets]


def _side(sheet: _Dealt, slug: SlugLine, stock: Stock, plan: Plan, book: FontBook) -> SheetSide:
    side = slug.side
    size = Size(mm(stock.sheet.width), mm(stock.sheet.height))
    half_turn = Matrix(-1, 0, 0, -1, size.width_pt, size.height_pt)
    upside_down = side == "back" and mirror_sheet(stock, plan.turn).d < 0
    folded = plan.turn is Turn.FOLD
    marks = sheet_marks(stock, slug, book, mirrored=side == "back", folded=folded)
    if side != "back" and (plan.corner_mm or plan.hole_mm):
        marks += tuple(_guides(sheet, stock, plan))
    return SheetSide(
        label=plain(slug.say(SIDE_LABELS[side], number=slug.number)),
        size=size,
        placements=tuple(_placements(sheet, side, stock, plan.turn)),
        marks=marks,
        marks_matrix=half_turn if upside_down else Matrix(),
        back=side == "back",
    )


def _guides(sheet: _Dealt, stock: Stock, plan: Plan) -> Iterator[Element]:
    width, height = stock.card.width, stock.card.height
    for slot, _ in sheet:
        place = front_matrix(stock, slot)
        yield finishing_guides(place, width, height, plan.corner_mm, plan.hole_mm)


def _placements(sheet: _Dealt, side: str, stock: Stock, turn: Turn) -> Iterator[Placement]:
    bleed = mm(stock.grid.bleed)
    for slot, faces in sheet:
        if side in ("front", "both"):
            yield Placement(faces.front, front_matrix(stock, slot), bleed)
        if side in ("back", "both"):
            yield Placement(faces.back, back_matrix(stock, slot, turn), bleed)
