"""A picture in a frame: cropped around what must be seen, never stretched; and is it sharp?"""

from __future__ import annotations

from math import floor

from deckgen.geometry import Rect
from deckgen.model.picture import MIDDLE, Picture, PictureFile
from deckgen.problem import Place, Problem, problem

SHARP_PPI, LEAST_PPI = 200, 100
_MM_PER_INCH = 25.4


def fitted(
    file: PictureFile,
    frame: Rect,
    focus: tuple[float, float] = MIDDLE,
    ground: str = "#FFFFFF",
) -> Picture:
    """The largest part of a picture that has the frame's shape.

    The frame is in points. The `focus` (per cent from the left and from the top) is as near to the
    middle of the part as the picture's edges let it be.
    """
    shape = (frame.width_pt * file.height) / (frame.height_pt * file.width)
    width, height = (100.0, 100.0 / shape) if shape > 1 else (100.0 * shape, 100.0)
    left, top = _begins(focus[0], width), _begins(focus[1], height)
    return Picture(file, frame, (left, top, left + width, top + height), ground)


def _begins(focus: float, length: float) -> float:
    return min(max(focus - length / 2, 0.0), 100.0 - length)


def sharpness_problems(picture: Picture, place: Place, where: str) -> list[Problem]:
    """Whether a picture has dots enough; `where` says on which face ("K7 front")."""
    ppi = round(picture.ppi, 2)
    if ppi >= SHARP_PPI:
        return []
    across, down = picture.dots
    said = f"On {where}, {picture.file.name} has {ppi:.0f} dots an inch."
    factor = SHARP_PPI / max(ppi, 0.01)
    needed = f"{factor * across:.0f} × {factor * down:.0f} dots"
    if ppi >= LEAST_PPI:
        todo = f"Look at it closely. To be sharp it needs {needed} where it is shown."
        return [problem("picture-coarse", place, said, todo)]
    largest = [floor(_MM_PER_INCH * dots / LEAST_PPI) for dots in (across, down)]
    said += f" It can be {largest[0]} × {largest[1]} mm at most."
    todo = f"Use a larger picture ({needed} are sharp), or smaller cards."
    return [problem("picture-too-coarse", place, said, todo)]
