"""The quick gate of every file: each fault is found in a file that has it."""

from __future__ import annotations

import pikepdf
import pytest

from deckgen.pdf.write import write_pages, write_sheets
from deckgen.readback.check import file_faults
from tests.readback.conftest import edited


@pytest.fixture(scope="module")
def form(workbook, info, book):
    return write_pages(workbook, info, book)


def untag(document):
    del document.Root.MarkInfo


def no_language(document):
    del document.Root.Lang


def no_title(document):
    del document.trailer.Info.Title


def no_claim(document):
    del document.Root.Metadata


def redraw(document):
    document.Root.AcroForm.NeedAppearances = True


def bare_text(document):
    page = document.pages[0]
    code = page.Contents.read_bytes()
    page.Contents.write(b"BT /regular 9 Tf (\\(loose\\) EMC) Tj ET\n" + code)


def bare_shape(document):
    page = document.pages[0]
    page.Contents.write(page.Contents.read_bytes() + b"\n0 0 9 9 re f")


def uneven(document):
    page = document.pages[0]
    page.Contents.write(page.Contents.read_bytes() + b"\n/Artifact BMC")


def _first(document, role):
    """The first element with a role, depth first."""
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if str(node.get("/S", "")) == role:
            return node
        kids = node.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [k for k in reversed(kids) if isinstance(k, pikepdf.Dictionary) and "/S" in k]
    raise AssertionError(role)


def drop_element(document):
    del document.Root.StructTreeRoot.K.K[0].K[0]


def double_element(document):
    section = document.Root.StructTreeRoot.K.K[0]
    section.K.append(section.K[0])


def foreign_content(document):
    _first(document, "/H1").K = 77


def wrong_parent(document):
    nums = document.Root.StructTreeRoot.ParentTree.Nums
    nums[1][0] = _first(document, "/Table")


def false_parent(document):
    _first(document, "/LBody").P = _first(document, "/H1")


def list_without_items(document):
    _first(document, "/LI").S = pikepdf.Name("/P")


def empty_list(document):
    _first(document, "/L").K = pikepdf.Array()


def row_outside_its_table(document):
    _first(document, "/Table").S = pikepdf.Name("/Sect")


def skip_a_level(document):
    _first(document, "/H2").S = pikepdf.Name("/H4")


def same_tooltip(document):
    document.pages[0].Annots[1].TU = document.pages[0].Annots[0].TU


def drop_tooltip(document):
    del document.pages[0].Annots[0].TU


def drop_name(document):
    del document.pages[0].Annots[0].T
    del document.pages[0].Annots[0].Parent


def orphan_field(document):
    document.Root.AcroForm.Fields = pikepdf.Array([document.Root.AcroForm.Fields[1]])


def link_without_words(document):
    del document.pages[0].Annots[-1].Contents


def untagged_link(document):
    link = _first(document, "/Link")
    link.K = link.K[0]


def bare_font(document):
    font = document.pages[0].Resources.Font["/regular"]
    del font.FontDescriptor.FontFile2


def bare_form_font(document):
    font = next(iter(document.Root.AcroForm.DR.Font.values()))
    del font.FontDescriptor.FontFile2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (untag, "the file is not tagged"),
        (no_language, "which language"),
        (no_title, "has no title"),
        (no_claim, "does not claim"),
        (redraw, "asks viewers to redraw"),
        (bare_text, "page 1 has content that is neither tagged nor an artifact"),
        (bare_shape, "page 1 has content that is neither tagged nor an artifact"),
        (uneven, "page 1 opens and closes"),
        (drop_element, "belong to no element"),
        (double_element, "in the structure twice"),
        (foreign_content, "name content that is not there"),
        (wrong_parent, "the parent tree do not agree"),
        (false_parent, "1 elements name a parent that does not hold them"),
        (list_without_items, "a P stands below a L"),
        (empty_list, "a L has nothing in it"),
        (row_outside_its_table, "a TR stands below a Sect"),
        (skip_a_level, "a heading of level 4 follows one of level 1"),
        (same_tooltip, "2 fields have the tooltip"),
        (drop_tooltip, "a field on page 1 has no tooltip"),
        (drop_name, "a field on page 1 has no name"),
        (orphan_field, "a field on page 1 has no name in the form"),
        (link_without_words, "a link on page 1 has no description"),
        (untagged_link, "a link on page 1 is not tagged"),
        (bare_font, "is not in the file"),
        (bare_form_font, "is not in the file"),
    ],
)
def test_a_fault_is_found(change, words, form):
    faults = file_faults(edited(form, change))
    assert any(words in fault for fault in faults), faults


def test_a_figure_without_words_is_found(faces, info, book):
    def drop_alt(document):
        del _first(document, "/Figure").Alt

    data = write_pages(faces, info, book)
    assert "a figure has no description" in file_faults(edited(data, drop_alt))


def test_a_face_drawn_twice_is_found(sides, info, book):
    def double(document):
        page = document.pages[0]
        code = page.Contents.read_bytes()
        page.Contents.write(code + b"\nq 1 0 0 1 0 0 cm /K1-front Do Q")

    data = write_sheets(sides, info, book)
    said = "tagged content is drawn more than once, or two pieces have one number"
    assert said in file_faults(edited(data, double))


def test_a_sound_file_has_no_faults(form):
    assert file_faults(edited(form, lambda document: None)) == []
