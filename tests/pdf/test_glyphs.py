"""Words as glyphs: each mark on its letter, joined and turned scripts, and the letters to find."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from deckgen.design.fonts import Face, FontBook
from deckgen.geometry import Size
from deckgen.layout.setting.lines import Setter, Type
from deckgen.model.drawing import Drawing, Element, Role, TextRun
from deckgen.model.text import words
from deckgen.pdf.coding import Coding
from deckgen.pdf.fonts import font_resources
from deckgen.pdf.metadata import DocumentInfo
from deckgen.pdf.paint import unmarked
from deckgen.pdf.write import write_pages
from deckgen.readback.check import file_faults
from tests.design import made_fonts as made

BEH, NOON, LAM_ALEF = "\u0628", "\u0646", "\u0644\u0627"
BODY = Type("regular", "bold", 10.0, 13.0, "#000000")
# Letters of every sort, and what says how they behave.
ODD = (
    "aä -/.:&=\u00ad\u200b\ufeff\u2011\u00a0团，ทีมא1(\u0302\u0304m\u200d\u2060\u200e“"
    "\u0628\u0644\u0627"
)


def book_of(data: bytes) -> FontBook:
    face = Face("regular", "x.ttf", data)
    return FontBook({"regular": face, "bold": face})


MARKED, JOINING = book_of(made.marked()), book_of(made.joining())


def operators(book: FontBook, text: str, rtl: bool | None = None, space: bool = False) -> str:
    return Coding(book).operators([TextRun(text, "regular")], 10, space, None, rtl)


def pdf_of(book: FontBook, info: DocumentInfo, *texts: str, language: str = "", width: float = 200):
    setter = Setter(book, language)
    lines = [setter.column(words(t), BODY, 20, 260 - 40 * i, width) for i, t in enumerate(texts)]
    elements = tuple(Element(Role.P, column) for column in lines)
    page = Drawing("page", "Page", Size(300, 300), 0, elements)
    return write_pages([page], info, book)


def read(data: bytes) -> list[str]:
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    return text.replace("\r", "").split("\n")


def test_a_mark_stands_where_the_shaper_puts_it() -> None:
    number = {g.letters: g.number for g in MARKED.faces["regular"].shape("m\u0302\u0304").glyphs}
    found = operators(MARKED, "m\u0302")
    letter, mark = number["m"], number["\u0302"]
    # The pen is 500 behind the letter; the mark's anchor belongs at 250, and is at 250 in the mark.
    assert f"[<{letter:04X}> 500 <{mark:04X}> -500] TJ" in found
    raised = operators(MARKED, "m\u0302\u0304")
    assert f"2 Ts\n[<{number[chr(0x304)]:04X}>] TJ\n0 Ts" in raised  # 200 of 1000 units at 10 pt


def test_plain_words_beside_marked_ones_are_shown_as_ever() -> None:
    alone, beside = operators(MARKED, "am"), operators(MARKED, "am m\u0302")
    assert alone == "/regular 10 Tf [(am)] TJ"
    assert beside.startswith("/regular 10 Tf [(am )] TJ\n/regular.glyphs 10 Tf\n")


def test_letters_stand_beside_words_that_glyphs_do_not_spell() -> None:
    assert "/ActualText <FEFF006D0302>" in operators(MARKED, "m\u0302")
    assert "ActualText" not in operators(JOINING, "אב")
    hyphen = operators(MARKED, "Daten\u00ad")
    assert "/ActualText <FEFF0044006100740065006E00AD>" in hyphen
    assert "200B" not in operators(MARKED, "a\u200bb")  # what is never seen is never found


def test_a_word_is_found_as_it_is_written(info: DocumentInfo) -> None:
    data = pdf_of(MARKED, info, "am m\u0302n\u0304 ma", "x\u2011y and so on", "Daten\u00adschutz")
    assert read(data) == ["am m\u0302n\u0304 ma", "x-y and so on", "Datenschutz"]
    assert file_faults(data) == []


def test_a_broken_word_has_a_soft_hyphen_and_no_space(info: DocumentInfo) -> None:
    data = pdf_of(MARKED, info, "Daten\u00adschutz", width=40)
    # PDFium says U+FFFE for a hyphen that ends a line.
    assert "".join(read(data)) == "Daten\ufffeschutz"


def test_hebrew_and_numbers_stand_in_their_order() -> None:
    found = operators(JOINING, "אב 12", True)
    numbers = {g.letters: g.number for g in JOINING.faces["regular"].shape("אב").glyphs}
    space = JOINING.faces["regular"].space[0].number
    turned = f"[<{space:04X}{numbers['ב']:04X}{numbers['א']:04X}>] TJ"
    # What is read first comes first, in its place at the right; letters from left to right.
    assert found == (
        f"10 0 Td\n/ReversedChars BMC\n/regular.glyphs 10 Tf {turned}\nEMC\n"
        "-10 0 Td\n/regular 10 Tf [(12)] TJ"
    )


def test_a_sign_at_the_end_of_a_line_runs_as_in_its_paragraph() -> None:
    setter = Setter(JOINING, "he")
    for text in ("אב abc, abd", "אב abc/abd", "abc אב. abd"):
        lines = setter.column(words(text), BODY, 0, 0, 35)
        assert len(lines) == 2, text
        shown = [
            Coding(JOINING).operators(line.runs, 10, False, None, line.rtl, line.beside)
            for line in lines
        ]
        sign = next(sign for sign in ",/." if sign in text)
        assert (f"(abc{sign})" in shown[0]) == (sign != ".")  # a stop after Hebrew runs back
    assert setter.column(words("אב"), BODY, 0, 0, 99)[0].beside == ("", "")


def test_brackets_are_mirrored_in_hebrew() -> None:
    opens, _, closes = (JOINING.faces["regular"].shape(c).kerns_em for c in "(a)")
    assert opens == closes == (0.0,)
    glyphs = JOINING.faces["regular"].shape("(א)", True).glyphs
    letters = JOINING.faces["regular"].letters_of
    assert [letters[glyph.number] for glyph in glyphs] == ["(", "א", ")"]
    assert [glyph.letters for glyph in glyphs] == [")", "א", "("]


def test_arabic_letters_join() -> None:
    face = JOINING.faces["regular"]
    shapes = [glyph.number for glyph in face.shape(BEH * 3, True).glyphs]
    assert len(set(shapes)) == 3
    assert [g.letters for g in face.shape(LAM_ALEF, True).glyphs] == [LAM_ALEF]
    assert face.shape(BEH * 3).width_em == face.shape(BEH * 3, True).width_em


@pytest.mark.parametrize(
    "text",
    ["אבג דהו", f"{BEH}{NOON}{BEH} {NOON}{LAM_ALEF}", "אב (גד) הו", "Say אבג here", "אב 12 גד"],
)
def test_words_from_right_to_left_are_found(info: DocumentInfo, text: str) -> None:
    data = pdf_of(JOINING, info, text)
    assert read(data)[0] == text
    assert file_faults(data) == []


@given(
    st.lists(
        st.text(
            ODD,
            max_size=12,
        ),
        max_size=4,
    ),
    st.sampled_from(["", "he"]),
)
def test_any_words_make_a_sound_file(info: DocumentInfo, texts: list[str], language: str) -> None:
    for book in (MARKED, JOINING):
        assert file_faults(pdf_of(book, info, *texts, language=language, width=60)) == []


def test_fonts_of_glyphs_tell_their_letters(info: DocumentInfo) -> None:
    data = pdf_of(JOINING, info, f"{BEH}{NOON}{BEH}", language="ar")
    with pikepdf.open(BytesIO(data)) as pdf:
        fonts = pdf.pages[0].Resources.Font
        font = fonts["/regular.glyphs"]
        assert (font.Subtype, font.Encoding) == ("/Type0", "/Identity-H")
        inner = font.DescendantFonts[0]
        assert inner.Subtype == "/CIDFontType2" and inner.FontDescriptor.FontFile2.read_bytes()
        assert str(font.BaseFont)[7] == "+" and font.BaseFont == inner.FontDescriptor.FontName
        told = re.findall(rb"(?m)^<(\w{4})> <(\w{4})>", font.ToUnicode.read_bytes())
        assert sorted(letter for _, letter in told) == [b"0628", b"0628", b"0646"]


def test_the_same_words_make_the_same_font_whatever_came_before() -> None:
    data = made.joining()

    def font_of(*texts: str) -> bytes:
        coding, needed = Coding(book_of(data)), dict[str, set[str]]()
        for text in texts[:-1]:
            coding.operators([TextRun(text, "regular")], 9, False)
        coding.operators([TextRun(texts[-1], "regular")], 9, False, needed)
        font = font_resources(coding, coding.uses(needed))["regular.glyphs"]
        return font["DescendantFonts"][0]["FontDescriptor"]["FontFile2"].stream

    assert font_of("אבג") == font_of("דהו", "אבג דה", "אבג")


def test_on_paper_there_are_no_marks_of_structure() -> None:
    code = operators(JOINING, "Say אב 12", None, True) + "\n" + operators(MARKED, "m\u0302")
    bare = unmarked(code.encode())
    assert b"BDC" not in bare and b"BMC" not in bare and b"EMC" not in bare
    assert bare.count(b"TJ") == code.count("TJ")


def test_outlines_of_postscript_and_of_two_weights_are_drawn(info: DocumentInfo) -> None:
    for data, weight in ((made.postscript(made.LATIN + "ŵ团"), None), (made.variable(), 700)):
        face = Face("regular", "x.otf", data, weight)
        book = FontBook({"regular": face})
        texts = ["Words ŵ 团"] if weight is None else ["Words"]
        made_pdf = pdf_of(book, info, *texts)
        assert read(made_pdf) == texts
        assert file_faults(made_pdf) == []
        shown = pypdfium2.PdfDocument(made_pdf)[0].render().to_pil().convert("L")
        assert shown.getextrema()[0] < 60


def test_a_line_that_goes_on_has_no_space_behind_it() -> None:
    (line, _) = Setter(MARKED).column(words("Daten\u00adschutz"), BODY, 0, 0, 40)
    assert line.goes_on and replace(line, goes_on=False).runs == line.runs
