"""Blocks to write in: boxes, ruled lines, days, signatures."""

from __future__ import annotations

from deckgen.geometry import Rect
from deckgen.layout.setting.page import Page
from deckgen.layout.workbooks.pen import dotted
from deckgen.layout.workbooks.spot import (
    LABEL_SHARE,
    Sort,
    Spot,
    form,
    heading,
    heading_height,
    labelled_line,
    page_height,
    pitch_of,
)
from deckgen.model.drawing import Role
from deckgen.model.text import as_text
from deckgen.model.workbook import Box, Column, Date, Lines, Signature

FEWEST_LINES, MOST_LINES = 3, 14  # to write on in a large box
BOX_PAD_PT = 7.0
_SMALL = (2, 5)  # lines of a small box: at least, and at most
_NOTES = 3  # lines that are worth beginning on a page
_SIGNER_EMS = 15.0  # the narrowest column with a label and a line to sign on
_DAY_PT = 220.0
_GAP_PT = 24.0
_INSET_PT = 3.0  # of the last line, as the field has it for those above


def box_head_height(page: Page, box: Box) -> float:
    """What stands above a box."""
    return heading_height(page, box, 2, 8)


def draw_box(spot: Spot, box: Box, lines: int) -> None:
    """A title, a hint, and a box with so many lines to write on."""
    page = spot.page
    heading(page, box)
    said = spot.spoken(box.title, box.hint, between=". ")
    page.writing_box(spot.name(box), said, lines * pitch_of(page) + BOX_PAD_PT)


def _asked(page: Page, box: Box) -> tuple[int, int]:
    """How many lines a box that doesn't fill the page has, at least and at most."""
    if box.lines < 0:
        return _SMALL
    most = int((page_height(page) - box_head_height(page, box) - BOX_PAD_PT) // pitch_of(page))
    return (min(box.lines, most),) * 2


def _box_height(page: Page, box: Box) -> float:
    lines = FEWEST_LINES if box.fills else _asked(page, box)[0]
    return box_head_height(page, box) + BOX_PAD_PT + lines * pitch_of(page)


def _box(spot: Spot, box: Box) -> None:
    page, pitch = spot.page, pitch_of(spot.page)
    least, most = _asked(page, box)
    fixed = box_head_height(page, box) + BOX_PAD_PT
    page.need(fixed + least * pitch)
    draw_box(spot, box, max(least, min(most, int((page.room - fixed) // pitch))))


def _lines_height(page: Page, block: Lines) -> float:
    lines = block.lines or _NOTES
    return heading_height(page, block, 2, 8) + lines * pitch_of(page)


def _lines(spot: Spot, block: Lines) -> None:
    """Stretches of lines without a border, so that they look like one over a turned page too."""
    page, pitch = spot.page, pitch_of(spot.page)
    head = heading_height(page, block, 2, 8)
    page.need(head + (block.stretches[0] or _NOTES) * pitch + BOX_PAD_PT)
    heading(page, block)
    title = as_text(block.title) or page.say("notes")
    names = block.field_names(())
    for number, (end, lines) in enumerate(zip(names, block.stretches, strict=True), start=1):
        lines = lines or int((page.room - BOX_PAD_PT) // pitch)
        page.need(lines * pitch + BOX_PAD_PT * (number == 1))
        part = page.say("{title}, part {number}", title=title, number=number)
        said = spot.spoken(part if len(names) > 1 else title, block.hint, between=". ")
        area = Rect(page.left, page.y - lines * pitch, page.width, lines * pitch)
        field = page.lines_field(spot.name(block, end), "", area, pitch)
        page.decorate(dotted(page.left + _INSET_PT, page.right - _INSET_PT, area.y_pt))
        page.add(form(field, said))
        page.y -= lines * pitch


def _date_height(page: Page, block: Date) -> float:
    return heading_height(page, block, 2, 8) + page.grown(26)


def _date(spot: Spot, block: Date) -> None:
    page = spot.page
    page.need(_date_height(page, block))
    heading(page, block)
    width = min(page.width, page.grown(_DAY_PT))
    said = spot.spoken(block.title or page.say("day"), block.hint, between=". ")
    page.line_field(page.say("Date"), spot.name(block), said, page.left, width)
    page.drop(page.grown(26))


def _signature_columns(page: Page, block: Signature) -> tuple[int, float]:
    """How many lines stand side by side, and how wide the labels are; 0 if above their lines."""
    columns = page.columns(_SIGNER_EMS)
    labels = max(page.label_width(line.title) for line in block.lines)
    width = (page.width - _GAP_PT * (columns - 1)) / columns
    if labels <= width * 0.6:
        return columns, labels
    return 1, labels if labels <= page.width * 0.6 else 0.0


def _above(page: Page, line: Column) -> float:
    """What a label takes that stands above its line, as `labelled_line` has it."""
    long = page.label_width(line.title) > page.width * LABEL_SHARE
    return page.height_of(line.title, "label") if long else 0.0


def _signature_height(page: Page, block: Signature) -> float:
    columns, labels = _signature_columns(page, block)
    rows, row = -(-len(block.lines) // columns), page.grown(40)
    above = sum(_above(page, line) for line in block.lines) if not labels else 0.0
    title = page.height_of(block.title, "panel_title") + 16 if block.title else 0.0
    hint = page.height_of(block.hint, "hint") + 8 if block.hint else 0.0
    return 14 + title + hint + rows * row + above + 11


def _signature(spot: Spot, block: Signature) -> None:
    """A panel with lines to sign on, two a row if they fit."""
    page, row = spot.page, spot.page.grown(40)
    height = _signature_height(page, block)
    page.need(height)
    top = page.y
    page.panel(height, "teal_tint")
    page.drop(14)
    if block.title:
        page.text(block.title, "panel_title", Role.H3)
        page.drop(16)
    if block.hint:
        page.text(block.hint, "hint")
        page.drop(8)
    columns, labels = _signature_columns(page, block)
    width = (page.width - _GAP_PT * (columns - 1)) / columns
    for i, line in enumerate(block.lines):
        said = spot.spoken_in(block.title, line.title)
        name = spot.name(block, line.id)
        if labels:
            x = page.left + i % columns * (width + _GAP_PT)
            page.line_field(line.title, name, said, x, width, labels)
        else:
            labelled_line(page, line.title, name, said, width)
        page.drop(row if (i + 1) % columns == 0 else 0)
    page.y = top - height


BOX = Sort(_box_height, _box)
LINES = Sort(_lines_height, _lines)
DATE = Sort(_date_height, _date)
SIGNATURE = Sort(_signature_height, _signature, above=6, bare=6, below=14)
