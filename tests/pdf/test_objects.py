"""PDF syntax."""

from __future__ import annotations

import pytest

from deckgen.pdf.notation import fine, number
from deckgen.pdf.objects import File, Indirect, Name, written


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
    assert written(value, File()) == expected


def test_numbers_are_short():
    assert [number(v) for v in (1, 2.0, 0.12345, -0.0001)] == ["1", "2", "0.123", "0"]
    assert [fine(v) for v in (1.0, -0.0000001, 0.1234567)] == ["1", "0", "0.123457"]


def test_an_object_is_written_once_and_may_refer_back():
    file, kid = File(), Indirect()
    file.Catalog["Kid"] = kid
    kid["Parent"] = file.Catalog
    data = file.to_bytes()
    assert data.count(b"endobj") == 3  # catalog, information, kid
    assert b"<</Parent 1 0 R>>" in data
