"""What workbooks ask today and asked in older editions; what came back is settled against it."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.answers.older import asked_by_words
from deckgen.answers.settle import Placed, Settled, settle
from deckgen.model.answers import Asked
from deckgen.model.lock import Lock
from deckgen.model.snapshot import Snapshot
from deckgen.options import Look
from deckgen.project import Project
from deckgen.proof.proof import Proof

__all__ = ["Placed", "Settled", "all_asked", "asked_then", "asked_today", "settle"]


def asked_today(proof: Proof, workbook: str = "", *, large_print: bool = False) -> Asked | None:
    """What a workbook asks now, by the name of its file ("" for the deck's own); None if it can't
    be laid out.
    """
    return proof.asked(workbook, Look(large_print=large_print))


def asked_then(lock: Lock, today: tuple[Asked, ...], snapshot: Snapshot) -> tuple[Asked, ...]:
    """What the workbooks of an edition asked. `today` and its `snapshot` help with older locks,
    which have the words of pages, but no names of questions.
    """
    return lock.asked or tuple(asked_by_words(lock.snapshot, one, snapshot) for one in today)


def all_asked(source: Project | Proof) -> tuple[Asked, ...]:
    """All workbooks as they are today, in their own look and in large print, and as they were in
    every edition, the newest first.
    """
    return tuple(_all(source if isinstance(source, Proof) else Proof(source)))


def _all(proof: Proof) -> Iterator[Asked]:
    state = proof.state[0]
    if state is None:
        return
    keys = [book.key for book in state.content.books]
    looks = [asked_today(proof, key, large_print=large) for key in keys for large in (False, True)]
    yield from (asked for asked in looks if asked)
    own = tuple(asked for asked in looks if asked and not asked.identity.large_print)
    for lock in reversed(state.ledger.locks):
        yield from asked_then(lock, own, state.snapshot)
