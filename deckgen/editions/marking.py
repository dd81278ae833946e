"""Which edition's mark each card carries: that in which it came to be as it is."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from deckgen.editions.compare import compare, same_card
from deckgen.editions.snapshot import card_check, deck_check
from deckgen.model.deck import Deck, Edition
from deckgen.model.edition import Mark
from deckgen.model.lock import Ledger
from deckgen.model.snapshot import INDEX_CODE, CardState, Snapshot


class Stage(StrEnum):
    """Where a deck stands. LOOSE: it was never issued, and nothing is kept track of."""

    LOOSE = "loose"
    ISSUED = "issued"
    DRAFT = "draft"
    AFTER = "after"


class Standing(Struct, frozen=True):
    """A snapshot whose cards know their edition and check code, and where the deck stands."""

    snapshot: Snapshot
    stage: Stage
    code: str

    @property
    def checks(self) -> dict[str, str]:
        """Check codes by printed code."""
        return {card.code: card.check for card in self.snapshot.cards}


def standing_of(snapshot: Snapshot, ledger: Ledger, *, issuing: bool = False) -> Standing:
    """Where a deck stands beside its latest edition, or where it will stand once it is issued.

    A card that is as it was ever issued has that edition; any other is of the edition to come.
    Until then its check code is none that an issued card can have.
    """
    latest = ledger.latest
    changes = compare(latest.snapshot, snapshot) if latest else ()
    changed = {change.key for change in changes if change.subject == "card"}
    same_number = latest is not None and latest.edition == snapshot.edition
    if latest is None:
        stage = Stage.LOOSE
    elif not same_number:
        stage = Stage.DRAFT
    else:
        stage = Stage.AFTER if changes or _other_dates(snapshot, latest.snapshot) else Stage.ISSUED
    edition = snapshot.edition + ("" if issuing else _NOT_ISSUED.get(stage, ""))
    cards = tuple(_settled(card, snapshot, ledger, changed, edition) for card in snapshot.cards)
    checks = {card.code: card.check for card in cards}
    code = deck_check(edition, checks)
    return Standing(replace(snapshot, cards=cards), Stage.ISSUED if issuing else stage, code)


def edition_at(edition: Edition, stage: Stage) -> Edition:
    """The edition with the words that drafts are marked with."""
    drafted = stage in (Stage.DRAFT, Stage.AFTER)
    return replace(edition, draft=drafted, after=stage is Stage.AFTER)


def marks_of(standing: Standing, deck: Deck, ledger: Ledger) -> dict[str, Mark]:
    """The mark of every card by its printed code, that of the index card too."""
    own = edition_at(deck.edition, standing.stage)
    marks, locks = {}, {lock.edition: lock for lock in reversed(ledger.locks)}
    for card in standing.snapshot.cards:
        lock = locks.get(card.edition)
        there = lock.snapshot.card(card.id) if lock else None
        if lock and there and there.check == card.check:
            was = Edition(lock.edition, lock.snapshot.issued, lock.snapshot.review)
            marks[card.code] = Mark(was, card.check, was.tag)
        else:
            marks[card.code] = Mark(own, card.check, own.tag)
    marks[INDEX_CODE] = Mark(own, standing.code, own.tag)
    return marks


# What sets the check codes of cards apart that were not issued.
_NOT_ISSUED = {Stage.LOOSE: "-", Stage.AFTER: "+"}


def _settled(
    card: CardState, snapshot: Snapshot, ledger: Ledger, changed: set[str], edition: str
) -> CardState:
    """The card with its edition: the one that it is as in, the latest first."""
    latest = ledger.latest.snapshot.card(card.id) if ledger.latest else None
    if latest and card.id not in changed:
        return replace(card, edition=latest.edition, check=latest.check)
    for lock in reversed(ledger.locks[:-1]):
        was = lock.snapshot.card(card.id)
        if was and same_card(was, card, lock.snapshot, snapshot):
            return replace(card, edition=was.edition, check=was.check)
    return replace(card, edition=edition, check=card_check(card, edition))


def _other_dates(one: Snapshot, other: Snapshot) -> bool:
    mine, theirs = ((s.issued, s.review, s.title, s.language) for s in (one, other))
    return mine != theirs
