"""An issued edition, as it is locked; and all of a deck's editions, one after the other."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from deckgen.model.answers import Asked
from deckgen.model.change import Declaration, Withdrawn
from deckgen.model.snapshot import Snapshot


class Lock(Struct, frozen=True, dict=True):
    """What was issued, by whom, and what the edition before it was.

    `code` is on the index card. `seal` is the fingerprint of the lock's own words; `parent_seal`
    is that of the lock before, so that no lock can be changed later without notice. `asked` is what
    each workbook asks in each of its looks; older locks don't know it.
    """

    snapshot: Snapshot
    code: str
    owner: str
    approver: str
    parent: str = ""
    parent_seal: str = ""
    changes: tuple[Declaration, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    seal: str = ""
    asked: tuple[Asked, ...] = ()

    @property
    def edition(self) -> str:
        return self.snapshot.edition

    @cached_property
    def said(self) -> dict[str, Declaration]:
        """What was declared of each card and page."""
        return {key: entry for entry in reversed(self.changes) for key in entry.keys}


class Ledger(Struct, frozen=True):
    """All locks, the oldest first; empty for a deck that was never issued."""

    locks: tuple[Lock, ...] = ()

    @property
    def latest(self) -> Lock | None:
        return self.locks[-1] if self.locks else None

    def lock(self, edition: str) -> Lock | None:
        """The lock of an edition."""
        return next((lock for lock in self.locks if lock.edition == edition), None)

    @property
    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Every card that was ever withdrawn."""
        return tuple(card for lock in self.locks for card in lock.withdrawn)
