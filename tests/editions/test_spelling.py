"""The list of English words that comes with deckgen."""

from __future__ import annotations

import pytest

from deckgen.editions import spelling
from deckgen.editions.spelling import is_english


@pytest.mark.parametrize("word", ["know", "people", "colour", "color", "learning", "organisations"])
def test_words(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["konw", "peple", "", "the", "Anna", "KNOW", "bore-da", "a b"])
def test_what_is_none(word: str) -> None:
    """Misspelt, shorter than four letters, names, capitals, more than one word."""
    assert not is_english(word)


def test_the_list_is_read_once_and_is_of_small_plain_letters() -> None:
    words = spelling._words()
    assert spelling._words() is words
    assert len(words) > 30_000
    assert all(word.isascii() and word.islower() and len(word) > 3 for word in words)
