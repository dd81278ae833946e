"""Which code stands for which letter, and the operators that show a line.

A letter's code depends on the font file alone: page 0 of a face is cp1252, what cp1252 lacks
follows in the order of Unicode on further pages of 223 codes. So a line's operators are the
same in every document, and they are worked out once.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import cached_property
from io import BytesIO
from typing import Any

from deckgen.design.fonts import Face, FontBook
from deckgen.model.drawing import TextRun
from deckgen.pdf.notation import number

# What every file carries. Most need no others, and then all files of a build hold the very same
# font streams.
ALWAYS = frozenset(map(chr, range(32, 127))) | frozenset("\u00a0‘’“”–—…•·£€é×")
_PAGE = 223

CP1252 = {
    code: letter
    for code in range(32, 256)
    if (letter := bytes([code]).decode("cp1252", "ignore")) and code not in (127, 0xAD)
}
Span = tuple[int, str]


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
        from reportlab.pdfbase.ttfonts import TTFontFace

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
