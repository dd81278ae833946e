"""What programs export of the fields alone: FDF and XFDF, as they are made and as they are bent."""

from __future__ import annotations

import pytest

from deckgen.model.answers import Beside, Identity, Returned
from deckgen.readback.form_data import MOST_FIELDS, read_form_data

HEAD, END = b"%FDF-1.2\n%\xe2\xe3\xcf\xd3\n", b"\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"


def fdf(fields: bytes, rest: bytes = b"", objects: bytes = b"") -> bytes:
    root = b"1 0 obj\n<</FDF<</Fields[" + fields + b"]" + rest + b">>>>\nendobj\n"
    return HEAD + root + objects + END


def xfdf(fields: str, rest: str = "") -> bytes:
    space = 'xmlns="http://ns.adobe.com/xfdf/" xml:space="preserve"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xfdf {space}><f href="file:///etc/passwd"/>'
        f"<fields>{fields}</fields>{rest}</xfdf>"
    ).encode()


def answers(returned: Returned) -> dict[str, str]:
    assert returned.refused is None
    return {said.field: said.value for said in returned.copies[0].said}


def test_fdf_says_what_is_in_each_field() -> None:
    wide = b"\xfe\xff" + "Łódź\rzwei".encode("utf-16-be").replace(b"\\", b"\\\\")
    fields = [
        b"<</T(rise)/Kids[<</T(now)/V(1 0 obj \\(really\\) \\101\\\r\n!)>><</T(then)/V("
        + wide
        + b")>>]>>",
        b"<</T(a.b)/V/done>> <</T(off)/V/Off>> <</T(none)>> <</T(many)/V[(x)(y)]>>",
        b"<</T(hex)/V<FEFF0041>>> <</T(old)/V(\\200\\222)>> <</T(ref)/V 2 0 R>>",
        b"<</T(rich)/RV(<body><p>one</p><p>t&amp;wo</p></body>)>>",
    ]
    returned = read_form_data(fdf(b"".join(fields), objects=b"2 0 obj (there) endobj"))
    assert answers(returned) == {
        **{"rise.now": "1 0 obj (really) A!", "rise.then": "Łódź\nzwei", "a.b": "done"},
        **{"many": "x, y", "hex": "A", "old": "•™", "ref": "there", "rich": "one\nt&wo"},
    }
    assert {"off", "none"} < returned.copies[0].fields


def test_fdf_in_utf8() -> None:
    data = fdf("<</T(a)/V(Łódź)>>".encode(), b"/Encoding/utf-8")
    assert answers(read_form_data(data)) == {"a": "Łódź"}


def test_the_same_name_twice_keeps_both_answers() -> None:
    said = read_form_data(fdf(b"<</T(a)/V(one)>><</T(a)/V(two)>><</T(a)/V(one)>>")).copies[0].said
    assert [(s.value, s.others) for s in said] == [("one", ("two",))]
    same = xfdf(
        '<field name="a"><value>one</value></field><field name="a"><value>two</value></field>'
    )
    assert read_form_data(same).copies[0].said == said


def test_xfdf_says_what_is_in_each_field() -> None:
    rich = "<body><p>one</p><p>t&amp;wo</p></body>"
    fields = f"""
      <field name="rise"><field name="now"><value>=1+1 &lt;b&gt;
 Łódź</value></field></field>
      <field name="many"><value>x</value><value>y</value></field>
      <field name="none"/><field name="empty"><value></value></field>
      <field name="rich"><value-richtext>{rich}</value-richtext></field>"""
    returned = read_form_data(xfdf(fields))
    assert answers(returned) == {
        **{"rise.now": "=1+1 <b>\n Łódź", "many": "x, y", "rich": "one\nt&wo"},
    }
    assert {"rise.now", "none", "empty"} <= returned.copies[0].fields


def test_marks_beside_the_fields_are_named() -> None:
    marks = """<annots><text page="1" subject="n"><contents>Look &amp; see</contents></text>
      <freetext page="0"><contents-richtext><body><p>Typed</p></body></contents-richtext></freetext>
      <ink page="2"><inklist><gesture>1,2;3,4</gesture></inklist></ink><popup page="1"/></annots>"""
    assert read_form_data(xfdf("", marks)).beside == (
        Beside("comment", 2, "Look & see"),
        Beside("text", 1, "Typed"),
        Beside("ink", 3, ""),
    )
    note = b"/Annots[2 0 R<</Subtype/Ink/Page 2>>]"
    there = b"2 0 obj<</Subtype/Text/Page 0/Contents(Hi)>>endobj"
    returned = read_form_data(fdf(b"", note, there))
    assert returned.beside == (Beside("comment", 1, "Hi"), Beside("ink", 3, ""))


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><xfdf>&b;</xfdf>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (fdf(b"<</T(a)/V(x)>>")[:-20], "damaged"),
        (HEAD + b"1 0 obj <</Type/Catalog>> endobj" + END, "damaged"),
        (fdf(b"[" * 50_000), "damaged"),
        (fdf(b"<</T(a)/Kids[" * 40 + b"<</T(a)/V(x)>>" + b"]>>" * 40), "damaged"),
        (fdf(b"2 0 R", objects=b"2 0 obj <</T(a)/Kids[2 0 R]>> endobj"), "damaged"),
        (fdf(b"<</T(a)/V(x)>>" * 2).replace(b"(a)", b"(") + b"", "damaged"),
        (fdf(b"".join(b"<</T(%d)>>" % n for n in range(MOST_FIELDS + 1))), "more than 20,000"),
        (LAUGHS, "declares names"),
        (LAUGHS.decode().encode("utf-16"), "declares names"),
        (xfdf("<field>" * 200 + "</field>" * 200), "damaged"),
        (xfdf("")[:-9], "damaged"),
        (xfdf("".join(f'<field name="{n}"/>' for n in range(MOST_FIELDS + 1))), "more than 20,000"),
        (b"%PDF-1.7", "neither FDF nor XFDF"),
        (b"%FDF-" + bytes(21 << 20), "larger than 20 MB"),
    ],
)
def test_what_is_bent_is_refused_in_words(data: bytes, why: str) -> None:
    returned = read_form_data(data)
    assert returned.copies == () and returned.refused
    assert why in returned.refused[0] and returned.refused[1].endswith(".")


def test_a_reference_to_nothing_says_nothing() -> None:
    data = fdf(b"<</T(a)/V 9 0 R>><</T(b)/V 3 0 R>>", objects=b"3 0 obj 3 0 R endobj")
    assert answers(read_form_data(data)) == {}


def test_the_hidden_field_says_which_workbook_it_was() -> None:
    told = '{"deck":"D","workbook":"bakers","edition":"2","code":"123456","asked":{"a":"f00"}}'
    hidden = f'<field name="deckgen"><field name="workbook"><value>{told}</value></field></field>'
    (copy,) = read_form_data(xfdf(f'{hidden}<field name="a"><value>x</value></field>')).copies
    assert copy.identity == Identity("D", "bakers", "2", code="123456")
    assert (copy.asked, copy.fields) == ({"a": "f00"}, frozenset({"a"}))
    bent = xfdf(hidden.replace("bakers", '"'))
    assert read_form_data(bent).copies[0].identity == Identity()
