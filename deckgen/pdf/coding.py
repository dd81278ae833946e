"""Which code stands for which letter, and the operators that show a line.

A letter's code depends on the font file alone: page 0 of a face is cp1252, what cp1252 lacks
follows in the order of Unicode on further pages of 223 codes. So a line's operators are the
same in every document, and they are worked out once.

Words that are no plain shape a letter are shown by the numbers of their glyphs in the font, on a
page of their own (GLYPHS). Where those don't spell the word, or it runs from right to left, the
letters stand beside it for search, copy and screen readers (/ActualText, ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import Any

from deckgen.design.direction import levels, runs_back, starts_rtl, visual_order
from deckgen.design.fonts import Face, FontBook, Glyph
from deckgen.design.outlines import whole
from deckgen.model.drawing import TextRun
from deckgen.pdf.glyphs import beside, shown, sized
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
_BLANK = 0, 32
# The page of words that are shown by the numbers of glyphs.
GLYPHS = -1
# A font that is shown: role, code page, and "" or a letter that not every file carries. On the
# page of glyphs: the character with the glyph's number, and the letters that it stands for.
Use = tuple[str, int, str]
_MORE = "\u200c"  # what a glyph says that is one more of the same letters: nothing


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
        self._glyphs: dict[str, frozenset[str]] = {}
        self.made: dict[Any, Indirect] = {}

    @cached_property
    def truetype(self) -> Any:
        """The parsed font, by reportlab."""
        from reportlab.pdfbase.ttfonts import TTFontFace

        return TTFontFace(BytesIO(whole(self.face)))

    def spans(self, text: str) -> tuple[Span, ...]:
        """A text as (code page, what stands between the brackets of a TJ array)."""
        found = self._spans.get(text)
        if found is None:
            words = [self._word(word) for word in text.split(" ")]
            spaced = [span for word in words for span in (_SPACE, *word)]
            found = self._spans[text] = _together(spaced[1:])
        return found

    def needs(self, text: str) -> Iterable[str]:
        """What a text that was coded wants of the font: letters, and glyphs as in `Use`."""
        if not self._glyphs:
            return text
        words = text.split(" ")
        return set(" ").union(*[self._glyphs.get(word, word) for word in words])

    def _word(self, word: str) -> tuple[Span, ...]:
        """A word's letters and kerning; the kern goes after its letter."""
        found = self._words.get(word)
        if found is None:
            shaped = self.face.shape(word) if word else None
            named = self.named(shaped.glyphs) if shaped and shaped.glyphs else ()
            if named and shaped:
                self._glyphs[word] = frozenset(named)
                found = ((GLYPHS, self._spelled(word, shaped.glyphs)),)
            elif shaped and not shaped.kerns_em:  # nothing of it is to be seen
                found = ()
            else:
                codes, spans = self.codes, []
                for letter, kern in zip(word, shaped.kerns_em if shaped else (), strict=True):
                    page, code = codes.get(letter) or _BLANK
                    said = _SHOWN[code]
                    spans.append((page, f"{said}) {number(-1000 * kern)} (" if kern else said))
                found = _together(spans)
            self._words[word] = found
        return found

    def _spelled(self, word: str, glyphs: Sequence[Glyph]) -> str:
        """A word's glyphs, with its letters beside them unless they spell it in turn."""
        says = "".join(self.face.letters_of.get(glyph.number, "") for glyph in glyphs)
        if says == word and not any(glyph.dx or glyph.dy for glyph in glyphs):
            return shown(glyphs)
        return f"] TJ\n{beside(word)}\n[{shown(glyphs)}] TJ\nEMC\n["

    def named(self, glyphs: Iterable[Glyph], step: int = 1) -> frozenset[str]:
        """Glyphs as a `Use` has them.

        With a step of -1 letters that were joined to one glyph are told from left to right: all
        programs turn the letters of such a line round, one by one.
        """
        own = self.face.letters_of
        return frozenset(
            chr(g.number) + (own.get(g.number) or g.letters or _MORE)[::step]
            for g in glyphs
            if g.number
        )

    def table(self, page: int) -> dict[int, str]:
        """The letters of a code page by code."""
        return {code: c for c, (p, code) in self.codes.items() if p == page}


def _together(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours on the same code page as one."""
    if len({page for page, _ in spans}) == 1:
        return ((spans[0][0], "".join([piece for _, piece in spans])),)
    groups = groupby(spans, itemgetter(0))
    return tuple([(page, "".join([piece for _, piece in group])) for page, group in groups])


class Coding:
    """A book's faces with their codes, shared by all documents made with the book."""

    def __init__(self, book: FontBook) -> None:
        files: dict[str, CodedFace] = {}
        self.book = book
        usual = ALWAYS | book.letters
        self.faces = {
            role: files.setdefault(face.digest, CodedFace(face, usual))
            for role, face in book.faces.items()
        }

    def operators(
        self,
        runs: Sequence[TextRun],
        size_pt: float,
        space_after: bool,
        needed: dict[str, set[str]] | None = None,
        rtl: bool | None = None,
        beside: tuple[str, str] = ("", ""),
    ) -> str:
        """Select fonts and show runs, with a word space at the end if the text goes on.

        What is wanted of each role's font is added to `needed`. `rtl` says which way the paragraph
        runs; None leaves it to its first letter. `beside`: as in a TextLine.
        """
        needed = {} if needed is None else needed
        if rtl or runs_back("".join([run.text for run in runs])) or any(map(runs_back, beside)):
            return self._both_ways(runs, size_pt, space_after, needed, rtl, beside)
        out = []
        for run in runs:
            if run.language:
                out.append(f"/Span <</Lang ({run.language})>> BDC")
            out += self._shown(run.face, run.text, size_pt, needed)
            if run.language:
                out.append("EMC")
        if space_after:
            out += self._shown(runs[-1].face, " ", size_pt, needed, "Tj")
        return "\n".join(out)

    def _shown(
        self, role: str, text: str, size_pt: float, needed: dict[str, set[str]], operator: str = ""
    ) -> list[str]:
        """The operators of a text that runs from left to right."""
        coded, size, made = self.faces[role], number(size_pt), []
        for page, piece in coded.spans(text):
            select = f"/{resource(role, page) if page else role} {size} Tf"
            if operator:
                made.append(f"{select} ({piece}) {operator}")
            elif page == GLYPHS:
                made.append(f"{select}\n{sized(piece, size_pt)}")  # marks have a line of their own
            else:
                made.append(f"{select} [({piece})] TJ")
        letters = needed.get(role)
        if letters is None:
            letters = needed[role] = {" "}
        letters.update(coded.needs(text))
        return made

    def _both_ways(
        self,
        runs: Sequence[TextRun],
        size_pt: float,
        space_after: bool,
        needed: dict[str, set[str]],
        rtl: bool | None,
        beside: tuple[str, str],
    ) -> str:
        """Runs of which some go from right to left: each stretch in its place, in reading order.

        Letters that run back are shown from left to right, as all programs expect it that look
        for words; the mark ReversedChars says so (ISO 32000-1, 14.8.2.5.3).
        """
        text = "".join(run.text for run in runs)
        base = int(starts_rtl(text) if rtl is None else rtl)
        owners = [run for run in runs for _ in run.text]
        pieces, pen = list[tuple[int, float, list[str]]](), 0.0
        found = levels(beside[0] + text + beside[1], base)[len(beside[0]) :][: len(text)]
        for start, stop, level in visual_order(found):
            cuts = _cuts(owners, start, stop)
            for a, b in reversed(cuts) if level % 2 else cuts:
                run, part = owners[a], text[a:b]
                if level % 2:
                    drawn, width = self._back(run.face, part, size_pt, needed)
                else:
                    drawn = self._shown(run.face, part, size_pt, needed)
                    width = self.book.width_em(part, run.face) * size_pt
                if run.language:
                    drawn = [f"/Span <</Lang ({run.language})>> BDC", *drawn, "EMC"]
                pieces.append((a, pen, drawn))
                pen += width
        out, at = list[str](), 0.0
        for _, x, drawn in sorted(pieces, key=itemgetter(0)):
            if abs(x - at) > 0.0005:
                out.append(f"{number(x - at)} 0 Td")
                at = x
            out += drawn
        if space_after:
            out += self._shown(runs[-1].face, " ", size_pt, needed, "Tj")
        return "\n".join(out)

    def _back(
        self, role: str, text: str, size_pt: float, needed: dict[str, set[str]]
    ) -> tuple[list[str], float]:
        """The operators of a text that runs from right to left, from its left end; its width."""
        coded, glyphs = self.faces[role], list[Glyph]()
        for i, word in enumerate(reversed(text.split(" "))):
            glyphs += coded.face.space * bool(i)
            glyphs += coded.face.shape(word, True).glyphs if word else ()
        named = coded.named(glyphs, -1)
        needed.setdefault(role, {" "}).update(named)
        piece = f"/{resource(role, GLYPHS)} {number(size_pt)} Tf {sized(shown(glyphs), size_pt)}"
        width = sum(glyph.advance for glyph in glyphs) * size_pt
        if not named:  # nothing of it is to be seen
            return [], width
        return (["/ReversedChars BMC", piece, "EMC"] if " Ts" not in piece else [piece]), width

    def uses(self, letters: Mapping[str, set[str]]) -> frozenset[Use]:
        """The fonts that show letters, which are given by role."""
        used: set[Use] = set()
        for role, said in letters.items():
            coded = self.faces[role]
            others = said - coded.plain
            if len(others) < len(said):
                used.add((role, 0, ""))
            for letter in others:
                page = GLYPHS if len(letter) > 1 else coded.codes.get(letter, (0, 32))[0]
                used.add((role, page, "" if letter in coded.usual else letter))
        return frozenset(used)


def resource(role: str, page: int) -> str:
    """The resource name of a code page: "bold", then "bold.1"."""
    return f"{role}.{'glyphs' if page == GLYPHS else page}" if page else role


def _cuts(owners: Sequence[TextRun], start: int, stop: int) -> list[tuple[int, int]]:
    """A stretch cut where its face changes."""
    cuts, at = list[tuple[int, int]](), start
    for _, group in groupby(owners[start:stop], lambda run: (run.face, run.language)):
        size = sum(1 for _ in group)
        cuts.append((at, at + size))
        at += size
    return cuts
