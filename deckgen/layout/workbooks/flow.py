"""Blocks one below the other, over as many pages as they take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deckgen.layout.setting.page import Page
from deckgen.layout.workbooks.frame_panels import FRAMES, SUMMARY
from deckgen.layout.workbooks.marking import CHECKLIST, CHOICE, RATING
from deckgen.layout.workbooks.spot import Sort, Spot, page_height, pitch_of
from deckgen.layout.workbooks.table import TABLE
from deckgen.layout.workbooks.telling import ABOUT, COLOURS, STEPS, WORDS
from deckgen.layout.workbooks.writing import (
    BOX,
    BOX_PAD_PT,
    DATE,
    FEWEST_LINES,
    LINES,
    MOST_LINES,
    SIGNATURE,
    box_head_height,
    draw_box,
)
from deckgen.model.workbook import (
    About,
    Block,
    Box,
    Checklist,
    Choice,
    Colours,
    Date,
    Frames,
    Lines,
    Rating,
    Signature,
    Steps,
    Summary,
    Table,
    Words,
)

_SORTS: Mapping[type[Block], Sort] = {
    Words: WORDS,
    Steps: STEPS,
    Box: BOX,
    Lines: LINES,
    Date: DATE,
    Rating: RATING,
    Choice: CHOICE,
    Checklist: CHECKLIST,
    Table: TABLE,
    Signature: SIGNATURE,
    Summary: SUMMARY,
    Frames: FRAMES,
    Colours: COLOURS,
    About: ABOUT,
}
_BOX_GAP_PT = 20.0


def _fills(block: Block) -> bool:
    return isinstance(block, Box) and block.fills


def flow(spot: Spot, blocks: Sequence[Block], below_pt: float) -> float:
    """Set blocks below something that wants a gap of `below_pt`; the gap that the last one wants.

    What begins a page that has nothing else on it begins it without a gap.
    """
    waiting = list(blocks)
    while waiting:
        sort = _SORTS[type(waiting[0])]
        if waiting[0].new_page and spot.page.y < spot.page.start:
            spot.page.turn()
        if spot.page.y < spot.page.start:
            spot.page.drop(below_pt + (sort.above if waiting[0].title else sort.bare))
        if _fills(waiting[0]):
            boxes = _leading_boxes(waiting)
            waiting = waiting[len(boxes) :]
            _boxes(spot, boxes, waiting)
        else:
            sort.draw(spot, waiting.pop(0))
        below_pt = sort.below
    return below_pt


def _leading_boxes(blocks: Sequence[Block]) -> list[Box]:
    boxes: list[Box] = []
    for block in blocks:
        if not isinstance(block, Box) or not block.fills or (boxes and block.new_page):
            break
        boxes.append(block)
    return boxes


def _boxes(spot: Spot, boxes: Sequence[Box], after: Sequence[Block]) -> None:
    """Large boxes: all as high as the page allows with what follows, or a page for each."""
    page, pitch = spot.page, pitch_of(spot.page)
    fixed = [box_head_height(page, box) + BOX_PAD_PT + _BOX_GAP_PT for box in boxes]
    least = sum(fixed) + len(boxes) * FEWEST_LINES * pitch
    shared = int(
        (page.room - sum(fixed) - _tail(page, after, page.room - least)) // len(boxes) // pitch
    )
    for number, box in enumerate(boxes):
        lines = shared
        if shared < FEWEST_LINES:
            page.need(fixed[number] + FEWEST_LINES * pitch)
            last = number == len(boxes) - 1
            room = page.room - fixed[number] - FEWEST_LINES * pitch
            tail = _tail(page, after, room) if last else 0.0
            alone = int((page.room - fixed[number] - tail) // pitch)
            lines = min(MOST_LINES, max(alone, FEWEST_LINES))
        draw_box(spot, box, lines)
        if number < len(boxes) - 1:
            page.drop(_BOX_GAP_PT)


def _tail(page: Page, blocks: Sequence[Block], room_pt: float) -> float:
    """The height of what follows boxes on their page: the next block, and more if they fit."""
    height, gap = 0.0, 0.0
    for number, block in enumerate(blocks):
        sort = _SORTS[type(block)]
        own = gap + sort.height(page, block)
        if (
            block.new_page
            or _fills(block)
            or own >= page_height(page) - FEWEST_LINES * pitch_of(page)
        ):
            break
        if number and height + own > room_pt:
            break
        height += own
        gap = sort.below + 12
    return height
