"""Codes and subsets of fonts."""

from __future__ import annotations

from deckgen.design.fonts import FontBook
from deckgen.model.drawing import TextRun
from deckgen.pdf.coding import Coding
from deckgen.pdf.fonts import font_resources, to_unicode
from tests.pdf.conftest import load_book


def test_codes_do_not_depend_on_what_was_coded_before(book):
    text = "Łódź: a “café” (≈ 5 €) \\ end"
    fresh = Coding(load_book()).faces["regular"].spans(text)
    used = Coding(book).faces["regular"]
    used.spans("≈≠≤")
    assert used.spans(text) == fresh


def test_kerning_stands_after_its_letter(book):
    (page, shown), *rest = Coding(book).faces["regular"].spans("AV o")
    kern = book.faces["regular"].shape("AV").kerns_em[0]
    assert (page, rest) == (0, [])
    assert shown == f"A) {-1000 * kern:g} (V o"


def test_letters_beyond_cp1252_are_on_another_page(book):
    spans = Coding(book).faces["regular"].spans("aŵ b")
    assert [page for page, _ in spans] == [0, 1, 0]


def test_brackets_and_backslashes_are_escaped(book):
    assert Coding(book).faces["regular"].spans("(\\)")[0][1].replace("\\", "").startswith("(")
    assert "\\(" in Coding(book).faces["regular"].spans("(a)")[0][1]


def test_a_space_after_a_line_is_shown_in_its_last_face(book):
    operators = Coding(book).operators([TextRun("a", "bold")], 9, True)
    assert operators == "/bold 9 Tf [(a)] TJ\n/bold 9 Tf ( ) Tj"


def fonts(coding, **shown):
    """The fonts that show letters, by role."""
    return font_resources(coding, coding.uses({role: set(text) for role, text in shown.items()}))


def test_usual_words_are_shown_with_the_same_font_in_all_documents(book):
    coding = Coding(book)
    first, second = (fonts(coding, regular=t) for t in ("One", "Quite different – words"))
    assert first["regular"] is second["regular"]
    assert coding.uses({"bold": {"a", "b"}}) == {("bold", 0, "")}


def test_letters_of_the_project_are_in_every_file_that_shows_the_font():
    coding = Coding(FontBook(load_book().faces, "äŵŷ"))
    plain, welsh = fonts(coding, regular="One"), fonts(coding, regular="ŵ One")
    assert plain["regular"]["Widths"][ord("ä") - 32] > 0
    assert welsh["regular"] is plain["regular"]
    assert list(welsh) == ["regular", "regular.1"]
    assert sum(width > 0 for width in welsh["regular.1"]["Widths"]) == 2  # ŷ is there as well


def test_faces_that_play_two_parts_are_embedded_once(book):
    face = book.faces["regular"]
    coding = Coding(FontBook({"regular": face, "label": face}))
    found = fonts(coding, regular="a", label="bü")
    assert found["regular"] is found["label"]
    assert found["label"]["Widths"][ord("ü") - 32] > 0


def test_rare_letters_are_added_when_used(book):
    found = fonts(Coding(book), regular="üŵ")
    assert list(found) == ["regular", "regular.1"]
    widths = found["regular"]["Widths"]
    assert widths[ord("ü") - 32] > 0 == widths[ord("ä") - 32]


def test_to_unicode_comes_in_blocks_of_a_hundred():
    written = to_unicode((i, chr(i + 40)) for i in range(33, 183)).decode()
    assert "100 beginbfchar" in written
    assert "50 beginbfchar" in written
    assert "<0000>" not in written
