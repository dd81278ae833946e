"""Guides for corners and holes lie on what is cut away, and in no word's way."""

from __future__ import annotations

from math import hypot
from pathlib import Path

import pytest

from deckgen.building.check import check
from deckgen.geometry import to_mm
from deckgen.model.drawing import Shape
from deckgen.options import Options
from deckgen.project import read_project
from deckgen.sheets.finishing import HOLE_FROM_EDGE_MM
from deckgen.sheets.imposition import Plan, impose
from tests.layout.made_up import design_of
from tests.sheets.test_imposition import cards

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 95.0, 137.0


def guides(**wanted: float) -> list[list[tuple[float, float]]]:
    """Points of each guide on the first card, in millimetres from its lower left corner."""
    design = design_of()
    plain = impose(cards(1, design), design.stock, Plan(), "Edition 7", design.book)
    sides = impose(cards(1, design), design.stock, Plan(**wanted), "Edition 7", design.book)  # type: ignore[arg-type]
    assert sides[1].marks == plain[1].marks  # backs have none
    matrix = sides[0].placements[0].matrix
    shapes = [m for e in sides[0].marks[len(plain[0].marks) :] for m in e.marks()]
    return [
        [
            (to_mm(float(s[i]) - matrix.e), to_mm(float(s[i + 1]) - matrix.f))
            for s in shape.path
            for i in range(1, len(s), 2)
        ]
        for shape in shapes
        if isinstance(shape, Shape)
    ]


def test_without_wishes_there_are_no_guides() -> None:
    assert guides() == []


def test_corner_guides_lie_outside_the_curve() -> None:
    found = guides(corner_mm=3.0)
    assert len(found) == 4
    for path in found:
        first, last = path[0], path[-1]
        for x, y in (first, last):
            cx = 3.0 if x < WIDTH / 2 else WIDTH - 3.0
            cy = 3.0 if y < HEIGHT / 2 else HEIGHT - 3.0
            assert hypot(x - cx, y - cy) == pytest.approx(3.3, abs=0.01)


def test_the_hole_takes_its_guide_with_it() -> None:
    for path in guides(hole_mm=5.0):
        for x, y in path[:1]:
            off = hypot(x - HOLE_FROM_EDGE_MM, y - (HEIGHT - HOLE_FROM_EDGE_MM))
            assert off < 2.5


def test_a_hole_cuts_no_words() -> None:
    project = read_project(ROOT)
    assert check(project, Options(hole_mm=5.0)) == []
    found = check(project, Options(hole_mm=5.0, theme="masthead"))
    assert [p.code for p in found] == ["hole-in-words"]
    assert "“Key characteristics”" in found[0].found
