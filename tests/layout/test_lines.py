"""Line setting: nothing lost, nothing too wide, no short word left hanging."""

from __future__ import annotations

from deckgen.layout.setting.lines import Setter, Type
from deckgen.model.text import Run, words
from tests.layout.made_up import design_of

SETTER = Setter(design_of().book)
BODY = Type("regular", "bold", 13.0, 17.5, "#000000")
TEXT = words(
    "Feedback counts only when something changes because of it, and people can see the change."
)


def joined(lines: tuple[tuple[object, ...], ...]) -> str:
    return " ".join("".join(run.text for run in line) for line in lines)  # type: ignore[attr-defined]


def test_every_word_is_set_once_in_order() -> None:
    for width in (60, 100, 200, 400):
        assert joined(SETTER.lines(TEXT, BODY, width)) == TEXT[0].text


def test_no_line_is_wider_than_its_column() -> None:
    for line in SETTER.lines(TEXT, BODY, 150):
        assert SETTER.book.width_pt(line, BODY.size_pt) <= 150.5


def test_a_word_too_long_for_the_column_still_appears() -> None:
    assert joined(SETTER.lines(words("Donaudampfschifffahrt"), BODY, 20)) == "Donaudampfschifffahrt"


def test_emphasis_changes_the_face_and_keeps_the_spaces() -> None:
    text = (Run("Ask "), Run("early", strong=True), Run(", while plans can move"))
    (line,) = SETTER.lines(text, BODY, 1000)
    assert [run.face for run in line] == ["regular", "bold", "regular"]
    assert "".join(run.text for run in line) == "Ask early, while plans can move"


def test_lines_that_wrap_say_so() -> None:
    column = SETTER.column(TEXT, BODY, 0, 100, 150)
    assert [line.wraps for line in column] == [True] * (len(column) - 1) + [False]
    assert column[1].y_pt == column[0].y_pt - BODY.leading_pt


def test_balanced_lines_are_of_like_length() -> None:
    title = Type("bold", "extrabold", 23.0, 26.0, "#000000", balance=True)
    lines = SETTER.lines(words("People and leaders who grow"), title, 225)
    widths = [SETTER.book.width_pt(line, 23) for line in lines]
    assert len(widths) == 2 and min(widths) > 0.6 * max(widths)
