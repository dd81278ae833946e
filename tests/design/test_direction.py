"""Which way letters run: examples of UAX 9, and the library's own order."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from deckgen.design.direction import is_rtl, levels, runs_back, starts_rtl, visual_order

LEVELS = {
    "plain": ("abc", 0, "000"),
    "Hebrew": ("אבג", 1, "111"),
    "a number after Hebrew": ("a אב 12 b", 0, "001112200"),
    "Latin in Hebrew": ("א ab ב", 1, "112211"),
    "a bracket in Hebrew": ("א(ב)", 1, "1111"),
    "a bracket round one letter": ("(א)", 0, "010"),
    "a time in Arabic": ("ب 12:30", 1, "1122222"),
    "a number at the end": ("אב 12", 0, "11122"),
}


@pytest.mark.parametrize("name", LEVELS)
def test_levels(name: str) -> None:
    text, base, wanted = LEVELS[name]
    assert "".join(map(str, levels(text, base))) == wanted


@given(st.text("ab 12.,-+()[]אבمر٣%\u0300\u05b0", min_size=1, max_size=30), st.sampled_from([0, 1]))
def test_any_text_stands_in_the_order_of_the_library(text: str, base: int) -> None:
    text = text.strip() or "a"
    order = visual_order(levels(text, base))
    stood = "".join(text[a:b][::-1] if level % 2 else text[a:b] for a, b, level in order)
    assert stood == get_display(text, base_dir="LR"[base])


def test_a_text_of_any_length_has_a_level_a_letter() -> None:
    text = "אב 12 " * 1000
    assert len(levels(text, 1)) == len(text)


@pytest.mark.parametrize("language", ["ar", "he-IL", "fa", "ur", "AR-eg", "az-Arab", "yi", "dv"])
def test_languages_that_run_from_right_to_left(language: str) -> None:
    assert is_rtl(language)


@pytest.mark.parametrize("language", ["", "en", "cy", "ha", "ku-Latn", "zh-Hant", "arn"])
def test_languages_that_do_not(language: str) -> None:
    assert not is_rtl(language)


def test_the_first_letter_with_a_direction_decides() -> None:
    assert starts_rtl("12 (אב) c") and not starts_rtl("12 c אב") and not starts_rtl("12")
    assert runs_back("a אב") and not runs_back("ŵ – 团")
