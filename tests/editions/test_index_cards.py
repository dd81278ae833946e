"""Several index cards are one to whoever asks: they have one mark."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from deckgen.editions.asked_code import asked
from deckgen.editions.held_cards import held_cards
from deckgen.editions.printed_faces import faces_on
from deckgen.editions.printed_versions import Status, Version
from deckgen.model.lock import Ledger
from deckgen.model.snapshot import INDEX_CODE, INDEX_ID, index_code, marked_as

DAY = date(2026, 1, 2)
INDEX = Version(INDEX_ID, INDEX_CODE, "Fruit", "1", "7Q2M", DAY, DAY)
MARK = "\nEdition 1 · 7Q2M\nReview by Nov 2027\n"


def sides(*codes: str, mark: str = MARK) -> str:
    return "".join(f"{code}\nFruit\nside {n}{mark}" for code in codes for n in (1, 2))


def test_no_index_card_has_a_code_that_a_card_could_have() -> None:
    assert [index_code(n) for n in (1, 2, 12)] == ["Index", "Index 2", "Index 12"]
    assert {marked_as(index_code(n)) for n in range(1, 30)} == {INDEX_CODE}
    assert [marked_as(code) for code in ("INDEX2", "K2", "Indexes")] == ["INDEX2", "K2", "Indexes"]


@pytest.mark.parametrize(
    "typed", ["Index 2 7Q2M", "index 12 7q2m", "DG1:INDEX 2:1:7Q2M", "Index 3 Edition 1 · 7Q2M"]
)
def test_each_of_them_can_be_asked_for(typed: str) -> None:
    question = asked(typed, "", Ledger())
    assert question and question.fits(INDEX)


@pytest.mark.parametrize("typed", ["Index2 7Q2M", "Index 2.1", "Index two"])
def test_what_only_looks_like_one_is_not_taken_for_it(typed: str) -> None:
    question = asked(typed, "", Ledger())
    assert question is None or not question.fits(INDEX)


def test_two_index_cards_are_not_two_copies_of_one() -> None:
    (held,) = held_cards(faces_on(1, sides("Index", "Index 2", "Index 3")), [INDEX])
    assert (held.status, held.copies, held.doubts) == (Status.CURRENT, 1, ())
    (held,) = held_cards(faces_on(1, sides("Index", "Index 2", "Index", "Index 2")), [INDEX])
    assert held.copies == 2


def test_drafts_of_them_are_told_apart_by_what_is_printed() -> None:
    draft = MARK.replace("Edition 1", "Edition 2 draft")
    held = held_cards(faces_on(1, sides("Index", "Index 2", mark=draft)), [INDEX])
    assert [(c.code, c.status) for c in held] == [(c, Status.DRAFT) for c in ("Index", "Index 2")]
    assert [marked_as(c.code) for c in held] == [INDEX_CODE] * 2


def test_a_mark_of_another_edition_is_unknown() -> None:
    other = replace(INDEX, check="AAAA")
    assert {c.status for c in held_cards(faces_on(1, sides("Index 2")), [other])} == {
        Status.UNKNOWN
    }
