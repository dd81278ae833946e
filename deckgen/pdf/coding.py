"""Which code stands for which letter, and the operators that show a line.

A letter's code depends on the font file alone: page 0 of a face is cp1252, what cp1252 lacks
follows in the order of Unicode on further pages of 223 codes. So a line's operators are the
same in every document, and they are worked out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import Any

from deckgen.design.fonts import Face, FontBook
from deckgen.model.drawing import TextRun
from deckgen.pdf.notation import number
from deckgen.pdf.objects import Indirect

# What every file carries, beside the letters of the project's own words: all files of a build
# then hold the very same fonts.
ALWAYS = frozenset(map(chr, range(32, 127))) | frozenset("\u00a0‘’“”–—…•·£€é×²")
_PAGE = 223

CP1252 = {
    code: letter
    for code in range(32, 256)
    if (letter := bytes([code]).decode("cp1252", "ignore")) and code not in (127, 0xAD)
}
_SHOWN = [f"\\{chr(code)}" if code in b"()\\" else chr(code) for code in range(256)]
Span = tuple[int, str]
_SPACE: Span = (0, " ")
# A font that is shown: role, code page, and "" or a letter that not every file carries.
Use = tuple[str, int, str]


class CodedFace:
    """One font file with its codes; keeps the text it has coded and the fonts made of it.

    `usual` are the letters that every file carries, `plain` those of them on page 0.
    """

    def __init__(self, face: Face, usual: frozenset[str] = ALWAYS) -> None:
        self.face, self.usual = face, usual
        self.codes: dict[str, tuple[int, int]] = {c: (0, code) for code, c in CP1252.items()}
        others = sorted(face.letters - self.codes.keys() - {chr(i) for i in range(32)} - {"\xad"})
        for i, letter in enumerate(others):
            self.codes[letter] = 1 + i // _PAGE, 33 + i % _PAGE
        self.plain = usual.intersection(CP1252.values())
        self._spans: dict[str, tuple[Span, ...]] = {}
        self._words: dict[str, tuple[Span, ...]] = {}
        self.made: dict[Any, Indirect] = {}

    @cached_property
    def truetype(self) -> Any:
        """The parsed font, by reportlab."""
        from reportlab.pdfbase.ttfonts import TTFontFace

        return TTFontFace(BytesIO(self.face.data))

    def spans(self, text: str) -> tuple[Span, ...]:
        """A text as (code page, what stands between the brackets of a TJ array)."""
        found = self._spans.get(text)
        if found is None:
            first, *others = [self._word(word) for word in text.split(" ")]
            spaced = [span for word in others for span in (_SPACE, *word)]
            found = self._spans[text] = _together((*first, *spaced))
        return found

    def _word(self, word: str) -> tuple[Span, ...]:
        """A word's letters and kerning; the kern goes after its letter."""
        found = self._words.get(word)
        if found is None:
            kerns = self.face.shape(word).kerns_em or (0.0,) * len(word) if word else ()
            spans = []
            for letter, kern in zip(word, kerns, strict=True):
                page, code = self.codes.get(letter) or (0, 32)
                after = f") {number(-1000 * kern)} (" if kern else ""
                spans.append((page, _SHOWN[code] + after))
            found = self._words[word] = _together(spans)
        return found

    def table(self, page: int) -> dict[int, str]:
        """The letters of a code page by code."""
        return {code: c for c, (p, code) in self.codes.items() if p == page}


def _together(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbours on the same code page as one."""
    groups = groupby(spans, itemgetter(0))
    return tuple([(page, "".join([piece for _, piece in group])) for page, group in groups])


class Coding:
    """A book's faces with their codes, shared by all documents made with the book."""

    def __init__(self, book: FontBook) -> None:
        files: dict[str, CodedFace] = {}
        usual = ALWAYS | book.letters
        self.faces = {
            role: files.setdefault(face.file, CodedFace(face, usual))
            for role, face in book.faces.items()
        }

    def operators(self, runs: Sequence[TextRun], size_pt: float, space_after: bool) -> str:
        """Select fonts and show runs, with a word space at the end if the text goes on."""
        out = []
        for run in runs:
            if run.language:
                out.append(f"/Span <</Lang ({run.language})>> BDC")
            for page, piece in self.faces[run.face].spans(run.text):
                out.append(f"/{resource(run.face, page)} {number(size_pt)} Tf [({piece})] TJ")
            if run.language:
                out.append("EMC")
        if space_after:
            out.append(f"/{resource(runs[-1].face, 0)} {number(size_pt)} Tf ( ) Tj")
        return "\n".join(out)

    def uses(self, letters: Mapping[str, set[str]]) -> frozenset[Use]:
        """The fonts that show letters, which are given by role."""
        used: set[Use] = set()
        for role, shown in letters.items():
            coded = self.faces[role]
            others = shown - coded.plain
            if len(others) < len(shown):
                used.add((role, 0, ""))
            for letter in others:
                page = coded.codes.get(letter, (0, 32))[0]
                used.add((role, page, "" if letter in coded.usual else letter))
        return frozenset(used)


def resource(role: str, page: int) -> str:
    """The resource name of a code page: "bold", then "bold.1"."""
    return f"{role}.{page}" if page else role
