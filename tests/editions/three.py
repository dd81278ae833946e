"""A deck of three cards in three editions, marked as issuing marks them.

In edition 2 K1 says something else. In edition 3 K2 is withdrawn, and K3 becomes K2.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from deckgen.editions.marking import standing_of
from deckgen.model.change import Declaration, Kind, Withdrawn
from deckgen.model.lock import Ledger, Lock
from deckgen.model.snapshot import CardState, Snapshot
from deckgen.problem import Place
from tests.editions.made_up import card, snapshot

FEEDBACK = card(look="a1")
TEAMS = card("teams", "K2", title="Teams that talk", points=("Meet", "Decide"), look="b1")
TIME = card("time", "K3", title="Time to think", lead="Leave gaps.", look="c1")
REVISED = card(points=("Ask late", "Pay people fairly for their time"), look="a2")
MOVED = replace(TIME, code="K2")
HERE = Place("content/editions/2-changes.toml")


def issued(
    ledger: Ledger,
    of: Snapshot,
    changes: tuple[Declaration, ...] = (),
    withdrawn: tuple[Withdrawn, ...] = (),
) -> Ledger:
    """The ledger after one more edition; a face is its look with the edition's mark."""
    standing = standing_of(of, ledger, issuing=True)
    cards = tuple(replace(c, face=f"{c.look} {c.check}") for c in standing.snapshot.cards)
    lock = Lock(
        *(replace(standing.snapshot, cards=cards), standing.code, "Jo", "Alex"),
        parent=ledger.latest.edition if ledger.latest else "",
        changes=changes,
        withdrawn=withdrawn,
    )
    return Ledger((*ledger.locks, lock))


def deck(edition: str, *cards: CardState) -> Snapshot:
    return snapshot(*cards, edition=edition, issued=date(2025 + int(edition), 1, 2))


def three() -> Ledger:
    first = issued(Ledger(), deck("1", FEEDBACK, TEAMS, TIME))
    said = Declaration(("feedback",), Kind.REVISED, "Late is better", HERE)
    second = issued(first, deck("2", REVISED, TEAMS, TIME), (said,))
    gone = Withdrawn("teams", "K2", "Teams that talk", "3", "There are no teams.")
    moved = Declaration(("time",), Kind.RENUMBERED, "It follows K1.", HERE)
    return issued(second, deck("3", REVISED, MOVED), (moved,), (gone,))


def of(ledger: Ledger, edition: str, card_id: str) -> CardState:
    """A card as it was printed with an edition."""
    lock = ledger.lock(edition)
    assert lock
    found = lock.snapshot.card(card_id)
    assert found
    return found
