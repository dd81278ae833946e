"""The quick gate of every file: each fault is found in a file that has it."""

from __future__ import annotations

from io import BytesIO

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
    font = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    del font.FontDescriptor.FontFile2


def bare_form_font(document):
    font = next(iter(document.Root.AcroForm.DR.Font.values()))
    font = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    del font.FontDescriptor.FontFile2


def cut(thing, key):
    del thing[key]


def put(thing, key, value):
    thing[key] = value


def links(document):
    return [a for page in document.pages for a in page.Annots if a.Subtype == "/Link"]


def fields(document, kind):
    return [
        a
        for p in document.pages
        for a in p.Annots
        if a.get("/FT", a.get("/Parent", {}).get("/FT")) == kind
    ]


def widget(document, number=0):
    return document.pages[0].Annots[number]


def rewrite(stream, old, new):
    code = stream.read_bytes()
    assert old in code
    stream.write(code.replace(old, new, 1))


def swap_content(document):
    """Two paragraphs change places in the tree, and so what is read first."""
    section = document.Root.StructTreeRoot.K.K[0]
    kids = list(section.K)
    kids[0], kids[-1] = kids[-1], kids[0]
    section.K = pikepdf.Array(kids)


def forget_letter(document):
    map_ = document.pages[0].Resources.Font["/regular"].ToUnicode
    rewrite(map_, b"<65> <0065>", b"")


def drop_map(document):
    del document.pages[0].Resources.Font["/regular"].ToUnicode


def second_name(document):
    kids = document.Root.AcroForm.Fields[0].Kids
    kids[1].T = kids[0].T


def orphan_page(document):
    document.Root.Extra = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 9, 9])
    )


def page_twice(document):
    pages = document.Root.Pages
    pages.Kids.append(pages.Kids[0])
    pages.Count = len(pages.Kids)


def other_owner(document):
    owners = document.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


def drop_owner(document):
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    del numbers[2:4]


def names_out_of_order(document):
    names = document.Root.Names.Dests.Names
    names[0], names[2] = names[2], names[0]
    names[1], names[3] = names[3], names[1]


def untag_field(document):
    form = _first(document, "/Form")
    form.K = pikepdf.Array()


PLAIN = pikepdf.ObjectStreamMode.disable
NOWHERE = pikepdf.Array([77, pikepdf.Name.Fit])

FORM_FAULTS = [
    (lambda d: put(d.Root.MarkInfo, "/Marked", False), "the file is not tagged"),
    (lambda d: cut(d.Root, "/StructTreeRoot"), "the file is not tagged"),
    (lambda d: put(d.Root.MarkInfo, "/Suspects", True), "its tags are suspect"),
    (lambda d: cut(d.Root.ViewerPreferences, "/DisplayDocTitle"), "in place of its title"),
    (lambda d: cut(d.Root, "/ViewerPreferences"), "in place of its title"),
    (lambda d: put(d.trailer.Info, "/Title", "Another"), "disagree about its title"),
    (lambda d: put(d.trailer.Info, "/Author", "Nobody"), "disagree about its author"),
    (lambda d: rewrite(d.Root.Metadata, b"<pdfuaid:part>1", b"<pdfuaid:part>2"), "does not claim"),
    (
        lambda d: rewrite(d.Root.Metadata, b"pdf:Keywords>Ed", b"pdf:Keywords>Id"),
        "about its keywords",
    ),
    (
        lambda d: put(d.Root, "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript)),
        "acts by",
    ),
    (lambda d: cut(d.pages[1].obj, "/Tabs"), "page 2 does not say in which order"),
    (lambda d: put(d.pages[1].obj, "/Tabs", pikepdf.Name.R), "page 2 does not say in which order"),
    (lambda d: put(d.pages[0].obj, "/Parent", d.Root), "names a parent that does not hold it"),
    (lambda d: cut(d.pages[0].obj, "/Parent"), "names a parent that does not hold it"),
    (lambda d: cut(d.pages[0].obj, "/MediaBox"), "page 1 has no size"),
    (lambda d: [d.pages.__delitem__(0) for _ in range(2)], "the file has no pages"),
    (orphan_page, "a page is not in the tree"),
    (page_twice, "a page is in the file twice"),
    (lambda d: cut(d.Root, "/PageLabels"), "the page labels do not fit"),
    (lambda d: put(d.Root.PageLabels.Nums, 0, 1), "the page labels do not fit"),
    (lambda d: put(d.Root.PageLabels.Nums, 2, 7), "the page labels do not fit"),
    (lambda d: d.Root.PageLabels.Nums.__delitem__(slice(2, 4)), "no label of their own"),
    (
        lambda d: put(d.Root.Outlines.First, "/Dest", NOWHERE),
        "'Activity immediate-1' leads nowhere",
    ),
    (lambda d: cut(d.Root.Outlines.First, "/Dest"), "'Activity immediate-1' leads nowhere"),
    (lambda d: put(d.Root.Outlines.First, "/Title", ""), "a bookmark has no words"),
    (lambda d: cut(d.Root.Outlines.Last, "/Prev"), "do not hang together"),
    (lambda d: cut(d.Root.Outlines.First, "/Next"), "do not hang together"),
    (lambda d: put(d.Root.Outlines.First, "/Count", 3), "has a wrong count"),
    (lambda d: put(d.Root.Names.Dests.Names, 1, NOWHERE), "the destination 'one' leads nowhere"),
    (names_out_of_order, "the named destinations are not in order"),
    (lambda d: put(links(d)[0], "/Dest", NOWHERE), "a link on page 1 leads nowhere"),
    (lambda d: cut(links(d)[0], "/Dest"), "a link on page 1 leads nowhere"),
    (lambda d: put(links(d)[0], "/Contents", ""), "a link on page 1 has no description"),
    (lambda d: put(widget(d), "/P", d.pages[1].obj), "a field on page 1 names another page"),
    (lambda d: cut(widget(d), "/P"), "a field on page 1 names another page"),
    (lambda d: cut(widget(d), "/Parent"), "a field on page 1 names a parent"),
    (lambda d: put(widget(d), "/Parent", d.Root), "a field on page 1 names a parent"),
    (lambda d: put(widget(d), "/F", 0), "a field on page 1 is hidden, or not printed"),
    (lambda d: put(widget(d), "/F", 6), "a field on page 1 is hidden, or not printed"),
    (lambda d: cut(widget(d), "/StructParent"), "a field on page 1 and the parent tree"),
    (lambda d: put(widget(d), "/StructParent", 0), "a field on page 1 and the parent tree"),
    (lambda d: put(widget(d), "/Rect", [900, 0, 950, 20]), "a field on page 1 is not on the paper"),
    (lambda d: cut(widget(d), "/Rect"), "a field on page 1 has no place"),
    (lambda d: cut(widget(d), "/DA") or cut(d.Root.AcroForm, "/DA"), "how typed text looks"),
    (lambda d: cut(widget(d), "/AP"), "a field on page 1 has no appearance"),
    (lambda d: put(fields(d, "/Btn")[0], "/AS", pikepdf.Name.Maybe), "a state that has no"),
    (lambda d: put(fields(d, "/Btn")[0], "/AS", pikepdf.Name.Yes), "another answer than it holds"),
    (lambda d: put(fields(d, "/Ch")[0], "/V", "None of them"), "none of its choices"),
    (second_name, "2 fields are called “immediate-1.who”"),
    (lambda d: d.pages[0].Annots.__delitem__(0), "the field “immediate-1.who” is on no page"),
    (lambda d: d.pages[0].Annots.__delitem__(0), "1 elements name a link or a field that is on no"),
    (untag_field, "a Form has no annotation"),
    (lambda d: put(_first(d, "/P"), "/S", pikepdf.Name.Absatz), "the role Absatz is none"),
    (lambda d: cut(_first(d, "/TH"), "/A"), "a header cell does not say what it heads"),
    (swap_content, "content is read in another order"),
    (other_owner, "the parent tree do not agree"),
    (drop_owner, "the parent tree do not agree"),
    (lambda d: put(d.pages[0].obj, "/StructParents", 1), "the parent tree do not agree"),
    (lambda d: cut(d.pages[0].obj, "/StructParents"), "the parent tree do not agree"),
    (lambda d: put(d.Root.StructTreeRoot, "/ParentTreeNextKey", 1), "next number is taken"),
    (lambda d: cut(_first(d, "/H1"), "/P"), "name a parent that does not hold them"),
    (lambda d: rewrite(d.pages[0].Contents, b"/MCID 1>>", b"/MCID 0>>"), "have one number"),
    (lambda d: rewrite(d.pages[0].Contents, b"BT", b"/Artifact BMC EMC BT"), "an artifact within"),
    (lambda d: rewrite(d.pages[0].Contents, b"BT", b"/P <</MCID 99>> BDC EMC BT"), "within other"),
    (lambda d: rewrite(d.pages[0].Contents, b"/regular", b"/irregular"), "a font that it does not"),
    (lambda d: put(_first(d, "/H2"), "/K", _first(d, "/H1").K), "content belongs to two elements"),
    (forget_letter, "has letters without a Unicode value"),
    (drop_map, "has letters without a Unicode value"),
]


@pytest.mark.parametrize(("change", "words"), FORM_FAULTS)
def test_each_single_fault_is_found(change, words, form):
    faults = file_faults(edited(form, change))
    assert any(words in fault for fault in faults), faults


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

    def drop_place(document):
        del _first(document, "/Figure").A

    data = write_pages(faces, info, book)
    assert "a figure has no description" in file_faults(edited(data, drop_alt))
    assert "a figure does not say where it is" in file_faults(edited(data, drop_place))


def test_a_face_drawn_twice_is_found(sides, info, book):
    def double(document):
        page = document.pages[0]
        code = page.Contents.read_bytes()
        page.Contents.write(code + b"\nq 1 0 0 1 0 0 cm /K1-front Do Q")

    data = write_sheets(sides, info, book)
    said = "tagged content is drawn more than once, or two pieces have one number"
    assert said in file_faults(edited(data, double))


def test_a_face_that_is_not_there_is_found(sides, info, book):
    def forget(document):
        del document.pages[0].Resources.XObject["/K1-front"]

    faults = file_faults(edited(write_sheets(sides, info, book), forget))
    assert "page 1 draws something that it does not have" in faults


def test_a_wrong_count_of_pages_is_found(form):
    plain = edited(form, lambda document: None, object_stream_mode=PLAIN)
    assert plain.count(b"/Count 2 /Kids") == 1
    faults = file_faults(plain.replace(b"/Count 2 /Kids", b"/Count 5 /Kids"))
    assert faults == ["the tree of pages has a wrong count"]


def test_a_sound_file_has_no_faults(form):
    assert file_faults(edited(form, lambda document: None)) == file_faults(form) == []


def test_a_sound_file_in_object_streams_has_no_faults(form):
    with pikepdf.open(BytesIO(form)) as document:
        out = BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert file_faults(out.getvalue()) == []
