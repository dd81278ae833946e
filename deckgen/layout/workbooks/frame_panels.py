"""Blocks with a panel a time frame: what each means, and what matters most in each."""

from __future__ import annotations

from deckgen.geometry import Rect
from deckgen.layout.setting.page import Page, ascent_pt
from deckgen.layout.setting.shapes import filled, rectangle, rounded, stroked
from deckgen.layout.workbooks.frame_sign import frame_disc
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
from deckgen.model.drawing import Element, Link, Role
from deckgen.model.text import Text, plain, word, words
from deckgen.model.workbook import Activity, Column, Frames, Summary, TimeFrame
from deckgen.wording.say import listed

_FOOT_GAP_PT = 8.0  # between the last panel and the foot
_CHANGE_LINES = 2  # at least, for what matters most
_PANEL_GAP_PT = 9.0
_PANEL_PAD_PT = 13.0  # above and below the words of a panel
_LINES_GAP_PT = 18.0  # below the lines to write on
_FEWEST_LINKS = 3  # that are worth beginning a panel for
_HEAD_PT, _WHEN_GAP_PT = 44.0, 12.0
_LINE_PT = 34.0  # from one line to the next
_PAIR_GAP_PT = 24.0


def _frames(spot: Spot, block: Frames) -> None:
    """What each means, and where its activities begin; a long one goes on in a further panel."""
    page, frames = spot.page, spot.pages.workbook.frames
    first = [_panel_height(spot, frame, frame.activities[:1], False) for frame in frames[:1]]
    page.need(heading_height(page, block, 2, 8) + sum(first))
    heading(page, block)
    for index, frame in enumerate(frames):
        page.drop(_PANEL_GAP_PT * (index > 0))
        rest, later = frame.activities, False
        while True:
            fitting = _fitting(spot, frame, rest, later)
            _frame_panel(spot, index, frame, fitting, later)
            rest, later = rest[len(fitting) :], True
            if not rest:
                break
            page.drop(_PANEL_GAP_PT)


def _fitting(
    spot: Spot, frame: TimeFrame, rest: tuple[Activity, ...], later: bool
) -> tuple[Activity, ...]:
    """All activities if a page holds their panel, else those that fit here, or on the next."""
    page = spot.page
    heights = [_panel_height(spot, frame, rest[:n], later) for n in range(len(rest) + 1)]
    whole = page_height(page)
    if heights[-1] <= whole:
        return rest
    room = page.room if heights[min(_FEWEST_LINKS, len(rest))] <= page.room else whole
    return rest[: max(1, sum(height <= room for height in heights) - 1)]


def _link_words(spot: Spot, activity: Activity) -> Text:
    starts = spot.pages.starts.get(activity.key, 0)
    title = words(activity.title)
    key = word("Activity {number}: {title}, page {page}")
    return spot.pages.say(key, number=activity.number, title=title, page=starts)


def _name(page: Page, frame: TimeFrame, later: bool) -> Text:
    name = words(frame.name)
    return page.say("{name}, continued", name=name) if later else name


def _panel_height(
    spot: Spot, frame: TimeFrame, activities: tuple[Activity, ...], later: bool
) -> float:
    page = spot.page
    width = page.width - page.grown(78)
    links = [_link_words(spot, activity) for activity in activities]
    height = 2 * _PANEL_PAD_PT + page.height_of(_name(page, frame, later), "h2", width)
    if not later:
        height += page.height_of(frame.when, "strong", width) + 2
        height += page.height_of(frame.meaning, "body", width) + 6
    return height + sum(page.height_of(link, "strong", width) + 2 for link in links)


def _frame_panel(
    spot: Spot, index: int, frame: TimeFrame, activities: tuple[Activity, ...], later: bool
) -> None:
    page = spot.page
    indent = page.grown(78)
    width = page.width - indent
    height = _panel_height(spot, frame, activities, later)
    page.need(height)
    box = page.panel(height, "teal_tint")
    x, y, top = box.x_pt + page.grown(45), box.y_pt + height / 2, page.y
    count = len(spot.pages.workbook.frames)
    amber, teal = page.colour("amber"), page.colour("teal")
    page.decorate(*frame_disc(x, y, page.grown(27), index, count, amber, teal))
    page.drop(_PANEL_PAD_PT)
    page.text(_name(page, frame, later), "h2", Role.H3, x=page.left + indent, width=width)
    if not later:
        if frame.when:
            when = frame.when[:1].upper() + frame.when[1:]
            page.text(when, "strong", x=page.left + indent, width=width)
        page.drop(2)
        if frame.meaning:
            page.text(frame.meaning, "body", x=page.left + indent, width=width)
        page.drop(6)
    for activity in activities:
        target = f"#workbook-{activity.key}-talk"
        page_link(page, _link_words(spot, activity), target, page.left + indent, width)
    page.y = top - height


def page_link(page: Page, said: Text, target: str, x: float, width: float) -> None:
    """Words that jump to a page, which is "#" and a Drawing's name."""
    look = page.type("strong")
    top = page.y
    lines = page.setter.column(said, look, x, top - ascent_pt(look), width)
    height = len(lines) * look.leading_pt + 2
    widths = [page.setter.book.width_pt(line.runs, line.size_pt) for line in lines]
    rules = [
        filled(
            rectangle(Rect(line.x_pt, line.y_pt - page.grown(3), wide, 0.9)),
            page.colour("teal_mid"),
        )
        for line, wide in zip(lines, widths, strict=True)
    ]
    left = min(line.x_pt for line in lines)
    area = Rect(left, top - height + 1, max(widths), height)
    page.decorate(*rules)
    link = Link(area, target, plain(said))
    page.add(Element(Role.P, (Element(Role.LINK, (*lines, link)),)))
    page.y -= height


def _least(page: Page, block: Summary, frame: TimeFrame) -> float:
    """The lowest panel of a time frame."""
    fixed = page.grown(_HEAD_PT + 8 + 22 + _LINES_GAP_PT) + _rows_height(page, block.columns[1:])
    first = page.height_of(block.columns[0].title, "label") - page.type("label").leading_pt
    more = _head_more(page, frame) + first
    return fixed + more + _CHANGE_LINES * pitch_of(page)


def _head_more(page: Page, frame: TimeFrame) -> float:
    """What the head of a panel takes beyond a line, if its words don't fit on one."""
    width = page.width - page.grown(38)
    name, when = page.type("h2"), page.type("hint")
    beside = page.setter.width_pt(frame.name, name) + page.setter.width_pt(frame.when, when)
    if beside + _WHEN_GAP_PT <= width:
        return 0.0
    more = page.height_of(frame.name, "h2", width) - name.leading_pt
    return more + page.height_of(frame.when, "hint", width)


def _rows(page: Page, columns: tuple[Column, ...]) -> list[tuple[Column, ...]]:
    """Two short labels a line, or a long one alone."""
    half = (page.width - _PAIR_GAP_PT) / 2
    short = [page.label_width(column.title) <= half * 0.6 for column in columns]
    if all(short):
        return [columns[i : i + 2] for i in range(0, len(columns), 2)]
    return [(column,) for column in columns]


def _rows_height(page: Page, columns: tuple[Column, ...]) -> float:
    rows = _rows(page, columns)
    long = [c for row in rows for c in row if page.label_width(c.title) > page.width * LABEL_SHARE]
    above = sum(page.height_of(column.title, "label") for column in long)
    return len(rows) * page.grown(_LINE_PT) + above


def _summary(spot: Spot, block: Summary) -> None:
    """One panel a time frame, all as high as the page allows."""
    page, frames = spot.page, spot.pages.workbook.frames
    first = [_least(page, block, frame) for frame in frames[:1]]
    page.need(heading_height(page, block, 2, 8) + sum(first))
    heading(page, block)
    height = (page.room - _FOOT_GAP_PT - _PANEL_GAP_PT * (len(frames) - 1)) / max(1, len(frames))
    for index, frame in enumerate(frames):
        more = _head_more(page, frame)
        own = max(_least(page, block, frame), min(height, page.grown(212) + more))
        page.need(own + _PANEL_GAP_PT * (page.y < page.start and index > 0))
        page.drop(_PANEL_GAP_PT * (page.y < page.start and index > 0))
        _summary_panel(spot, block, index, frame, own)


def _summary_panel(spot: Spot, block: Summary, index: int, frame: TimeFrame, height: float) -> None:
    page, grown = spot.page, spot.page.grown
    box = Rect(page.left - 12, page.y - height, page.width + 24, height)
    tall = grown(_HEAD_PT) + _head_more(page, frame)
    head = Rect(box.x_pt, box.top_pt - tall, box.width_pt, tall)
    top = page.y
    _panel_head(spot, index, frame, box, head)
    page.y = head.y_pt - 8
    first, others = block.columns[0], block.columns[1:]
    page.text(first.title, "label")
    page.drop(4)
    pitch, below = pitch_of(page), _rows_height(page, others)
    lines = max(2, int((page.y - box.y_pt - grown(_LINES_GAP_PT) - below) // pitch))
    area = Rect(page.left, page.y - lines * pitch - 4, page.width, lines * pitch + 4)
    said = spot.pages.spoken(listed((frame.name, spot.inside(first.title)), ": "))
    field = page.lines_field(spot.name(block, f"{frame.key}.{first.id}"), "", area, pitch)
    page.add(form(field, said))
    page.y = box.y_pt + grown(4) + below
    half = (page.width - _PAIR_GAP_PT) / 2
    for row in _rows(page, others):
        for i, column in enumerate(row):
            name = spot.name(block, f"{frame.key}.{column.id}")
            said = spot.pages.spoken(listed((frame.name, spot.inside(column.title)), ": "))
            if len(row) > 1:
                x = page.left + i * (half + _PAIR_GAP_PT)
                page.line_field(column.title, name, said, x, half)
            else:
                labelled_line(page, column.title, name, said, page.width)
        page.drop(grown(_LINE_PT))
    page.y = top - height


def _panel_head(spot: Spot, index: int, frame: TimeFrame, box: Rect, head: Rect) -> None:
    """The sign, the name and the time that it means; below each other if they are long."""
    page, grown = spot.page, spot.page.grown
    if not page.design.ink_saver:
        page.decorate(filled(rounded(head, 8, "tl tr"), page.colour("teal_tint")))
    page.decorate(stroked(rounded(box, 8), page.colour("teal_mid"), 1.2))
    x, y = page.left + grown(14), head.y_pt + head.height_pt / 2
    amber, teal = page.colour("amber"), page.colour("teal")
    count = len(spot.pages.workbook.frames)
    page.decorate(*frame_disc(x, y, grown(13), index, count, amber, teal))
    name, left, width = page.type("h2"), page.left + grown(38), page.width - grown(38)
    more = _head_more(page, frame)
    whole = name.leading_pt
    if more:
        whole = page.height_of(frame.name, "h2", width) + page.height_of(frame.when, "hint", width)
    page.y = head.y_pt + (head.height_pt + whole) / 2
    page.text(frame.name, "h2", Role.H3, x=left, width=width)
    if more and frame.when:
        page.text(frame.when, "hint", x=left, width=width)
    elif frame.when:
        when, base = page.type("hint"), head.y_pt + grown(17)
        x, align = (page.left, "left") if page.setter.rtl else (page.right, "right")
        page.add(Element(Role.P, (page.setter.line(frame.when, when, x, base, align),)))


def _whole_page(page: Page, block: Frames | Summary) -> float:
    return page_height(page)


FRAMES = Sort(_whole_page, _frames, bare=0, below=10)
SUMMARY = Sort(_whole_page, _summary, bare=0, below=10)
