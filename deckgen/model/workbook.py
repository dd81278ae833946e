"""The workbook: parts and time frames in any order, made of blocks, which may repeat."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from deckgen.model.deck import CardCode, Reference
from deckgen.model.text import Text, Worded
from deckgen.problem import Place

RESERVED = "deckgen"  # starts the names of fields that are deckgen's own
MOST_FRAMES = 6  # as many have a sign of their own, and room for their tabs
_LINES_A_FIELD = 8  # of ruled lines: a page may be turned behind them


class Block(Struct, frozen=True, kw_only=True):
    """A piece of a part or an activity. Its fields are named after its `id`, which is stable.

    The block that a part itself is has no title. One that a template adds is `given`.
    """

    id: str = ""
    title: Worded = ""
    hint: Text = ()
    new_page: bool = False
    given: bool = False
    place: Place = Place("")

    def field_names(self, frames: tuple[str, ...]) -> tuple[str, ...]:
        """What the names of its fields end with; `frames` are the keys of all time frames."""
        return ()


class _OneField(Block, frozen=True):
    def field_names(self, frames: tuple[str, ...]) -> tuple[str, ...]:
        return ("",)


class Words(Block, frozen=True):
    """Paragraphs, which are the hint, and points."""

    points: tuple[Text, ...] = ()


class Step(Struct, frozen=True):
    """One numbered step: a bold title, or none, and words."""

    title: Worded
    text: Text


class Steps(Block, frozen=True):
    """Numbered steps."""

    steps: tuple[Step, ...]


class Box(_OneField, frozen=True):
    """A box to write in. `lines` 0: large, as high as the page has room; below 0: small."""

    lines: int = 0

    @property
    def fills(self) -> bool:
        """Whether it takes what room there is, and shares it with others that do."""
        return self.lines == 0


class Lines(Block, frozen=True):
    """Ruled lines for notes; 0: to the foot of the page."""

    lines: int

    @property
    def stretches(self) -> tuple[int, ...]:
        """How many lines each of its fields has: a page may be turned between them."""
        whole, rest = divmod(self.lines, _LINES_A_FIELD)
        return (*[_LINES_A_FIELD] * whole, *[rest] * bool(rest or not whole))

    def field_names(self, frames: tuple[str, ...]) -> tuple[str, ...]:
        many = self.lines > _LINES_A_FIELD
        return tuple(f"{n}" for n in range(1, len(self.stretches) + 1)) if many else ("",)


class Date(_OneField, frozen=True):
    """A day to write down."""


class Rating(_OneField, frozen=True):
    """A self-rating: labels from least to most, of which one is marked, and what each goes by."""

    steps: tuple[str, ...]
    ids: tuple[str, ...] = ()


class Choice(_OneField, frozen=True):
    """Options of which one is marked, and what each goes by."""

    options: tuple[Text, ...]
    ids: tuple[str, ...] = ()


class Checklist(Block, frozen=True):
    """Things to tick, and what each goes by."""

    items: tuple[Text, ...]
    ids: tuple[str, ...] = ()

    def field_names(self, frames: tuple[str, ...]) -> tuple[str, ...]:
        return self.ids


class Column(Struct, frozen=True):
    """Something to fill in: `kind` is text, wide, date, tick or choice, which has options."""

    id: str
    title: Worded
    kind: str = "text"
    options: tuple[str, ...] = ()


class Table(Block, frozen=True):
    """Rows to fill in; `each` is what one of them is called, as in "Action"."""

    columns: tuple[Column, ...]
    rows: int
    each: Worded

    @property
    def options(self) -> tuple[str, ...]:
        """What the columns offer, in order."""
        return tuple(option for column in self.columns for option in column.options)

    def field_names(self, frames: tuple[str, ...]) -> tuple[str, ...]:
        rows = range(1, self.rows + 1)
        return tuple(f"{row}.{column.id}" for row in rows for column in self.columns)


class Signature(Block, frozen=True):
    """A panel in which somebody signs: its lines."""

    lines: tuple[Column, ...]

    def field_names(self, frames: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(line.id for line in self.lines)


class Summary(Block, frozen=True):
    """A panel a time frame, each with a box and lines."""

    columns: tuple[Column, ...]

    def field_names(self, frames: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{frame}.{column.id}" for frame in frames for column in self.columns)


class Frames(Block, frozen=True):
    """What each time frame means, and where its activities begin."""


class Colours(Block, frozen=True):
    """The deck's sections with their codes and colours."""


class About(Block, frozen=True):
    """Whom to ask, and which edition this is."""


class Activity(Struct, frozen=True):
    """One suggestion worked through. `key` is stable and starts every field name."""

    key: str
    number: int
    title: str
    goal: Text
    minutes: str
    cards: tuple[Reference, ...]
    printed_as: str
    blocks: tuple[Block, ...]
    place: Place


class Part(Struct, frozen=True):
    """A page, and those that it flows on to: a heading, a lead, points, blocks.

    `fields` starts the names of its fields, and is its name in addresses. `ends` says that the
    points stand below all else.
    """

    key: str
    title: str
    lead: Text
    points: tuple[Text, ...]
    blocks: tuple[Block, ...]
    place: Place
    fields: str = ""
    ends: bool = False

    @property
    def shows_edition(self) -> bool:
        """Whether something on it depends on the deck's edition."""
        return any(isinstance(block, About) for block in self.blocks)


class TimeFrame(Struct, frozen=True):
    """How long a change takes: what that means, blocks of its own, and activities."""

    key: str
    name: str
    when: str
    meaning: Text
    activities: tuple[Activity, ...]
    place: Place
    blocks: tuple[Block, ...] = ()


class Workbook(Struct, frozen=True, dict=True):
    """A fillable workbook for one role."""

    key: str
    role: str
    title: str
    subtitle: str
    cover_fields: tuple[str, ...]
    parts: tuple[Part | TimeFrame, ...]
    place: Place
    cover_ids: tuple[str, ...] = ()

    @property
    def frames(self) -> tuple[TimeFrame, ...]:
        """The time frames, in order."""
        return tuple(part for part in self.parts if isinstance(part, TimeFrame))

    @property
    def activities(self) -> tuple[tuple[TimeFrame, Activity], ...]:
        """Every activity with its time frame, in order."""
        return tuple((f, a) for f in self.frames for a in f.activities)

    @property
    def lists_frames(self) -> bool:
        """Whether a page says what the time frames mean."""
        return any(isinstance(block, Frames) for _, block in self.blocks())

    def opens(self, frame: TimeFrame) -> bool:
        """Whether a time frame has a page of its own before its activities."""
        return bool(frame.blocks) or not self.lists_frames

    def blocks(self) -> Iterator[tuple[str, Block]]:
        """Every block, with what the names of its fields begin with."""
        for part in self.parts:
            start = part.fields if isinstance(part, Part) else part.key
            yield from ((f"{start}.{block.id}".rstrip("."), block) for block in part.blocks)
            for activity in part.activities if isinstance(part, TimeFrame) else ():
                for block in activity.blocks:
                    yield f"{activity.key}.{block.id}".rstrip("."), block

    def field_names(self) -> Iterator[tuple[str, Block]]:
        """The full name of each field below the cover, and whose it is."""
        frames = tuple(frame.key for frame in self.frames)
        for start, block in self.blocks():
            for end in block.field_names(frames):
                yield field_name(start, end), block

    def uses_of(self, code: CardCode) -> tuple[str, ...]:
        """Which activities lay out a card, by their time frames' names and numbers."""
        return tuple(self._uses.get(code, ()))

    @cached_property
    def _uses(self) -> dict[CardCode, list[str]]:
        uses: dict[CardCode, list[str]] = {}
        for frame, activity in self.activities:
            for code in dict.fromkeys(ref.code for ref in activity.cards):
                uses.setdefault(code, []).append(f"{frame.name} {activity.number}")
        return uses


def field_name(start: str, end: str) -> str:
    """A full name: that of a block with one field is the block's own."""
    return f"{start}.{end}".rstrip(".")


NO_WORKBOOK = Workbook("", "", "", "", (), (), Place("content/deck.toml"))
