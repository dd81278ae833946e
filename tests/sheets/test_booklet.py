"""A booklet, folded: pages come in order, upright, and none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.building.build import build_files
from deckgen.geometry import Size, mm
from deckgen.layout.workbooks.pen import for_pen
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing, Field, Link, Shape, TextLine
from deckgen.model.workbook import Workbook
from deckgen.options import Options
from deckgen.project import read_project
from deckgen.readback.check import file_faults, read_facts
from deckgen.sheets.booklet import booklet_order, lay_in_booklet
from tests.laid_out import lay_out
from tests.layout.made_up import deck, design_of, lay_out_workbook, workbook

__all__ = ["deck", "workbook"]

ROOT = Path(__file__).resolve().parents[2]
SHEET = Size(mm(297), mm(210))


def folded(count: int) -> list[int]:
    """Fold a stack of sheets and turn the pages. Behind the right of a front lies the left of
    its back, as the sheet is turned on its short edge.
    """
    sides = booklet_order(count)
    leaves = []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        leaves.append((front[1], back[0]))  # the right half: front, then behind it
    for front, back in reversed(list(zip(sides[::2], sides[1::2], strict=True))):
        leaves.append((back[1], front[0]))  # the left half, seen from the inside first
    return [page for leaf in leaves for page in leaf]


@pytest.mark.parametrize("count", [1, 4, 5, 8, 13, 25])
def test_folded_the_pages_are_in_order(count: int) -> None:
    whole = -(-count // 4) * 4
    assert folded(count) == list(range(whole))


def test_pages_are_upright_and_fill_their_half() -> None:
    pages = [Drawing(f"p{n}", str(n), Size(mm(210), mm(297)), 0.0, ()) for n in range(5)]
    for side in lay_in_booklet(pages, SHEET):
        for placement in side.placements:
            m = placement.matrix
            assert (m.b, m.c) == (0, 0) and m.a == m.d == pytest.approx(0.7071, abs=0.001)
            left, low = m.apply(0, 0)
            right, high = m.apply(mm(210), mm(297))
            assert left >= -0.2 and right <= SHEET.width_pt + 0.2
            assert low == pytest.approx(0, abs=0.2) and high == pytest.approx(mm(210), abs=0.2)
    placed = [p.face.name for side in lay_in_booklet(pages, SHEET) for p in side.placements]
    assert sorted(placed) == [f"p{n}" for n in range(5)]


def test_an_upright_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="on its side"):
        lay_in_booklet([], Size(mm(210), mm(297)))


def test_fields_become_lines_for_a_pen(deck: Deck, workbook: Workbook) -> None:
    pages, _ = lay_out_workbook(workbook, deck, design_of())
    boxes = sum(isinstance(m, Field) and m.pitch_pt > 0 for p in pages for m in p.marks())
    marks = [m for page in pages for m in for_pen(page).marks()]
    assert not any(isinstance(m, Field | Link) for m in marks)
    assert sum(isinstance(m, Shape) and bool(m.dash_pt) for m in marks) >= boxes


@pytest.mark.parametrize(("paper", "sheets"), [("a4", 7), ("a3", 3)])
def test_the_file_is_sound_and_nothing_in_it_is_small(
    tmp_path: Path, paper: str, sheets: int
) -> None:
    options = Options(booklet_paper=paper)
    made = build_files(read_project(ROOT), ["booklet"], options, output=tmp_path).outputs
    assert [p.name for p in made] == [f"workbook-booklet-{paper}.pdf"]
    data = made[0].read_bytes()
    assert len(read_facts(data).pages) == 2 * sheets
    assert read_facts(data).fields == {}
    assert file_faults(data) == []
    layout, _ = lay_out(read_project(ROOT), Options(large_print=paper == "a4"))
    assert layout is not None
    smallest = min(m.size_pt for p in layout.workbook for m in p.marks() if isinstance(m, TextLine))
    assert smallest * (0.7071 if paper == "a4" else 1.0) >= 12
