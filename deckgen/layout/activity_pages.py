"""An activity over two pages: talk and write, then agree on actions."""

from __future__ import annotations

from itertools import groupby

from deckgen.geometry import Rect, mm
from deckgen.layout.action_table import action_table
from deckgen.layout.chips import chip, chip_width_pt
from deckgen.layout.page import PANEL_OUTSET_PT, Page, ascent_pt
from deckgen.layout.shapes import circle, filled, line, rectangle, rounded, stroked
from deckgen.layout.workbook_page import WorkbookPages, activity_group, rail
from deckgen.model.deck import CardCode
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

_CHIP_PT = 13.0
_MANY_CARDS = 8  # above this, whole sections are shown as one chip
_RATING_PT = 22 + 1 + 10 + 27 + 22  # the self-rating without its hint
_BOX_PAD_PT = 7.0
_PROMPT_GAP_PT = 20.0
_CHECK_PT = 17.0


def spoken(frame: TimeFrame, activity: Activity, what: str) -> str:
    """What a screen reader says for a field: it must make sense without the page."""
    return f"{frame.name}, activity {activity.number}: {what}"


def talk_page(pages: WorkbookPages, index: int, frame: TimeFrame, activity: Activity) -> Drawing:
    """Goal, cards to lay out, two boxes to write in and, if there is one, the self-rating."""
    page = pages.new()
    rail(page, pages.workbook.frames, index)
    page.text(f"{frame.name} · Activity {activity.number}", "eyebrow")
    page.drop(2)
    page.text(activity.title, "h1", Role.H2)
    page.drop(10)
    _goal(page, activity)
    page.drop(16)
    _cards(pages, page, activity)
    page.drop(20)
    prompts = (("now", activity.now), ("change", activity.change))
    pitch = mm(page.look.writing_pitch)
    lines = int(_room_for_boxes(page, activity) / len(prompts) // pitch)
    for key, prompt in prompts:
        _prompt(page, frame, activity, key, prompt, max(2, lines) * pitch + _BOX_PAD_PT)
        page.drop(_PROMPT_GAP_PT)
    if activity.rating:
        _rating(page, frame, activity, activity.rating)
    pages.check_room(page, activity.title, activity.place)
    title = f"{frame.name} {activity.number}: {activity.title}"
    marks = (Bookmark(frame.name, 1),) * (activity.number == 1) + (Bookmark(title, 2),)
    return pages.close(page, f"{activity.key}-talk", activity_group(frame, activity), *marks)


def _room_for_boxes(page: Page, activity: Activity) -> float:
    """The height left for writing lines once everything else on the page has its place."""
    room = page.y - page.floor
    for prompt in (activity.now, activity.change):
        room -= _prompt_height(page, prompt) + _BOX_PAD_PT + _PROMPT_GAP_PT
    if activity.rating:
        room -= _RATING_PT + page.height_of(activity.rating.hint, "hint")
    return room


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
    base = page.y - ascent_pt(label)
    minutes = page.setter.line(activity.minutes, time, page.right, base, "right")
    kids: list[Element | Mark] = [page.setter.line("Cards to lay out ", label, page.left, base)]
    start = page.left + page.setter.width_pt("Cards to lay out", label) + 12
    limit = page.right - page.setter.width_pt(activity.minutes, time) - 12
    x = start
    for text, code in chip_texts(pages, activity):
        width = chip_width_pt(page.setter, text, _CHIP_PT)
        if x + width > limit:
            x, base, limit = start, base - 28, page.right
        outline = page.design.ink_saver
        kids += chip(page.setter, pages.palette_of(code), text, x, base, _CHIP_PT, outline=outline)
        x += width + 7
    page.add(Element(Role.P, tuple(kids)), Element(Role.P, (minutes,)))
    page.y = base - 8
    if activity.printed_as:
        page.drop(4)
        codes = _in_words([reference.code for reference in activity.cards])
        page.text(f"Older packs print {codes} as {activity.printed_as}.", "small", x=start)


def _in_words(codes: list[CardCode]) -> str:
    """ "KC1 to KC4" for one unbroken row, else all of them."""
    first, last = codes[0], codes[-1]
    row = [CardCode(first.prefix, first.number + i) for i in range(len(codes))]
    if codes == row and len(codes) > 1:
        return f"{first} to {last}"
    return ", ".join(map(str, codes))


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


def _rating(page: Page, frame: TimeFrame, activity: Activity, rating: Rating) -> None:
    """Numbered circles on a line, each a radio button."""
    page.text(rating.title, "h2", Role.H3)
    page.drop(1)
    page.text(rating.hint, "hint")
    page.drop(10)
    radius, step = 13.5, page.width / len(rating.steps)
    y = page.y - radius
    rule = line(page.left + step / 2, y, page.right - step / 2, y)
    page.decorate(stroked(rule, page.colour("rule"), 1.2))
    number, label = page.type("h3"), page.type("label")
    for i, name in enumerate(rating.steps):
        x = page.left + step * (i + 0.5)
        disc = Shape(circle(x, y, radius), fill="#FFFFFF", stroke=page.colour("ink"), width_pt=1.3)
        digit = page.setter.line(str(i + 1), number, x, y - 5.3, "middle")
        page.decorate(disc, digit)
        tooltip = spoken(frame, activity, f"{rating.title} {i + 1}: {name}")
        area = Rect(x - radius, y - radius, 2 * radius, 2 * radius)
        field = Field(FieldKind.RADIO, f"{activity.key}.rating", tooltip, area, value=str(i + 1))
        page.add(Element(Role.FORM, (field,)))
        text = page.setter.line(name, label, x, y - radius - 16, "middle")
        page.add(Element(Role.P, (text,)))
    page.y = y - radius - 22


def action_page(pages: WorkbookPages, index: int, frame: TimeFrame, activity: Activity) -> Drawing:
    """The action table, a checklist and what was learned."""
    page = pages.new()
    rail(page, pages.workbook.frames, index)
    page.text(f"{frame.name} · Activity {activity.number}, continued", "eyebrow")
    page.drop(8)
    page.text(activity.actions.title, "h2", Role.H3)
    page.drop(2)
    page.text(activity.actions.hint, "hint")
    page.drop(8)
    action_table(page, frame, activity)
    page.drop(24)
    _checklist(page, frame, activity, activity.checklist)
    page.drop(16)
    pitch = mm(page.look.writing_pitch)
    room = page.y - page.floor - _prompt_height(page, activity.learned) - _BOX_PAD_PT
    lines = max(2, min(5, int(room // pitch)))
    height = lines * pitch + _BOX_PAD_PT
    _prompt(page, frame, activity, "learned", activity.learned, height)
    pages.check_room(page, activity.title, activity.place)
    return pages.close(page, f"{activity.key}-actions", activity_group(frame, activity))


def _checklist(page: Page, frame: TimeFrame, activity: Activity, checklist: Checklist) -> None:
    page.text(checklist.title, "h2", Role.H3)
    page.drop(8)
    look = page.type("body")
    for number, item in enumerate(checklist.items, start=1):
        y = page.y - ascent_pt(look)
        area = Rect(page.left, y - 3.6, _CHECK_PT, _CHECK_PT)
        border = rounded(area.grown(-0.7), 3)
        page.decorate(Shape(border, fill="#FFFFFF", stroke=page.colour("ink"), width_pt=1.4))
        name = f"{activity.key}.checklist.{number}"
        tooltip = spoken(frame, activity, f"{checklist.title}: {plain(item)}")
        page.add(Element(Role.FORM, (Field(FieldKind.CHECK, name, tooltip, area),)))
        lines = page.setter.column(item, look, page.left + 27, y, page.width - 27)
        page.add(Element(Role.P, lines))
        page.y -= len(lines) * look.leading_pt + 8
