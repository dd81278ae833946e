"""What became of each card that was ever printed."""

from __future__ import annotations

from deckgen.editions.printed_versions import Status, Version, all_versions
from deckgen.model.change import Kind
from deckgen.model.lock import Ledger
from tests.editions.three import FEEDBACK, MOVED, deck, issued, three


def version(ledger: Ledger, edition: str, card_id: str) -> Version:
    (found,) = [v for v in all_versions(ledger) if (v.edition, v.id) == (edition, card_id)]
    return found


def test_every_card_is_there_once_for_each_mark_the_newest_first() -> None:
    assert [(v.edition, v.code) for v in all_versions(three())] == [
        ("3", "K2"),
        ("3", "Index"),
        ("2", "K1"),
        ("2", "Index"),
        ("1", "K1"),
        ("1", "K2"),
        ("1", "K3"),
        ("1", "Index"),
    ]
    assert all_versions(Ledger()) == ()


def test_a_revised_card_is_superseded_and_says_why() -> None:
    old = version(three(), "1", "feedback")
    assert old.status is Status.SUPERSEDED
    assert [(s.edition, s.kind, s.reason) for s in old.steps] == [
        ("2", Kind.REVISED, "Late is better")
    ]
    assert version(three(), "2", "feedback").status is Status.CURRENT


def test_a_card_that_went_and_one_that_moved() -> None:
    gone, moved = version(three(), "1", "teams"), version(three(), "1", "time")
    assert (gone.status, gone.steps[-1].reason) == (Status.WITHDRAWN, "There are no teams.")
    assert (moved.status, moved.moved_to) == (Status.SUPERSEDED, "K2")
    assert version(three(), "3", "time").moved_to == ""


def test_a_card_that_is_as_it_was_again_is_in_force() -> None:
    again = issued(three(), deck("4", FEEDBACK, MOVED))
    assert version(again, "1", "feedback").status is Status.CURRENT
    assert version(again, "2", "feedback").status is Status.SUPERSEDED


def test_only_the_last_index_card_is_in_force() -> None:
    found = [v for v in all_versions(three()) if v.is_index]
    assert [v.status for v in found] == [Status.CURRENT, Status.SUPERSEDED, Status.SUPERSEDED]
    assert {v.name for v in found} == {"Index card"}
