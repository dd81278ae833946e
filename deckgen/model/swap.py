"""What people do with their old deck when a new edition comes: take out, put in, leave."""

from __future__ import annotations

from msgspec import Struct

from deckgen.model.change import Kind, WordChange
from deckgen.model.snapshot import CardState


class Swap(Struct, frozen=True):
    """One card to take out, to put in, or both. `behind` is the card that a new one follows."""

    old: CardState | None
    new: CardState | None
    kind: Kind
    why: tuple[str, ...]
    reason: str
    words: tuple[WordChange, ...] = ()
    behind: str = ""

    @property
    def name(self) -> str:
        """The name that readers know: the new one, or that of a card that is withdrawn."""
        card = self.new or self.old
        return card.name if card else ""


class PageChange(Struct, frozen=True):
    """A page or activity of the workbook, or the index card's words, that differ."""

    name: str
    kind: Kind
    reason: str


class Swaps(Struct, frozen=True):
    """From one edition to another: the swaps in printing order, and what may stay as it is.

    `old_code` and `new_code` are on the index cards. `same` are printed codes of the cards that
    are, face for face, as they were printed.
    """

    since: str
    edition: str
    old_code: str
    new_code: str
    swaps: tuple[Swap, ...]
    may_stay: tuple[Swap, ...]
    pages: tuple[PageChange, ...]
    same: tuple[str, ...]
    cards: int

    @property
    def put_in(self) -> tuple[str, ...]:
        """Printed codes of the cards that have to be printed, in order; the index card is extra."""
        return tuple(swap.new.code for swap in self.swaps if swap.new)

    @property
    def share(self) -> float:
        """How much of the deck is printed anew, from 0 to 1."""
        return len(self.put_in) / max(1, self.cards)
