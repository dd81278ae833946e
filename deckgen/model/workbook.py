"""The workbook: time frames, and activities that use the cards."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from deckgen.model.deck import CardCode, Reference
from deckgen.model.text import Text, Worded
from deckgen.problem import Place


class Prompt(Struct, frozen=True):
    """A box to write in: a heading and a hint."""

    title: str
    hint: Text


class Rating(Struct, frozen=True):
    """An optional self-rating: labels from least to most."""

    title: str
    hint: Text
    steps: tuple[str, ...]


class Actions(Struct, frozen=True):
    """The action table: how many rows, and the choices of its status column."""

    title: str
    hint: Text
    rows: int
    statuses: tuple[str, ...]


class Checklist(Struct, frozen=True):
    """Things to tick before an activity is finished."""

    title: str
    items: tuple[Text, ...]


class Activity(Struct, frozen=True):
    """One suggestion worked through. `key` is stable and starts every field name."""

    key: str
    number: int
    title: str
    goal: Text
    minutes: str
    cards: tuple[Reference, ...]
    printed_as: str
    now: Prompt
    change: Prompt
    rating: Rating | None
    actions: Actions
    checklist: Checklist
    learned: Prompt
    place: Place


class TimeFrame(Struct, frozen=True):
    """Immediate, Medium term or Longer term: what it means and its activities."""

    key: str
    name: str
    when: str
    meaning: Text
    activities: tuple[Activity, ...]
    place: Place


class Step(Struct, frozen=True):
    """One numbered step of the instructions."""

    title: Worded
    text: Text


class Prose(Struct, frozen=True):
    """A page of plain words: a heading, a lead, paragraphs or bullet points."""

    title: str
    lead: Text
    points: tuple[Text, ...]


class HowTo(Struct, frozen=True):
    """How to use the workbook."""

    title: str
    lead: Text
    steps: tuple[Step, ...]
    notes: Prose


class Workbook(Struct, frozen=True, dict=True):
    """A fillable workbook for one role."""

    key: str
    role: str
    title: str
    subtitle: str
    cover_fields: tuple[str, ...]
    how_to: HowTo
    frames_page: Prose
    frames: tuple[TimeFrame, ...]
    overview: Prose
    sign_off: Prose
    other_formats: Prose
    place: Place

    @property
    def activities(self) -> tuple[tuple[TimeFrame, Activity], ...]:
        """Every activity with its time frame, in order."""
        return tuple((f, a) for f in self.frames for a in f.activities)

    def uses_of(self, code: CardCode) -> tuple[str, ...]:
        """Which activities lay out a card: ("Immediate 1", ...)."""
        return tuple(self._uses.get(code, ()))

    @cached_property
    def _uses(self) -> dict[CardCode, list[str]]:
        uses: dict[CardCode, list[str]] = {}
        for frame, activity in self.activities:
            for code in dict.fromkeys(ref.code for ref in activity.cards):
                uses.setdefault(code, []).append(f"{frame.name} {activity.number}")
        return uses
