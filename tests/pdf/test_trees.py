"""Trees that other libraries look things up in."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from deckgen.pdf.objects import File, Indirect, Name
from deckgen.pdf.outline import destinations, outline, page_labels
from deckgen.pdf.trees import balanced


def depth(node: dict) -> int:
    return 1 + max((depth(kid.value) for kid in node.get("Kids", ())), default=0)


@pytest.mark.parametrize(("count", "levels"), [(0, 1), (64, 1), (65, 2), (4096, 2), (4097, 3)])
def test_no_node_holds_more_than_64(count, levels):
    root = balanced("Nums", [(i, i) for i in range(count)])
    assert depth(root) == levels
    assert "Limits" not in root

    def numbers(node):
        held = node.get("Nums", ())[0::2]
        assert len(held) <= 64 and len(node.get("Kids", ())) <= 64
        return [*held, *(n for kid in node.get("Kids", ()) for n in numbers(kid.value))]

    assert numbers(root) == list(range(count))


@pytest.fixture(scope="module")
def large() -> bytes:
    """A file of 5,000 pages with a name and a label each, and bookmarks one below the other."""
    file, root = File(), Indirect({"Type": Name("Pages")})
    box = [0, 0, 9, 9]
    pages = [Indirect({"Type": Name("Page"), "Parent": root, "MediaBox": box}) for _ in range(5000)]
    root.value |= {"Kids": pages, "Count": len(pages)}
    file.Catalog.value |= {
        "Pages": root,
        "PageLabels": page_labels([f"Card {i}" for i in range(5000)]),
        "Names": destinations({f"name {i}": [p, Name("Fit")] for i, p in enumerate(pages)}),
        "Outlines": outline((f"Mark {i}", i, p) for i, p in enumerate(pages)),
    }
    return file.to_bytes()


def test_qpdf_finds_every_name_and_label(large):
    with pikepdf.open(BytesIO(large)) as document:
        names = pikepdf.NameTree(document.Root.Names.Dests)
        assert len(names) == 5000
        for i in (0, 63, 64, 4321, 4999):
            assert names[f"name {i}"][0].objgen == document.pages[i].objgen
            assert document.pages[i].label == f"Card {i}"
        labels = pikepdf.NumberTree(document.Root.PageLabels)
        assert list(labels) == list(range(5000))


def test_a_name_outside_its_limits_is_not_found(large):
    with pikepdf.open(BytesIO(large)) as document:
        kid = document.Root.Names.Dests.Kids[0]
        kid.Limits = pikepdf.Array([b"zz", b"zzz"])
        names = pikepdf.NameTree(document.Root.Names.Dests, auto_repair=False)
        with pytest.raises(pikepdf.PdfError, match="limits"):
            names["name 0"]


def test_bookmarks_may_hang_below_one_another_as_deep_as_they_like(large):
    with pikepdf.open(BytesIO(large)) as document:
        mark, titles = document.Root.Outlines.First, []
        while True:
            titles.append(str(mark.Title))
            assert int(mark.get("/Count", 0)) == len(titles) - 5000
            if "/First" not in mark:
                break
            mark = mark.First
        assert titles == [f"Mark {i}" for i in range(5000)]
