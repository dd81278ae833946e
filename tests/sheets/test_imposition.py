"""Imposition: backs behind fronts for both turns, proved from the finished PDF."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.geometry import Size, mm
from deckgen.layout.faces.deck import CardFaces
from deckgen.model.drawing import Drawing, Element, Role, Shape, TextLine
from deckgen.options import Options
from deckgen.pdf.metadata import DocumentInfo
from deckgen.pdf.write import write_sheets
from deckgen.project import read_project
from deckgen.sheets.imposition import Order, Plan, Turn, front_slots, impose
from deckgen.sheets.marks import cut_lines_mm
from deckgen.sheets.sheet import SheetSide
from tests.laid_out import lay_out
from tests.layout.made_up import ROOT, design_of
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
    return impose(cards(count, design), design.stock, Plan(turn), "Edition 7", design.book)


# Every stock that comes with deckgen. Large ones hold one card a sheet and can't be folded.
STOCKS = tuple(sorted(p.stem for p in (ROOT / "templates" / "stocks").glob("*.toml")))
FOLDABLE = tuple(name for name in STOCKS if not name.endswith("-large"))
WAYS = [(name, turn) for name in STOCKS for turn in Turn if turn != "fold" or name in FOLDABLE]
ON_COLOUR = {"a4-poker", "letter", "sra3"}  # they have no room for marks beyond the bleed


@pytest.mark.parametrize(("stock", "turn"), WAYS)
@pytest.mark.parametrize("partial", [False, True], ids=["full", "partial"])
def test_backs_lie_behind_fronts_in_the_finished_file(
    stock: str, turn: Turn, partial: bool
) -> None:
    design = design_of(stock=stock)
    a_sheet = len(front_slots(design.stock, turn))
    count = 2 * a_sheet - (partial and max(1, a_sheet // 3))
    data = write_sheets(sides_of(design, turn, count), info("long"), design.book)
    size = (design.stock.card.width, design.stock.card.height)
    assert worst_offset_mm(data, size, turn.value) < 0.1


@pytest.mark.parametrize("stock", FOLDABLE)
def test_the_fold_is_drawn_where_fronts_and_backs_meet(stock: str) -> None:
    design = design_of(stock=stock)
    side = sides_of(design, Turn.FOLD, 2)[0]
    front, back = side.placements[:2]
    middle = front.face.size.width_pt / 2, front.face.size.height_pt / 2
    ends = (front.matrix.apply(*middle), back.matrix.apply(*middle))
    broken = [m for e in side.marks for m in e.marks() if isinstance(m, Shape) and m.dash_pt]
    assert len(broken) == 1
    axis = 0 if design.stock.fold[0] == "vertical" else 1
    for _, *point in broken[0].path:
        assert point[axis] == pytest.approx((ends[0][axis] + ends[1][axis]) / 2)


def test_cut_as_one_stack_the_piles_are_the_deck(design: Design) -> None:
    for count, copies in ((24, 1), (23, 1), (7, 2), (5, 1), (4, 3)):
        plan = Plan(order=Order.STACK, copies=copies)
        sides = impose(cards(count, design), design.stock, plan, "Edition 7", design.book)
        piles: dict[tuple[float, float], list[str]] = {}
        for side in sides[::2]:
            for placement in side.placements:
                corner = -placement.matrix.f, placement.matrix.e
                piles.setdefault(corner, []).append(placement.face.name)
        laid_up = [name for corner in sorted(piles) for name in piles[corner]]
        assert laid_up == [f"C{n}-front" for n in range(1, count + 1)] * copies


def test_copies_follow_one_another(design: Design) -> None:
    sides = impose(cards(3, design), design.stock, Plan(copies=2), "Edition 7", design.book)
    names = [p.face.name for side in sides[::2] for p in side.placements]
    assert names == ["C1-front", "C2-front", "C3-front"] * 2


def test_however_many_copies_there_are_a_face_is_in_the_file_twice_at_most() -> None:
    """Once with its tags, and once for all the copies; only the pages that place it grow."""
    project = read_project(ROOT)

    def forms_and_size(copies: int) -> tuple[int, int]:
        layout, problems = lay_out(project, Options(cards="KC", copies=copies))
        assert layout is not None and problems == []
        design = layout.design
        sides = impose(layout.chosen(), design.stock, layout.plan, "Edition 7", design.book)
        data = write_sheets(sides, info("long"), design.book)
        with pikepdf.open(BytesIO(data)) as document:
            forms = [o for o in document.objects if isinstance(o, pikepdf.Stream)]
            # Faces have words; the shapes of their pictures are forms too, and have none.
            return sum("/Font" in o.get("/Resources", {}) for o in forms), len(data)

    (one, small), (two, more), (eight, most) = map(forms_and_size, (1, 2, 8))
    assert (one, two, eight) == (8, 16, 16)
    assert most < 2 * small
    assert (most - more) / 6 < 0.1 * small


def test_single_sided_sheets_come_fronts_first(design: Design) -> None:
    labels = [side.label for side in sides_of(design, Turn.SINGLE, 7)]
    assert labels == ["Sheet 1 front", "Sheet 2 front", "Sheet 1 back", "Sheet 2 back"]


def test_one_large_card_cannot_be_folded() -> None:
    design = design_of(large_print=True)
    assert not design.stock.fold[0]
    with pytest.raises(ValueError, match="no middle"):
        sides_of(design, Turn.FOLD, 2)


@pytest.mark.parametrize("turn", [Turn.LONG, Turn.SHORT])
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
    grid = replace(design.stock.grid, left=6.5)
    stock = replace(design.stock, grid=grid)
    sheet = impose(cards(4, design), stock, Plan(), "Edition 7", design.book)
    placements = sheet[0 if side == "front" else 1].placements
    xs, _ = cut_lines_mm(stock, mirrored=side == "back")
    edges = sorted(
        edge
        for p in placements
        for edge in (p.matrix.apply(0, 0)[0], p.matrix.apply(p.face.size.width_pt, 0)[0])
    )
    assert [round(mm(x), 3) for x in xs] == sorted({round(e, 3) for e in edges})


@pytest.mark.parametrize(("stock", "turn"), WAYS)
def test_marks_touch_no_card_and_stay_on_printable_paper(stock: str, turn: Turn) -> None:
    design = design_of(stock=stock)
    margin = mm(design.stock.printer_margin) - 0.2
    for side in sides_of(design, turn):
        boxes = [
            sorted(
                [p.matrix.apply(0, 0), p.matrix.apply(p.face.size.width_pt, p.face.size.height_pt)]
            )
            for p in side.placements
        ]
        for x, y in _mark_points(side, design):
            assert margin < x < side.size.width_pt - margin
            assert margin < y < side.size.height_pt - margin
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


def long_coded(design: Design) -> list[CardFaces]:
    """A sheet full of cards with the longest codes."""
    return [
        CardFaces(face(f"IFLW{n}-front", design), face(f"IFLW{n}-back", design))
        for n in range(90, 90 + design.stock.per_sheet)
    ]


@pytest.mark.parametrize(("stock", "turn"), WAYS)
def test_no_mark_runs_through_the_words_above_the_cards(stock: str, turn: Turn) -> None:
    design = design_of(stock=stock)
    for side in impose(long_coded(design), design.stock, Plan(turn), "Edition 7", design.book):
        marks = [m for e in side.marks for m in e.marks()]
        cuts = {
            float(m.path[0][1])
            for m in marks
            if isinstance(m, Shape)
            and m.width_pt == 0.35
            and m.path[0][1] == m.path[1][1]
            # an upright hair line that begins below the ruler
            and float(m.path[0][2]) < side.size.height_pt - mm(design.stock.printer_margin + 1.4)
        }
        assert len(cuts) >= 2 or design.stock.perforated
        for line in (m for m in marks if isinstance(m, TextLine)):
            if "actual size" in line.runs[0].text:
                continue  # beside the ruler, above the marks
            end = line.x_pt + design.book.width_pt(line.runs, line.size_pt)
            assert not [x for x in cuts if line.x_pt - 0.5 < x < end + 0.5], line.runs


@pytest.mark.parametrize("stock", STOCKS)
def test_marks_begin_where_colour_ends_if_there_is_room(stock: str) -> None:
    """A black mark on a dark bleed would be lost."""
    design = design_of(stock=stock)
    side = sides_of(design, Turn.LONG)[0]
    xs, ys = cut_lines_mm(design.stock, mirrored=False)
    bleed = design.stock.grid.bleed
    roomy = min(design.stock.waste) - design.stock.printer_margin >= bleed + 1
    hairs = [
        m for e in side.marks for m in e.marks() if isinstance(m, Shape) and m.width_pt == 0.35
    ]
    for hair in hairs:
        for _, x, y in hair.path:  # type: ignore[misc]
            off = max(
                mm(xs[0]) - float(x),
                float(x) - mm(xs[-1]),
                mm(ys[0]) - float(y),
                float(y) - mm(ys[-1]),
            )
            assert off >= mm(bleed if roomy else 1.0) - 0.01


@pytest.mark.parametrize("stock", STOCKS)
def test_a_mark_on_colour_has_white_about_it_and_no_other_has(stock: str) -> None:
    """Where the printer's margin leaves no room beyond the bleed."""
    design = design_of(stock=stock)
    (xs, ys), bleed = cut_lines_mm(design.stock, mirrored=False), mm(design.stock.grid.bleed)
    marks = [m for e in sides_of(design, Turn.LONG)[0].marks for m in e.marks()]
    shapes = [m for m in marks if isinstance(m, Shape)]
    on_colour = [
        m.path
        for m in shapes
        if m.width_pt == 0.35
        and mm(xs[0]) - bleed + 0.01 < float(m.path[0][1]) < mm(xs[-1]) + bleed - 0.01
        and mm(ys[0]) - bleed + 0.01 < float(m.path[0][2]) < mm(ys[-1]) + bleed - 0.01
    ]
    white = [(n, m) for n, m in enumerate(shapes) if m.stroke == "#FFFFFF"]
    assert [m.path for _, m in white] == on_colour
    assert bool(white) == (stock in ON_COLOUR)
    for n, mark in white:  # it lies under its mark, and is wider
        over = shapes[n + 1]
        assert (over.path, over.stroke) == (mark.path, "#000000")
        assert mark.width_pt > 2 * over.width_pt


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


@pytest.mark.parametrize(("stock", "turn"), WAYS)
def test_the_words_above_the_cards_never_meet(stock: str, turn: Turn) -> None:
    """With the longest codes and a printer's long name."""
    design = design_of(stock=stock)
    plan = Plan(turn, printer="the-big-printer-on-the-second-floor")
    side = impose(long_coded(design), design.stock, plan, "Edition 12.3", design.book)[0]
    lines = sorted(
        (mark.y_pt, mark.x_pt, mark.x_pt + design.book.width_pt(mark.runs, mark.size_pt))
        for element in side.marks
        for mark in element.marks()
        if isinstance(mark, TextLine)
    )
    for (low, _, end), (high, start, _) in itertools.pairwise(lines):
        assert high - low > 5 or end < start
