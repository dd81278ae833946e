"""All of a project's locks, checked against one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from deckgen.model.deck import Deck
from deckgen.model.lock import Ledger, Lock
from deckgen.problem import Found, Place, Problem, blocks, problem
from deckgen.source import EDITIONS, read_source

CHANGES = "-changes.toml"
_LOCK = re.compile(rf"{EDITIONS}[0-9.]+\.toml")
_DECLARATIONS = re.compile(rf"{EDITIONS}[0-9.]+{CHANGES}")


def ledger_of(files: Mapping[str, bytes]) -> tuple[Ledger, list[Problem]]:
    """The locks in content/editions; `files` maps project-relative names to bytes."""
    names = [f for f in files if f.startswith(EDITIONS) and not _DECLARATIONS.fullmatch(f)]
    if not names:
        return Ledger(), []
    # Loaded only by decks that were ever issued: all others start faster.
    from deckgen.editions.lockfile import chain_problems, edition_order

    found = Found()
    locks = [(file, lock) for file in names if (lock := found.take(_lock(file, files)))]
    locks.sort(key=lambda pair: edition_order(pair[1].edition))
    if not blocks(found):
        found += chain_problems(locks)
    return Ledger(tuple(lock for _, lock in locks)), found


def _lock(file: str, files: Mapping[str, bytes]) -> tuple[Lock | None, list[Problem]]:
    """The lock that a file is. Nothing read doesn't mean that nothing was issued."""
    from deckgen.editions.lockfile import lock_file, read_lock

    if not files[file]:
        said = "Nothing of this could be read, so nobody knows which editions were issued."
        todo = "Let yourself read it, or bring it back from a backup."
        return None, [problem("edition-broken", Place(file), said, todo)]
    found = Found()
    text = found.take(read_source(files[file], file))
    if text is None:
        return None, found
    if not _LOCK.fullmatch(file) and "[sealed]" not in text:
        said = (
            "This is neither the lock of an edition nor a list of its changes, so it is not read."
        )
        todo = f"Call a list of changes after its edition, as in {EDITIONS}2{CHANGES}."
        return None, [*found, problem("file-ignored", Place(file), said, todo)]
    lock = found.take(read_lock(text, file))
    if lock and file != (name := lock_file(lock.edition)):
        said = f"This is the lock of edition {lock.edition}, under another name."
        todo = "Take this copy out of the project." if name in files else f"Call it {name}."
        return None, [*found, problem("edition-broken", Place(file), said, todo)]
    return lock, found


def reused_ids(deck: Deck, ledger: Ledger) -> Iterator[Problem]:
    """Cards with an id that belonged to a card which was withdrawn."""
    gone = {card.id: card for card in ledger.withdrawn}
    for card in deck.cards:
        if old := gone.get(card.id):
            was = f"belonged to {old.code} {old.title}, withdrawn in edition {old.edition}"
            todo = "Give this card an Id of its own: an Id is never used again."
            yield problem("id-withdrawn", card.place, f"The Id “{card.id}” {was}.", todo)
