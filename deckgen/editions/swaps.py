"""From an old edition to the present one: which cards are swapped, and which are proven the same.

A card is the same only if both of its faces, the mark of its edition included, are drawn
exactly as they were: that is what lies in people's hands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from deckgen.editions.compare import compare
from deckgen.editions.lockfile import edition_order
from deckgen.model.change import Change, Declaration, Kind
from deckgen.model.lock import Ledger, Lock
from deckgen.model.snapshot import CardState, Snapshot
from deckgen.model.swap import PageChange, Swap, Swaps
from deckgen.model.text import word

_MARK_ONLY = word("It says again what it said then, but carries a newer mark")


def swaps_since(
    old: Lock,
    new: Snapshot,
    code: str,
    ledger: Ledger,
    declared: tuple[Declaration, ...] = (),
    leave_out: Collection[Kind] = (),
) -> Swaps:
    """What to do with a deck of the `old` edition. `new` has the faces of the edition to come.

    Changes of the kinds in `leave_out` (layout, correction) may stay in people's decks.
    `declared` is what is said of changes that are not in any lock yet.
    """
    said = _declared_after(old, ledger, declared)
    found = {change.key: change for change in compare(old.snapshot, new)}
    swaps: list[Swap] = []
    same: list[str] = []
    for place, card in enumerate(new.cards):
        was = old.snapshot.card(card.id)
        behind = new.cards[place - 1].code if place else ""
        if was and card.face and was.face == card.face:
            same.append(card.code)
        else:
            swaps.append(_swap(was, card, found.get(card.id), said, behind))
    for gone in old.snapshot.cards:
        if new.card(gone.id) is None:
            swaps.append(_swap(gone, None, found.get(gone.id), said, ""))
    left = {Kind.LAYOUT, Kind.CORRECTION} & set(leave_out)
    swapped = tuple(swap for swap in swaps if swap.kind not in left)
    may_stay = tuple(swap for swap in swaps if swap.kind in left)
    parts = (swapped, may_stay, tuple(_pages(found.values(), said)), tuple(same), len(new.cards))
    return Swaps(old.edition, new.edition, old.code, code, *parts)


_Said = dict[str, list[Declaration]]


def _declared_after(old: Lock, ledger: Ledger, declared: tuple[Declaration, ...]) -> _Said:
    """All declarations since an edition, by key, the oldest first."""
    since = edition_order(old.edition)
    later = (lock.changes for lock in ledger.locks if edition_order(lock.edition) > since)
    said: _Said = {}
    for entry in (*chain.from_iterable(later), *declared):
        for key in entry.keys:
            said.setdefault(key, []).append(entry)
    return said


def _swap(
    old: CardState | None, new: CardState | None, change: Change | None, said: _Said, behind: str
) -> Swap:
    card = new or old
    assert card is not None
    entries = said.get(card.id, [])
    if change is None:
        return Swap(old, new, Kind.LAYOUT, (_MARK_ONLY,), _reason(entries), behind=behind)
    kind = change.floor
    if kind not in (Kind.NEW, Kind.WITHDRAWN):
        called = [e.kind for e in entries if e.kind not in (Kind.NEW, Kind.WITHDRAWN)]
        kind = max([kind, *called], key=lambda k: k.weight)
    return Swap(old, new, kind, change.why, _reason(entries), change.words, behind)


def _reason(entries: list[Declaration]) -> str:
    """Why, in the authors' words; each reason once, in the order in which they were given."""
    return " ".join(dict.fromkeys(_sentence(entry.reason) for entry in entries if entry.reason))


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _pages(changes: Collection[Change], said: _Said) -> Iterator[PageChange]:
    for change in changes:
        entries = said.get(change.key) or said.get(change.old_key, [])
        if change.subject == "page" and (entries or not change.follows):
            kind = max([change.floor, *(e.kind for e in entries)], key=lambda k: k.weight)
            yield PageChange(change.shown, kind, _reason(entries))
