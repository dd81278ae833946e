"""Changes between two snapshots, and what their author says about them."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from deckgen.model.text import word
from deckgen.problem import Place


class Kind(StrEnum):
    """What sort of change it is; from LAYOUT to REVISED each weighs more than the one before."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Kind:
        """Pair a class with the words for readers."""
        member = str.__new__(cls, value)
        member._value_, member.meaning = value, meaning
        return member

    LAYOUT = "layout", word("same words, drawn differently")
    CORRECTION = "correction", word("a slip put right; it means the same")
    RENUMBERED = "renumbered", word("the same card under another number")
    REVISED = "revised", word("it says something else now")
    NEW = "new", word("not there before")
    WITHDRAWN = "withdrawn", word("no longer in force")

    @property
    def weight(self) -> int:
        """How much it matters to somebody who holds the old card."""
        return list(Kind).index(self)


class WordChange(Struct, frozen=True):
    """How the words of one part changed: pieces that stayed ("="), went ("-") and came ("+")."""

    part: str
    pieces: tuple[tuple[str, str], ...]


class Change(Struct, frozen=True):
    """One card or page that differs.

    `floor` is the least that its author may call it, and what the tool would call it. `why` says
    what was measured, in words. Names are empty where there is none.
    """

    subject: str  # "card" or "page"
    key: str
    floor: Kind
    code: str = ""
    old_code: str = ""
    name: str = ""
    old_name: str = ""
    why: tuple[str, ...] = ()
    words: tuple[WordChange, ...] = ()
    old_edition: str = ""
    old_key: str = ""

    @property
    def moved(self) -> bool:
        """Whether a card of the old snapshot has another number now."""
        return bool(self.code and self.old_code and self.code != self.old_code)

    @property
    def follows(self) -> bool:
        """Whether a page only looks different: that follows from other changes by itself."""
        return self.subject == "page" and self.floor is Kind.LAYOUT

    @property
    def shown(self) -> str:
        """The name by which readers know it now, or knew it."""
        return self.name or self.old_name


class Declaration(Struct, frozen=True):
    """What an author says about some changes: their class, and why they were made."""

    keys: tuple[str, ...]
    kind: Kind
    reason: str
    place: Place


class Withdrawn(Struct, frozen=True):
    """A card that is no longer in force; its id is never used again."""

    id: str
    code: str
    title: str
    edition: str
    reason: str
