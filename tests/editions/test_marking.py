"""Which edition's mark a card carries, and where a deck stands."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.editions.marking import Stage, edition_at, marks_of, standing_of
from deckgen.model.lock import Ledger
from deckgen.model.snapshot import INDEX_CODE, Snapshot
from tests.editions.three import FEEDBACK, MOVED, REVISED, TEAMS, TIME, deck, of, three
from tests.layout.made_up import card as deck_card
from tests.layout.made_up import deck_of


def editions_of(snapshot: Snapshot) -> dict[str, str]:
    return {card.id: card.edition for card in snapshot.cards}


def test_a_card_has_the_edition_in_which_it_came_to_be_as_it_is() -> None:
    ledger = three()
    assert [editions_of(lock.snapshot) for lock in ledger.locks] == [
        {"feedback": "1", "teams": "1", "time": "1"},
        {"feedback": "2", "teams": "1", "time": "1"},
        {"feedback": "2", "time": "3"},
    ]
    assert of(ledger, "1", "teams").check == of(ledger, "2", "teams").check
    assert of(ledger, "2", "feedback").check != of(ledger, "1", "feedback").check
    assert len({lock.code for lock in ledger.locks}) == 3


@pytest.mark.parametrize(
    ("snapshot", "stage"),
    [
        (deck("3", REVISED, MOVED), Stage.ISSUED),
        (deck("3", FEEDBACK, MOVED), Stage.AFTER),
        (replace(deck("3", REVISED, MOVED), title="Other"), Stage.AFTER),
        (deck("4", REVISED, MOVED), Stage.DRAFT),
    ],
)
def test_where_a_deck_stands(snapshot: Snapshot, stage: Stage) -> None:
    assert standing_of(snapshot, three()).stage is stage
    assert standing_of(snapshot, Ledger()).stage is Stage.LOOSE
    assert standing_of(snapshot, three(), issuing=True).stage is Stage.ISSUED


def test_what_is_not_issued_has_the_code_of_nothing_that_was() -> None:
    ledger = three()
    codes = {card.check for lock in ledger.locks for card in lock.snapshot.cards}
    after = standing_of(deck("3", TEAMS, MOVED), ledger)
    assert after.checks["K2"] not in codes - {of(ledger, "3", "time").check}
    loose = standing_of(deck("1", FEEDBACK, TEAMS, TIME), Ledger())
    assert not set(loose.checks.values()) & codes
    assert loose.code not in {lock.code for lock in ledger.locks}


def test_a_card_that_is_put_back_has_its_old_mark_again() -> None:
    ledger = three()
    again = standing_of(deck("4", FEEDBACK, MOVED), ledger).snapshot.cards[0]
    assert (again.edition, again.check) == ("1", of(ledger, "1", "feedback").check)


def test_marks_say_the_edition_or_that_it_is_a_draft() -> None:
    ledger = three()
    standing = standing_of(deck("4", replace(FEEDBACK, code="A1", id="x"), MOVED), ledger)
    marks = marks_of(standing, deck_of(deck_card("A1")), ledger)
    assert marks["K2"].label == f"Edition 3 · {of(ledger, '3', 'time').check}"
    assert "draft" in marks["A1"].label.lower() and "draft" in marks[INDEX_CODE].label.lower()
    own = deck_of(deck_card("A1")).edition
    assert edition_at(own, Stage.ISSUED) == own
    assert edition_at(own, Stage.AFTER).label != edition_at(own, Stage.DRAFT).label != own.label
