"""Slips in TOML are said in people's words, all at once, each at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.settings import Settings, read_settings
from deckgen.toml_slips import slips

FILE = "content/deck.toml"


class Any(Settings, frozen=True):
    """Settings that are all unknown, so that what can be parsed has another code."""


def syntax(text: str) -> list[tuple[int, int, str, str]]:
    found = read_settings(text, FILE, Any)[1]
    return [
        (p.place.line, p.place.column, p.found, p.todo)
        for p in found
        if p.code == "settings-syntax"
    ]


SLIPS = {
    "title = “Fire”": (9, "curly: “", 'title = "Fire"'),
    "title = „It’s“": (9, "curly", 'title = "It’s"'),
    "words = [“a”, “b”]": (10, "curly", '["…", "…"]'),
    "cards: 3": (6, "colon", "cards = 3"),
    "name: Fire: safety": (5, "colon", 'name = "Fire: safety"'),
    "review = 25/05/2027": (10, "no date", "review = 2027-05-25"),
    "review = 5/25/2027": (10, "no date", "review = 2027-05-25"),
    "review = 25.05.2027": (10, "no date", "review = 2027-05-25"),
    "review = 2027/5/25": (10, "no date", "review = 2027-05-25"),
    "review = 05/06/2027": (10, "no date", "the year, the month and the day"),
    "title = Fire safety": (9, "no quotation marks", 'title = "Fire safety"'),
    'title = "Fire': (9, "at the end", 'title = "Fire"'),
    'title = "The "best" deck"': (15, "inside quotation marks", "curly ones"),
    "[[sections]": (1, "square brackets", "[[sections]]"),
    "[edition": (1, "square brackets", "[edition]"),
    "[sections]]": (1, "square brackets", "[[sections]]"),
    "large = True": (9, "capitals", "large = true"),
    "bleed = 1,5": (9, "comma", "bleed = 1.5"),
    'title "Fire"': (7, "no =", 'title = "Fire"'),
    "title =": (8, "no value", "title = "),
    'path = "c:\\dir"': (13, "begins a special sign", "\\\\"),
    "a = [1, 2": (0, "not closed", "]"),
    "k = 1 2": (7, "behind the value", "own line"),
}


@pytest.mark.parametrize("line", SLIPS)
def test_a_slip_is_said_in_words(line: str) -> None:
    column, said, todo = SLIPS[line]
    (found,) = syntax(f'first = "fine"\n{line}')
    assert found[:2] == (2, column)
    assert said in found[2] and todo in found[3]
    assert "xpected" not in found[2]


def test_all_slips_come_at_once() -> None:
    text = 'a = "fine: “so”"\nb = “c”\n# d: “e”\nf = """\ng: “h”\n"""\ni: 3\nj = 25/12/2027'
    assert [found[0] for found in syntax(text)] == [2, 7, 8]


def test_a_setting_twice() -> None:
    ((line, _, said, _),) = syntax("a = 1\nb = 2\na = 3")
    assert line == 3 and "second time" in said


@given(st.text(alphabet="ab=:“\"'[]#/.-2 \n\\", max_size=40))
def test_any_text_has_slips_where_it_has_lines(text: str) -> None:
    for slip in slips(text, FILE):
        line = text.split("\n")[slip.place.line - 1]
        assert 1 <= slip.place.column <= len(line) + 1 and slip.todo
    value, found = read_settings(text, FILE, Any)
    assert (value is None) == bool(found)
