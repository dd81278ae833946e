"""The deck: an edition of cards in sections."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import groupby

from msgspec import Struct
from msgspec.structs import force_setattr

from deckgen.model.card_kind import PartRule, Takes
from deckgen.model.edition import Edition as Edition
from deckgen.model.picture import Shown
from deckgen.model.text import Text
from deckgen.problem import Place

_CODE = re.compile(r"([A-Z]+)([1-9][0-9]*)\Z")


class CardCode(Struct, frozen=True, order=True, gc=False):
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


class Reference(Struct, frozen=True):
    """A card named by a content file, and where it was named.

    `inside` a row such as K1–K12, and not at its ends, nobody wrote the code itself.
    """

    code: CardCode
    place: Place
    inside: bool = False


class Section(Struct, frozen=True, dict=True):
    """A coloured group of cards. `palette` and `icon` are names that the theme knows; those of a
    section with a look of its own are its prefix.

    `count` is how many cards there are. `words` are other names that running text may use for
    the section. Cards of the numbers in `withdrawn` are no longer in use. `kind` is that of its
    cards, if they don't name another ("": the usual one).
    """

    prefix: str
    name: str
    palette: str
    icon: str
    count: int
    place: Place
    words: tuple[str, ...] = ()
    withdrawn: tuple[int, ...] = ()
    kind: str = ""
    colour: str = ""  # the one that was chosen, "#RRGGBB"
    colour_at: Place | None = None
    palette_at: Place | None = None
    icon_at: Place | None = None

    @property
    def own_colour(self) -> bool:
        """Whether its palette is made for it alone."""
        return self.palette == self.prefix

    @property
    def own_icon(self) -> bool:
        """Whether its icon is a mark that is made for it alone."""
        return self.icon == self.prefix

    @cached_property
    def codes(self) -> tuple[CardCode, ...]:
        """The codes in use: the first numbers that no card was withdrawn from."""
        ever, gone = range(1, self.count + len(self.withdrawn) + 1), set(self.withdrawn)
        in_use = [number for number in ever if number not in gone]
        return tuple(CardCode(self.prefix, number) for number in in_use[: self.count])

    @cached_property
    def span(self) -> str:
        """The codes in words: "K1 to K12", "ISUC1", or with a hole "K1, K2, K4 to K12"."""
        return in_words(self.codes)

    def was_withdrawn(self, code: CardCode) -> bool:
        """Whether a code was one of this section's, and no longer is."""
        return code.prefix == self.prefix and code.number in self.withdrawn


def in_words(codes: Sequence[CardCode]) -> str:
    """ "KC1 to KC4" for one unbroken row, else its pieces: "K1, K2, K4 to K12"."""
    rows = in_rows(codes)
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in rows)


def in_rows(codes: Sequence[CardCode]) -> list[tuple[CardCode, CardCode]]:
    """The first and the last of each unbroken row; of two beside a hole, each is its own."""
    numbered = groupby(enumerate(codes), key=lambda at: (at[1].prefix, at[1].number - at[0]))
    rows = [[code for _, code in row] for _, row in numbered]
    pieces: list[tuple[CardCode, CardCode]] = []
    for row in rows:
        unbroken = len(row) > 2 or (len(row) == 2 and len(rows) == 1)
        pieces += [(row[0], row[-1])] if unbroken else [(code, code) for code in row]
    return pieces


class CardPart(Struct, frozen=True):
    """The words of a part: a row for each point or paragraph, and more cells in those of facts.

    The first row of facts is a `head` if it names their columns. The last row of a quotation is
    its source if that is `sourced`. An address leads to its `target`.
    """

    rule: PartRule
    rows: tuple[tuple[Text, ...], ...] = ()
    head: bool = False
    sourced: bool = False
    target: str = ""
    picture: Shown | None = None

    @property
    def texts(self) -> tuple[Text, ...]:
        """All of its words, cell by cell."""
        return tuple(cell for row in self.rows for cell in row)


_LISTS = frozenset({Takes.POINTS, Takes.STEPS})


class Card(Struct, frozen=True):
    """One card's words. `id` stays with it for ever; without a label it is the code: "k1".

    `id_at` is where the label stands. `short` is what a small card says in place of `parts`, if
    that is given. `front` and `back` are the layouts of a theme that its kind asks for.
    """

    code: CardCode
    title: str
    parts: tuple[CardPart, ...]
    see_also: tuple[Reference, ...]
    printed_as: str
    place: Place
    id: str = ""
    id_at: Place | None = None
    kind: str = ""
    front: str = ""
    back: str = ""
    short: tuple[CardPart, ...] = ()

    def __post_init__(self) -> None:
        if not self.id:
            force_setattr(self, "id", str(self.code).lower())

    @property
    def id_given(self) -> bool:
        """Whether the card's file names the id."""
        return self.id_at is not None

    @property
    def listed(self) -> tuple[Text, ...]:
        """Its points and steps."""
        return tuple(t for part in self.parts if part.rule.takes in _LISTS for t in part.texts)

    @property
    def pictures(self) -> tuple[Shown, ...]:
        """The pictures that it shows."""
        return tuple(part.picture for part in (*self.parts, *self.short) if part.picture)


class ReferenceEntry(Struct, frozen=True):
    """Who looks after a reference on a card.

    `entry` is how its point begins; a check holds as many `months`.
    """

    card: CardCode
    entry: str
    owner: str
    checked: date
    months: int
    place: Place
    checked_at: Place

    @property
    def holds_until(self) -> date:
        """The last day on which nobody has to check it again."""
        year, month = divmod(self.checked.year * 12 + self.checked.month - 1 + self.months, 12)
        if year > date.max.year:
            return date.max
        return date(year, month + 1, min(self.checked.day, monthrange(year, month + 1)[1]))


# Letters are no smaller, unless a deck says so: RNIB, "Clear print", asks for 12 points at least.
SMALLEST_PT = 12.0


class Deck(Struct, frozen=True, dict=True):
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
    references: tuple[ReferenceEntry, ...] = ()
    review_at: Place | None = None
    smallest_pt: float = SMALLEST_PT
    said_at: tuple[tuple[str, Place], ...] = ()

    @cached_property
    def names(self) -> dict[str, Place]:
        """Words that stand on many pages, such as a section's name, and where each was written."""
        return dict(self.said_at) | {section.name: section.place for section in self.sections}

    @cached_property
    def _by_prefix(self) -> dict[str, Section]:
        return {section.prefix: section for section in self.sections}

    @cached_property
    def by_id(self) -> dict[str, Card]:
        """The cards by their permanent ids."""
        return {card.id: card for card in self.cards}

    def section_of(self, code: CardCode) -> Section:
        """The section a code belongs to (KeyError if there is none)."""
        return self._by_prefix[code.prefix]
