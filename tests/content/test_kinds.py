"""Kinds of cards are data: what a card may hold is what its kind's file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.content.cards import read_cards
from deckgen.content.kinds import FOLDER, load_kinds
from deckgen.model.card_kind import Takes
from deckgen.model.deck import Card, Section
from deckgen.model.text import plain
from deckgen.problem import Place, Problem
from tests.kinds import KINDS, all_words, texts

HERE = Place("content/deck.toml", 9, 1)
SECTION = Section("F", "Fires", "pink", "key", 1, HERE)
FILE = "content/cards/F.md"
RECIPE = """
name = "A recipe"

[[parts]]
name = "for-whom"
takes = "sentence"
least = 0

[[parts]]
name = "what-you-need"
heading = "You need"
takes = "facts"
most = 3

[[parts]]
name = "method"
heading = "Do this"
takes = "steps"
least = 2
panel = true
"""
DOUGH = """# F1 Dough
Kind: recipe

For four people.

## You need
| Thing | How much |
|---|---|
| Flour | 500 g |
| Water | **320 g** |

## Do this
1. Mix them.
2. Wait an hour.
"""


def kinds_with(**files: str) -> dict[str, bytes]:
    root = Path(__file__).resolve().parents[2]
    shipped = {
        f.relative_to(root).as_posix(): f.read_bytes() for f in root.glob("templates/cards/*.toml")
    }
    return {**shipped, **{f"{FOLDER}{name}.toml": t.encode() for name, t in files.items()}}


def read(text: str, **files: str) -> tuple[list[Card], list[Problem]]:
    kinds, faults = load_kinds(kinds_with(**files))
    assert not faults
    return read_cards(text, FILE, SECTION, kinds)


def test_at_least_six_kinds_come_with_deckgen_and_one_is_usual() -> None:
    assert len(KINDS.by_name) >= 6
    assert [name for name, kind in KINDS.by_name.items() if kind.default] == [KINDS.usual.key]  # type: ignore[union-attr]
    taken = {rule.takes for kind in KINDS.by_name.values() for rule in kind.parts}
    assert taken == set(Takes)  # each way of taking words is used by a kind that ships


def test_a_further_kind_is_a_file_and_nothing_else() -> None:
    (card,), found = read(DOUGH, recipe=RECIPE)
    assert found == [] or [p.code for p in found] == ["id-missing"]
    assert card.kind == "recipe"
    need = next(part for part in card.parts if part.rule.name == "what-you-need")
    assert need.head and [[plain(cell) for cell in row] for row in need.rows] == [
        ["Thing", "How much"],
        ["Flour", "500 g"],
        ["Water", "320 g"],
    ]
    assert [plain(t) for t in texts(card, "method")] == ["Mix them.", "Wait an hour."]
    assert [plain(t) for t in card.listed] == ["Mix them.", "Wait an hour."]


FAULTS = {
    "too few": ("2. Wait an hour.\n", "", "part-count", 1, "1 step in “Do this”"),
    "too many": (
        "| Water | **320 g** |\n",
        "| Water | 3 |\n| Salt | 1 |\n| Yeast | 1 |\n",
        "part-count",
        1,
        "takes 1 to 3",
    ),
    "another sort of list": ("1. Mix", "- Mix", "part-unfit", 13, "kind “recipe” takes steps"),
    "a part without words": (
        DOUGH[DOUGH.index("## Do") :],
        "",
        "part-empty",
        1,
        "no “Do this”",
    ),
    "a heading of another kind": (
        "## You need",
        "## Talk about it",
        "heading-unknown",
        6,
        "Talk about it",
    ),
    "a kind that isn't there": ("Kind: recipe", "Kind: recepie", "template-unknown", 2, "recepie"),
    "a row with too many cells": ("| 500 g |", "| 500 g | of it |", "part-count", 9, "3 cells"),
    "words behind the table": (
        "\n## Do this",
        "\nStir.\n\n## Do this",
        "part-unfit",
        12,
        "takes rows",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_a_kind_does_not_take_is_a_problem_at_its_line(name: str) -> None:
    old, new, code, line, said = FAULTS[name]
    assert old in DOUGH
    _, found = read(DOUGH.replace(old, new), recipe=RECIPE)
    fitting = [p for p in found if (p.code, p.place.line) == (code, line)]
    assert fitting, found
    assert any(said in p.found + p.todo for p in fitting), fitting


BROKEN = {
    "two parts of a name": ('name = "method"', 'name = "for-whom"', "the name “for-whom”"),
    "two of a heading": ('"Do this"', '"You need"', "the heading “You need”"),
    "fewer than the least": ("least = 2", "least = 2\nmost = 1", "at least 2"),
    "what nothing takes": ('"steps"', '"strides"', "steps"),
    "parts that nobody can tell apart": (
        'heading = "Do this"\ntakes = "steps"',
        'takes = "paragraphs"',
        "can't be told",
    ),
    "more than the usual most": ("least = 2", "least = 25", "at least 25"),
    "two addresses": ('takes = "facts"', 'takes = "address"\nleast = 2', "Write 0 or 1"),
    "a picture like a thread": ("most = 3", "frame = [0.001, 100]", "20 times"),
    "a second default": ('name = "A recipe"', 'name = "A recipe"\ndefault = true', "default"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_kind_is_a_problem_in_its_file(name: str) -> None:
    old, new, said = BROKEN[name]
    assert old in RECIPE
    _, found = load_kinds(kinds_with(recipe=RECIPE.replace(old, new)))
    assert found and all(p.place.file.startswith(FOLDER) for p in found)
    assert any(said in p.found + p.todo for p in found), found


def test_without_kinds_one_is_told_once() -> None:
    kinds, found = load_kinds({})
    assert [p.code for p in found] == ["file-missing"]
    cards, faults = read_cards(DOUGH, FILE, SECTION, kinds)
    assert len(cards) == 1 and [p.code for p in faults] in ([], ["id-missing"])


def test_plain_text_comes_in_the_order_in_which_it_is_written() -> None:
    text = "# F1 A\nKind: text\n\nOne.\n\n- Two\n- Three\n\nFour.\n\n1. Five\n\n> Six\n>\n> — Me\n"
    (card,), found = read(text)
    assert [p for p in found if p.code != "id-missing"] == []
    assert all_words(card) == ["One.", "Two", "Three", "Four.", "Five", "Six", "— Me"]
    assert [part.rule.takes for part in card.parts] == [
        Takes.PARAGRAPHS,
        Takes.POINTS,
        Takes.PARAGRAPHS,
        Takes.STEPS,
        Takes.QUOTATION,
    ]
    assert card.parts[-1].sourced


def test_a_short_form_stands_last_and_has_the_same_parts() -> None:
    text = (
        "# F1 A\n\nA long thought.\n\n- One\n- Two\n\n## Talk about it\n- Why?\n- Who?\n\n"
        "## In short\n\nA thought.\n\n### Talk about it\n- Why?\n"
    )
    (card,), found = read(text)
    assert [p for p in found if p.code != "id-missing"] == []
    assert all_words(card) == ["A long thought.", "One", "Two", "Why?", "Who?"]
    assert [plain(t) for part in card.short for t in part.texts] == ["A thought.", "Why?"]
    (card,), found = read(text + "\n## In short\n\nAgain.\n")
    assert "heading-unknown" in [p.code for p in found]


ADDRESSES = {
    "alone": ("https://www.example.org/a", "https://www.example.org/a", ""),
    "for mail": ("<mailto:me@example.org>", "mailto:me@example.org", ""),
    "with words": ("[Our page](https://www.example.org/b)", "https://www.example.org/b", ""),
    "none": ("Ask at the desk.", "", "part-unfit"),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_is_printed_and_leads_somewhere(name: str) -> None:
    written, target, code = ADDRESSES[name]
    text = f"# F1 A\nKind: text\n\nWords.\n\n## Find out more\n{written}\n"
    (card,), found = read(text)
    assert [p.code for p in found if p.code != "id-missing"] == ([code] if code else [])
    assert card.parts[-1].target == target


def test_an_address_that_nobody_could_see_is_told() -> None:
    text = (
        "# F1 A\nKind: text\n\nSee [our page](https://www.example.org/b) or https://example.org.\n"
    )
    (card,), found = read(text)
    assert [(p.code, p.place.line) for p in found if p.code != "id-missing"] == [
        ("markup-unknown", 4)
    ]
    assert "https://example.org" in all_words(card)[0]


PICTURED = """
name = "A picture and where more is"

[[parts]]
name = "shown"
takes = "picture"
least = 0

[[parts]]
name = "more"
takes = "address"
least = 0
"""


@pytest.mark.parametrize("short", ["", "https://example.org/a\n\n## In short\n"])
def test_a_second_address_is_not_left_out_in_silence(short: str) -> None:
    text = f"# F1 A\nKind: more\n\n{short}https://example.org/b\n\nhttps://example.org/c\n"
    _, found = read(text, more=PICTURED)
    (fault,) = [p for p in found if p.code != "id-missing"]
    assert fault.code == "part-count" and "2 addresses" in fault.found


def test_in_any_order_each_address_is_a_part() -> None:
    text = "# F1 A\nKind: more\n\nhttps://example.org/b\n\nhttps://example.org/c\n"
    (card,), found = read(text, more="in_any_order = true\n" + PICTURED)
    assert [p for p in found if p.code != "id-missing"] == []
    assert [part.target[-1] for part in card.parts] == ["b", "c"]
