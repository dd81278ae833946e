"""What an appearance draws is read by its fonts, or said not to be known."""

from __future__ import annotations

import pytest

from deckgen.pdf.objects import Indirect, Name, packed
from deckgen.readback.box_words import LOST
from deckgen.readback.drawn_words import drawn_words

WIN = {"Subtype": Name("Type1"), "Encoding": Name("WinAnsiEncoding")}
MAC = {"Subtype": Name("Type1"), "Encoding": Name("MacRomanEncoding")}
OWN = {
    "Subtype": Name("TrueType"),
    "Encoding": {"Differences": [65, Name("Lslash"), Name("uni0175"), Name("nobody-knows")]},
}
WIDE = {"Subtype": Name("Type0"), "Encoding": Name("Identity-H")}
MAP = b"""1 beginbfchar <0041> <0141> endbfchar
2 beginbfrange <0001> <0003> <0061> <0010> <0011> [<D83DDE00> <0058>] endbfrange"""
MAPPED = WIDE | {"ToUnicode": packed(MAP)}


def look(code: bytes, font=WIN, **more):
    resources = {"Font": {"F": Indirect(font)}, **more}
    return {"AP": {"N": packed(code, {"Resources": resources})}}


@pytest.mark.parametrize(
    ("code", "font", "words"),
    [
        (b"BT /F 9 Tf (a \\(b\\) \\\\ (c) \\303\\n) Tj ET", WIN, "a (b) \\ (c) Ã"),
        (b"BT /F 9 Tf <636166 E9> Tj ET", WIN, "café"),
        (b"BT /F 9 Tf <8e> Tj ET", MAC, "é"),
        (b"BT /F 9 Tf (AB) Tj ET", OWN, "Łŵ"),
        (b"BT /F 9 Tf (C) Tj ET", OWN, LOST),
        (b"BT /F 9 Tf [(a) -20 (b) -300 (c)] TJ ET", WIN, "ab c"),
        (
            b"BT /F 9 Tf (a) Tj 0 -12 Td (b) Tj 20 0 Td (c) Tj T* (d) Tj (e) ' ET",
            WIN,
            "a\nbc\nd\ne",
        ),
        (b"BT /F 9 Tf <0041000100020003001000110099> Tj ET", MAPPED, "Łabc😀X" + LOST),
        (b"BT /F 9 Tf <0001> Tj ET", WIDE, LOST),
        (b"0 0 9 9 re f q Q /Tx BMC EMC", WIN, ""),
        (b"BT /None 9 Tf (a) Tj ET", WIN, "a"),
        (b"BT (never closed Tj", WIN, ""),
    ],
)
def test_words_are_read(code, font, words):
    assert drawn_words(look(code, font), None) == words


def test_fonts_of_the_form_and_forms_within_forms():
    inner = packed(b"BT /G 9 Tf (AB) Tj ET", {"Subtype": Name("Form")})
    form = {"DR": {"Font": {"G": OWN}}}
    assert drawn_words(look(b"/X Do", XObject={"X": inner}), form) == "Łŵ"
    inner["Resources"] = {"XObject": {"X": inner}}
    inner.stream = packed(b"/X Do BT (a) Tj ET").stream
    assert drawn_words(look(b"/X Do", XObject={"X": inner}), form) == "a"


def test_what_has_no_look_draws_nothing():
    for widget in ({}, {"AP": {}}, {"AP": {"N": {"Yes": packed(b"")}}}, {"AP": 3}, None):
        assert drawn_words(widget, None) == ""
    assert drawn_words({"AP": {"N": Indirect({"Filter": Name("FlateDecode")}, b"x")}}, None) == ""
