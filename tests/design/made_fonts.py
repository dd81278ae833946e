"""Small fonts of boxes, each with something of its own, made anew in every run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from fontTools.designspaceLib import AxisDescriptor
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable, cmap_format_12
from fontTools.ttLib.tables.TupleVariation import TupleVariation

LATIN = "".join(map(chr, range(32, 127))) + "\u00a0‘’“”–—…•·£€é×²½−≥“”→"
SQUARE = (80, 0, 420, 600)


def saved(font: TTFont) -> bytes:
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _draw(pen: Any, box: tuple[float, float, float, float]) -> Any:
    left, low, right, high = box
    pen.moveTo((left, low))
    for point in ((left, high), (right, high), (right, low)):
        pen.lineTo(point)
    pen.closePath()
    return pen


def _builder(letters: Iterable[str], *, upem: int = 1000, truetype: bool = True) -> FontBuilder:
    names = {ord(letter): f"u{ord(letter):04X}" for letter in letters}
    order = [".notdef", *dict.fromkeys(names.values())]
    made = FontBuilder(upem, isTTF=truetype)
    made.setupGlyphOrder(order)
    made.setupCharacterMap(names)
    if truetype:
        made.setupGlyf({name: _draw(TTGlyphPen(None), SQUARE).glyph() for name in order})
    else:
        shapes = {name: _draw(T2CharStringPen(500, None), SQUARE).getCharString() for name in order}
        made.setupCFF("Boxes", {"FullName": "Boxes"}, shapes, {})
    made.setupHorizontalMetrics(dict.fromkeys(order, (500, 80)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Boxes", "styleName": "Regular", "psName": "Boxes"})
    made.setupOS2(sTypoAscender=800, sTypoDescender=-200, fsType=0)
    made.setupPost()
    return made


def boxes(letters: Iterable[str] = LATIN, **how: Any) -> bytes:
    """A plain TrueType font whose letters are all the same box."""
    return saved(_builder(letters, **how).font)


def changed(change: Callable[[TTFont], None], data: bytes | None = None) -> bytes:
    """A font after a change to it."""
    font = TTFont(BytesIO(data or boxes()))
    change(font)
    return saved(font)


def postscript(letters: Iterable[str] = LATIN) -> bytes:
    """CFF outlines, in an .otf file."""
    return saved(_builder(letters, truetype=False).font)


def variable(lightest: int = 100, default: int = 100, heaviest: int = 900) -> bytes:
    """Boxes that grow wider with their weight, up to 100 units, as the letters' widths do."""
    made = _builder(LATIN)
    axis = AxisDescriptor(tag="wght", name="Weight", minimum=lightest, default=default)
    axis.maximum = heaviest
    made.setupFvar([axis], [])
    wider = [(0, 0), (0, 0), (100, 0), (100, 0), (0, 0), (100, 0), (0, 0), (0, 0)]
    made.setupGvar(
        {name: [TupleVariation({"wght": (0, 1, 1)}, wider)] for name in made.font.getGlyphOrder()}
    )
    return saved(made.font)


def variable_postscript() -> bytes:
    """CFF2 outlines with two weights."""
    made = FontBuilder(1000, isTTF=False)
    names = {ord(letter): f"u{ord(letter):04X}" for letter in LATIN}
    order = [".notdef", *dict.fromkeys(names.values())]
    made.setupGlyphOrder(order)
    made.setupCharacterMap(names)
    pen = _draw(T2CharStringPen(None, None, CFF2=True), SQUARE)
    made.setupCFF2({name: pen.getCharString() for name in order})
    made.setupHorizontalMetrics(dict.fromkeys(order, (500, 80)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Boxes", "styleName": "Regular", "psName": "Boxes"})
    made.setupOS2(sTypoAscender=800, sTypoDescender=-200, fsType=0)
    made.setupPost()
    made.setupFvar([("wght", 400, 400, 900, "Weight")], [])
    return saved(made.font)


def without(*tables: str) -> bytes:
    """A font that lacks tables: they are taken out of the file, whatever needs them."""
    data = boxes()
    count = int.from_bytes(data[4:6], "big")
    rows = [data[12 + 16 * i : 28 + 16 * i] for i in range(count)]
    kept = [row for row in rows if row[:4].decode() not in tables]
    gone = b"\0" * (16 * (count - len(kept)))
    head = data[:4] + len(kept).to_bytes(2, "big") + data[6:12]
    return head + b"".join(kept) + gone + data[12 + 16 * count :]


def with_bytes(table: str, at: int, new: bytes) -> bytes:
    """A font with other bytes at a place in a table; its checksum stays as it was."""
    data = bytearray(boxes())
    for row in range(12, 12 + 16 * int.from_bytes(data[4:6], "big"), 16):
        if data[row : row + 4].decode() == table:
            start = int.from_bytes(data[row + 8 : row + 12], "big") + at
            data[start : start + len(new)] = new
    return bytes(data)


def only_wide_codes() -> bytes:
    """A cmap of format 12 alone."""

    def change(font: TTFont) -> None:
        table = cmap_format_12(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        table.cmap = font.getBestCmap()
        font["cmap"].tables = [table]

    return changed(change)


def symbols() -> bytes:
    """Letters that are signs, as in Wingdings: Windows' platform, encoding 0."""

    def change(font: TTFont) -> None:
        for table in font["cmap"].tables:
            table.platformID, table.platEncID = 3, 0
            table.cmap = {0xF000 + code: name for code, name in table.cmap.items() if code < 256}
        font["cmap"].tables = font["cmap"].tables[:1]

    return changed(change)


def no_letters() -> bytes:
    def change(font: TTFont) -> None:
        for table in font["cmap"].tables:
            table.cmap = {}

    return changed(change)


def rights(bits: int) -> bytes:
    def change(font: TTFont) -> None:
        font["OS/2"].fsType = bits

    return changed(change)


def pictures_only() -> bytes:
    def change(font: TTFont) -> None:
        for tag in ("glyf", "loca"):
            del font[tag]
        table = font["sbix"] = newTable("sbix")
        table.version, table.flags, table.numStrikes, table.strikes = 1, 1, 0, {}

    return changed(change)


def named(name: str) -> bytes:
    def change(font: TTFont) -> None:
        for record in font["name"].names:
            if record.nameID == 6:
                record.string = name

    return changed(change)


def for_the_web() -> bytes:
    font = TTFont(BytesIO(boxes()))
    font.flavor = "woff"
    return saved(font)


def collection() -> bytes:
    from fontTools.ttLib import TTCollection

    both = TTCollection()
    both.fonts = [TTFont(BytesIO(boxes())), TTFont(BytesIO(boxes("abc")))]
    out = BytesIO()
    both.save(out)
    return out.getvalue()


def for_old_macs() -> bytes:
    """Codes of Mac OS Roman alone."""

    def change(font: TTFont) -> None:
        table = newTable("cmap")
        table.tableVersion = 0
        roman = CmapSubtable.newSubtable(0)
        roman.platformID, roman.platEncID, roman.language = 1, 0, 0
        roman.cmap = {code: name for code, name in font.getBestCmap().items() if code < 127}
        table.tables = [roman]
        font["cmap"] = table

    return changed(change)


# Arabic beh and noon, which join; lam and alef, which become one; and two marks.
ARABIC = "\u0628\u0646\u0644\u0627"
HEBREW = "אבגדהוזחטיכלמנסעפצקרשתםןץףך()"
_JOINING = """
languagesystem DFLT dflt; languagesystem arab dflt; languagesystem latn dflt;
feature init { sub u0628 by u0628.init; sub u0646 by u0646.init; } init;
feature medi { sub u0628 by u0628.medi; sub u0646 by u0646.medi; } medi;
feature fina { sub u0628 by u0628.fina; sub u0646 by u0646.fina; } fina;
feature rlig { sub u0644 u0627 by u0644.u0627; } rlig;
"""
_MARKS = """
markClass [u0302 u0304] <anchor 250 600> @ABOVE;
feature mark { pos base [u006D u006E] <anchor 250 600> mark @ABOVE; } mark;
feature mkmk { pos mark [u0302 u0304] <anchor 250 800> mark @ABOVE; } mkmk;
table GDEF { GlyphClassDef [u006D u006E], , [u0302 u0304], ; } GDEF;
"""


def _with_rules(letters: str, more: Iterable[str], rules: str, marks: str = "") -> bytes:
    """A font with further glyphs, by name, and rules in the language of feature files."""
    made = _builder([*letters, *marks])
    font = made.font
    order = [*font.getGlyphOrder(), *more]
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    for name in more:
        font["glyf"][name] = _draw(TTGlyphPen(None), SQUARE).glyph()
        font["hmtx"][name] = (500, 80)
    for mark in marks:  # they take no room
        name = f"u{ord(mark):04X}"
        font["glyf"][name] = _draw(TTGlyphPen(None), (100, 620, 400, 700)).glyph()
        font["hmtx"][name] = (0, 100)
    made.addOpenTypeFeatures(rules)
    return saved(font)


def joining(*, rules: bool = True) -> bytes:
    """Arabic letters, with the rules that join them or without."""
    more = [f"u{ord(c):04X}.{form}" for c in "\u0628\u0646" for form in ("init", "medi", "fina")]
    empty = "languagesystem DFLT dflt;"
    how = _JOINING if rules else empty
    return _with_rules(LATIN + ARABIC + HEBREW, [*more, "u0644.u0627"], how)


def marked() -> bytes:
    """Latin with two marks, which have their places on m and n and on no other letter."""
    return _with_rules(LATIN, (), _MARKS, "\u0302\u0304")


def turkish() -> bytes:
    """A font that has another shape of i for Turkish."""
    rules = """
    languagesystem DFLT dflt; languagesystem latn dflt; languagesystem latn TRK;
    feature locl { script latn; language TRK; sub u0069 by u0069.tr; } locl;
    """
    return _with_rules(LATIN, ["u0069.tr"], rules)
