"""Pages and sheets as files, looked at through other people's libraries."""

from __future__ import annotations

import gc
import shutil
import subprocess
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from deckgen.geometry import Rect
from deckgen.model.drawing import Drawing, Element, Field, FieldKind, Link, Role, TextLine, TextRun
from deckgen.pdf.objects import Indirect
from deckgen.pdf.paint import painter_for, unmarked
from deckgen.pdf.write import write_pages, write_sheets
from deckgen.readback.check import file_faults, read_facts
from tests.accessible.read_tags import words_in_order
from tests.pdf.conftest import PAGE, box, face, form_element, form_page, line


def texts(data: bytes) -> list[str]:
    """Every page's text, by pdfium."""
    document = pdfium.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def pages(faces, info, book):
    return write_pages(faces, info, book)


@pytest.fixture(scope="module")
def sheets(sides, info, book):
    return write_sheets(sides, info, book)


def test_files_are_sound(pages, sheets, workbook, info, book):
    for data in (pages, sheets, write_pages(workbook, info, book)):
        assert file_faults(data) == []
        with pikepdf.open(BytesIO(data)) as document:
            assert document.check_pdf_syntax() == []


def test_no_font_is_left_outside(pages):
    assert not [f for f in file_faults(pages) if f.startswith("the font")]
    assert b"Helvetica" not in pages


def test_a_page_is_as_big_as_the_trim(pages):
    boxes = dict(read_facts(pages).pages[0].boxes)
    assert boxes == dict.fromkeys(("MediaBox", "CropBox", "TrimBox"), (0, 0, 200, 280))


def test_labels_bookmarks_and_names(pages):
    facts = read_facts(pages)
    assert [p.label for p in facts.pages] == ["K1-front", "K1-back"]
    assert facts.outline == (
        ("Knowledge", 0, 0),
        ("K1-front Waves", 1, 0),
        ("Knowledge", 0, 1),
        ("K1-back Waves again", 1, 1),
    )
    assert facts.destinations == {"K1-front": 0, "K1-back": 1}


def test_a_bookmark_that_skips_a_level_hangs_under_the_last_one(info, book):
    drawing = face("K1-front", "Waves")
    deep = replace(drawing, bookmarks=(replace(drawing.bookmarks[1], depth=3),))
    assert read_facts(write_pages([deep], info, book)).outline == (("K1-front Waves", 0, 0),)


def test_text_comes_out_as_it_went_in(pages):
    text = texts(pages)[0]
    for words in ("An office is a place", "AVATAR", "Waffles fly", "“Quoted” – Tŷ Ŵyn €5 ≈"):
        assert words in text


def test_pypdf_reads_the_same_words(pages):
    text = PdfReader(BytesIO(pages)).pages[0].extract_text()
    assert "An office is a place that learns" in text
    assert "Tŷ Ŵyn €5 ≈" in text


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed")
def test_poppler_reads_the_same_words(pages, tmp_path):
    path = tmp_path / "pages.pdf"
    path.write_bytes(pages)
    done = subprocess.run(["pdftotext", "-l", "1", path, "-"], capture_output=True, check=True)
    assert "office is a place that learns\nwhen people AVATAR" in done.stdout.decode()


def test_words_of_one_element_do_not_stick_together(pages):
    reader = PdfReader(BytesIO(pages))
    code = reader.pages[0].get_contents().get_data()
    heading = code[code.index(b"/H1") : code.index(b"EMC", code.index(b"/H1"))]
    assert b"( ) Tj" in heading  # between the code and the title, which are two lines


def test_a_line_is_drawn_as_wide_as_it_was_measured(info, book):
    words = "AVATAR To Ta We (Yo) \\ Ŵyn"
    drawing = Drawing("x", "x", PAGE, 0, (Element(Role.P, (line(words, 20, 100, 12),)),))
    document = pdfium.PdfDocument(write_pages([drawing], info, book))
    text = document[0].get_textpage()
    last = text.count_chars() - 1
    left, right = text.get_charbox(0, loose=True)[0], text.get_charbox(last, loose=True)[2]
    document.close()
    assert right - left == pytest.approx(12 * book.width_em(words, "regular"), abs=0.05)
    plain = 12 * sum(book.faces["regular"].shape(c).width_em for c in words)
    assert right - left < plain - 1  # so kerning was seen


def test_properties_printing_and_language(pages, info):
    reader = PdfReader(BytesIO(pages))
    assert reader.metadata.title == info.title
    assert reader.metadata.creation_date == info.issued == reader.metadata.modification_date
    catalog = reader.trailer["/Root"]
    wishes = catalog["/ViewerPreferences"]
    assert (wishes["/Duplex"], wishes["/PrintScaling"]) == ("/DuplexFlipLongEdge", "/None")
    assert catalog["/Lang"] == "en-GB"
    assert b"Cards &amp; more &lt;1&gt;" in catalog["/Metadata"].get_data()


def test_printing_is_left_to_the_viewer_if_it_does_not_matter(faces, info, book):
    plain = replace(info, duplex=None, actual_size=False)
    wishes = PdfReader(BytesIO(write_pages(faces, plain, book))).trailer["/Root"]
    assert list(wishes["/ViewerPreferences"]) == ["/DisplayDocTitle"]


def test_equal_input_gives_equal_bytes(pages, faces, info, monkeypatch):
    from reportlab import rl_config

    from tests.pdf.conftest import load_book

    monkeypatch.setattr(rl_config, "invariant", 0)
    monkeypatch.setattr(rl_config, "pdfComments", 1)
    monkeypatch.setattr(rl_config, "pageCompression", 0)
    assert write_pages(faces, info, load_book()) == pages
    assert write_pages(faces, replace(info, edition="Edition 3"), load_book()) != pages


def test_the_id_depends_on_the_content(pages, info, book):
    def identity(data):
        return PdfReader(BytesIO(data)).trailer["/ID"]

    other = identity(write_pages([face("K2-front", "Tides")], info, book))
    assert identity(pages)[0] == identity(pages)[1] != other[0]


def test_links_lead_to_pages_and_addresses(workbook, info, book):
    facts = read_facts(write_pages(workbook, info, book))
    assert [to for _, to in facts.pages[1].links] == [0, "https://example.org/"]


@pytest.mark.parametrize("target", ["#nowhere", "javascript:alert(1)", "file:///etc/passwd"])
def test_a_link_to_nowhere_or_to_harm_is_refused(target, info, book):
    link = Element(Role.LINK, (line("x", 20, 20), Link(Rect(20, 20, 9, 9), target, "x")))
    with pytest.raises(ValueError, match="link"):
        write_pages([Drawing("a", "a", PAGE, 0, (Element(Role.P, (link,)),))], info, book)


def test_structure_follows_the_drawings(pages):
    tags = read_facts(pages).tags
    assert (tags["H1"], tags["P"], tags["Figure"], tags["LI"]) == (2, 2, 2, 4)
    assert read_facts(pages).groups == 2  # "Knowledge", and the card in it: shared by both faces


def test_attributes_of_figures_tables_and_lists(pages, workbook, info, book):
    found = {}
    for data in (pages, write_pages(workbook, info, book)):
        with pikepdf.open(BytesIO(data)) as document:
            for item in document.objects:
                if isinstance(item, pikepdf.Dictionary) and "/A" in item and "/S" in item.A:
                    continue
                if isinstance(item, pikepdf.Dictionary) and "/A" in item and "/O" in item.A:
                    found[str(item.S)] = item.A
            assert "/List" in str(found["/L"].O)
            figure = found["/Figure"]
            assert [float(v) for v in figure.BBox] == [150, 20, 180, 50]
    assert found["/TH"].Scope == "/Column"


def objects_left() -> int:
    return sum(type(each) is Indirect for each in gc.get_objects())


def test_a_finished_file_leaves_no_objects_behind(faces, workbook, sides, info, book):
    """But for the fonts and shapes that files share: those are there from the first time."""
    writes = (
        lambda: write_pages((*faces, *workbook), info, book),
        lambda: write_sheets(sides, info, book),
    )
    for write in writes:
        write()
        gc.collect()
        gc.disable()
        try:
            before = objects_left()
            write()
            assert objects_left() == before
        finally:
            gc.enable()


def test_a_face_is_one_form_in_place_with_its_bleed(sheets, sides):
    with pikepdf.open(BytesIO(sheets)) as document:
        page = document.pages[0]
        form = page.Resources.XObject["/K1-front"]
        assert [float(v) for v in form.BBox] == [-3, -3, 203, 283]
        code = page.Contents.read_bytes().decode()
    assert "q 1 0 0 1 5 20 cm /K1-front Do Q" in code
    assert "q 1 0 0 1 212 20 cm /K1-front.copy Do Q" in code


def test_a_second_set_of_cards_is_not_read_again(sheets):
    tags = read_facts(sheets).tags
    assert (tags["H1"], tags["Figure"]) == (2, 2)
    assert "Sheet 1" in texts(sheets)[0]


def test_sheets_have_labels_and_bookmarks(sheets):
    facts = read_facts(sheets)
    assert [p.label for p in facts.pages] == ["Sheet 1 front", "Sheet 1 back"]
    assert facts.outline == (("Sheet 1 front", 0, 0), ("Sheet 1 back", 0, 1))


def test_back_faces_are_turned(sheets):
    document = pdfium.PdfDocument(sheets)
    front, back = (document[i].render(scale=1).to_pil().convert("L") for i in range(2))
    document.close()
    assert front.getpixel((100, 30)) < 200  # the band of colour is at the head of the front
    assert back.getpixel((100, 30)) > 250 > 200 > back.getpixel((100, 290))


def test_links_and_fields_of_a_face_stay_off_paper(info, book):
    from deckgen.geometry import Matrix
    from deckgen.sheets.sheet import Placement, SheetSide

    side = SheetSide("Sheet 1", PAGE, (Placement(form_page(), Matrix(), 0),), ())
    data = write_sheets([side], info, book)
    facts = read_facts(data)
    assert facts.fields == {}
    assert facts.tags["Link"] == 0 < facts.tags["Span"]
    assert facts.tags["Form"] == 0
    assert file_faults(data) == []


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_an_address_may_hold_any_letter(info, book, scheme):
    address = f"{scheme}://example.org/Tŷ Gwyn?a=1#b"
    link = Element(Role.LINK, (line("x", 20, 20), Link(Rect(20, 20, 9, 9), address, "x")))
    data = write_pages([Drawing("a", "a", PAGE, 0, (Element(Role.P, (link,)),))], info, book)
    ((_, written),) = read_facts(data).pages[0].links
    assert written == f"{scheme}://example.org/T%C5%B7%20Gwyn?a=1#b"


def test_an_artifact_inside_an_element_is_not_read(info, book):
    mixed = Element(
        Role.P,
        (line("before", 20, 60), Element(Role.ARTIFACT, (box(0, 0, 9, 9),)), line("after", 20, 40)),
    )
    data = write_pages([Drawing("a", "a", PAGE, 0, (mixed,))], info, book)
    assert file_faults(data) == []
    assert read_facts(data).tags == {"P": 1}


def test_two_fields_of_one_name_are_refused(info, book):
    field = Field(FieldKind.LINE, "a", "A", Rect(0, 0, 9, 9))
    page = Drawing("a", "a", PAGE, 0, (form_element(field), form_element(field)))
    with pytest.raises(ValueError, match="two fields"):
        write_pages([page], info, book)


def test_words_in_another_language_say_so(info, book):
    greeting = TextLine(
        20,
        40,
        12,
        "#000000",
        (TextRun("Say ", "regular"), TextRun("bore da", "regular", "cy"), TextRun("!", "regular")),
    )
    drawing = Drawing("a", "a", PAGE, 0, (Element(Role.P, (greeting,)),))
    data = write_pages((drawing,), info, book)
    with pikepdf.open(BytesIO(data)) as document:
        code = document.pages[0].Contents.read_bytes()
    spoken = code[code.index(b"/Span <</Lang (cy)>> BDC") : code.index(b"EMC")]
    assert spoken.count(b"TJ") == 1
    assert file_faults(data) == []
    assert words_in_order(data) == [("P", "Say bore da!")]
    copy = unmarked(painter_for(book).paint(drawing).code)
    assert b"BDC" not in copy and b"EMC" not in copy
