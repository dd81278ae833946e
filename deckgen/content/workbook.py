"""A workbook's file → Workbook. Headings have fixed names; docs/cards.md lists them."""

from __future__ import annotations

import re

from deckgen.content.blocks import Block, read_blocks
from deckgen.content.outline import (
    Part,
    check_names,
    need_label,
    need_part,
    need_text,
    read_outline,
    stray,
)
from deckgen.content.references import read_codes
from deckgen.model.text import Run, Text
from deckgen.model.workbook import (
    Actions,
    Activity,
    Checklist,
    HowTo,
    Page,
    Prompt,
    Rating,
    Step,
    TimeFrame,
    Workbook,
)
from deckgen.problem import Problem, problem

HOW_TO, NOTES = "How to use this workbook", "On screen or on paper"
FRAMES_PAGE = "The three time frames"
FRAMES = ("Immediate", "Medium term", "Longer term")
OVERVIEW, SIGN_OFF, FORMATS = "All three on one page", "Sign off", "Other formats"
PAGES = (HOW_TO, FRAMES_PAGE, *FRAMES, OVERVIEW, SIGN_OFF, FORMATS)
NOW, CHANGE, RATING = "What we do now", "What we could change", "Where are we today?"
ACTIONS, CHECKLIST, LEARNED = "Our actions", "Before you finish", "One thing we learned"
PARTS = (NOW, CHANGE, RATING, ACTIONS, CHECKLIST, LEARNED)
_BOOK_LABELS = ("Subtitle", "Role", "Cover fields")
_ACTIVITY_LABELS = ("Goal", "Cards", "Printed as", "Time")
_ACTION_LABELS = ("Rows", "Statuses")
LABELS = frozenset({*_BOOK_LABELS, "When", *_ACTIVITY_LABELS, *_ACTION_LABELS})
_STEPS = range(2, 7)
_LONGEST_STATUS = 14


def read_workbook(text: str, file: str, key: str) -> tuple[Workbook, list[Problem]]:
    """Read a whole workbook; what is missing is empty in the value and a Problem."""
    blocks, found = read_blocks(text, file, LABELS)
    root, faults = read_outline(blocks, file)
    found += faults
    book = root.parts[0] if root.parts and root.parts[0].level == 1 else root
    for extra in [part for part in root.parts if part is not book]:
        found.append(_second_title(extra))
    if book is root:
        said = "The workbook has no title."
        found.append(problem("part-missing", root.place, said, "Begin with “# …”."))
    found += check_names(book, _BOOK_LABELS, PAGES)
    workbook = Workbook(
        key=key,
        role=need_label(book, "Role", found),
        title=book.title,
        subtitle=need_label(book, "Subtitle", found),
        cover_fields=_list_of(book, "Cover fields", found),
        how_to=_how_to(need_part(book, HOW_TO, found), found),
        frames_page=_page(need_part(book, FRAMES_PAGE, found), found),
        frames=tuple(_frame(need_part(book, name, found), name, found) for name in FRAMES),
        overview=_prose(need_part(book, OVERVIEW, found), found),
        sign_off=_page(need_part(book, SIGN_OFF, found), found),
        other_formats=_page(need_part(book, FORMATS, found), found),
        place=book.place,
    )
    return workbook, found


def _second_title(part: Part) -> Problem:
    said = f"“{part.title}” is a second title; a workbook has one."
    return problem("heading-unknown", part.place, said, "Put one more # before it, or take it out.")


def _list(value: str) -> tuple[str, ...]:
    return tuple(filter(None, (piece.strip() for piece in value.split(","))))


def _list_of(part: Part, name: str, found: list[Problem]) -> tuple[str, ...]:
    """The pieces of a label with commas; none and doubled ones are Problems."""
    value = need_label(part, name, found)
    pieces = _list(value)
    if value and (not pieces or len(set(pieces)) < len(pieces)):
        found.append(
            problem(
                "label-repeated" if pieces else "label-missing",
                part.labels[name].place,
                f"“{name}:” names {'something twice' if pieces else 'nothing'}.",
                "Write different words with commas between them.",
            )
        )
    return pieces


def _prose(part: Part, found: list[Problem]) -> Page:
    """A page whose words are sentences alone."""
    if part.items:
        found.append(_no_list(part))
    return _page(part, found)


def _page(part: Part, found: list[Problem]) -> Page:
    found += check_names(part, (), ())
    return Page(part.title, need_text(part, found), part.points)


def _how_to(part: Part, found: list[Problem]) -> HowTo:
    found += check_names(part, (), (NOTES,))
    steps = tuple(_step(block, found) for block in part.items)
    notes = need_part(part, NOTES, found)
    lead = need_text(part, found)
    if notes.paragraphs:
        found.append(_points_only(notes.paragraphs[0], notes.title))
    elif not notes.items:
        need_text(notes, found)
    return HowTo(part.title, lead, steps, Page(notes.title, notes.text, notes.points))


def _step(block: Block, found: list[Problem]) -> Step:
    """ "**Pick a card.** Then read it." has a bold title and a text."""
    head, *rest = block.text
    if not head.strong or not rest:
        said = "A step needs a bold title and words behind it."
        todo = "Write: - **Do this.** Because of that."
        found.append(problem("part-empty", block.place, said, todo))
    text = (Run(rest[0].text.lstrip(), rest[0].strong), *rest[1:]) if rest else ()
    return Step(head.text.strip().rstrip(".:"), text)


def _frame(part: Part, name: str, found: list[Problem]) -> TimeFrame:
    found += check_names(part, ("When",), None)
    key = re.sub(r"\W+", "-", name.lower())
    meaning = need_text(part, found)
    if part.items:
        found.append(_no_list(part))
    if not part.parts:
        todo = "Add a heading “### …” and what belongs to an activity."
        found.append(problem("part-missing", part.place, f"“{name}” has no activity.", todo))
    activities = tuple(
        _activity(child, key, number, found) for number, child in enumerate(part.parts, start=1)
    )
    return TimeFrame(key, name, need_label(part, "When", found), meaning, activities, part.place)


def _activity(part: Part, frame: str, number: int, found: list[Problem]) -> Activity:
    found += check_names(part, _ACTIVITY_LABELS, PARTS)
    need_label(part, "Goal", found)
    written = need_label(part, "Cards", found)
    place = part.labels["Cards"].place if "Cards" in part.labels else part.place
    cards, faults = read_codes(written, place)
    found += faults
    if part.paragraphs or part.items:
        stray = (part.paragraphs or part.items)[0]
        said = f"Words stand between “{part.title}” and its first part."
        todo = f"Move them below one of: {', '.join(PARTS)}."
        found.append(problem("text-stray", stray.place, said, todo))
    rating = part.find(RATING)
    return Activity(
        key=f"{frame}-{number}",
        number=number,
        title=part.title,
        goal=part.labels["Goal"].text if "Goal" in part.labels else (),
        minutes=need_label(part, "Time", found),
        cards=cards,
        printed_as=part.label("Printed as"),
        now=_prompt(need_part(part, NOW, found), found),
        change=_prompt(need_part(part, CHANGE, found), found),
        rating=_rating(rating, found) if rating else None,
        actions=_actions(need_part(part, ACTIONS, found), found),
        checklist=_checklist(need_part(part, CHECKLIST, found), found),
        learned=_prompt(need_part(part, LEARNED, found), found),
        place=part.place,
    )


def _prompt(part: Part, found: list[Problem]) -> Prompt:
    found += check_names(part, (), ())
    if part.items:
        found.append(_no_list(part))
    return Prompt(part.title, need_text(part, found))


def _points_only(block: Block, title: str) -> Problem:
    return stray(block, f"“{title}” takes points, not a paragraph.", "Begin it with “- ”.")


def _no_list(part: Part) -> Problem:
    said = f"“{part.title}” takes a sentence, not a list."
    return problem("text-stray", part.items[0].place, said, "Write it without “- ”.")


def _rating(part: Part, found: list[Problem]) -> Rating:
    found += check_names(part, (), ())
    steps = tuple("".join(run.text for run in text).strip() for text in part.points)
    if len(steps) not in _STEPS:
        said = f"The self-rating has {len(steps)} steps; it takes 2 to 6."
        todo = "Write one line that begins with “- ” for each step."
        found.append(problem("number-invalid", part.place, said, todo))
    return Rating(part.title, need_text(part, found), steps)


def _actions(part: Part, found: list[Problem]) -> Actions:
    found += check_names(part, _ACTION_LABELS, ())
    written = need_label(part, "Rows", found)
    rows = int(written) if re.fullmatch("[1-6]", written) else 0
    if part.items:
        found.append(_no_list(part))
    if written and not rows:
        said = f"“{written}” is not a number of rows."
        todo = "Write a number from 1 to 6."
        found.append(problem("number-invalid", part.labels["Rows"].place, said, todo))
    statuses = _list_of(part, "Statuses", found)
    for status in statuses:
        if len(status) > _LONGEST_STATUS:
            said = f"The status “{status}” is too long for its column."
            todo = f"Use at most {_LONGEST_STATUS} letters."
            found.append(problem("text-too-long", part.labels["Statuses"].place, said, todo))
    return Actions(part.title, need_text(part, found), rows or 1, statuses)


def _checklist(part: Part, found: list[Problem]) -> Checklist:
    found += check_names(part, (), ())
    items: tuple[Text, ...] = part.points
    if part.paragraphs:
        found.append(_points_only(part.paragraphs[0], part.title))
    if not items:
        said = f"“{part.title}” has nothing to tick."
        found.append(problem("part-empty", part.place, said, "Write lines that begin with “- ”."))
    return Checklist(part.title, items)
