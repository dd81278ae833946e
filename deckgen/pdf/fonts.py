"""Embedding fonts: the subset of each that goes into a file. Every file carries ALWAYS."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from deckgen.pdf.coding import ALWAYS, CodedFace, Coding, resource
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


class Embedding:
    """The fonts of one document."""

    def __init__(self, coding: Coding) -> None:
        self._coding = coding
        self._letters: dict[tuple[str, int], set[str]] = {}
        self._made: dict[tuple[str, int], Indirect] = {}

    def use(self, letters: Iterable[tuple[str, str]]) -> None:
        """Note which (face, letter) pairs the document shows."""
        for role, letter in letters:
            page = self._coding.faces[role].codes.get(letter, (0, 32))[0]
            self._letters.setdefault((role, page), set()).add(letter)

    def resources(self) -> dict[str, Any]:
        """The /Font dictionary: every code page that is used."""
        return {
            resource(role, page): self._font(role, page) for role, page in sorted(self._letters)
        }

    def _font(self, role: str, page: int) -> Indirect:
        coded = self._coding.faces[role]
        key = coded.face.file, page
        if key not in self._made:
            used: set[str] = set()
            for (other, p), letters in self._letters.items():
                if p == page and self._coding.faces[other] is coded:
                    used |= letters
            extra = used | ALWAYS if page == 0 else used
            self._made[key] = _font_object(coded, page, frozenset(extra))
        return self._made[key]


def _font_object(coded: CodedFace, page: int, letters: frozenset[str]) -> Indirect:
    data, length = coded.subset(page, letters)
    face, table = coded.truetype, coded.table(page)
    shown = [(i, table[i]) for i in sorted(table) if table[i] in letters & coded.face.letters]
    digest = hashlib.md5(data, usedforsecurity=False).digest()
    name = Name("".join(chr(65 + b % 26) for b in digest[:6]) + "+" + face.name.decode())
    widths = dict.fromkeys(range(32, 256), 0) | {i: face.getCharWidth(ord(c)) for i, c in shown}
    return Indirect(
        {
            "Type": Name("Font"),
            "Subtype": Name("TrueType"),
            "BaseFont": name,
            "FirstChar": 32,
            "LastChar": 255,
            "Widths": list(widths.values()),
            "FontDescriptor": descriptor(coded, name, data, length, symbolic=True),
            "ToUnicode": packed(to_unicode(shown)),
        }
    )


def descriptor(
    coded: CodedFace, name: Name, data: bytes, length: int, *, symbolic: bool
) -> Indirect:
    """A font descriptor with its (compressed) font file. Lengths are thousandths of an em."""
    face = coded.truetype
    stream = Indirect({"Length1": length, "Filter": Name("FlateDecode")}, data)
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
            "FontFile2": stream,
        }
    )
