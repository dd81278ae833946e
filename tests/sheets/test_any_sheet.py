"""Backs lie behind fronts for any grid, turn, order and number of copies.

Each sheet is turned over here as a hand does it, without the matrices of the package.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from deckgen.design.stock import Extent, Grid, Stock
from deckgen.geometry import mm, moved
from deckgen.sheets.imposition import Order, Plan, Turn, front_slots, impose, sheet_count
from deckgen.sheets.sheet import Placement, SheetSide
from tests.layout.made_up import design_of
from tests.sheets.test_imposition import cards

MOST = 40
DESIGN = design_of()
CARDS = cards(MOST, DESIGN)
sizes = st.floats(20, 150)
gaps = st.floats(0, 30)


@st.composite
def stocks(draw: st.DrawFn) -> Stock:
    """A grid of cards with margins of any width round it, upright or lying."""
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    width, height = draw(sizes), draw(sizes)
    across, down = draw(gaps), draw(gaps)
    left, top, right, below = (draw(gaps) for _ in range(4))
    return Stock(
        name="any",
        paper="Any",
        printer_margin=0,
        sheet=Extent(
            width=left + columns * width + (columns - 1) * across + right,
            height=top + rows * height + (rows - 1) * down + below,
        ),
        card=Extent(width=width, height=height),
        grid=Grid(
            columns=columns,
            rows=rows,
            left=left,
            top=top,
            gutter_x=across,
            gutter_y=down,
            bleed=0,
        ),
    )


plans = st.builds(Plan, st.sampled_from(Turn), st.sampled_from(Order), st.integers(1, 4))


def pairs(
    sides: tuple[SheetSide, ...], turn: Turn
) -> list[tuple[list[Placement], list[Placement]]]:
    """The placements of fronts and of backs of each sheet."""
    if turn is Turn.FOLD:
        both = [side.placements for side in sides]
        return [(list(found[::2]), list(found[1::2])) for found in both]
    half = len(sides) // 2
    found = zip(sides[:half], sides[half:], strict=True)
    if turn is not Turn.SINGLE:
        found = zip(sides[::2], sides[1::2], strict=True)
    return [(list(front.placements), list(back.placements)) for front, back in found]


def seen_from_the_front(x: float, y: float, stock: Stock, turn: Turn) -> tuple[float, float]:
    """Where a point of the other side is, once the paper is turned over or folded."""
    width, height = mm(stock.sheet.width), mm(stock.sheet.height)
    axis, at = stock.fold
    if turn is Turn.FOLD:
        return (2 * mm(at) - x, y) if axis == "vertical" else (x, 2 * (height - mm(at)) - y)
    about_the_long_edge = turn is not Turn.SHORT
    upright = height >= width
    return (width - x, y) if about_the_long_edge == upright else (x, height - y)


def worst_pt(sides: tuple[SheetSide, ...], stock: Stock, turn: Turn) -> float:
    """How far a back's corner lies from the front's corner that it should be behind."""
    width, height = mm(stock.card.width), mm(stock.card.height)
    worst = 0.0
    for fronts, backs in pairs(sides, turn):
        assert len(fronts) == len(backs)
        for front, back in zip(fronts, backs, strict=True):
            assert front.face.name.removesuffix("front") == back.face.name.removesuffix("back")
            for x, y in ((0.0, 0.0), (width, 0.0), (0.0, height)):
                wanted = front.matrix.apply(x, y)
                found = seen_from_the_front(*back.matrix.apply(width - x, y), stock, turn)
                worst = max(worst, *(abs(a - b) for a, b in zip(wanted, found, strict=True)))
    return worst


@given(stocks(), plans, st.integers(1, MOST))
@example(DESIGN.stock, Plan(Turn.LONG, Order.STACK, 3), 7)
def test_backs_lie_behind_fronts(stock: Stock, plan: Plan, count: int) -> None:
    assume(plan.turn is not Turn.FOLD or stock.fold[0])
    sides = impose(CARDS[:count], stock, plan, "Edition 7", DESIGN.book)
    assert worst_pt(sides, stock, plan.turn) < 1e-6
    sheets = pairs(sides, plan.turn)
    assert len(sheets) == sheet_count(count, stock, plan)
    assert max(len(fronts) for fronts, _ in sheets) <= len(front_slots(stock, plan.turn))
    assert whole_deck(sheets, count, plan, len(front_slots(stock, plan.turn)))
    assert on_paper(sides, stock)


def whole_deck(
    sheets: list[tuple[list[Placement], list[Placement]]], count: int, plan: Plan, slots: int
) -> bool:
    """Whether the cards, laid up in their order, are the deck as often as was asked for."""
    wanted = [card.front.name for card in CARDS[:count]] * plan.copies
    if plan.order is Order.ROWS:
        return [p.face.name for fronts, _ in sheets for p in fronts] == wanted
    piles = [[fronts[n].face.name for fronts, _ in sheets if n < len(fronts)] for n in range(slots)]
    return [name for pile in piles for name in pile] == wanted


def on_paper(sides: tuple[SheetSide, ...], stock: Stock) -> bool:
    """Whether no card leaves the sheet, and none lies on another."""
    width, height = mm(stock.card.width), mm(stock.card.height)
    for side in sides:
        boxes = []
        for placed in side.placements:
            ends = placed.matrix.apply(0, 0), placed.matrix.apply(width, height)
            (x0, x1), (y0, y1) = (sorted(pair) for pair in zip(*ends, strict=True))
            boxes.append((round(y0, 3), round(x0, 3), round(x1, 3)))
            if min(x0, y0) < -1e-6 or x1 > side.size.width_pt + 1e-6:
                return False
            if y1 > side.size.height_pt + 1e-6:
                return False
        for (y, _, right), (beside, left, _) in pairwise(sorted(boxes)):
            if y == beside and left < right - 0.01:
                return False
    return True


@pytest.mark.parametrize("turn", Turn)
def test_a_back_that_is_moved_and_a_wrong_turn_are_noticed(turn: Turn) -> None:
    stock = DESIGN.stock
    sides = impose(CARDS[:4], stock, Plan(turn), "Edition 7", DESIGN.book)
    last = sides[-1].placements[-1]
    moved_one = replace(last, matrix=last.matrix.then(moved(0.01, 0)))
    spoilt = replace(sides[-1], placements=(*sides[-1].placements[:-1], moved_one))
    assert worst_pt(sides, stock, turn) < 1e-6
    assert worst_pt((*sides[:-1], spoilt), stock, turn) == pytest.approx(0.01)
    other = {Turn.LONG: Turn.SHORT, Turn.SHORT: Turn.LONG}.get(turn)
    assert other is None or worst_pt(sides, stock, other) > 10
