"""An activity over two pages: talk and write, then agree on actions."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from deckgen.geometry import Rect, mm
from deckgen.layout.faces.chips import chip, chip_width_pt
from deckgen.layout.setting.page import PANEL_OUTSET_PT, Page, ascent_pt
from deckgen.layout.setting.shapes import circle, filled, line, rectangle, rounded, stroked
from deckgen.layout.workbooks.action_table import action_table
from deckgen.layout.workbooks.workbook_page import WorkbookPages, activity_group, rail
from deckgen.model.deck import CardCode, in_words
from deckgen.model.drawing import (
    Bookmark,
    Drawing,
    Element,
    Field,
    FieldKind,
    Mark,
    Role,
    Shape,
)
from deckgen.model.text import Run, plain
from deckgen.model.workbook import Activity, Checklist, Prompt, Rating, TimeFrame

_MANY_CARDS = 8  # above this, whole sections are shown as one chip
_RATING_PT = 27 + 22  # the self-rating's circles and their labels
_RATING_ROW_PT = 33.0  # from circle to circle, below each other
_FEWEST_LINES, _MOST_LINES = 3, 14  # to write on in a box
_LEARNED_LINES = 5
_BOX_PAD_PT = 7.0
_PROMPT_GAP_PT = 20.0
_CHECK_PT = 17.0


def spoken(frame: TimeFrame, activity: Activity, what: str) -> str:
    """What a screen reader says for a field: it must make sense without the page."""
    return f"{frame.name}, activity {activity.number}: {what}"


def talk_pages(
    pages: WorkbookPages, index: int, frame: TimeFrame, activity: Activity
) -> tuple[Drawing, ...]:
    """Goal, cards to lay out, two boxes to write in and, if there is one, the self-rating."""
    page = pages.new(_head(pages, index, frame, activity))
    page.text(activity.title, "h1", Role.H2)
    page.drop(10)
    _goal(page, activity)
    page.drop(16)
    _cards(pages, page, activity)
    page.drop(20)
    _boxes(page, frame, activity)
    if activity.rating:
        page.need(_rating_height(page, activity.rating))
        _rating(page, frame, activity, activity.rating)
    name = f"{frame.name} {activity.number}: {activity.title}"
    marks = (Bookmark(frame.name, 1),) * (activity.number == 1) + (Bookmark(name, 2),)
    group = activity_group(frame, activity)
    return pages.close(page, f"{activity.key}-talk", activity.title, group, *marks)


def _head(
    pages: WorkbookPages, index: int, frame: TimeFrame, activity: Activity, *, later: bool = False
) -> Callable[[Page], None]:
    """What each page of an activity begins with; `later` ones are not its first."""

    def head(page: Page) -> None:
        rail(page, pages.workbook.frames, index)
        more = ", continued" if later or page.continued else ""
        page.text(f"{frame.name} · Activity {activity.number}{more}", "eyebrow")
        page.drop(8 if more else page.grown(2))

    return head


def _boxes(page: Page, frame: TimeFrame, activity: Activity) -> None:
    """Two prompts, each with a box: both as high as the page allows, or a page for each."""
    pitch = mm(page.look.writing_pitch)
    prompts = (("now", activity.now), ("change", activity.change))
    fixed = [_prompt_height(page, p) + _BOX_PAD_PT + _PROMPT_GAP_PT for _, p in prompts]
    rating = _rating_height(page, activity.rating) if activity.rating else 0.0
    shared = int((page.room - sum(fixed) - rating) // len(prompts) // pitch)
    for number, (key, prompt) in enumerate(prompts):
        lines = shared
        if shared < _FEWEST_LINES:
            page.need(fixed[number] + _FEWEST_LINES * pitch)
            after = rating if number else 0.0
            alone = int((page.room - fixed[number] - after) // pitch)
            lines = min(_MOST_LINES, alone if alone >= _FEWEST_LINES else _FEWEST_LINES)
        _prompt(page, frame, activity, key, prompt, lines * pitch + _BOX_PAD_PT)
        page.drop(_PROMPT_GAP_PT)


def _prompt_height(page: Page, prompt: Prompt) -> float:
    """A prompt without its box: heading, hint and the gaps around them."""
    heading = page.height_of(prompt.title, "h2")
    return heading + 2 + page.height_of(prompt.hint, "hint") + 8


def _goal(page: Page, activity: Activity) -> None:
    text = (Run("Goal: ", strong=True), *activity.goal)
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
    size = label.size_pt
    base = page.y - ascent_pt(label)
    kids: list[Element | Mark] = [page.setter.line("Cards to lay out ", label, page.left, base)]
    start = page.left + page.setter.width_pt("Cards to lay out", label) + 12
    beside = page.right - page.setter.width_pt(activity.minutes, time) - 12
    chips = chip_texts(pages, activity)
    whole = start + sum(chip_width_pt(page.setter, text, size) + 7 for text, _ in chips) - 7
    below = beside < whole <= page.right  # the chips need the row, so the time goes below
    x, limit, time_base = start, page.right if below else beside, base
    for text, code in chips:
        width = chip_width_pt(page.setter, text, size)
        if x + width > limit:
            x, base, limit = start, base - page.grown(28), page.right
        outline = page.design.ink_saver
        kids += chip(page.setter, pages.palette_of(code), text, x, base, size, outline=outline)
        x += width + 7
    if below:
        base = time_base = base - page.grown(24)
    at, align = (start, "left") if below else (page.right, "right")
    minutes = page.setter.line(activity.minutes, time, at, time_base, align)
    page.add(Element(Role.P, tuple(kids)), Element(Role.P, (minutes,)))
    page.y = base - page.grown(8)
    if activity.printed_as:
        page.drop(4)
        codes = in_words([reference.code for reference in activity.cards])
        note = f"Older packs print {codes} as {activity.printed_as}."
        page.text(note, "small", x=start, width=page.right - start)


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


def _prompt(
    page: Page, frame: TimeFrame, activity: Activity, key: str, prompt: Prompt, height: float
) -> None:
    page.text(prompt.title, "h2", Role.H3)
    page.drop(2)
    page.text(prompt.hint, "hint")
    page.drop(8)
    tooltip = spoken(frame, activity, f"{prompt.title}. {plain(prompt.hint)}")
    page.writing_box(f"{activity.key}.{key}", tooltip, height)


def _rating_height(page: Page, rating: Rating) -> float:
    words = page.height_of(rating.title, "h2") + page.height_of(rating.hint, "hint")
    circles = page.grown(_RATING_PT)
    if not _in_a_row(page, rating):
        circles = len(rating.steps) * page.grown(_RATING_ROW_PT)
    return words + 1 + 10 + circles


def _in_a_row(page: Page, rating: Rating) -> bool:
    """Whether the labels fit side by side below their circles."""
    step, label = page.width / len(rating.steps), page.type("label")
    return all(page.setter.width_pt(name, label) < step - 5 for name in rating.steps)


def _rating(page: Page, frame: TimeFrame, activity: Activity, rating: Rating) -> None:
    """Numbered circles on a line, each a radio button; with large words, below each other."""
    page.text(rating.title, "h2", Role.H3)
    page.drop(1)
    page.text(rating.hint, "hint")
    page.drop(10)
    radius, look = page.grown(13.5), page.type("label")
    across = _in_a_row(page, rating)
    step = page.width / len(rating.steps) if across else page.grown(_RATING_ROW_PT)
    places = [
        (page.left + step * (i + 0.5), page.y - radius)
        if across
        else (page.left + radius, page.y - radius - i * step)
        for i in range(len(rating.steps))
    ]
    rule = line(*places[0], *places[-1])
    page.decorate(stroked(rule, page.colour("rule"), 1.2))
    for number, (name, (x, y)) in enumerate(zip(rating.steps, places, strict=True), start=1):
        said = spoken(frame, activity, f"{rating.title} {number}: {name}")
        _circle(page, f"{activity.key}.rating", said, str(number), Rect(x, y, 0, 0).grown(radius))
        if across:
            text = page.setter.line(name, look, x, y - radius - page.grown(16), "middle")
        else:
            text = page.setter.line(name, look, x + radius + 10, y - look.size_pt * 0.35)
        page.add(Element(Role.P, (text,)))
    page.y = places[-1][1] - (radius + page.grown(22) if across else step - radius)


def _circle(page: Page, name: str, said: str, value: str, area: Rect) -> None:
    """A radio button, the number in it part of the page."""
    x, y, radius = area.x_pt + area.width_pt / 2, area.y_pt + area.height_pt / 2, area.width_pt / 2
    look = page.type("h3")
    disc = Shape(circle(x, y, radius), fill="#FFFFFF", stroke=page.colour("ink"), width_pt=1.3)
    digit = page.setter.line(value, look, x, y - look.size_pt * 0.353, "middle")
    page.decorate(disc, digit)
    field = Field(FieldKind.RADIO, name, said, area, value=value)
    page.add(Element(Role.FORM, (field,)))


def action_pages(
    pages: WorkbookPages, index: int, frame: TimeFrame, activity: Activity
) -> tuple[Drawing, ...]:
    """The action table, a checklist and what was learned."""
    page = pages.new(_head(pages, index, frame, activity, later=True))
    page.text(activity.actions.title, "h2", Role.H3)
    page.drop(2)
    page.text(activity.actions.hint, "hint")
    page.drop(8)
    action_table(page, frame, activity)
    page.drop(24)
    _checklist(page, frame, activity, activity.checklist)
    page.drop(16)
    pitch = mm(page.look.writing_pitch)
    fixed = _prompt_height(page, activity.learned) + _BOX_PAD_PT
    page.need(fixed + 2 * pitch)
    lines = max(2, min(_LEARNED_LINES, int((page.room - fixed) // pitch)))
    _prompt(page, frame, activity, "learned", activity.learned, lines * pitch + _BOX_PAD_PT)
    group = activity_group(frame, activity)
    return pages.close(page, f"{activity.key}-actions", activity.title, group)


def _checklist(page: Page, frame: TimeFrame, activity: Activity, checklist: Checklist) -> None:
    look, side, indent = page.type("body"), page.grown(_CHECK_PT), page.grown(27)
    heights = [page.height_of(item, "body", page.width - indent) + 8 for item in checklist.items]
    page.need(page.height_of(checklist.title, "h2") + 8 + sum(heights))
    page.text(checklist.title, "h2", Role.H3)
    page.drop(8)
    for number, (item, height) in enumerate(zip(checklist.items, heights, strict=True), start=1):
        page.need(height)
        y = page.y - ascent_pt(look)
        area = Rect(page.left, y - page.grown(3.6), side, side)
        border = rounded(area.grown(-0.7), 3)
        page.decorate(Shape(border, fill="#FFFFFF", stroke=page.colour("ink"), width_pt=1.4))
        name = f"{activity.key}.checklist.{number}"
        tooltip = spoken(frame, activity, f"{checklist.title}: {plain(item)}")
        page.add(Element(Role.FORM, (Field(FieldKind.CHECK, name, tooltip, area),)))
        lines = page.setter.column(item, look, page.left + indent, y, page.width - indent)
        page.add(Element(Role.P, lines))
        page.y -= height
