from __future__ import annotations

from itertools import pairwise
from string import ascii_lowercase

import pytest
from msgspec.structs import replace

from deckgen.editions.compare import compare
from deckgen.editions.spelling import is_english
from deckgen.editions.worddiff import looks_like_slips, pieces
from deckgen.model.change import Kind
from deckgen.model.snapshot import WordsPart
from tests.conftest import ROOT
from tests.editions.edits import HARMLESS, SUBSTANCE
from tests.editions.made_up import card, page, snapshot

# Careful to a fault: these mean the same and are called "revised" all the same.
TOO_CAREFUL = 7


def measured(old: str, new: str) -> Kind | None:
    """The class of an edit of a card's second point."""
    found = compare(
        snapshot(card(points=("Ask early", old))), snapshot(card(points=("Ask early", new)))
    )
    return found[0].floor if found else None


@pytest.mark.parametrize(("old", "new"), SUBSTANCE)
def test_what_says_something_else_is_never_called_less_than_revised(old: str, new: str) -> None:
    assert measured(old, new) is Kind.REVISED
    assert measured(new, old) is Kind.REVISED
    book = [snapshot(pages=(page(goal=(text,)),)) for text in (old, new)]
    assert compare(*book)[0].floor is Kind.REVISED


def test_most_of_what_means_the_same_is_called_a_correction_at_most() -> None:
    careful = [new for old, new in HARMLESS if measured(old, new) is Kind.REVISED]
    assert len(careful) <= TOO_CAREFUL, careful
    assert len(HARMLESS) + len(SUBSTANCE) >= 100


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cross\nthat line too.", "cross  that\tline too."),
        ("cross that\r\nline too.", "cross that line too."),
        ("the cafe\u0301", "the caf\u00e9"),
    ],
)
def test_wrapping_line_ends_and_composed_letters_are_no_change(old: str, new: str) -> None:
    assert measured(old, new) is None


def test_every_real_word_that_is_nearly_another_is_another() -> None:
    """Words of the real cards, each with one letter changed so that it is a word again."""
    words = {
        word
        for file in (ROOT / "content" / "cards").glob("*.md")
        for word in file.read_text(encoding="utf-8").split()
        if word.isascii() and word.isalpha() and word.islower() and len(word) > 3
    }
    tried = 0
    for word in sorted(words):
        for other in sorted(neighbours(word)):
            if is_english(other):
                tried += 1
                assert measured(f"Ask {word} early", f"Ask {other} early") is Kind.REVISED, other
    assert tried > 500


def neighbours(word: str) -> set[str]:
    """All that one slip makes of a word."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = {one + other[1:] for one, other in halves if other}
    swapped = {one + other[1] + other[0] + other[2:] for one, other in halves if len(other) > 1}
    changed = {one + c + other[1:] for one, other in halves if other for c in ascii_lowercase}
    more = {one + c + other for one, other in halves for c in ascii_lowercase}
    return (less | swapped | changed | more) - {word}


@pytest.mark.parametrize(
    ("points", "questions"),
    [
        (("Pay people fairly", "Ask early"), None),
        (("Ask early", "Pay people fairly", "What changed?"), ("Whom do we miss?",)),
        (("Ask early",), None),
    ],
)
def test_points_in_another_order_or_place_are_revised(
    points: tuple[str, ...], questions: tuple[str, ...] | None
) -> None:
    old = card(
        points=("Ask early", "Pay people fairly"), questions=("What changed?", "Whom do we miss?")
    )
    new = card(points=points, questions=questions or ("What changed?", "Whom do we miss?"))
    assert compare(snapshot(old), snapshot(new))[0].floor is Kind.REVISED


def test_many_slips_are_a_revision() -> None:
    old = "Peple in tems lern from mistaks of othrs"
    new = "People in teams learn from mistakes of others"
    assert measured(old, new) is Kind.REVISED


def test_pieces_put_together_are_both_versions() -> None:
    old, new = "Ask early and pay people", "Ask late and always pay"
    made = pieces(old, new)
    assert " ".join(t for sign, t in made if sign != "+") == old
    assert " ".join(t for sign, t in made if sign != "-") == new
    assert all(one[0] != other[0] for one, other in pairwise(made))


def test_a_part_that_is_gone_is_no_slip() -> None:
    assert not looks_like_slips([WordsPart("lead", ("Ask",))], [])
    assert not looks_like_slips([], [WordsPart("lead", ("Ask",))])


def test_words_of_another_language_are_not_looked_up_in_english() -> None:
    """ "lawn" is an English word, and no misspelt "llawn"."""
    welsh = [
        replace(snapshot(card(points=(text,))), language="cy")
        for text in ("ci llawn du", "ci lawn du")
    ]
    assert compare(*welsh)[0].floor is Kind.REVISED
    assert measured("say {cy: llawn du} now", "say {cy: lawn du} now") is Kind.REVISED
    assert measured("dogs are llawn here", "dogs are lawn here") is Kind.CORRECTION
