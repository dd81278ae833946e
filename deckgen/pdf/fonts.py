"""Embedding fonts: the subset of each that goes into a file, the same in all files of a build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from deckgen.pdf.coding import CodedFace, Coding, Use, resource
from deckgen.pdf.objects import Indirect, Name, packed

_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
{rows}
endcmap CMapName currentdict /CMap defineresource pop end end
"""


def to_unicode(letters: Iterable[tuple[int, str]]) -> bytes:
    """A ToUnicode map from (code, letter) pairs, in blocks of a hundred as the format asks."""
    rows = [f"<{code:02X}> <{c.encode('utf-16-be').hex().upper()}>" for code, c in letters]
    blocks = (rows[i : i + 100] for i in range(0, len(rows), 100))
    listed = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return _TO_UNICODE.format(rows=listed).encode()


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
    made: Indirect = coded.made[key]
    return made


def _made(coded: CodedFace, page: int, letters: frozenset[str]) -> Indirect:
    face, table = coded.truetype, coded.table(page)
    shown = {i: table[i] for i in sorted(table) if table[i] in letters & coded.face.letters}
    data = face.makeSubset([ord(shown[i]) if i in shown else 0 for i in range(256)])
    digest = hashlib.md5(data, usedforsecurity=False).digest()
    name = Name("".join(chr(65 + b % 26) for b in digest[:6]) + "+" + face.name.decode())
    return Indirect(
        {
            "Type": Name("Font"),
            "Subtype": Name("TrueType"),
            "BaseFont": name,
            "FirstChar": 32,
            "LastChar": 255,
            "Widths": widths(coded, shown, 32),
            "FontDescriptor": descriptor(coded, name, data, symbolic=True),
            "ToUnicode": packed(to_unicode(shown.items())),
        }
    )


def widths(coded: CodedFace, letters: dict[int, str], first: int) -> list[float]:
    """The widths of the letters with the codes from `first` to 255, in thousandths of an em."""
    width = coded.truetype.getCharWidth
    return [width(ord(letters[i])) if i in letters else 0 for i in range(first, 256)]


def descriptor(coded: CodedFace, name: Name, data: bytes, *, symbolic: bool) -> Indirect:
    """A font descriptor with its font file. Lengths are thousandths of an em."""
    face = coded.truetype
    return Indirect(
        {
            "Type": Name("FontDescriptor"),
            "FontName": name,
            "Flags": 4 if symbolic else 32,
            "FontBBox": [round(v) for v in face.bbox],
            "ItalicAngle": round(face.italicAngle),
            "Ascent": round(face.ascent),
            "Descent": round(face.descent),
            "CapHeight": round(face.capHeight),
            "StemV": round(face.stemV),
            "FontFile2": packed(data, {"Length1": len(data)}),
        }
    )
