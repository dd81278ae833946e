"""Whatever stands in a settings file, reading it gives a value or Problems with places."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.content.deck import DeckSettings, read_deck_settings
from deckgen.design.stock import Stock
from deckgen.problem import Problem
from deckgen.settings import read_settings
from tests.conftest import ROOT

DECK = (ROOT / "content/deck.toml").read_text(encoding="utf-8")
STOCK = (ROOT / "templates/stocks/a4.toml").read_text(encoding="utf-8")
PIECES = (
    *(
        "title = ",
        "cards = ",
        "[edition]\n",
        "[[sections]]\n",
        "number = ",
        "issued = ",
        "columns = ",
    ),
    *(
        '"',
        "'",
        '"""',
        "[",
        "]",
        "{",
        "}",
        "=",
        ".",
        ",",
        "#",
        "\n",
        "\\",
        "\\u",
        "nan",
        "inf",
        "-0",
    ),
    *(
        "1",
        "1e999",
        "9" * 20,
        "0x",
        "2026-11-23",
        "2026-02-30",
        "25:61:00",
        "true",
        "[[",
        "]]",
        "a.b.c",
    ),
)
anything = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=30).map(
    "".join
)


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    """A sound file with one stretch taken out, and something else put in its place."""
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 60)))
    return text[:start] + draw(anything) + text[end:]


def sound(value: object, found: list[Problem], text: str) -> bool:
    """There is a value or a reason, never both; and the reasons are on lines that there are."""
    lines = text.count("\n") + 1
    places = all(1 <= p.place.line <= lines and p.found and p.todo for p in found)
    return (value is None) == bool(found) and places


@given(st.one_of(anything, spoilt(DECK)))
@example("")
@example("a = " + "[" * 5000)
@example("sections = 1")
@example("edition = [1, {}]")
@example("title = " + "9" * 5000)
@example("title = 0x" + "f" * 9000)
@example("title = [0x" + "f" * 9000 + "]")
def test_any_words_are_a_deck_or_problems(text: str) -> None:
    assert sound(*read_deck_settings(text), text)


@given(st.one_of(anything, spoilt(STOCK)))
@example("grid = 5")
def test_any_words_are_a_stock_or_problems(text: str) -> None:
    assert sound(*read_settings(text, "templates/stocks/a.toml", Stock), text)


@pytest.mark.parametrize("text", [DECK, STOCK])
def test_the_files_that_are_spoilt_are_sound(text: str) -> None:
    model = DeckSettings if text is DECK else Stock
    value, found = read_settings(text, "x.toml", model)  # type: ignore[type-var]
    assert value is not None and found == []
