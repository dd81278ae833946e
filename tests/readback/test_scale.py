"""Nothing gives way where there is much of it: bookmarks, depth, circles."""

from __future__ import annotations

import sys
from io import BytesIO

import pikepdf
import pytest

from deckgen.pdf.objects import File, Indirect, Name
from deckgen.pdf.outline import outline
from deckgen.pdf.write import write_pages
from deckgen.readback.check import file_faults, pack_losses, read_facts
from deckgen.readback.join import Part, join
from deckgen.readback.ways import tree_pairs
from tests.readback.conftest import edited


@pytest.fixture(scope="module")
def form(workbook, info, book):
    return write_pages(workbook, info, book)


def many_pages(count):
    """A file of so many pages, each with a bookmark."""
    file, root = File(), Indirect({"Type": Name("Pages")})
    box = {"MediaBox": [0, 0, 99, 99], "Resources": {}}
    pages = [Indirect({"Type": Name("Page"), "Parent": root, **box}) for _ in range(count)]
    root.value |= {"Kids": pages, "Count": count}
    marks = outline((f"Sheet {n}", 0, page) for n, page in enumerate(pages, 1))
    file.Catalog.value |= {"Pages": root, "Outlines": marks}
    return file.to_bytes()


def test_three_thousand_bookmarks(info, form):
    parts = [Part("Sheets", many_pages(3000), sound=False), Part("Workbook", form)]
    joined = join(parts, info)
    assert pack_losses(parts, joined) == []
    facts = read_facts(joined.data)
    assert len(facts.outline) == 3000 + 2 + 2
    assert facts.outline[3000] == ("Sheet 3000", 1, 2999)


def test_a_structure_five_thousand_deep(form, info):
    depth = 5000
    assert depth > sys.getrecursionlimit()

    def deep(document):
        top = document.Root.StructTreeRoot.K.K[0]
        for _ in range(depth):
            made = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Div, P=top))
            made.K = top.K
            for kid in made.K if isinstance(made.K, pikepdf.Array) else [made.K]:
                kid.P = made
            top.K = made

    data = edited(form, deep)
    assert file_faults(data) == []
    parts = [Part("Deep", data)]
    assert pack_losses(parts, join(parts, info)) == []


def test_fields_within_fields_within_fields(form, info):
    def deep(document):
        field = document.Root.AcroForm.Fields[0]
        for n in range(2000):
            above = document.make_indirect(pikepdf.Dictionary(T=f"a{n}", Kids=[field]))
            field.Parent = above
            field = above
        document.Root.AcroForm.Fields[0] = field

    parts = [Part("Deep", edited(form, deep), sound=False)]
    joined = join(parts, info)
    assert pack_losses(parts, joined) == []
    assert any(name.startswith("a1999.a1998.") for name in read_facts(joined.data).fields)


def circles(document):
    """Every tree leads back to its top."""
    root = document.Root
    page = root.Pages
    page.Kids.append(page)
    root.AcroForm.Fields[0].Kids.append(root.AcroForm.Fields[0])
    root.Outlines.Last.Next = root.Outlines.First
    root.Outlines.First.First = root.Outlines.First
    root.Names.Dests = document.make_indirect(root.Names.Dests)
    root.Names.Dests.Kids = pikepdf.Array([root.Names.Dests])
    top = document.make_indirect(root.StructTreeRoot.ParentTree)
    root.StructTreeRoot.ParentTree = top
    top.Kids = pikepdf.Array([top])
    root.StructTreeRoot.K.K[0].K.append(root.StructTreeRoot.K)


def test_circles_come_to_an_end(form):
    data = edited(form, circles)
    facts = read_facts(data)
    assert len(facts.pages) == 2 and len(facts.fields) == 10 and len(facts.outline) == 2
    faults = " ".join(file_faults(data))
    assert "in the structure twice" in faults and "do not hang together" in faults


def test_trees_in_branches_are_read_in_order():
    leaves = [Indirect({"Nums": [n, n * n], "Limits": [n, n]}) for n in range(6)]
    branches = [Indirect({"Kids": leaves[i : i + 2]}) for i in range(0, 6, 2)]
    assert list(tree_pairs(Indirect({"Kids": branches}), "Nums")) == [(n, n * n) for n in range(6)]


def test_forms_within_forms_are_looked_through(form):
    def nest(document):
        page = document.pages[0]
        inner = pikepdf.Stream(document, b"0 0 9 9 re f")
        inner.Type, inner.Subtype, inner.BBox = (
            pikepdf.Name.XObject,
            pikepdf.Name.Form,
            pikepdf.Array([0, 0, 9, 9]),
        )
        outer = pikepdf.Stream(document, b"q /Inner Do Q")
        outer.Type, outer.Subtype, outer.BBox = (inner.Type, inner.Subtype, inner.BBox)
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Inner=inner))
        page.Resources = pikepdf.Dictionary(page.Resources)
        page.Resources.XObject = pikepdf.Dictionary(Outer=outer)
        return page

    def loose(document):
        page = nest(document)
        page.Contents.write(page.Contents.read_bytes() + b"\n/Outer Do")

    def artifact(document):
        page = nest(document)
        page.Contents.write(page.Contents.read_bytes() + b"\n/Artifact BMC /Outer Do EMC")

    def both(document):
        page = nest(document)
        code = page.Contents.read_bytes()
        page.Contents.write(code + b"\n/Artifact BMC /Outer Do EMC /Outer Do")

    said = "page 1 has content that is neither tagged nor an artifact"
    assert file_faults(edited(form, artifact)) == []
    assert file_faults(edited(form, loose)) == file_faults(edited(form, both)) == [said]
    with pikepdf.open(BytesIO(edited(form, loose))) as document:
        assert "/Outer" in document.pages[0].Resources.XObject


def test_a_bracket_that_is_never_closed_takes_no_time(form):
    def open_bracket(document):
        page = document.pages[0]
        page.Contents.write(page.Contents.read_bytes() + b"\n(" + b"x y " * 50_000)

    assert file_faults(edited(form, open_bracket)) == []
