"""The sign of a time frame: how much of a disc is full."""

from __future__ import annotations

from deckgen.layout.setting.shapes import circle, pie
from deckgen.model.drawing import Shape

# How many slices are full, and of how many, for each number of time frames.
_SLICES = {
    1: ((4,), 4),
    2: ((2, 4), 4),
    3: ((1, 2, 4), 4),
    4: ((1, 2, 3, 4), 4),
    5: ((1, 2, 3, 4, 6), 6),
    6: ((1, 2, 3, 4, 5, 6), 6),
}


def frame_disc(
    x_pt: float, y_pt: float, radius_pt: float, index: int, count: int, fill: str, ring: str
) -> tuple[Shape, ...]:
    """A slice for the first of so many time frames, the whole disc for the last."""
    full, slices = _SLICES[min(count, max(_SLICES))]
    share = full[min(index, len(full) - 1)]
    return (
        Shape(circle(x_pt, y_pt, radius_pt), fill="#FFFFFF"),
        Shape(pie(x_pt, y_pt, radius_pt, share, slices), fill=fill),
        Shape(circle(x_pt, y_pt, radius_pt), stroke=ring, width_pt=1.4),
    )
