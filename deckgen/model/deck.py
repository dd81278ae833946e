"""The deck: an edition of cards in sections."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from deckgen.model.edition import short_month
from deckgen.model.text import Text
from deckgen.problem import Place

_CODE = re.compile(r"([A-Z]+)([1-9][0-9]*)\Z")


@dataclass(frozen=True, slots=True, order=True)
class CardCode:
    """A printed code such as K7: the section's prefix and the card's number in it."""

    prefix: str
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}{self.number}"

    @classmethod
    def parse(cls, written: str) -> CardCode | None:
        """Read "K7"; None if it does not look like a code."""
        match = _CODE.match(written)
        return cls(match[1], int(match[2])) if match else None


@dataclass(frozen=True, slots=True)
class Reference:
    """A card named by a content file, and where it was named."""

    code: CardCode
    place: Place


@dataclass(frozen=True, slots=True)
class Section:
    """A coloured group of cards. `palette` and `icon` are names that the theme knows.

    `words` are other names that running text may use for the section.
    """

    prefix: str
    name: str
    palette: str
    icon: str
    count: int
    place: Place
    words: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[CardCode, ...]:
        return tuple(CardCode(self.prefix, n) for n in range(1, self.count + 1))

    @property
    def span(self) -> str:
        """The section's codes in words: "K1 to K12", or "ISUC1" alone."""
        first, last = CardCode(self.prefix, 1), CardCode(self.prefix, self.count)
        return str(first) if self.count == 1 else f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class Card:
    """One card's words. `id` stays with it for ever; without a label it is the code: "k1".

    `id_at` is where the label stands.
    """

    code: CardCode
    title: str
    lead: Text
    points: tuple[Text, ...]
    questions: tuple[Text, ...]
    see_also: tuple[Reference, ...]
    printed_as: str
    place: Place
    id: str = ""
    id_at: Place | None = None

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", str(self.code).lower())

    @property
    def id_given(self) -> bool:
        """Whether the card's file names the id."""
        return self.id_at is not None


@dataclass(frozen=True, slots=True)
class Edition:
    """What is printed on every face so that old and new can be told apart.

    A `draft` is of an edition that is not issued yet, or made `after` the issued one.
    """

    number: str
    issued: date
    review: date
    draft: bool = False
    after: bool = False

    @property
    def label(self) -> str:
        """The edition in words: "Edition 2", "Edition 2 draft", "Draft after edition 1"."""
        if self.draft and self.after:
            return f"Draft after edition {self.number}"
        return f"Edition {self.number}" + " draft" * self.draft

    @property
    def stamp(self) -> str:
        """What sheets and pages say: "Edition 1 · review by Nov 2027"."""
        return f"{self.label} · review by {short_month(self.review)}"

    @property
    def tag(self) -> str:
        """The number for machines: "2", "2-DRAFT", and "1+DRAFT" after it was issued."""
        return self.number + ("+DRAFT" if self.after else "-DRAFT") * self.draft


@dataclass(frozen=True, slots=True)
class Deck:
    """A whole edition of cards, in printing order."""

    title: str
    subtitle: str
    publisher: str
    contact: str
    language: str
    edition: Edition
    sections: tuple[Section, ...]
    cards: tuple[Card, ...]
    how_to_use: tuple[Text, ...]
    place: Place
    _by_prefix: dict[str, Section] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_prefix", {s.prefix: s for s in self.sections})

    def section_of(self, code: CardCode) -> Section:
        """The section a code belongs to (KeyError if there is none)."""
        return self._by_prefix[code.prefix]
