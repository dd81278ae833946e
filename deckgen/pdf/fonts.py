"""Embedding fonts: which code stands for which letter, and the subset that goes into a file.

A letter's code depends on the font file alone: page 0 of a face is cp1252, what cp1252 lacks
follows in the order of Unicode on further pages of 223 codes. So a line's operators are the
same in every document, and they are worked out once. Every file carries the letters of
_ALWAYS; most need no others, and then all files of a build hold the very same font streams.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from functools import cached_property
from io import BytesIO
from typing import Any

from reportlab.pdfbase.ttfonts import TTFontFace

from deckgen.design.fonts import Face, FontBook
from deckgen.model.drawing import TextRun
from deckgen.pdf.objects import Indirect, Name, number, packed

_ALWAYS = frozenset(map(chr, range(32, 127))) | frozenset("\u00a0‘’“”–—…•·£€é×")
_PAGE = 223
_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
{rows}
endcmap CMapName currentdict /CMap defineresource pop end end
"""

CP1252 = {
    code: letter
    for code in range(32, 256)
    if (letter := bytes([code]).decode("cp1252", "ignore")) and code not in (127, 0xAD)
}
Span = tuple[int, str]


def to_unicode(letters: Iterable[tuple[int, str]]) -> bytes:
    """A ToUnicode map from (code, letter) pairs, in blocks of a hundred as the format asks."""
    rows = [f"<{code:02X}> <{c.encode('utf-16-be').hex().upper()}>" for code, c in letters]
    blocks = (rows[i : i + 100] for i in range(0, len(rows), 100))
    listed = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return _TO_UNICODE.format(rows=listed).encode()


class CodedFace:
    """One font file with its codes; keeps the text it has coded and the subsets it has made."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.codes: dict[str, tuple[int, int]] = {c: (0, code) for code, c in CP1252.items()}
        others = sorted(face.letters - self.codes.keys() - {chr(i) for i in range(32)} - {"\xad"})
        for i, letter in enumerate(others):
            self.codes[letter] = 1 + i // _PAGE, 33 + i % _PAGE
        self._spans: dict[str, tuple[Span, ...]] = {}
        self._words: dict[str, tuple[Span, ...]] = {}
        self._subsets: dict[tuple[int, frozenset[str]], tuple[bytes, int]] = {}

    @cached_property
    def truetype(self) -> Any:
        """The parsed font, by reportlab."""
        return TTFontFace(BytesIO(self.face.data))

    def spans(self, text: str) -> tuple[Span, ...]:
        """A text as (code page, what stands between the brackets of a TJ array)."""
        found = self._spans.get(text)
        if found is None:
            spans: list[Span] = []
            for i, word in enumerate(text.split(" ")):
                pieces = ((0, " "), *self._word(word)) if i else self._word(word)
                for page, piece in pieces:
                    _add(spans, page, piece)
            found = self._spans[text] = tuple(spans)
        return found

    def _word(self, word: str) -> tuple[Span, ...]:
        found = self._words.get(word)
        if found is None:
            found = self._words[word] = tuple(self._code(word)) if word else ()
        return found

    def _code(self, word: str) -> list[Span]:
        """A word's letters and kerning; the kern goes after its letter."""
        kerns = self.face.shape(word).kerns_em or (0.0,) * len(word)
        spans: list[Span] = []
        for letter, kern in zip(word, kerns, strict=True):
            page, code = self.codes.get(letter) or (0, 32)
            piece = "\\" + chr(code) if code in b"()\\" else chr(code)
            if kern:
                piece += f") {number(-1000 * kern)} ("
            _add(spans, page, piece)
        return spans

    def subset(self, page: int, letters: frozenset[str]) -> tuple[bytes, int]:
        """The font file with these letters of a code page, compressed, and its length before."""
        key = (page, letters)
        if key not in self._subsets:
            table = self.table(page)
            wanted = [ord(c) if (c := table.get(i, "")) in letters else 0 for i in range(256)]
            data = self.truetype.makeSubset(wanted)
            self._subsets[key] = zlib.compress(data, 9), len(data)
        return self._subsets[key]

    def table(self, page: int) -> dict[int, str]:
        """The letters of a code page by code."""
        return {code: c for c, (p, code) in self.codes.items() if p == page}


def _add(spans: list[Span], page: int, piece: str) -> None:
    if spans and spans[-1][0] == page:
        spans[-1] = page, spans[-1][1] + piece
    else:
        spans.append((page, piece))


class Coding:
    """A book's faces with their codes, shared by all documents made with the book."""

    def __init__(self, book: FontBook) -> None:
        files: dict[str, CodedFace] = {}
        self.faces = {
            role: files.setdefault(face.file, CodedFace(face)) for role, face in book.faces.items()
        }

    def operators(self, runs: Iterable[TextRun], size_pt: float, space_after: bool) -> str:
        """Select fonts and show runs, with a word space at the end if the text goes on."""
        out, role, after = [], "", " " if space_after else ""
        for run in runs:
            role = run.face
            if run.language:
                out.append(f"/Span <</Lang ({run.language})>> BDC")
            for page, piece in self.faces[role].spans(run.text):
                out.append(f"/{resource(role, page)} {number(size_pt)} Tf [({piece})] TJ")
            if run.language:
                out.append("EMC")
        if after:
            out.append(f"/{resource(role, 0)} {number(size_pt)} Tf ( ) Tj")
        return "\n".join(out)


def resource(role: str, page: int) -> str:
    """The resource name of a code page: "bold", then "bold.1"."""
    return f"{role}.{page}" if page else role


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
            extra = used | _ALWAYS if page == 0 else used
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
