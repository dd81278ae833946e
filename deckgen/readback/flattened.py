"""Answers of a workbook that was flattened or printed to a PDF, read off its pages by their places.

Nothing tells there what was typed and what was printed, so each answer is to be looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from deckgen.geometry import Rect
from deckgen.model.answers import Asked, Asks, Copy, How, Question, Said
from deckgen.model.answers import Spot as Place
from deckgen.readback.box_values import TICKED
from deckgen.readback.box_words import LOST, cleaned
from deckgen.readback.carriers import foot_code
from deckgen.readback.page_words import Word, Words, looked_at

_SLACK_PT = 1.0
_INSIDE = 0.25  # of a box's width: so much is left out at each side, where its frame is drawn
_ON, _OFF = 0.05, 0.012  # how much of the inside is dark
_MOST_DIGIT = 0.3  # no printed digit covers more
_ON_DIGITS, _OFF_DIGITS = 0.3, 0.2  # how much more of it than of the lightest, over digits
READ_OFF = "it was read off the page, by its place"
_UNSURE = "whether it is marked can't be told for sure"
_SEVERAL = "more than one is marked"
_LETTERS = "letters could not be read"
_NO_SUCH = "it is none of the answers to choose from"
_NO_WORDS = "There are no words on its pages; they may be pictures of a scan."
_NO_PAGE = "Pages of the workbook are not in the file: {pages}."
_ELSEWHERE = "It does not have as many pages as the workbook that it was compared with."


def read_flattened(data: bytes, asked: Asked, password: str = "") -> Copy:
    """What stands on a file's pages in the places of a workbook's questions.

    Every answer has a note. Raises Refused for a file that can't be read.
    """
    spots = [(q, spot) for q in asked.questions for spot in q.spots]
    marks = [(q, s) for q, s in spots if _by_ink(q, s)]
    words, ink = looked_at(data, [(s.page - 1, _inside(s.rect)) for _, s in marks], password)
    dark = {(q.field, s.value): d for (q, s), d in zip(marks, ink, strict=True)}
    said = [_said(question, words, dark) for question in asked.questions]
    pages = {spot.page for _, spot in spots}
    missing = tuple(sorted(page for page in pages if page > len(words)))
    notes = [_NO_WORDS] if not any(words) else []
    notes += [_NO_PAGE.format(pages=", ".join(map(str, missing)))] if missing else []
    if asked.identity.pages and asked.identity.pages != len(words):
        notes.append(_ELSEWHERE)
    fields = frozenset(q.field for q, s in spots if s.page <= len(words))
    found = tuple(one for one in said if one)
    return Copy(asked.identity, found, fields, missing=missing, notes=tuple(notes))


def workbook_like(words: Words, asked: Sequence[Asked]) -> Asked | None:
    """The workbook whose pages a file has: by the code at their foot, else by what they say.

    `words` are those of its pages. None if nothing of any workbook is there.
    """
    texts = [" ".join(word.words for word in page) for page in words]
    feet = [" ".join(w.words for w in page if w.box[1] < 60) for page in words]
    code = foot_code(feet)
    if code and (known := [one for one in asked if one.identity.code == code]):
        return known[0]
    likely = [(_likeness(texts, one), -i, one) for i, one in enumerate(asked)]
    best = max(likely, key=lambda pair: pair[:2], default=None)
    return best[2] if best and best[0] > 0.5 else None


def _likeness(texts: Sequence[str], asked: Asked) -> float:
    """How many of a workbook's activities are named on the very pages of their boxes (0 to 1)."""
    named = {(" ".join(q.activity.split()), s.page) for q in asked.questions for s in q.spots}
    named = {(title, page) for title, page in named if title}
    there = [title in texts[page - 1] for title, page in named if page <= len(texts)]
    return sum(there) / len(named) if named else 0.0


def _by_ink(question: Question, spot: Place) -> bool:
    return question.asks is Asks.TICK or (question.asks is Asks.OPTION and bool(spot.value))


def _inside(rect: Rect) -> Rect:
    return rect.grown(-_INSIDE * min(rect.width_pt, rect.height_pt))


def _said(question: Question, words: Words, dark: dict[tuple[str, str], float]) -> Said | None:
    if any(_by_ink(question, spot) for spot in question.spots):
        return _marked(question, {s.value: dark[question.field, s.value] for s in question.spots})
    value, notes = "", [READ_OFF]
    for spot in question.spots:
        if not value and spot.page <= len(words):
            value = _text_in(words[spot.page - 1], spot.rect.grown(_SLACK_PT))
    if not value:
        return None
    if LOST in value:
        notes.append(_LETTERS)
    if question.asks is Asks.OPTION:
        kept = {o.words: o.value for o in question.options} | {
            o.value: o.value for o in question.options
        }
        notes += [_NO_SUCH] if value not in kept else []
        value = kept.get(value, value)
    return Said(question.field, value, How.READ, note="; ".join(notes))


def _marked(question: Question, dark: dict[str, float]) -> Said | None:
    """A tick, or the circle of a group that is filled.

    Older workbooks print a digit in each circle: then only what is much darker counts.
    """
    least = min(dark.values()) if len(dark) > 1 else 0.0
    on_from, off_to = _ON, _OFF
    if _OFF < least <= _MOST_DIGIT:
        on_from, off_to = least + _ON_DIGITS, least + _OFF_DIGITS
    on = [value for value, ink in dark.items() if ink >= on_from]
    unsure = [value for value, ink in dark.items() if off_to < ink < on_from]
    if not on and not unsure:
        return None
    tick = question.asks is Asks.TICK
    values = [TICKED if tick else value for value in [*on, *unsure]]
    notes = [READ_OFF, *[_SEVERAL][: len(on) > 1], *[_UNSURE][: bool(unsure)]]
    first = values[0] if len(on) == 1 else ""
    others = tuple(values[1:] if first else values)
    return Said(question.field, first, How.READ, others, "; ".join(notes))


def _text_in(page: Sequence[Word], box: Rect) -> str:
    """The words in a box, and what runs on from them over its right edge."""
    inside = [i for i, word in enumerate(page) if word.within(box)]
    while inside and inside[-1] + 1 < len(page):
        one, other = page[inside[-1]], page[inside[-1] + 1]
        gap = other.box[0] - one.box[2]
        if not (
            _level(one, other) and 0 <= gap < box.height_pt / 2 and one.box[2] > box.right_pt - 99
        ):
            break
        inside.append(inside[-1] + 1)
    words = [page[i] for i in inside]
    made = words[0].words if words else ""
    for one, other in pairwise(words):
        full = one.box[2] + other.box[2] - other.box[0] > box.right_pt - 6
        made += (" " if full or _level(one, other) else "\n") + other.words
    return cleaned(made)


def _level(one: Word, other: Word) -> bool:
    """Whether two words stand on one line."""
    return abs(_middle(one) - _middle(other)) < (one.box[3] - one.box[1] + 4) / 2


def _middle(word: Word) -> float:
    return (word.box[1] + word.box[3]) / 2
