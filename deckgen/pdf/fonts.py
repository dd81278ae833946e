"""Embedding fonts: the subset of each that goes into a file, the same in all files of a build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from deckgen.design.outlines import some
from deckgen.pdf.coding import GLYPHS, CodedFace, Coding, Use, resource
from deckgen.pdf.objects import Indirect, Name, names, packed

_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <{first}> <{last}> endcodespacerange
{rows}
endcmap CMapName currentdict /CMap defineresource pop end end
"""


def to_unicode(letters: Iterable[tuple[int, str]], digits: int = 2) -> bytes:
    """A ToUnicode map from (code, letter) pairs, in blocks of a hundred as the format asks."""
    rows = [f"<{code:0{digits}X}> <{c.encode('utf-16-be').hex().upper()}>" for code, c in letters]
    blocks = (rows[i : i + 100] for i in range(0, len(rows), 100))
    listed = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return _TO_UNICODE.format(rows=listed, first="0" * digits, last="F" * digits).encode()


def font_resources(coding: Coding, uses: Iterable[Use]) -> dict[str, Any]:
    """The /Font dictionary of a document: every code page that it uses."""
    rare: dict[tuple[CodedFace, int], set[str]] = {}
    shown = {(role, page): coding.faces[role] for role, page, _ in sorted(uses)}
    for role, page, letter in uses:
        rare.setdefault((coding.faces[role], page), set()).add(letter)
    return {
        resource(role, page): _font(coded, page, frozenset(rare[coded, page] - {""}))
        for (role, page), coded in shown.items()
    }


def _font(coded: CodedFace, page: int, rare: frozenset[str]) -> Indirect:
    key = page, rare
    if key not in coded.made:
        coded.made[key] = _made(coded, page, coded.usual | rare)
    return coded.made[key]


def _made(coded: CodedFace, page: int, letters: frozenset[str]) -> Indirect:
    if page == GLYPHS:
        return _glyph_font(coded, sorted(letters - coded.usual, reverse=True))
    face, table = coded.truetype, coded.table(page)
    shown = {i: table[i] for i in sorted(table) if table[i] in letters & coded.face.letters}
    data = face.makeSubset([ord(shown[i]) if i in shown else 0 for i in range(256)])
    return simple_font(coded, _tag(data), data, shown)


def _tag(data: bytes) -> str:
    """What stands before the name of a subset."""
    tag = hashlib.md5(data, usedforsecurity=False).digest()[:6]
    return "".join(chr(65 + b % 26) for b in tag) + "+"


def _glyph_font(coded: CodedFace, glyphs: Iterable[str]) -> Indirect:
    """A font whose codes are the numbers of glyphs in the file that it was taken from.

    Of a glyph that stands for several letters in turn the first is told: where it matters, the
    word's letters are beside it.
    """
    letters = dict(sorted((ord(glyph[0]), glyph[1:]) for glyph in glyphs))
    data, numbers = some(coded.face, letters)
    widths = {number: coded.face.glyph_width(number) for number in letters}
    return composite_font(coded, _tag(data), data, numbers, letters, widths, flags=4)


def composite_font(
    coded: CodedFace,
    tag: str,
    data: bytes,
    glyphs: Mapping[int, int],
    letters: Mapping[int, str],
    widths: Mapping[int, float],
    flags: int,
) -> Indirect:
    """A font with codes of two bytes, with its file. By code: the number of the glyph, what it
    stands for, and its width in thousandths of an em.
    """
    place = bytearray(2 * max(letters, default=0) + 2)
    for code in letters:
        place[2 * code : 2 * code + 2] = glyphs[code].to_bytes(2, "big")
    described = _described(coded, tag, data, flags)
    inner = names(Type="Font", Subtype="CIDFontType2", BaseFont=described["FontName"])
    inner |= {"CIDSystemInfo": {"Registry": b"Adobe", "Ordering": b"Identity", "Supplement": 0}}
    listed = [v for code in letters for v in (code, [widths[code]])]
    inner |= {"FontDescriptor": Indirect(described), "DW": 1000, "W": listed}
    inner["CIDToGIDMap"] = packed(bytes(place))
    made = names(Type="Font", Subtype="Type0", BaseFont=described["FontName"])
    made |= {"Encoding": Name("Identity-H"), "DescendantFonts": [Indirect(inner)]}
    return Indirect({**made, "ToUnicode": packed(to_unicode(letters.items(), 4))})


def simple_font(coded: CodedFace, tag: str, data: bytes, letters: Mapping[int, str]) -> Indirect:
    """A font of letters by code, with its file; the codes are the file's own.

    Lengths are thousandths of an em.
    """
    face, first = coded.truetype, 32
    described = _described(coded, tag, data, 4)
    width = {code: face.getCharWidth(ord(letter)) for code, letter in letters.items()}
    made = names(Type="Font", Subtype="TrueType", BaseFont=described["FontName"])
    made |= {"FirstChar": first, "LastChar": 255, "FontDescriptor": Indirect(described)}
    made |= {"Widths": [width.get(code, 0) for code in range(first, 256)]}
    return Indirect({**made, "ToUnicode": packed(to_unicode(letters.items()))})


def _described(coded: CodedFace, tag: str, data: bytes, flags: int) -> dict[str, Any]:
    """A font's descriptor, with its file."""
    face = coded.truetype
    measures = ("italicAngle", "ascent", "descent", "capHeight", "stemV")
    described = names(Type="FontDescriptor", FontName=tag + face.name.decode())
    described |= {"Flags": flags, "FontBBox": [round(v) for v in face.bbox]}
    described |= {key[0].upper() + key[1:]: round(getattr(face, key)) for key in measures}
    described["FontFile2"] = packed(data, {"Length1": len(data)})
    return described
