"""PDF syntax."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader

from deckgen.pdf.notation import fine, number
from deckgen.pdf.objects import File, Indirect, Name, packed


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a (b) \\", "(a \\(b\\) \\\\)"),
        ("ŵ", "<FEFF0175>"),
        (Name("K1-front"), "/K1-front"),
        (Name("a b#"), "/a#20b#23"),
        ({"A": 1, "B": None}, "<</A 1>>"),
        ([True, None, 1.50, b"\x01"], "[true null 1.5 <01>]"),
    ],
)
def test_values(value, expected):
    assert File().written(value) == expected


def test_numbers_are_short():
    assert [number(v) for v in (1, 2.0, 0.12345, -0.0001)] == ["1", "2", "0.123", "0"]
    assert [fine(v) for v in (1.0, -0.0000001, 0.1234567)] == ["1", "0", "0.123457"]


def test_an_object_is_written_once_and_may_refer_back():
    file, kid = File((1, 4)), Indirect()
    file.Catalog["Kid"] = kid
    kid["Parent"] = file.Catalog
    data = file.to_bytes()
    assert data.count(b"endobj") == 3  # catalog, information, kid
    assert b"<</Parent 1 0 R>>" in data
    assert file.objects == [file.Catalog, file.info, kid]
    assert file.to_bytes() == data


def made(version: tuple[int, int], kids: int) -> bytes:
    """A file with a page tree, and that many objects and streams beside it."""
    file = File(version)
    root = Indirect({"Type": Name("Pages"), "Count": 1})
    page = {"Type": Name("Page"), "Parent": root, "MediaBox": [0, 0, 9, 9], "Resources": {}}
    root["Kids"] = [Indirect(page)]
    file.Catalog["Pages"] = root
    file.Catalog["Kids"] = [Indirect({"N": i, "Kept": packed(b"%d" % i)}) for i in range(kids)]
    file.info["Title"] = "Tŷ (1)"
    return file.to_bytes()


@pytest.mark.parametrize("version", [(1, 4), (1, 5), (1, 7)])
@pytest.mark.parametrize("kids", [1, 700])
def test_other_libraries_find_every_object(version, kids):
    data = made(version, kids)
    with pikepdf.open(BytesIO(data)) as document:
        assert document.check_pdf_syntax() == []
        assert document.pdf_version == ".".join(map(str, version))
        assert str(document.docinfo["/Title"]) == "Tŷ (1)"
        found = document.Root.Kids
        assert [(int(k.N), k.Kept.read_bytes()) for k in found] == [
            (i, b"%d" % i) for i in range(kids)
        ]
    reader = PdfReader(BytesIO(data))
    assert reader.trailer["/Root"]["/Kids"][kids - 1]["/Kept"].get_data() == b"%d" % (kids - 1)
    opened = pdfium.PdfDocument(data)
    assert opened.get_metadata_value("Title") == "Tŷ (1)"
    opened.close()


def test_old_versions_know_no_object_streams():
    assert b"/ObjStm" not in made((1, 4), 9)
    assert b"\nxref\n" in made((1, 4), 9)
    assert b"/ObjStm" in made((1, 5), 9)
    assert b"\nxref\n" not in made((1, 5), 9)


def test_a_row_of_the_table_that_is_wrong_is_seen():
    data = made((1, 4), 9)
    rows = re.findall(rb"\d{10} 00000 n", data)
    with pikepdf.open(BytesIO(data.replace(rows[-1], rows[0]))) as document:
        assert document.check_pdf_syntax() != []
