"""A kind of card: its parts, what each takes, and how it is set. Templates are the data."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta

from deckgen.settings import Settings, Unfit, like

Slug = Annotated[str, like("[a-z][a-z0-9-]*", "small letters, digits and hyphens, as in try-this")]
_Least = Annotated[int, Meta(ge=0, le=50)]
_Most = Annotated[int, Meta(ge=1, le=50)]
_Side = Annotated[float, Meta(gt=0, le=100)]


class Takes(StrEnum):
    """What a part is made of."""

    SENTENCE = "sentence"
    PARAGRAPHS = "paragraphs"
    POINTS = "points"
    STEPS = "steps"
    QUESTIONS = "questions"
    QUOTATION = "quotation"
    FACTS = "facts"
    PICTURE = "picture"
    ADDRESS = "address"


# The style of a theme in which a part is set that names none.
_STYLES = {
    Takes.SENTENCE: "lead",
    Takes.QUESTIONS: "question",
    Takes.QUOTATION: "lead",
    Takes.ADDRESS: "uses",
}


# Parts that hold one of what they take: several sentences are one.
_ONE = (Takes.SENTENCE, Takes.PICTURE, Takes.ADDRESS)
_LONGEST = 20  # times as long as wide, a picture is a line


class PartRule(Settings, frozen=True):
    """A part of a card, as its kind has it.

    `heading` is how a content file writes it; without one, the part stands right below the title.
    `least` and `most` count what it `takes`: paragraphs, points, rows … `side` is where it is
    set, unless a theme has another place for its `style`. A `panel` is a box at the foot of a
    side. The heading is printed if it is `titled`. `role` is what a screen reader takes the words
    for, if it isn't what they look like. `frame` is a picture's shape: its width and its height.
    """

    name: Slug
    takes: Takes
    heading: str = ""
    least: _Least = 1
    most: _Most = 20
    side: Literal["front", "back"] = "back"
    style: str = ""
    panel: bool = False
    titled: bool = True
    role: Literal["", "heading", "quotation"] = ""
    frame: tuple[_Side, _Side] = (3.0, 2.0)

    def __post_init__(self) -> None:
        if self.takes in _ONE and self.least > 1:
            raise Unfit("least", "Write 0 or 1: such a part has one of what it takes.")
        if max(self.frame) > _LONGEST * min(self.frame):
            todo = f"Write two numbers, neither of which is more than {_LONGEST} times the other."
            raise Unfit("frame", todo)
        if self.most < self.least:
            raise Unfit("most", f"Write a number that is at least {self.least}.")

    @property
    def label(self) -> str:
        """What people call the part: its heading, or its name."""
        return self.heading or self.name.replace("-", " ")

    @property
    def look(self) -> str:
        """The style of a theme in which it is set."""
        return self.style or _STYLES.get(self.takes, "point")


class CardKind(Settings, frozen=True):
    """A kind of card, from `templates/cards/NAME.toml`.

    `front` and `back` are the layouts of a theme that it uses. Parts without a heading may come
    `in_any_order`, and again, or else in that of the kind. The `default` kind is that of all
    sections that name none. `key` is the name of its file.
    """

    name: str
    parts: Annotated[tuple[PartRule, ...], Meta(min_length=1)]
    front: str = "title"
    back: str = "words"
    in_any_order: bool = False
    default: bool = False
    key: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that a card of this kind may have."""
        return tuple(rule.heading for rule in self.parts if rule.heading)


INDEX_POINTS = PartRule("how-to-use", Takes.POINTS)
