"""What the shaper says of a word: a shape a letter, or glyphs; and for which language."""

from __future__ import annotations

import os
import subprocess
import sys

from deckgen.design.fonts import Face
from deckgen.design.load_fonts import load_fonts
from tests.design import made_fonts as made

ALIKE = b'regular = "x.ttf"\nmedium = "regular"\nbold = "regular"\n'


def shapes(word: str, language: str) -> list[int]:
    face = Face("regular", "x.ttf", made.turkish(), None, language)
    return [glyph.number for glyph in face.shape(word).glyphs]


def test_a_font_may_draw_a_letter_in_another_way_for_a_language() -> None:
    assert shapes("pi", "en") == []  # a shape a letter
    assert len(shapes("pi", "tr-TR")) == 2


def test_the_language_is_that_of_the_deck() -> None:
    files = {"templates/fonts.toml": ALIKE, "fonts/x.ttf": made.turkish()}
    files["content/deck.toml"] = b'title = "Kart"\nlanguage = "tr"\n'
    book = load_fonts(files, [])
    assert book and book.faces["regular"].language == "tr"
    assert book.faces["regular"].shape("pi").glyphs


def test_the_language_is_never_that_of_the_machine() -> None:
    script = "from tests.design.test_shaping import shapes; print(shapes('pi', ''))"
    env = {**os.environ, "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}
    words = [sys.executable, "-c", script]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_letters_and_marks_have_their_places() -> None:
    face = Face("regular", "x.ttf", made.marked())
    letter, mark = face.shape("m\u0302").glyphs
    assert (letter.letters, letter.advance, mark.letters, mark.advance) == ("m", 0.5, "\u0302", 0)
    assert mark.dx == -0.5  # both have their anchor 250 units behind their beginnings
    assert face.shape("am").glyphs == () and face.shape("am").width_em == 1.0


def test_what_says_how_others_behave_draws_nothing() -> None:
    face = Face("regular", "x.ttf", made.boxes())
    assert face.shape("a\u2060b").width_em == face.shape("a\u200eb").width_em == 1.0
    assert [glyph.letters for glyph in face.shape("a\u2011b").glyphs] == ["a", "-", "b"]
