"""Cards found on pages, set against what was issued."""

from __future__ import annotations

import pytest

from deckgen.editions.held_cards import HeldCard, held_cards, missing_cards
from deckgen.editions.printed_faces import faces_on
from deckgen.editions.printed_versions import Status, all_versions
from deckgen.model.lock import Ledger
from deckgen.model.snapshot import CardState
from tests.editions.three import of, three

LEDGER = three()


def face(card: CardState, **swaps: str) -> str:
    """A face's text as a PDF reader gives it, with some of its words swapped."""
    points = next(part.texts for part in card.parts if part.name == "points")
    text = "\n".join([f"{card.code} {card.title}", *points])
    for old, new in swaps.items():
        assert old in text
        text = text.replace(old, new)
    return f"{text}\nEdition {card.edition} · {card.check}\nReview by Jan 2028\n"


def held(text: str, ledger: Ledger = LEDGER) -> list[HeldCard]:
    return held_cards(faces_on(1, text), all_versions(ledger))


@pytest.mark.parametrize(
    ("edition", "card_id", "status"),
    [
        ("1", "feedback", Status.SUPERSEDED),
        ("2", "feedback", Status.CURRENT),
        ("1", "teams", Status.WITHDRAWN),
        ("3", "time", Status.CURRENT),
    ],
)
def test_each_card_is_known_by_its_mark(edition: str, card_id: str, status: Status) -> None:
    (found,) = held(face(of(LEDGER, edition, card_id)))
    assert (found.status, found.doubts, found.copies) == (status, (), 1)
    assert found.version and found.version.id == card_id
    assert found.name == found.version.name


def test_two_copies_of_a_face_are_two_cards() -> None:
    one = face(of(LEDGER, "2", "feedback"))
    assert [card.copies for card in held(one * 2)] == [2]
    assert [card.pages for card in held(one)] == [(1,)]


def test_other_words_under_a_mark_are_doubtful() -> None:
    teams = of(LEDGER, "1", "teams")
    (found,) = held(face(of(LEDGER, "2", "feedback"), late="never"))
    assert found.status is Status.DOUBTFUL and "Ask late" in found.doubts[0]
    text = face(of(LEDGER, "2", "feedback")).replace("K1 Feedback", f"{teams.name} Feedback")
    assert (
        "headed K2 Teams that talk"
        in held(text.replace(" Feedback that changes things", ""))[0].doubts[0]
    )


def test_marks_that_were_never_issued() -> None:
    card = of(LEDGER, "2", "feedback")
    (unknown,) = held(face(card), Ledger())
    assert (unknown.status, unknown.code, unknown.version) == (Status.UNKNOWN, "K1", None)
    (draft,) = held(face(card).replace("Edition 2", "Edition 4 draft"))
    assert (draft.status, draft.code) == (Status.DRAFT, "K1")


def test_what_a_deck_lacks() -> None:
    there = held(face(of(LEDGER, "1", "feedback")))
    assert [card.id for card in missing_cards(there, LEDGER)] == ["time"]
    assert missing_cards(there, Ledger()) == ()
    whole = held(face(of(LEDGER, "2", "feedback")) + face(of(LEDGER, "3", "time")))
    assert missing_cards(whole, LEDGER) == ()
