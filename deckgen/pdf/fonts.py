"""Embedding fonts: the subset of each that goes into a file, the same in all files of a build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from deckgen.pdf.coding import CodedFace, Coding, Use, resource
from deckgen.pdf.objects import Indirect, names, packed

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
    return coded.made[key]


def _made(coded: CodedFace, page: int, letters: frozenset[str]) -> Indirect:
    face, table = coded.truetype, coded.table(page)
    shown = {i: table[i] for i in sorted(table) if table[i] in letters & coded.face.letters}
    data = face.makeSubset([ord(shown[i]) if i in shown else 0 for i in range(256)])
    tag = hashlib.md5(data, usedforsecurity=False).digest()[:6]
    return simple_font(coded, "".join(chr(65 + b % 26) for b in tag) + "+", data, shown)


def simple_font(
    coded: CodedFace, tag: str, data: bytes, letters: Mapping[int, str], encoding: Any = None
) -> Indirect:
    """A font of letters by code, with its file; without an encoding the codes are the file's own.

    Lengths are thousandths of an em.
    """
    face, first = coded.truetype, 1 if encoding else 32
    name = tag + face.name.decode()
    measures = ("italicAngle", "ascent", "descent", "capHeight", "stemV")
    described = names(Type="FontDescriptor", FontName=name)
    described |= {"Flags": 32 if encoding else 4, "FontBBox": [round(v) for v in face.bbox]}
    described |= {key[0].upper() + key[1:]: round(getattr(face, key)) for key in measures}
    described["FontFile2"] = packed(data, {"Length1": len(data)})
    width = {code: face.getCharWidth(ord(letter)) for code, letter in letters.items()}
    made = names(Type="Font", Subtype="TrueType", BaseFont=name)
    made |= {"FirstChar": first, "LastChar": 255, "FontDescriptor": Indirect(described)}
    made |= {"Widths": [width.get(code, 0) for code in range(first, 256)], "Encoding": encoding}
    return Indirect({**made, "ToUnicode": packed(to_unicode(letters.items()))})
