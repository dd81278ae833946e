"""Words → set lines, measured with the real fonts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.direction import is_rtl, runs_back, starts_rtl
from deckgen.design.fonts import FontBook
from deckgen.design.theme import TypeStyle
from deckgen.layout.setting.breaks import (
    HYPHEN,
    MARKS,
    SPACE,
    Piece,
    breaks_anywhere,
    forced,
    pieces,
)
from deckgen.layout.setting.paragraph import (
    ENDLESS,
    Lines,
    Measured,
    Word,
    cut_at,
    price_of,
    words_of,
)
from deckgen.model.drawing import TextLine, TextRun
from deckgen.model.text import Text, Worded, ended, plain

_LONG = 0.5  # of a column: longer words are broken where lines would be empty else
_MOST_TEXTS = 4096  # remembered at a time


class Type(Struct, frozen=True):
    """A resolved style: face by role, sizes in points, colour as #RRGGBB."""

    face: str
    strong_face: str
    size_pt: float
    leading_pt: float
    colour: str
    balance: bool = False

    def at(self, size_pt: float, leading_pt: float) -> Type:
        """The same type in another size."""
        return replace(self, size_pt=size_pt, leading_pt=leading_pt)


def type_of(style: TypeStyle, colour: str, size: tuple[float, float] = (0, 0)) -> Type:
    """Resolve a template's style; `size` (size, leading) is used where it gives none."""
    size_pt = style.size or size[0]
    leading_pt = style.leading or (style.size * 1.25 if style.size else size[1])
    strong = "extrabold" if style.face in ("bold", "extrabold") else "bold"
    return Type(style.face, strong, size_pt, leading_pt, colour, style.balance)


class Setter:
    """Sets text with one font book; what was measured is remembered, for fitting asks often."""

    def __init__(self, book: FontBook, language: str = "") -> None:
        self.book, self.language, self.rtl = book, language, is_rtl(language)
        self._measured = lru_cache(maxsize=_MOST_TEXTS)(self._measure)
        self._width_em = lru_cache(maxsize=_MOST_TEXTS)(self._plain_width)

    def lines(self, text: Text, look: Type, width_pt: float) -> Lines:
        """The lines of a text set in a column, each as runs with their spaces."""
        return tuple([line for line, _ in self._broken(text, look, width_pt)])

    def _broken(self, text: Text, look: Type, width_pt: float) -> tuple[tuple[Word, str], ...]:
        width_em = round(width_pt / look.size_pt, 4)
        measured = self._measured(text, look.face, look.strong_face)
        if measured.widest > width_em:
            measured = self._measured(text, look.face, look.strong_face, width_em)
        lines = measured.lines(width_em, balance=look.balance)
        if (width_em, look.balance) in measured.ragged and not look.balance:
            most_em = round(_LONG * width_em, 4)
            finer = self._measured(text, look.face, look.strong_face, most_em)
            lines = finer.lines(width_em, balance=False)
        return lines

    def count(self, text: Text, look: Type, width_pt: float) -> int:
        """How many lines a text takes."""
        return len(self._broken(text, look, width_pt))

    def width_pt(self, text: Worded, look: Type) -> float:
        """Width of a text on one line."""
        if isinstance(text, str):
            return self._width_em(text, look.face) * look.size_pt
        return self.book.width_pt(self._shown(text, look), look.size_pt)

    def _plain_width(self, text: str, face: str) -> float:
        return self.book.width_em(self._bare(text, face), face)

    def _shown(self, text: Worded, look: Type) -> Word:
        """A text as it is drawn on one line."""
        if isinstance(text, str):
            return (TextRun(self._bare(text, look.face), look.face),)
        runs = []
        for run in text:
            face = look.strong_face if run.strong else look.face
            runs.append(TextRun(self._bare(run.text, face), face, run.language))
        return tuple(runs) or (TextRun("", look.face),)

    def _bare(self, text: str, face: str) -> str:
        """What is drawn of a text: no marks for breaks, no letters that the face lacks."""
        return text if text.isascii() else self.book.drawable(text.translate(MARKS), face)

    def _drawable(self, word: Word) -> Word:
        drawable = self.book.drawable
        return tuple([replace(run, text=drawable(run.text, run.face)) for run in word])

    def column(
        self,
        text: Text,
        look: Type,
        x_pt: float,
        y_pt: float,
        width_pt: float,
        *,
        pinned: bool = False,
    ) -> tuple[TextLine, ...]:
        """Set lines with the first baseline at y; each further one a leading below.

        They end at the right if the deck's language or the paragraph runs from right to left,
        unless they are `pinned` to x.
        """
        rtl, size_pt = self._runs_back(plain(text)), look.size_pt
        right = (self.rtl or rtl) and not pinned
        lines, set_lines = self._broken(text, look, width_pt), list[TextLine]()
        for i, (runs, behind) in enumerate(lines):
            left = x_pt + width_pt - self.book.width_pt(runs, size_pt) if right else x_pt
            y, more = y_pt - i * look.leading_pt, i < len(lines) - 1
            mark = TextLine(left, y, size_pt, look.colour, runs, more and behind == SPACE, rtl)
            set_lines.append(replace(mark, goes_on=True) if more and behind != SPACE else mark)
        return tuple(set_lines) if rtl is None or not lines[1:] else _in_paragraph(set_lines)

    def line(
        self, text: Worded, look: Type, x_pt: float, y_pt: float, align: str = "left"
    ) -> TextLine:
        """One line; x is its left end, middle or right end by `align`."""
        width, runs = self.width_pt(text, look), self._shown(text, look)
        left = x_pt - {"left": 0.0, "middle": width / 2, "right": width}[align]
        back = self._runs_back("".join(run.text for run in runs))
        return TextLine(left, y_pt, look.size_pt, look.colour, runs, rtl=back)

    def mirror(self, x_pt: float, width_pt: float, left_pt: float, whole_pt: float) -> float:
        """The left end of something in a column (`left_pt`, `whole_pt` wide) that is at x.

        In a deck that runs from right to left it changes sides: bullets are at the right.
        """
        return 2 * left_pt + whole_pt - x_pt - width_pt if self.rtl else x_pt

    def _runs_back(self, said: str) -> bool | None:
        """Whether a paragraph runs from right to left; None if nothing depends on it.

        In a deck of such a language every one does that has letters of it.
        """
        return (self.rtl or starts_rtl(said)) if runs_back(said) else None

    def _measure(
        self, text: Text, face: str, strong_face: str, most_em: float = ENDLESS
    ) -> Measured:
        """Measure a text; words wider than `most_em` are broken where they would not be else."""
        words, behind = words_of(text, face, strong_face), list[str]()
        if any(breaks_anywhere(run.text) for run in text):
            words, behind = self._in_pieces(words, pieces, -1.0)
        if most_em < ENDLESS:
            words, behind = self._in_pieces(words, forced, most_em, behind)
        if not all(run.text.isascii() for run in text):
            words = [self._drawable(word) for word in words]  # once broken: ‑ may become -
        space, alike = self.book.space_em(face), list[str]()
        if behind:
            widths, marked = list(map(self._width, words)), list(zip(words, behind, strict=True))
            steps = [w + space * (b == SPACE) for w, b in zip(widths, behind, strict=True)]
            ends = [self._end(word, mark, space) for word, mark in marked]
            lean = [price_of(word[-1].text, mark) for word, mark in marked]
        else:
            if len(text) == 1 and words:
                alike = [word[0].text for word in words]
                shape = self.book.faces[words[0][0].face].shape
                widths = [shape(word).width_em for word in alike]
            else:
                widths = list(map(self._width, words))
            behind, ends = [SPACE] * len(words), [0.0] * len(words)
            steps = [width + space for width in widths]
            lean = [price_of(word) for word in alike or [word[-1].text for word in words]]
        length = -space
        for step in steps:  # as lines are added up below
            length += step
        widest = max(widths, default=0.0)
        sums = space, length, widest
        return Measured(face, words, behind, steps, ends, *sums, lean, {}, set(), alike)

    def _width(self, word: Word) -> float:
        fonts = self.book.faces
        return sum([fonts[r.face].shape(r.text).width_em for r in word])

    def _end(self, word: Word, behind: str, space: float) -> float:
        """What a line has more if it ends here: no space comes off, and there may be a hyphen."""
        hyphen = self.book.width_em(HYPHEN, word[-1].face) if behind == HYPHEN else 0.0
        return 0.0 if behind == SPACE else space + hyphen

    def _in_pieces(
        self,
        words: list[Word],
        cut: Callable[[str, str, str], Sequence[Piece]],
        most_em: float,
        behind: Sequence[str] = (),
    ) -> tuple[list[Word], list[str]]:
        """Words and what stands behind them; those wider than `most_em` are cut."""
        found, marks = list[tuple[Word, str]](), behind or [SPACE] * len(words)
        said = [_said(word) for word in words]
        for i, (word, last) in enumerate(zip(words, marks, strict=True)):
            if self._width(word) <= most_em:
                found.append((word, last))
                continue
            language = word[0].language or self.language
            start, end = i, i + 1  # of all pieces of the same word
            while start and marks[start - 1] != SPACE:
                start -= 1
            while end < len(words) and marks[end - 1] != SPACE:
                end += 1
            parts = cut_at(word, cut(said[i], language, "".join(said[start:end])))
            found += [*parts[:-1], *((part, last) for part, _ in parts[-1:])]
        return [word for word, _ in found], [mark for _, mark in found]


def _said(word: Word) -> str:
    return "".join(run.text for run in word).replace("\ufeff", "")


def _in_paragraph(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Lines with the words beside them: a sign at a line's end runs as in the whole paragraph."""
    said = ["".join(run.text for run in line.runs) + " " * line.wraps for line in lines]
    return tuple(
        replace(line, beside=("".join(said[:i]), " " * line.wraps + "".join(said[i + 1 :])))
        for i, line in enumerate(lines)
    )


def bold_first(title: Worded, rest: Text) -> Text:
    """A bold title run into the text that follows it."""
    return (*(replace(run, strong=True) for run in ended(title, " ")), *rest)
