"""The workbook: time frames, and activities that use the cards."""

from __future__ import annotations

from dataclasses import dataclass

from deckgen.model.deck import CardCode, Reference
from deckgen.model.text import Text
from deckgen.problem import Place


@dataclass(frozen=True, slots=True)
class Prompt:
    """A box to write in: a heading and a hint."""

    title: str
    hint: Text


@dataclass(frozen=True, slots=True)
class Rating:
    """An optional self-rating: labels from least to most."""

    title: str
    hint: Text
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actions:
    """The action table: how many rows, and the choices of its status column."""

    title: str
    hint: Text
    rows: int
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """Things to tick before an activity is finished."""

    title: str
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Activity:
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


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """Immediate, Medium term or Longer term: what it means and its activities."""

    key: str
    name: str
    when: str
    meaning: Text
    activities: tuple[Activity, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step of the instructions."""

    title: str
    text: Text


@dataclass(frozen=True, slots=True)
class Page:
    """A page of plain words: a heading, a lead, paragraphs or bullet points."""

    title: str
    lead: Text
    points: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class HowTo:
    """How to use the workbook."""

    title: str
    lead: Text
    steps: tuple[Step, ...]
    notes: Page


@dataclass(frozen=True, slots=True)
class Workbook:
    """A fillable workbook for one role."""

    key: str
    role: str
    title: str
    subtitle: str
    cover_fields: tuple[str, ...]
    how_to: HowTo
    frames_page: Page
    frames: tuple[TimeFrame, ...]
    overview: Page
    sign_off: Page
    other_formats: Page
    place: Place

    @property
    def activities(self) -> tuple[tuple[TimeFrame, Activity], ...]:
        """Every activity with its time frame, in order."""
        return tuple((f, a) for f in self.frames for a in f.activities)

    def uses_of(self, code: CardCode) -> tuple[str, ...]:
        """Which activities lay out a card: ("Immediate 1", ...)."""
        return tuple(
            f"{frame.name} {activity.number}"
            for frame, activity in self.activities
            if any(ref.code == code for ref in activity.cards)
        )
