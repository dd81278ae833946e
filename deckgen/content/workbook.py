"""A workbook's file → Workbook. Headings have fixed names; docs/cards.md lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from deckgen.content.blocks import Block, read_blocks
from deckgen.content.outline import (
    Part,
    check_names,
    label_of,
    outline,
    part_of,
    text_of,
)
from deckgen.content.references import read_codes
from deckgen.model.text import Text, plain
from deckgen.model.workbook import (
    Actions,
    Activity,
    Checklist,
    HowTo,
    Prompt,
    Prose,
    Rating,
    Step,
    TimeFrame,
    Workbook,
)
from deckgen.problem import Found, Problem, problem

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
    found = Found()
    root = found.take(outline(found.take(read_blocks(text, file, LABELS)), file))
    book = root.parts[0] if root.parts and root.parts[0].level == 1 else root
    for extra in [part for part in root.parts if part is not book]:
        said = f"“{extra.title}” is a second title; a workbook has one."
        todo = "Put one more # before it, or take it out."
        found.append(problem("heading-unknown", extra.place, said, todo))
    if book is root:
        said = "The workbook has no title."
        found.append(problem("part-missing", root.place, said, "Begin with “# …”."))
    found += check_names(book, _BOOK_LABELS, PAGES)
    workbook = Workbook(
        key=key,
        role=found.take(label_of(book, "Role")),
        title=book.title,
        subtitle=found.take(label_of(book, "Subtitle")),
        cover_fields=found.take(_list_of(book, "Cover fields")),
        how_to=found.take(_how_to(found.take(part_of(book, HOW_TO)))),
        frames_page=found.take(_page(found.take(part_of(book, FRAMES_PAGE)))),
        frames=tuple(found.take(_frame(found.take(part_of(book, name)), name)) for name in FRAMES),
        overview=found.take(_prose(found.take(part_of(book, OVERVIEW)))),
        sign_off=found.take(_page(found.take(part_of(book, SIGN_OFF)))),
        other_formats=found.take(_page(found.take(part_of(book, FORMATS)))),
        place=book.place,
    )
    return workbook, found


def _list(value: str) -> tuple[str, ...]:
    return tuple(filter(None, (piece.strip() for piece in value.split(","))))


def _list_of(part: Part, name: str) -> tuple[tuple[str, ...], list[Problem]]:
    """The pieces of a label with commas; none and doubled ones are Problems."""
    found = Found()
    value = found.take(label_of(part, name))
    pieces = _list(value)
    if value and (not pieces or len(set(pieces)) < len(pieces)):
        code, what = ("repeated", "something twice") if pieces else ("missing", "nothing")
        todo = "Write different words with commas between them."
        place = part.labels[name].place
        found.append(problem(f"label-{code}", place, f"“{name}:” names {what}.", todo))
    return pieces, found


def _prose(part: Part) -> tuple[Prose, list[Problem]]:
    """A page whose words are sentences alone."""
    lead, found = _sentence(part)
    return Prose(part.title, lead, part.points), found


def _page(part: Part) -> tuple[Prose, list[Problem]]:
    found = Found(check_names(part, (), ()))
    return Prose(part.title, found.take(text_of(part)), part.points), found


def _how_to(part: Part) -> tuple[HowTo, list[Problem]]:
    found = Found(check_names(part, (), (NOTES,)))
    steps = tuple(found.take(_step(block)) for block in part.items)
    notes = found.take(part_of(part, NOTES))
    lead = found.take(text_of(part))
    if notes.paragraphs:
        found.append(_points_only(notes.paragraphs[0], notes.title))
    elif not notes.items:
        found.take(text_of(notes))
    return HowTo(part.title, lead, steps, Prose(notes.title, notes.text, notes.points)), found


def _step(block: Block) -> tuple[Step, list[Problem]]:
    """ "**Pick a card.** Then read it." has a bold title and a text."""
    found = Found()
    head, *rest = block.text
    if not head.strong or not rest:
        said = "A step needs a bold title and words behind it."
        todo = "Write: - **Do this.** Because of that."
        found.append(problem("part-empty", block.place, said, todo))
    text = (replace(rest[0], text=rest[0].text.lstrip()), *rest[1:]) if rest else ()
    return Step(head.text.strip().rstrip(".:"), text), found


def _frame(part: Part, name: str) -> tuple[TimeFrame, list[Problem]]:
    found = Found()
    meaning = found.take(_sentence(part, ("When",), None))
    when, key = found.take(label_of(part, "When")), re.sub(r"\W+", "-", name.lower())
    if not part.parts:
        todo = "Add a heading “### …” and what belongs to an activity."
        found.append(problem("part-missing", part.place, f"“{name}” has no activity.", todo))
    activities = tuple(
        found.take(_activity(child, key, number))
        for number, child in enumerate(part.parts, start=1)
    )
    return TimeFrame(key, name, when, meaning, activities, part.place), found


def _activity(part: Part, frame: str, number: int) -> tuple[Activity, list[Problem]]:
    found = Found(check_names(part, _ACTIVITY_LABELS, PARTS))
    found.take(label_of(part, "Goal"))
    written = found.take(label_of(part, "Cards"))
    place = part.labels["Cards"].place if "Cards" in part.labels else part.place
    cards = found.take(read_codes(written, place))
    for stray in (part.paragraphs or part.items)[:1]:
        said = f"Words stand between “{part.title}” and its first part."
        todo = f"Move them below one of: {', '.join(PARTS)}."
        found.append(problem("text-stray", stray.place, said, todo))
    goal = part.labels["Goal"].text if "Goal" in part.labels else ()
    minutes = found.take(label_of(part, "Time"))
    now, change, learned = (
        found.take(_prompt(found.take(part_of(part, name)))) for name in (NOW, CHANGE, LEARNED)
    )
    rated = part.find(RATING)
    rating = found.take(_rating(rated)) if rated else None
    actions = found.take(_actions(found.take(part_of(part, ACTIONS))))
    checklist = found.take(_checklist(found.take(part_of(part, CHECKLIST))))
    head = (f"{frame}-{number}", number, part.title, goal, minutes, cards)
    parts = (now, change, rating, actions, checklist, learned)
    return Activity(*head, part.label("Printed as"), *parts, part.place), found


def _prompt(part: Part) -> tuple[Prompt, list[Problem]]:
    hint, found = _sentence(part)
    return Prompt(part.title, hint), found


def _points_only(block: Block, title: str) -> Problem:
    said = f"“{title}” takes points, not a paragraph. It begins “{plain(block.text)[:40]}”."
    return problem("text-stray", block.place, said, "Begin it with “- ”.")


def _sentence(
    part: Part, labels: Sequence[str] = (), headings: Sequence[str] | None = ()
) -> tuple[Text, Found]:
    """The words of a part that takes no list."""
    found = Found(check_names(part, labels, headings))
    for item in part.items[:1]:
        said = f"“{part.title}” takes a sentence, not a list."
        found.append(problem("text-stray", item.place, said, "Write it without “- ”."))
    return found.take(text_of(part)), found


def _rating(part: Part) -> tuple[Rating, list[Problem]]:
    found = Found(check_names(part, (), ()))
    steps = tuple("".join(run.text for run in text).strip() for text in part.points)
    if len(steps) not in _STEPS:
        said = f"The self-rating has {len(steps)} steps; it takes 2 to 6."
        todo = "Write one line that begins with “- ” for each step."
        found.append(problem("number-invalid", part.place, said, todo))
    return Rating(part.title, found.take(text_of(part)), steps), found


def _actions(part: Part) -> tuple[Actions, list[Problem]]:
    found = Found()
    hint = found.take(_sentence(part, _ACTION_LABELS))
    written = found.take(label_of(part, "Rows"))
    rows = int(written) if re.fullmatch("[1-6]", written) else 0
    if written and not rows:
        said = f"“{written}” is not a number of rows."
        todo = "Write a number from 1 to 6."
        found.append(problem("number-invalid", part.labels["Rows"].place, said, todo))
    statuses = found.take(_list_of(part, "Statuses"))
    for status in statuses:
        if len(status) > _LONGEST_STATUS:
            said = f"The status “{status}” is too long for its column."
            todo = f"Use at most {_LONGEST_STATUS} letters."
            found.append(problem("text-too-long", part.labels["Statuses"].place, said, todo))
    return Actions(part.title, hint, rows or 1, statuses), found


def _checklist(part: Part) -> tuple[Checklist, list[Problem]]:
    found = Found(check_names(part, (), ()))
    items: tuple[Text, ...] = part.points
    if part.paragraphs:
        found.append(_points_only(part.paragraphs[0], part.title))
    if not items:
        said = f"“{part.title}” has nothing to tick."
        found.append(problem("part-empty", part.place, said, "Write lines that begin with “- ”."))
    return Checklist(part.title, items), found
