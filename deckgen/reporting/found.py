"""The parts of a report: what was found in a table of answers."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from deckgen.model.answers import Answer, Source, Verdict
from deckgen.reporting.asked import Field, Sort
from deckgen.reporting.teams import Team, Teams

# The answers of each workbook, by its number and by field.
Given = dict[int, dict[str, Answer]]
TICKED = "✓"
NO_PICTURE = b"-"  # in place of handwriting's picture, where a table has none


class Said(Struct, frozen=True):
    """An answer as a report shows it: words, or the picture of what nobody typed."""

    words: str = ""
    crop: bytes = b""
    asked_now: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.crop)


class Action(Struct, frozen=True):
    """A row of a table of actions. `day` is None if nobody can be sure which one is `written`.

    `state` counts the options of its status from 0, and is -1 for another or none. `before` was its
    status in the workbook before. `beside` are the answers in other columns, with their titles.
    """

    team: Team
    source: int
    row: str
    frame: str
    activity: str
    what: Said
    who: Said
    day: date | None
    written: Said
    status: Said
    state: int = -1
    before: str = ""
    beside: tuple[tuple[str, Said], ...] = ()


class Rated(Struct, frozen=True):
    """The marks of a team on one scale, oldest first: number of its workbook, and step from 0."""

    team: Team
    marks: tuple[tuple[int, int], ...]


class Scale(Struct, frozen=True):
    """A rating, and all teams that marked it."""

    field: Field
    rated: tuple[Rated, ...]


class Entry(Struct, frozen=True):
    """What one workbook says to a block, field by field."""

    team: Team
    source: int
    said: tuple[Said, ...]


class Group(Struct, frozen=True):
    """A block and what all teams wrote there.

    Of a checklist or a choice, `picked` are its points and who picked them. Of a table that is no
    table of actions, `rows` has, for each row that somebody wrote in, what stands in each column.
    """

    field: Field
    entries: tuple[Entry, ...] = ()
    picked: tuple[tuple[str, tuple[str, ...]], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[Said, ...]], ...] = ()


class Gap(Struct, frozen=True):
    """What a team left out: how many of its blocks have an answer, and where none has one."""

    team: Team
    answered: int
    blocks: int
    nothing_in: tuple[tuple[str, str], ...]


class Findings(Struct, frozen=True):
    """Everything that a report tells."""

    deck: str
    sources: tuple[Source, ...]
    teams: Teams
    actions: tuple[Action, ...]
    scales: tuple[Scale, ...]
    groups: tuple[Group, ...]
    gaps: tuple[Gap, ...]
    doubts: tuple[Answer, ...]
    answers: int
    titles: tuple[str, ...] = ()  # of the columns of actions: what, who, day, status

    @property
    def to_review(self) -> tuple[Source, ...]:
        """The workbooks and files that a person has to look at."""
        return tuple(s for s in self.sources if s.verdict in (Verdict.REVIEW, Verdict.REJECTED))


def said_in(field: Field, answer: Answer | None) -> Said:
    """An answer as it is shown; a tick in a table is a mark."""
    if answer is None:
        return Said()
    if field.sort is Sort.TICK:
        return Said(TICKED)
    words = field.said(answer.value.strip())
    return Said(words, b"" if words else answer.crop, answer.asked_now)
