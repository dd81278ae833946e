"""Forms: what is in the file, and what two engines make of it when somebody fills it in."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter

from deckgen.design.fonts import Face
from deckgen.geometry import Rect
from deckgen.model.drawing import Drawing, Field, FieldKind
from deckgen.pdf.form_font import FORM_FONT_ALIAS
from deckgen.pdf.write import write_pages
from deckgen.readback.check import file_faults, read_facts
from tests.pdf.conftest import PAGE, form_element, form_page
from tests.pdf.pdfium_form import PdfiumForm

WHO = "Tŷ Ŵyn, Łódź – ‘é’ €5"
NOW = "First line, long enough that it has to wrap somewhere in its box.\nSecond: ŵ ŷ ł"


@pytest.fixture(scope="module")
def form(workbook, info, book):
    return write_pages(workbook, info, book)


def test_names_make_a_tree(form):
    reader = PdfReader(BytesIO(form))
    top = reader.trailer["/Root"]["/AcroForm"]["/Fields"]
    assert [node.get_object()["/T"] for node in top] == ["immediate-1", "medium-1"]
    assert "immediate-1.actions.1.status" in reader.get_fields()


def test_every_field_is_as_asked(form):
    fields = read_facts(form).fields
    assert {
        name.removeprefix("immediate-1."): f.kind for name, f in fields.items() if "imm" in name
    } == {
        "who": "text",
        "now": "text",
        "actions.1.status": "choice",
        "check.1": "check",
        "rating": "radio",
    }
    rating = fields["immediate-1.rating"]
    assert (rating.options, rating.tooltips) == (("/1", "/2"), ("Rating: low", "Rating: high"))
    status = fields["medium-1.actions.1.status"]
    assert (status.value, status.options) == (" ", (" ", "Not started", "Begun", "Done"))
    assert status.pages == (1,)


def test_nothing_is_required_or_limited_or_redrawn(form):
    with pikepdf.open(BytesIO(form)) as document:
        assert "/NeedAppearances" not in document.Root.AcroForm
        for page in document.pages:
            for widget in page.Annots:
                assert not int(widget.get("/Ff", 0)) & 2
                assert "/MaxLen" not in widget
                assert "/MK" not in widget


def table(font: bytes, name: bytes) -> bytes:
    """A table of a TrueType file."""
    at = font.index(name, 12)
    start, length = (int.from_bytes(font[at + i : at + i + 4], "big") for i in (8, 12))
    return font[start : start + length]


def test_the_form_font_has_every_letter_and_is_embedded(form, book):
    whole = book.faces["regular"]
    with pikepdf.open(BytesIO(form)) as document:
        fonts = document.Root.AcroForm.DR.Font
        assert list(fonts.keys()) == [f"/{FORM_FONT_ALIAS}"]
        font = fonts[f"/{FORM_FONT_ALIAS}"]
        described = font.DescendantFonts[0].FontDescriptor
        data = described.FontFile2.read_bytes()
        assert Face("regular", "embedded.ttf", data).letters == whole.letters
        for name in (b"glyf", b"loca", b"cmap", b"hmtx"):
            assert table(data, name) == table(whole.data, name)
        assert b"GPOS" in whole.data and b"GPOS" not in data  # no viewer sets text with it
        subset = document.pages[0].Resources.Font["/regular"].FontDescriptor.FontFile2
        assert table(subset.read_bytes(), b"glyf") != table(whole.data, b"glyf")
        assert "AtkinsonHyperlegibleNext" in str(font.BaseFont)
        known = re.findall(rb"^<(\w{4})> <(\w+)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
        letters = {bytes.fromhex(to.decode()).decode("utf-16-be") for _, to in known}
        assert len(known) == len(letters) and letters >= whole.letters - {"\r"}


def test_signs_that_the_font_lacks_have_a_code_if_they_draw_nothing_or_another_does(form, book):
    with pikepdf.open(BytesIO(form)) as document:
        font = document.Root.AcroForm.DR.Font[f"/{FORM_FONT_ALIAS}"]
        inner = font.DescendantFonts[0]
        widths = dict(zip(list(inner.W)[::2], [float(w[0]) for w in list(inner.W)[1::2]]))  # noqa: B905
        place = inner.CIDToGIDMap.read_bytes()
    assert widths[0xAD] == widths[0x200D] == 0
    assert "\u2011" not in book.faces["regular"].letters
    assert widths[0x2011] == widths[ord("-")] > 0
    assert place[2 * 0x2011 :][:2] == place[2 * ord("-") :][:2] != b"\0\0"
    assert ord("И") not in widths


def test_writing_lines_show_until_somebody_types(form):
    with PdfiumForm(form) as filler:
        blank = filler.picture(0)
        row = (420 - 330 + 40) * 2  # the second writing line of "now"
        strip = (60, row - 3, 480, row + 3)
        assert blank.crop(strip).convert("L").getextrema()[0] < 200
        filler.fill(0, {"immediate-1.now": "x"})
        assert filler.picture(0).crop(strip).convert("L").getextrema()[0] > 240


def test_pdfium_fills_it_in(form):
    with PdfiumForm(form) as filler:
        filler.fill(
            0,
            {
                "immediate-1.who": WHO,
                "immediate-1.now": NOW.replace("\n", "\r"),
                "immediate-1.actions.1.status": 2,
                "immediate-1.check.1": 1,
                "immediate-1.rating#2": 1,
            },
        )
        saved = filler.saved()
    fields = read_facts(saved).fields
    assert fields["immediate-1.who"].value == WHO
    assert fields["immediate-1.now"].value.replace("\r\n", "\n") == NOW
    assert fields["immediate-1.actions.1.status"].value == "Begun"
    assert fields["immediate-1.check.1"].value == "/Yes"
    assert fields["immediate-1.rating"].value == "/2"
    assert fields["medium-1.who"].value == ""


def test_pdfium_draws_welsh_letters_in_the_form_font(form):
    with PdfiumForm(form) as filler:
        filler.fill(0, {"immediate-1.who": "ŵŷłź’€"})
        saved = filler.saved()
    with pikepdf.open(BytesIO(saved)) as document:
        code = document.pages[0].Annots[0].AP.N.read_bytes()
    used = set(re.findall(rb"/(\S+) \S+ Tf", code))
    assert used == {FORM_FONT_ALIAS.encode()}


def test_pypdf_fills_it_in(form):
    writer = PdfWriter(clone_from=BytesIO(form))
    answers = {
        "immediate-1.who": WHO,
        "immediate-1.actions.1.status": "Done",
        "immediate-1.check.1": "/Yes",
        "immediate-1.rating": "/1",
    }
    writer.update_page_form_field_values(None, answers, auto_regenerate=False)
    out = BytesIO()
    writer.write(out)
    fields = read_facts(out.getvalue()).fields
    assert {name: fields[name].value for name in answers} == answers


def test_values_can_be_there_from_the_start(info, book):
    kinds = (
        Field(FieldKind.LINE, "who", "Who", Rect(20, 300, 200, 20), value="Łucja (ŵ)"),
        Field(FieldKind.LINES, "now", "Now", Rect(20, 200, 200, 60), 13, 20, value="One\nTwo"),
        Field(FieldKind.CHOICE, "how", "How", Rect(20, 150, 90, 20), options=("A", "B"), value="B"),
        Field(FieldKind.CHECK, "ok", "Fine", Rect(20, 120, 18, 18), value="Yes"),
    )
    page = Drawing("a", "a", PAGE, 0, tuple(map(form_element, kinds)))
    data = write_pages([page], info, book)
    assert file_faults(data) == []
    values = {name: fact.value for name, fact in read_facts(data).fields.items()}
    assert values == {"who": "Łucja (ŵ)", "now": "One\nTwo", "how": "B", "ok": "/Yes"}
    with PdfiumForm(data) as filler:
        shown = filler.picture(0, 1).convert("L")
    for field in kinds:
        x, y = int(field.rect.x_pt), int(420 - field.rect.top_pt)
        assert shown.crop((x, y, x + 60, y + 18)).getextrema()[0] < 120, field.name


def test_a_field_cannot_hold_another(info, book):
    outer = Field(FieldKind.LINE, "a", "A", Rect(0, 0, 9, 9))
    inner = Field(FieldKind.LINE, "a.b", "B", Rect(0, 0, 9, 9))
    page = Drawing("a", "a", PAGE, 0, (form_element(outer), form_element(inner)))
    with pytest.raises(ValueError, match="can't hold"):
        write_pages([page], info, book)


def test_tab_order_is_reading_order(form):
    reader = PdfReader(BytesIO(form))
    page = reader.pages[0]
    order = [annotation.get_object().get("/TU") for annotation in page["/Annots"]]
    fields = [m for m in form_page().marks() if isinstance(m, Field)]
    assert page["/Tabs"] == "/S"
    assert order[: len(fields)] == [field.tooltip for field in fields]
