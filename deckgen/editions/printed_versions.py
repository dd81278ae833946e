"""Every card as it was ever printed, and what became of it: what a mark on a card means today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from deckgen.model.change import Kind
from deckgen.model.lock import Ledger, Lock
from deckgen.model.snapshot import INDEX_CODE, INDEX_ID, CardState


class Status(StrEnum):
    """Whether a printed card may be used. DOUBTFUL: its mark and its words don't agree."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"


class Step(Struct, frozen=True):
    """What an edition did to a card. `kind` and `reason` are what its author declared."""

    edition: str
    issued: date
    kind: Kind | None
    reason: str
    code: str = ""
    check: str = ""


class Version(Struct, frozen=True):
    """A card with one mark. `steps` are what later editions did to it, the oldest first."""

    id: str
    code: str
    title: str
    edition: str
    check: str
    issued: date
    review: date
    steps: tuple[Step, ...] = ()
    card: CardState | None = None

    @property
    def is_index(self) -> bool:
        return self.id == INDEX_ID

    @property
    def name(self) -> str:
        """How people call it."""
        return f"{self.code} {self.title}".strip() if not self.is_index else "Index card"

    @property
    def mark(self) -> str:
        return f"edition {self.edition} · {self.check}"

    @property
    def status(self) -> Status:
        if not self.steps:
            return Status.CURRENT
        gone = self.steps[-1].kind is Kind.WITHDRAWN
        return Status.WITHDRAWN if gone else Status.SUPERSEDED

    @property
    def moved_to(self) -> str:
        """The code that it has now, if that is another one."""
        now = self.steps[-1].code if self.steps else self.code
        return now if now != self.code else ""


def all_versions(ledger: Ledger) -> tuple[Version, ...]:
    """Every version, those of the newest edition first, then as the deck is sorted."""
    return tuple(
        version
        for place in reversed(range(len(ledger.locks)))
        for version in (*_cards(ledger.locks, place), _index(ledger.locks, place))
    )


def _cards(locks: Sequence[Lock], place: int) -> Iterator[Version]:
    lock = locks[place]
    for card in lock.snapshot.cards:
        if card.edition == lock.edition:
            mark, dates = (card.edition, card.check), (lock.snapshot.issued, lock.snapshot.review)
            steps = _after(card, locks[place + 1 :])
            yield Version(card.id, card.code, card.title, *mark, *dates, steps, card)


def _after(card: CardState, later: Sequence[Lock]) -> tuple[Step, ...]:
    """What came after a version; nothing if, in the end, the card is as it was again."""
    steps = tuple(_steps(card, later))
    back = bool(steps) and steps[-1].check == card.check
    return () if back else steps


def _steps(card: CardState, later: Sequence[Lock]) -> Iterator[Step]:
    mark = card.edition, card.check
    for lock in later:
        there = lock.snapshot.card(card.id)
        when = lock.edition, lock.snapshot.issued
        if there is None:
            gone = next((gone.reason for gone in lock.withdrawn if gone.id == card.id), "")
            yield Step(*when, Kind.WITHDRAWN, gone)
            return
        if (there.edition, there.check) != mark:
            mark = there.edition, there.check
            said = lock.said.get(card.id)
            kind, reason = (said.kind, said.reason) if said else (None, "")
            yield Step(*when, kind, reason, there.code, there.check)


def _index(locks: Sequence[Lock], place: int) -> Version:
    lock = locks[place]
    steps = tuple(
        Step(later.edition, later.snapshot.issued, None, "", INDEX_CODE, later.code)
        for later in locks[place + 1 :]
    )
    mark, dates = (lock.edition, lock.code), (lock.snapshot.issued, lock.snapshot.review)
    return Version(INDEX_ID, INDEX_CODE, lock.snapshot.title, *mark, *dates, steps)
