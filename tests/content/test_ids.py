"""Ids: each card has one of its own, for ever."""

from __future__ import annotations

import pytest

from deckgen.content.ids import is_id
from deckgen.content.load import load_content
from deckgen.problem import Problem
from tests.problems.test_samples import mini_files

FILE = "content/cards/D.md"


def problems_with(*edits: tuple[str, str]) -> list[Problem]:
    files = mini_files()
    text = files[FILE].decode()
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    files[FILE] = text.encode()
    return load_content(files)[1]


def test_a_card_has_the_id_of_its_label_or_goes_by_its_code() -> None:
    files = mini_files()
    files[FILE] = files[FILE].replace(b"Id: rising\n", b"")
    content, _ = load_content(files)
    assert content is not None
    assert [(c.id, c.id_given) for c in content.deck.cards] == [
        ("mixing", True),
        ("d2", False),
        ("baking", True),
    ]


@pytest.mark.parametrize(
    "written",
    ["", "a", "12", "index", "Mixing", "two words", "a--b", "-a", "a-", "café", "a_b", "a" * 41],
)
def test_what_cannot_be_an_id(written: str) -> None:
    problems = problems_with(("Id: mixing", f"Id: {written}"))
    assert [(p.code, p.place.line) for p in problems] == [("id-invalid", 2)]
    assert not is_id(written)


@pytest.mark.parametrize("written", ["ab", "k5", "4x4", "2-1-a", "a" * 40])
def test_what_can_be_an_id(written: str) -> None:
    assert problems_with(("Id: mixing", f"Id: {written}")) == []
    assert is_id(written)


@pytest.mark.parametrize(
    ("title", "suggested"),
    [
        ("Let it rise", "let-it-rise"),
        ("The café that doesn’t open", "cafe-doesnt-open"),
        ("Mixing", "mixing-2"),
        ("Index", "card-index"),
        ("2026", "card-2026"),
        ("Тесто", "card"),
        ("D2", "d2-2"),
        ("extraordinarily " * 4, "extraordinarily-extraordinarily-extra"),
    ],
)
def test_the_suggestion_is_free_and_can_be_an_id(title: str, suggested: str) -> None:
    problems = problems_with(("Id: rising\n", ""), ("D2 Let it rise", f"D2 {title}"))
    assert [p.code for p in problems] == ["id-missing"]
    assert problems[0].todo == f"Write “Id: {suggested}” below its heading."
    assert is_id(suggested)


def test_two_cards_without_ids_get_different_suggestions() -> None:
    edits = (("Id: mixing\n", ""), ("Id: rising\n", ""), ("Let it rise", "Mix it well"))
    todos = [p.todo for p in problems_with(*edits)]
    assert ["mix-it-well”" in todos[0], "mix-it-well-2”" in todos[1]] == [True, True]


def test_the_code_of_a_card_without_an_id_is_taken() -> None:
    problems = problems_with(("Id: rising", "Id: d1"), ("Id: mixing\n", ""))
    assert [(p.code, p.place.line) for p in problems] == [("id-missing", 1), ("id-repeated", 1)]
    assert f"D2 has that Id: {FILE}:14:1" in problems[1].found
