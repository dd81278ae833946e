"""All of a project's locks, checked against one another."""

from __future__ import annotations

from collections.abc import Mapping

from deckgen.editions.lockfile import chain_problems, in_chain, lock_file, read_lock
from deckgen.model.deck import Deck
from deckgen.model.lock import Ledger, Lock
from deckgen.problem import Place, Problem, problem
from deckgen.source import read_source

FOLDER = "content/editions/"
CHANGES = "-changes.toml"


def ledger_of(files: Mapping[str, bytes]) -> tuple[Ledger, list[Problem]]:
    """The locks in content/editions; `files` maps project-relative names to bytes."""
    found: list[Problem] = []
    locks: list[tuple[str, Lock]] = []
    for file, data in files.items():
        if not file.startswith(FOLDER) or file.endswith(CHANGES):
            continue
        text, faults = read_source(data, file)
        found += faults
        lock, faults = read_lock(text, file) if text is not None else (None, [])
        found += faults
        if lock and file != lock_file(lock.edition):
            found.append(_misnamed(file, lock))
        elif lock:
            locks.append((file, lock))
    locks = in_chain(locks)
    if not found:
        found += chain_problems(locks)
    return Ledger(tuple(lock for _, lock in locks)), found


def reused_ids(deck: Deck, ledger: Ledger) -> list[Problem]:
    """Cards with an id that belonged to a card which was withdrawn."""
    gone = {card.id: card for card in ledger.withdrawn}
    return [
        problem(
            "id-withdrawn",
            card.place,
            f"The Id “{card.id}” belonged to {gone[card.id].code} {gone[card.id].title}, "
            f"withdrawn in edition {gone[card.id].edition}.",
            "Give this card an Id of its own: an Id is never used again.",
        )
        for card in deck.cards
        if card.id in gone
    ]


def _misnamed(file: str, lock: Lock) -> Problem:
    return problem(
        "edition-broken",
        Place(file),
        f"This is the lock of edition {lock.edition}, under another name.",
        f"Call it {lock_file(lock.edition)}.",
    )
