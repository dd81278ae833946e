"""A booklet: pages on sheets that are folded once, put into each other and stapled.

Two pages lie side by side; the printer turns the sheet on its short edge. Where the number of
pages is no multiple of four, the last leaves are blank.
"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.geometry import Matrix, Size
from deckgen.model.drawing import Drawing
from deckgen.model.text import plain
from deckgen.sheets.sheet import SIDE_LABELS, Placement, SheetSide
from deckgen.wording.say import SAY_ENGLISH, Wording


def booklet_order(pages: int) -> list[tuple[int, int]]:
    """The pages of each side, left and right, counted from 0; outermost sheet first."""
    whole = -(-pages // 4) * 4
    sides = []
    for sheet in range(whole // 4):
        first, last = 2 * sheet, whole - 1 - 2 * sheet
        sides += [(last, first), (first + 1, last - 1)]
    return sides


def lay_in_booklet(
    pages: Sequence[Drawing], sheet: Size, say: Wording = SAY_ENGLISH
) -> tuple[SheetSide, ...]:
    """Front and back of each sheet, which lies on its side; pages are made to fit its halves."""
    if sheet.width_pt < sheet.height_pt:
        raise ValueError("a booklet's sheet lies on its side")
    made = []
    for number, places in enumerate(booklet_order(len(pages))):
        side = "back" if number % 2 else "front"
        placements = tuple(
            _placed(pages[page], half, sheet)
            for half, page in enumerate(places)
            if page < len(pages)
        )
        label = plain(say(SIDE_LABELS[side], number=number // 2 + 1))
        made.append(SheetSide(label, sheet, placements, (), back=side == "back"))
    return tuple(made)


def _placed(page: Drawing, half: int, sheet: Size) -> Placement:
    """A page in the middle of the left (0) or right (1) half, as large as it can be."""
    width = sheet.width_pt / 2
    scale = min(width / page.size.width_pt, sheet.height_pt / page.size.height_pt)
    x = half * width + (width - scale * page.size.width_pt) / 2
    y = (sheet.height_pt - scale * page.size.height_pt) / 2
    return Placement(page, Matrix(scale, 0, 0, scale, x, y), 0.0)
