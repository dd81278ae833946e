"""Imposition: which card lies where on which sheet, and its back exactly behind it.

With row vectors, back = mirror of the card · front · mirror of the sheet: turning the card
over and turning the sheet over must bring the same point to the same place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from deckgen.design.fonts import FontBook
from deckgen.design.stock import Stock
from deckgen.geometry import Matrix, Size, mm, moved
from deckgen.layout.deck import CardFaces
from deckgen.sheets.marks import SlugLine, sheet_marks
from deckgen.sheets.sheet import Placement, SheetSide


class Turn(StrEnum):
    """The edge about which the printer turns the sheet for its second side."""

    LONG = "long"
    SHORT = "short"


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
    """Where a back lies on the second side: behind its front once the sheet is turned."""
    return mirror_card(stock).then(front_matrix(stock, slot)).then(mirror_sheet(stock, turn))


def mirror_card(stock: Stock) -> Matrix:
    """Turning a card over like the page of a book."""
    return Matrix(a=-1.0, e=mm(stock.card.width))


def mirror_sheet(stock: Stock, turn: Turn) -> Matrix:
    """Turning the sheet over; which axis depends on how the sheet stands."""
    upright = stock.sheet.height >= stock.sheet.width
    if (turn is Turn.LONG) == upright:
        return Matrix(a=-1.0, e=mm(stock.sheet.width))
    return Matrix(d=-1.0, f=mm(stock.sheet.height))


def impose(
    cards: Sequence[CardFaces], stock: Stock, turn: Turn, edition: str, book: FontBook
) -> tuple[SheetSide, ...]:
    """Cards in order on sheets: front, back, front, back … The last sheet may be partly empty."""
    sheets = [cards[i : i + stock.per_sheet] for i in range(0, len(cards), stock.per_sheet)]
    sides: list[SheetSide] = []
    for number, sheet in enumerate(sheets, start=1):
        for side in ("front", "back"):
            slug = SlugLine(number, len(sheets), side, edition, _codes(sheet), turn.value)
            sides.append(_side(sheet, side, stock, turn, slug, book))
    return tuple(sides)


def _codes(sheet: Sequence[CardFaces]) -> str:
    return ", ".join(faces.front.name.removesuffix("-front") for faces in sheet)


def _side(
    sheet: Sequence[CardFaces], side: str, stock: Stock, turn: Turn, slug: SlugLine, book: FontBook
) -> SheetSide:
    size = Size(mm(stock.sheet.width), mm(stock.sheet.height))
    half_turn = Matrix(-1, 0, 0, -1, size.width_pt, size.height_pt)
    upside_down = side == "back" and mirror_sheet(stock, turn).d < 0
    return SheetSide(
        label=f"Sheet {slug.number} {side}",
        size=size,
        placements=tuple(_placements(sheet, side, stock, turn)),
        marks=sheet_marks(stock, slug, book, mirrored=side == "back"),
        marks_matrix=half_turn if upside_down else Matrix(),
    )


def _placements(
    sheet: Sequence[CardFaces], side: str, stock: Stock, turn: Turn
) -> Iterator[Placement]:
    for slot, faces in enumerate(sheet):
        if side == "front":
            yield Placement(faces.front, front_matrix(stock, slot), mm(stock.grid.bleed))
        else:
            yield Placement(faces.back, back_matrix(stock, slot, turn), mm(stock.grid.bleed))
