"""All locks of a project, read and checked against one another."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.editions.ledger import CHANGES, ledger_of, reused_ids
from deckgen.editions.lockfile import lock_file
from deckgen.model.lock import Ledger
from deckgen.source import EDITIONS as FOLDER
from tests.editions.test_lockfile import chain
from tests.editions.three import three
from tests.layout.made_up import card as deck_card
from tests.layout.made_up import deck_of


def codes(files: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(p.code, p.place.file) for p in ledger_of(files)[1]]


def test_a_deck_that_was_never_issued_has_no_locks() -> None:
    assert ledger_of({"content/deck.toml": b""}) == (Ledger(), [])


def test_editions_are_in_the_order_in_which_people_count() -> None:
    files = chain(11)
    ledger, found = ledger_of(dict(sorted(files.items())))  # 1, 10, 11, 2 …
    assert found == []
    assert [lock.edition for lock in ledger.locks] == [str(n) for n in range(1, 12)]
    assert ledger.latest and ledger.latest.edition == "11"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (f"{FOLDER}2{CHANGES}", ""),
        (f"{FOLDER}notes.toml", "file-ignored"),
        (f"{FOLDER}2.0.0.toml", "edition-broken"),
    ],
)
def test_what_else_lies_there(name: str, code: str) -> None:
    files = {**chain(1), name: b'what = "anything"\n'}
    assert codes(files) == ([(code, name)] if code else [])
    assert len(ledger_of(files)[0].locks) == 1


def test_a_lock_under_another_name_is_refused_with_advice() -> None:
    files = chain(2)
    copy = {**files, f"{FOLDER}copy.toml": files[lock_file("2")]}
    assert codes(copy) == [("edition-broken", f"{FOLDER}copy.toml")]
    assert "Take this copy out" in ledger_of(copy)[1][0].todo
    moved = {lock_file("1"): files[lock_file("1")], f"{FOLDER}9.toml": files[lock_file("2")]}
    assert "Call it content/editions/2.toml" in ledger_of(moved)[1][0].todo


def test_a_missing_link_and_a_file_that_is_no_text() -> None:
    files = chain(3)
    del files[lock_file("2")]
    assert codes(files) == [("edition-broken", lock_file("3"))]
    assert ("file-not-text", lock_file("1")) in codes({**chain(1), lock_file("1"): b"\0"})


def test_an_id_is_never_used_again() -> None:
    ledger = three()
    card = replace(deck_card("A1"), id="teams")
    (found,) = reused_ids(deck_of(card), ledger)
    assert found.code == "id-withdrawn" and "K2 Teams that talk" in found.found
    assert not list(reused_ids(deck_of(deck_card("A1")), ledger))
