"""Where lines end: at soft hyphens, between letters of scripts without spaces, in addresses."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.design.fonts import Face, FontBook
from deckgen.layout.setting.lines import Setter, Type
from deckgen.model.drawing import TextLine
from deckgen.model.text import Run, Text, words
from tests.design import made_fonts as made
from tests.layout.made_up import design_of

BODY = Type("regular", "bold", 10.0, 13.0, "#000000")  # letters of the made font are 5 pt wide
CHINESE = "团队成员一起思考时才会真正学习，单靠个人的能力并不能组成一支有能力的团队。"
JAPANESE = "チームは、一緒に「考える」ときに学ぶ。だけど、ちょっとむずかしい。"
THAI = "ทีมเรียนรู้ด้วยกันเมื่อคิดร่วมกัน"
KHMER = "ភាសាខ្មែរជាភាសា"
BROKEN = "Datenschutz\u00adfolgen\u00adabschätzungs\u00adverantwortliche"
ADDRESS = "https://www.example.org/guidance/learning-organisations/self-assessment?page=1&of=2"
# Letters of every sort, and what says how they behave.
ODD = (
    "aä -/.:&=\u00ad\u200b\ufeff\u2011\u00a0团，ทีมא1(\u0302\u0304m\u200d\u2060\u200e“"
    "\u0628\u0644\u0627"
)


@cache
def setter(language: str = "en") -> Setter:
    """A setter with a font that has every letter here, all of one width."""
    letters = {*made.LATIN, *CHINESE, *JAPANESE, *THAI, *KHMER, *"äöüß"}
    face = Face("regular", "x.ttf", made.boxes(sorted(letters)))
    return Setter(FontBook({"regular": face, "bold": face}), language)


def column(text: str | Text, width: float, language: str = "en") -> tuple[TextLine, ...]:
    runs = words(text) if isinstance(text, str) else text
    return setter(language).column(runs, BODY, 0, 0, width)


def said(lines: tuple[TextLine, ...]) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in lines]


def fits(lines: tuple[TextLine, ...], width: float) -> bool:
    book = setter().book
    return all(book.width_pt(line.runs, line.size_pt) <= width + 0.01 for line in lines)


def test_a_word_is_broken_at_its_soft_hyphens_with_a_hyphen() -> None:
    lines = column(f"{BROKEN} fragen", 125)
    assert said(lines) == [
        "Datenschutzfolgen\u00ad",
        "abschätzungs\u00ad",
        "verantwortliche fragen",
    ]
    assert [(line.goes_on, line.wraps) for line in lines] == [
        (True, False),
        (True, False),
        (False, False),
    ]
    assert fits(lines, 125)


def test_soft_hyphens_inside_a_line_are_not_there() -> None:
    assert said(column(f"Wer? {BROKEN}!", 500)) == [f"Wer? {BROKEN}!".replace("\u00ad", "")]


def test_zero_width_spaces_break_without_a_hyphen() -> None:
    marked = "a.b/\u200bguidance/\u200borganisations"
    assert said(column(marked, 75)) == ["a.b/guidance/", "organisations"]
    assert said(column(marked, 500)) == [marked.replace("\u200b", "")]


def test_a_mark_of_byte_order_among_letters_is_nothing() -> None:
    assert said(column("团\ufeff队a\ufeffb", 500)) == ["团队ab"]
    assert "".join(said(column("Donau\ufeffdampfschifffahrtsgesellschaft", 70, "de"))).replace(
        "\u00ad", ""
    ) == ("Donaudampfschifffahrtsgesellschaft")
    assert said(column("\u200b\u00ad", 70)) == []


def test_a_mark_where_a_face_changes_breaks_as_well() -> None:
    text = (Run("Daten\u00ad"), Run("schutz\u00ad", strong=True), Run("folgen."))
    assert said(column(text, 42)) == ["Daten\u00ad", "schutz\u00ad", "folgen."]
    assert said(column(text, 500)) == ["Datenschutzfolgen."]


@given(
    st.lists(
        st.tuples(
            st.text(
                ODD,
                max_size=9,
            ),
            st.booleans(),
        ),
        max_size=4,
    ),
    st.sampled_from([1, 20, 60, 300]),
    st.sampled_from(["en", "de", "ar", "zh", ""]),
)
def test_any_text_loses_nothing(runs: list[tuple[str, bool]], width: float, language: str) -> None:
    text = tuple(Run(words, strong) for words, strong in runs)
    found = "".join(said(column(text, width, language)))
    written = "".join(words for words, _ in runs)
    gone = {**dict.fromkeys(map(ord, " \u00ad\u200b\ufeff")), 0x2010: "-", 0x2011: "-"}
    assert found.translate(gone) == written.translate(gone)


@pytest.mark.parametrize("text", [CHINESE, JAPANESE])
@pytest.mark.parametrize("width", [25, 40, 55, 90])
def test_lines_of_chinese_and_japanese_end_between_letters(text: str, width: float) -> None:
    lines = column(text, width, "ja")
    assert "".join(said(lines)) == text
    assert all(line[0] not in "，。、」ょっーゃ" for line in said(lines))
    assert all(line[-1] != "「" for line in said(lines))
    assert fits(lines, width)
    assert [line.goes_on for line in lines] == [True] * (len(lines) - 1) + [False]


def test_chinese_breaks_where_words_are_bold_and_keeps_latin_words() -> None:
    text = (Run("团队成员"), Run("一起思考", strong=True), Run("，Teams 学习"))
    lines = said(column(text, 40))
    assert "".join(lines) == "团队成员一起思考，Teams学习"
    assert any("Teams" in line for line in lines)


@pytest.mark.parametrize(("text", "pieces"), [(THAI, {"ทีม", "เรียน", "รู้"}), (KHMER, {"ជា"})])
def test_thai_and_khmer_break_between_words(text: str, pieces: set[str]) -> None:
    assert pieces <= set(said(column(text, 1, "en")))
    assert "".join(said(column(text, 60))) == text


def test_a_long_address_breaks_after_its_signs_without_a_hyphen() -> None:
    lines = column(f"See {ADDRESS} for more", 120)
    assert "".join(said(lines)).replace("=2for", "=2 for") == f"See {ADDRESS} for more"
    ends = [line.runs[-1].text[-1] for line in lines if line.goes_on]
    assert len(ends) > 2 and set(ends) <= set("/-.?&=")
    assert fits(lines, 120)


def test_an_address_with_marks_in_it_has_no_hyphen_either() -> None:
    marked = ADDRESS.replace("/", "/\u200b")
    lines = column(f"See {marked} for more", 70)
    assert not any(line.runs[-1].text.endswith("\u00ad") for line in lines)
    assert "".join(said(lines)).replace("=2for", "=2 for") == f"See {ADDRESS} for more"


def test_an_address_that_fits_is_left_whole() -> None:
    assert "a-b/c-d.org" in said(column("Look at a-b/c-d.org today and tomorrow", 60))


def test_hyphens_and_spaces_that_never_break_do_not() -> None:
    assert said(column("aaa\u2011bbb c\u00a0d eee", 35)) == ["aaa-bbb", "c\u00a0d eee"]


def test_a_word_too_wide_is_hyphenated_by_its_language() -> None:
    lines = column("Donaudampfschifffahrtsgesellschaft ist lang", 70, "de")
    assert all(line[-1] == "\u00ad" for line in said(lines)[:2])
    assert fits(lines, 70)
    dutch = (Run("Verantwoordelijkheidsgevoel", language="nl"),)
    assert len(said(column(dutch, 75, "en"))) > 1


def test_a_word_of_a_language_without_patterns_stays_whole() -> None:
    assert said(column("Donaudampfschifffahrtsgesellschaft", 70, "tlh")) == [
        "Donaudampfschifffahrtsgesellschaft"
    ]


def test_words_that_fit_are_not_hyphenated() -> None:
    text = "Verantwortung übernehmen alle, Beteiligte gemeinsam"
    assert not any("\u00ad" in line for line in said(column(text, 85, "de")))


def test_a_long_word_is_hyphenated_where_a_line_would_be_empty_else() -> None:
    text = "Die Nichtberücksichtigung schadet"
    assert said(column(text, 120, "de"))[0].startswith("Die Nicht")
    assert said(column(text, 120, "tlh")) == ["Die", "Nichtberücksichtigung", "schadet"]


def test_a_deck_from_right_to_left_is_set_at_the_right() -> None:
    face = Face("regular", "x.ttf", made.joining())
    arabic = Setter(FontBook({"regular": face, "bold": face}), "ar")
    (line,) = arabic.column(words("אבג"), BODY, 20, 0, 100)
    assert (line.x_pt, line.rtl) == (20 + 100 - 15, True)
    (line,) = arabic.column(words("abc"), BODY, 20, 0, 100)
    assert (line.x_pt, line.rtl) == (105, None)
    assert arabic.mirror(20, 5, 20, 100) == 115
    latin = Setter(arabic.book, "en")
    (line,) = latin.column(words("אבג abc"), BODY, 20, 0, 100)
    assert (line.x_pt, line.rtl) == (20 + 100 - 35, True)
    (line,) = latin.column(words("abc אבג"), BODY, 20, 0, 100)
    assert (line.x_pt, line.rtl) == (20, False)
    assert latin.mirror(20, 5, 20, 100) == 20


def test_a_line_says_which_way_it_runs() -> None:
    line = Setter(design_of().book).line("abc", BODY, 0, 0)
    assert line.rtl is None


def test_plain_words_load_no_library() -> None:
    script = (
        "from tests.layout.test_lines import SETTER, BODY, TEXT; import sys;"
        "SETTER.column(TEXT, BODY, 0, 0, 100); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not {"icu4py", "pyphen", "bidi", "fontTools"} & set(done.stdout.split())
