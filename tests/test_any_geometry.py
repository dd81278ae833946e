"""Lengths, rectangles and maps lead there and back again."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deckgen.geometry import Matrix, Rect, mm, moved, to_mm

lengths = st.floats(-5000, 5000)
maps = st.builds(Matrix, *[st.floats(-9, 9)] * 4, lengths, lengths)


def near(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(
        math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-5) for a, b in zip(one, other, strict=True)
    )


@given(lengths)
def test_points_are_millimetres_again(length: float) -> None:
    assert to_mm(mm(length)) == pytest.approx(length, abs=1e-9)
    assert mm(25.4) == 72


@given(maps, lengths, lengths)
def test_a_map_and_its_inverse_lead_back(there: Matrix, x: float, y: float) -> None:
    assume(abs(there.a * there.d - there.b * there.c) > 0.01)
    assert near(there.inverse().apply(*there.apply(x, y)), (x, y))
    assert near(there.apply(*there.inverse().apply(x, y)), (x, y))


@given(maps, maps, lengths, lengths)
def test_one_map_after_the_other_is_their_product(
    first: Matrix, second: Matrix, x: float, y: float
) -> None:
    assert near(first.then(second).apply(x, y), second.apply(*first.apply(x, y)))
    assert first.then(Matrix()) == Matrix().then(first) == first


@given(st.floats(-9, 9), st.floats(-9, 9), st.floats(-99, 99))
def test_what_flattens_everything_can_t_be_undone(a: float, b: float, by: float) -> None:
    flat = Matrix(a, b, 0, 0, by, by)
    with pytest.raises(ValueError, match="undone"):
        flat.inverse()


@given(lengths, lengths)
def test_a_move_is_undone_by_the_opposite_move(dx: float, dy: float) -> None:
    assert near(moved(dx, dy).then(moved(-dx, -dy)).apply(1, 2), (1, 2))


@given(st.builds(Rect, lengths, lengths, *[st.floats(0, 5000)] * 2), st.floats(0, 500))
def test_a_rectangle_that_grew_shrinks_to_itself(rect: Rect, by: float) -> None:
    grown = rect.grown(by)
    assert near(grown.grown(-by).corners, rect.corners)
    assert grown.width_pt == pytest.approx(rect.width_pt + 2 * by)
    assert near(
        (*grown.corners,),
        tuple(c + d for c, d in zip(rect.corners, (-by, -by, by, by), strict=True)),
    )
