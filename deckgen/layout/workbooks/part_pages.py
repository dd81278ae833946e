"""A part of the workbook: a title, words, and blocks below each other."""

from __future__ import annotations

from deckgen.layout.workbooks.flow import flow
from deckgen.layout.workbooks.spot import Spot
from deckgen.layout.workbooks.workbook_page import WorkbookPages
from deckgen.model.drawing import Bookmark, Drawing, Group, Role
from deckgen.model.text import words
from deckgen.model.workbook import Part, Steps

_LEAD_PT, _LEAD_ABOVE_STEPS_PT = 450.0, 430.0  # its width
_LEAD_GAP_PT, _POINTS_ABOVE_PT, _POINTS_BELOW_PT = 20.0, -2.0, 8.0
_POINTS_GAP_PT, _LAST_GAP_PT, _LAST_ABOVE_PT = 9.0, 6.0, 10.0


def part_pages(pages: WorkbookPages, part: Part) -> tuple[Drawing, ...]:
    """A page, and those that it flows on to."""
    page = pages.new()
    page.text(part.title, "h1", Role.H2)
    gap = _LEAD_GAP_PT
    if part.lead:
        page.drop(6)
        steps = isinstance(part.blocks[0] if part.blocks else None, Steps)
        width = page.measure(_LEAD_ABOVE_STEPS_PT if steps else _LEAD_PT)
        page.text(part.lead, "lead", width=width)
    if part.points and not part.ends:
        page.drop(gap + _POINTS_ABOVE_PT)
        page.points(part.points, gap_pt=_POINTS_GAP_PT)
        gap = _POINTS_BELOW_PT
    gap = flow(Spot(pages, page, part.fields, words(part.title), lowers=True), part.blocks, gap)
    if part.points and part.ends:
        page.drop(gap + _LAST_ABOVE_PT)
        page.points(part.points, gap_pt=_LAST_GAP_PT)
    group = Group(f"workbook-{part.key}", part.title)
    mark = Bookmark(part.title, 1)
    return pages.close(page, part.fields, part.title, part.place, mark, group=group)
