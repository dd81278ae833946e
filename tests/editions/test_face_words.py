"""Whether a printed face says what its card says."""

from __future__ import annotations

import pytest

from deckgen.editions.face_words import is_headed, unlike
from deckgen.editions.printed_faces import FoundMark, PrintedFace
from tests.editions.made_up import card

CARD = card(points=("Ask early and listen", "Pay people fairly for their time"))
WORDS = """K1 Feedback that changes things
Feedback counts when something changes because of it.
Ask early and listen
Pay people fairly for their time
What changed? Whom do we hear from least?"""


def face(*texts: str) -> PrintedFace:
    return PrintedFace(1, FoundMark("1", "7Q2M"), texts)


@pytest.mark.parametrize(
    "text",
    [
        WORDS,
        WORDS.replace("\n", " "),
        WORDS.replace("Feedback", "feedback").replace("K1", "k1"),
        WORDS.replace("Ask early and listen", "Ask ear\nly and lis\nten"),  # parted by a reader
        WORDS.replace("What changed? Whom do we hear from least?", ""),  # on the other side
        "Someone else's words",
        "",
    ],
)
def test_what_is_no_difference(text: str) -> None:
    assert unlike(CARD, face(text)) == []


def test_a_word_in_place_of_another() -> None:
    said = unlike(CARD, face(WORDS.replace("Ask early", "Ask late")))
    assert said == ["it says “ask late and listen” in place of “Ask early and listen”"]


def test_a_point_that_is_gone() -> None:
    assert unlike(CARD, face(WORDS.replace("Ask early and listen\n", ""))) == [
        "it lacks “Ask early and listen”"
    ]


def test_the_reading_that_fits_best_counts() -> None:
    turned = "\n".join(reversed(WORDS.replace("Ask", "Tell").splitlines()))
    assert unlike(CARD, face(turned, WORDS)) == []


def test_a_heading_is_code_and_title_together() -> None:
    assert is_headed(face(WORDS), "K1", "Feedback that changes things")
    assert is_headed(face("Feedback that changes things K1"), "K1", "Feedback that changes things")
    assert not is_headed(face(WORDS), "K2", "Feedback that changes things")
    assert not is_headed(face("K1 – see Feedback"), "K1", "Feedback that changes things")
    assert not is_headed(
        face("XK1 Feedback that changes things"), "K1", "Feedback that changes things"
    )
