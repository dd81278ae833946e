"""What a box draws and what it keeps are held against each other, without false alarms."""

from __future__ import annotations

import pytest

from deckgen.readback.box_values import _alike

LONG = "We will read one card aloud in every meeting and ask what it means for us."


@pytest.mark.parametrize(
    ("drawn", "kept"),
    [
        ("Team A", "Team A"),
        ("Te am A", "Team A"),
        (LONG[:40], LONG),
        (f"{LONG[:30]}\ncontinued on page 4", LONG),
        (LONG[20:50], LONG),
        ("?or?e ?tefan", "Đorđe Ștefan"),
        ("ore tefan", "Đorđe Ștefan"),
        ("Caf\ufffd", "Café"),
        ("5 רבד", "דבר 5"),
        ("רבד\ncontinued on page 4", "דבר נוסף"),
        ("office", "oﬃce"),
    ],
)
def test_a_part_of_an_answer_is_no_other_answer(drawn: str, kept: str) -> None:
    assert _alike(drawn, kept)


@pytest.mark.parametrize(
    ("drawn", "kept"),
    [
        ("Team A", "Team B"),
        ("Yes", "No"),
        ("Something else that stood here before", LONG),
        ("שלום", "דבר"),
        ("Team A", "Team"),
    ],
)
def test_other_words_are_noticed(drawn: str, kept: str) -> None:
    assert not _alike(drawn, kept)
