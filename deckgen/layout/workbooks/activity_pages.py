"""The pages of a time frame: what is its own, and its activities."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from deckgen.geometry import Rect
from deckgen.layout.faces.chips import chip, chip_width_pt
from deckgen.layout.setting.lines import bold_first
from deckgen.layout.setting.page import PANEL_OUTSET_PT, Page, ascent_pt
from deckgen.layout.setting.shapes import filled, rectangle, rounded, stroked
from deckgen.layout.workbooks.flow import flow
from deckgen.layout.workbooks.spot import Spot
from deckgen.layout.workbooks.workbook_page import WorkbookPages, rail
from deckgen.model.deck import CardCode
from deckgen.model.drawing import Bookmark, Drawing, Element, Group, Mark, Role
from deckgen.model.text import ended, plain, word, words
from deckgen.model.workbook import Activity, Block, TimeFrame
from deckgen.wording.names import codes_in_words

_MANY_CARDS = 8  # above this, whole sections are shown as one chip
_CARDS_BELOW_PT = 4.0


def frame_pages(pages: WorkbookPages, index: int, frame: TimeFrame) -> tuple[Drawing, ...]:
    """What the time frame means and its own blocks, if it has such a page; then its activities."""
    drawings: list[Drawing] = []
    first: tuple[Bookmark, ...] = (Bookmark(frame.name, 1),)
    if pages.workbook.opens(frame):
        drawings += _opening(pages, index, frame, first)
        first = ()
    for activity in frame.activities:
        pages.begun[activity.key] = pages.number + 1
        drawings += _activity_pages(pages, index, frame, activity, first)
        first = ()
    return tuple(drawings)


def _opening(
    pages: WorkbookPages, index: int, frame: TimeFrame, marks: tuple[Bookmark, ...]
) -> tuple[Drawing, ...]:
    page = pages.new(lambda page: rail(page, _names(pages), index))
    page.text(frame.name, "h1", Role.H2)
    if frame.when:
        page.drop(2)
        page.text(frame.when[:1].upper() + frame.when[1:], "strong")
    if frame.meaning:
        page.drop(6)
        page.text(frame.meaning, "lead", width=page.measure(450))
    flow(Spot(pages, page, frame.key, words(frame.name), lowers=True), frame.blocks, 20)
    return pages.close(page, frame.key, frame.name, frame.place, *marks)


def _names(pages: WorkbookPages) -> tuple[str, ...]:
    return tuple(frame.name for frame in pages.workbook.frames)


def _activity_pages(
    pages: WorkbookPages,
    index: int,
    frame: TimeFrame,
    activity: Activity,
    marks: tuple[Bookmark, ...],
) -> tuple[Drawing, ...]:
    """Goal, cards to lay out and blocks; a block may begin a new page."""
    called = words(frame.name)
    said = pages.say("{frame}, activity {number}", frame=called, number=activity.number)
    group = Group(f"workbook-{activity.key}", f"{plain(said)}: {activity.title}")
    name = f"{frame.name} {activity.number}: {activity.title}"
    marks = (*marks, Bookmark(name, 2))
    drawings: list[Drawing] = []
    for number, blocks in enumerate(_sheets(activity.blocks)):
        page = pages.new(_head(pages, index, frame, activity, later=number > 0))
        if not number:
            page.text(activity.title, "h1", Role.H2)
            if activity.goal:
                page.drop(10)
                _goal(page, activity)
            _cards(pages, page, activity)
        flow(Spot(pages, page, activity.key, said), blocks, _CARDS_BELOW_PT)
        key = f"{activity.key}-{'actions' if number else 'talk'}"
        place = activity.place
        drawings += pages.close(page, key, activity.title, place, *marks, group=group)
        marks = ()
    return tuple(drawings)


def _sheets(blocks: tuple[Block, ...]) -> list[list[Block]]:
    """The blocks before each that begins a new page."""
    sheets: list[list[Block]] = [[]]
    for number, block in enumerate(blocks):
        if block.new_page and number:
            sheets.append([])
        sheets[-1].append(block)
    return sheets


def _head(
    pages: WorkbookPages, index: int, frame: TimeFrame, activity: Activity, *, later: bool = False
) -> Callable[[Page], None]:
    """What each page of an activity begins with; `later` ones are not its first."""

    def head(page: Page) -> None:
        rail(page, _names(pages), index)
        more = later or page.continued
        begun, first = (
            word("{frame} · Activity {number}, continued"),
            word("{frame} · Activity {number}"),
        )
        named = words(frame.name)
        said = page.say(begun if more else first, frame=named, number=activity.number)
        page.text(said, "eyebrow")
        page.drop(8 if more else page.grown(2))

    return head


def _goal(page: Page, activity: Activity) -> None:
    text = bold_first(page.say("Goal:"), activity.goal)
    inner = page.width - 8
    height = page.height_of(text, "goal", inner) + 22
    left = page.left - PANEL_OUTSET_PT
    box = Rect(left, page.y - height, page.width + 2 * PANEL_OUTSET_PT, height)
    if page.design.ink_saver:
        page.decorate(stroked(rounded(box, 8), page.colour("amber"), 1.2))
    else:
        page.decorate(filled(rounded(box, 8, "br tr"), page.colour("amber_tint")))
    page.decorate(filled(rectangle(Rect(left, box.y_pt, 5, height)), page.colour("amber")))
    page.drop(11)
    page.text(text, "goal", x=page.left + 6, width=inner)
    page.drop(11)


def _cards(pages: WorkbookPages, page: Page, activity: Activity) -> None:
    """The cards as chips, as in the section's colours; older packs' code for them; the time."""
    label, time = page.type("strong"), page.type("hint")
    if not activity.cards:
        if activity.minutes:
            page.drop(16)
            page.text(activity.minutes, "hint")
        return
    page.drop(16)
    size = label.size_pt
    base = page.y - ascent_pt(label)
    said = page.say("Cards to lay out")
    kids: list[Element | Mark] = [page.setter.line(ended(said, " "), label, page.left, base)]
    start = page.left + page.setter.width_pt(said, label) + 12
    wide = page.setter.width_pt(activity.minutes, time) if activity.minutes else -12.0
    beside = page.right - wide - 12
    chips = chip_texts(pages, activity)
    row = sum(chip_width_pt(page.setter, text, size) + 7 for text, _ in chips) - 7
    # The time goes below if the chips need the row, or if it is as long as that.
    below = beside < start + row <= page.right or beside < start
    x, limit, time_base = start, page.right if below else beside, base
    for text, code in chips:
        width = chip_width_pt(page.setter, text, size)
        if x + width > limit:
            x, base, limit = start, base - page.grown(28), page.right
        outline = page.design.ink_saver
        kids += chip(page.setter, pages.palette_of(code), text, x, base, size, outline=outline)
        x += width + 7
    page.add(Element(Role.P, tuple(kids)))
    if activity.minutes:
        base = _time(page, activity.minutes, start, base, None if below else time_base)
    page.y = base - page.grown(8)
    if activity.printed_as:
        page.drop(4)
        codes = codes_in_words([reference.code for reference in activity.cards], page.say)
        name = words(activity.printed_as)
        note = page.say("Older packs print {codes} as {name}.", codes=codes, name=name)
        page.text(note, "small", x=start, width=page.right - start)


def _time(page: Page, said: str, start: float, base: float, beside: float | None) -> float:
    """At the right end of the first row, or below the last one; where the last line stands."""
    time = page.type("hint")
    if beside is not None:
        minutes = page.setter.line(said, time, page.right, beside, "right")
        page.add(Element(Role.P, (minutes,)))
        return base
    base -= page.grown(24)
    if page.setter.width_pt(said, time) <= page.right - start:
        page.add(Element(Role.P, (page.setter.line(said, time, start, base),)))
        return base
    lines = page.setter.column(words(said), time, start, base, page.right - start)
    page.add(Element(Role.P, lines))
    return lines[-1].y_pt


def chip_texts(pages: WorkbookPages, activity: Activity) -> list[tuple[str, CardCode]]:
    """One chip a card; with many cards, one chip a run of neighbours ("K1–K12")."""
    codes = [ref.code for ref in activity.cards]
    if len(codes) <= _MANY_CARDS:
        return [(str(code), code) for code in codes]
    chips = []
    for _, run in groupby(enumerate(codes), key=lambda at: (at[1].prefix, at[1].number - at[0])):
        first, last = (ends := [code for _, code in run])[0], ends[-1]
        chips.append((str(first) if first == last else f"{first}–{last}", first))
    return chips
