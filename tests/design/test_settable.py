"""What a font has and can't set is said: marks without a place, scripts without rules."""

from __future__ import annotations

import pytest

from deckgen.design import settable
from deckgen.design.fonts import Face, FontBook
from deckgen.design.settable import unsettable
from deckgen.geometry import Size
from deckgen.layout.setting.letters import letter_problems
from deckgen.model.drawing import Drawing, Element, Role, TextLine, TextRun
from deckgen.problem import Place
from tests.design import made_fonts as made

MARKED = Face("regular", "marked.ttf", made.marked())
MONGOLIAN, DEVANAGARI = "\u182e\u1823", "\u0915\u094d\u0937"


def test_marks_on_letters_that_have_a_place_for_them_are_settable() -> None:
    assert unsettable("am m̂ n̄ n̂̄ b", MARKED) == []


def test_a_mark_that_would_stand_beside_its_letter_is_not() -> None:
    found = unsettable("am ma x̂ m̂", MARKED)
    assert [at for at, _ in found] == [7]
    assert "combining circumflex accent on “x”" in found[0][1]


def test_arabic_joins_or_is_refused() -> None:
    word = "a \u0628\u0646\u0628"
    assert unsettable(word, Face("regular", "x.ttf", made.joining())) == []
    ((at, why),) = unsettable(word, Face("regular", "x.ttf", made.joining(rules=False)))
    assert (at, "join" in why) == (2, True)


@pytest.mark.parametrize(("word", "why"), [(MONGOLIAN, "top to bottom"), (DEVANAGARI, "rules")])
def test_scripts_that_need_more_than_letters_are_refused(word: str, why: str) -> None:
    face = Face("regular", "x.ttf", made.boxes(made.LATIN + MONGOLIAN + DEVANAGARI))
    ((at, said),) = unsettable(f"ab {word}", face)
    assert (at, why in said) == (3, True)


def test_a_drawing_with_such_letters_is_a_problem_at_its_place() -> None:
    line = TextLine(0, 0, 12, "#000000", (TextRun("Say x̂ here", "regular"),))
    drawing = Drawing("k1", "K1 back", Size(100, 100), 0, (Element(Role.P, (line,)),))
    here = Place("content/cards/K.md", 3, 5)
    (found,) = letter_problems([drawing], [here], FontBook({"regular": MARKED}))
    assert (found.code, found.place) == ("letters-unsettable", here)
    assert "“x̂” on K1 back" in found.found and "marked.ttf" in found.todo


def test_what_draws_nothing_is_not_missing_and_hyphens_stand_in() -> None:
    book = FontBook({"regular": Face("regular", "x.ttf", made.boxes())})
    assert book.missing("a\u200bb\u2060c\u200ed x\u2011y z\u00ad", "regular") == set()
    assert book.missing("ŵ\u2603", "regular") == {"ŵ", "\u2603"}


def test_a_script_without_spaces_needs_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    face = Face("regular", "x.ttf", made.boxes(made.LATIN + "團隊ก"))
    assert unsettable("ab 團隊", face) == []
    monkeypatch.setattr(settable, "_breaks", lambda: False)
    assert [at for at, why in unsettable("ab 團隊 ก", face) if "[scripts]" in why] == [3, 6]
    assert unsettable("ab łł", face) == []
