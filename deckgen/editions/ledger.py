"""All of a project's locks, checked against one another."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deckgen.model.deck import Deck
from deckgen.model.lock import Ledger, Lock
from deckgen.problem import Place, Problem, blocks, problem
from deckgen.source import EDITIONS, read_source

CHANGES = "-changes.toml"
_LOCK = re.compile(rf"{EDITIONS}[0-9.]+\.toml")
_DECLARATIONS = re.compile(rf"{EDITIONS}[0-9.]+{CHANGES}")


def ledger_of(files: Mapping[str, bytes]) -> tuple[Ledger, list[Problem]]:
    """The locks in content/editions; `files` maps project-relative names to bytes."""
    if not any(file.startswith(EDITIONS) for file in files):
        return Ledger(), []
    # Loaded only by decks that were ever issued: all others start faster.
    from deckgen.editions.lockfile import chain_problems, in_chain, lock_file, read_lock

    found: list[Problem] = []
    locks: list[tuple[str, Lock]] = []
    for file, data in files.items():
        if not file.startswith(EDITIONS) or _DECLARATIONS.fullmatch(file):
            continue
        if not data:
            found.append(_empty(file))
            continue
        text, faults = read_source(data, file)
        found += faults
        if text is None:
            continue
        if not _LOCK.fullmatch(file) and "[sealed]" not in text:
            found.append(_neither(file))
            continue
        lock, faults = read_lock(text, file)
        found += faults
        if lock and file != lock_file(lock.edition):
            found.append(_misnamed(file, lock, files))
        elif lock:
            locks.append((file, lock))
    locks = in_chain(locks)
    if not blocks(found):
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


def _misnamed(file: str, lock: Lock, files: Mapping[str, bytes]) -> Problem:
    from deckgen.editions.lockfile import lock_file

    name = lock_file(lock.edition)
    said = f"This is the lock of edition {lock.edition}, under another name."
    todo = "Take this copy out of the project." if name in files else f"Call it {name}."
    return problem("edition-broken", Place(file), said, todo)


def _empty(file: str) -> Problem:
    """Nothing could be read, which doesn't mean that nothing was issued."""
    found = "Nothing of this could be read, so nobody knows which editions were issued."
    todo = "Let yourself read it, or bring it back from a backup."
    return problem("edition-broken", Place(file), found, todo)


def _neither(file: str) -> Problem:
    said = "This is neither the lock of an edition nor a list of its changes, so it is not read."
    todo = f"Call a list of changes after its edition, as in {EDITIONS}2{CHANGES}."
    return problem("file-ignored", Place(file), said, todo)
