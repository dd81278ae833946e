"""Imposition: backs behind fronts for both turns, proved from the finished PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from deckgen.design.load import Design
from deckgen.geometry import Size, mm
from deckgen.layout.deck import CardFaces
from deckgen.model.drawing import Drawing, Element, Role, Shape, TextLine
from deckgen.pdf.metadata import DocumentInfo
from deckgen.pdf.write import write_sheets
from deckgen.sheets.imposition import Turn, impose
from deckgen.sheets.marks import cut_lines_mm
from deckgen.sheets.sheet import SheetSide
from tests.layout.made_up import design_of
from tests.sheets.duplex import placed_faces, worst_offset_mm

CARD = (95.0, 137.0)


def info(turn: str) -> DocumentInfo:
    return DocumentInfo(
        title="Sheets",
        author="Tests",
        subject="",
        language="en-GB",
        issued=datetime(2026, 1, 2, tzinfo=UTC),
        edition="7",
        duplex=turn,
        actual_size=True,
    )


def face(name: str, design: Design) -> Drawing:
    """A face with a block of colour in one corner, 20 × 10 mm, so that no turn looks right."""
    width, height = mm(design.stock.card.width), mm(design.stock.card.height)
    corner = Shape(
        (("m", 0, 0), ("l", mm(20), 0), ("l", mm(20), mm(10)), ("l", 0, mm(10)), ("h",)),
        fill="#C00000",
    )
    return Drawing(
        name,
        name.replace("-", " "),
        Size(width, height),
        mm(3),
        (Element(Role.ARTIFACT, (corner,)),),
    )


def cards(count: int, design: Design) -> list[CardFaces]:
    return [
        CardFaces(face(f"C{n}-front", design), face(f"C{n}-back", design))
        for n in range(1, count + 1)
    ]


@pytest.fixture(scope="module")
def design() -> Design:
    return design_of()


def sides_of(design: Design, turn: Turn, count: int = 7) -> tuple[SheetSide, ...]:
    return impose(cards(count, design), design.stock, turn, "Edition 7", design.book)


@pytest.mark.parametrize("turn", list(Turn))
@pytest.mark.parametrize("count", [4, 7])
def test_backs_lie_behind_fronts_in_the_finished_file(
    design: Design, turn: Turn, count: int
) -> None:
    data = write_sheets(sides_of(design, turn, count), info(turn.value), design.book)
    assert worst_offset_mm(data, CARD, turn.value) < 0.1


@pytest.mark.parametrize("turn", list(Turn))
def test_a_back_moved_by_a_third_of_a_millimetre_is_noticed(design: Design, turn: Turn) -> None:
    sides = list(sides_of(design, turn))
    moved = sides[1].placements[2]
    wrong = replace(moved, matrix=replace(moved.matrix, e=moved.matrix.e + mm(0.3)))
    placements = (*sides[1].placements[:2], wrong, *sides[1].placements[3:])
    sides[1] = replace(sides[1], placements=placements)
    data = write_sheets(sides, info(turn.value), design.book)
    assert 0.29 < worst_offset_mm(data, CARD, turn.value) < 0.31


def test_the_wrong_turn_is_noticed(design: Design) -> None:
    data = write_sheets(sides_of(design, Turn.LONG), info("long"), design.book)
    assert worst_offset_mm(data, CARD, "short") > 10


def test_a_partial_sheet_leaves_the_same_slots_empty_on_both_sides(design: Design) -> None:
    data = write_sheets(sides_of(design, Turn.LONG, 7), info("long"), design.book)
    assert [len(page) for page in placed_faces(data, CARD)] == [4, 4, 3, 3]


@pytest.mark.parametrize("side", ["front", "back"])
def test_crop_marks_point_at_the_cards_of_their_own_side(design: Design, side: str) -> None:
    """Also on a lopsided grid, where a back's cuts are not where the front's are."""
    grid = design.stock.grid.model_copy(update={"left": 6.5})
    stock = design.stock.model_copy(update={"grid": grid})
    sheet = impose(cards(4, design), stock, Turn.LONG, "Edition 7", design.book)
    placements = sheet[0 if side == "front" else 1].placements
    xs, _ = cut_lines_mm(stock, mirrored=side == "back")
    edges = sorted(
        edge
        for p in placements
        for edge in (p.matrix.apply(0, 0)[0], p.matrix.apply(p.face.size.width_pt, 0)[0])
    )
    assert [round(mm(x), 3) for x in xs] == sorted({round(e, 3) for e in edges})


@pytest.mark.parametrize("turn", list(Turn))
def test_marks_touch_no_card_and_stay_on_printable_paper(design: Design, turn: Turn) -> None:
    stock = design.stock
    for side in sides_of(design, turn):
        boxes = [
            sorted(
                [p.matrix.apply(0, 0), p.matrix.apply(p.face.size.width_pt, p.face.size.height_pt)]
            )
            for p in side.placements
        ]
        for x, y in _mark_points(side, design):
            assert (
                mm(stock.printer_margin) - 0.2
                < x
                < side.size.width_pt - mm(stock.printer_margin) + 0.2
            )
            assert (
                mm(stock.printer_margin) - 0.2
                < y
                < side.size.height_pt - mm(stock.printer_margin) + 0.2
            )
            for (x0, y0), (x1, y1) in boxes:
                low, high = sorted((y0, y1))
                assert not (x0 - 1 < x < x1 + 1 and low - 1 < y < high + 1)


def _mark_points(side: SheetSide, design: Design) -> list[tuple[float, float]]:
    points = []
    for element in side.marks:
        for mark in element.marks():
            if isinstance(mark, Shape):
                points += [(s[i], s[i + 1]) for s in mark.path for i in range(1, len(s), 2)]
            elif isinstance(mark, TextLine):
                right = mark.x_pt + design.book.width_pt(mark.runs, mark.size_pt)
                top = mark.y_pt + 0.7 * mark.size_pt
                points += [(mark.x_pt, mark.y_pt), (right, top)]
    return [side.marks_matrix.apply(float(x), float(y)) for x, y in points]


def test_sheets_say_which_they_are(design: Design) -> None:
    side = sides_of(design, Turn.LONG)[2]
    said = " ".join(
        run.text
        for element in side.marks
        for mark in element.marks()
        if isinstance(mark, TextLine)
        for run in mark.runs
    )
    assert "Sheet 2 of 2 · front · Edition 7 · C5, C6, C7" in said
    assert "long edge" in said and "100 mm" in said
