"""Words → set lines: breaking by least raggedness, measured with the real fonts."""

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
    NOTHING,
    SPACE,
    Piece,
    breaks_anywhere,
    forced,
    pieces,
)
from deckgen.model.drawing import TextLine, TextRun
from deckgen.model.text import Run, Text, plain

# Words that should not end a line: they belong to what follows.
_LEANS_ON_NEXT = frozenset("a an the of to and or in on we as at by if is".split())
_LEANS, _WIDOW = 0.012, 0.82  # the price of such an end; a last line emptier than that is a widow
_BROKEN = 0.12  # the price of a hyphen
_ENDLESS = 1e18
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


Word = tuple[TextRun, ...]
Lines = tuple[Word, ...]


class _Measured(Struct):
    """A text's words in em, once for all sizes and columns: `steps` are widths with a space.

    A word that may be broken is here in pieces; `behind` says what stands behind each, and `ends`
    what a line that ends there has more than its steps. `length` is that of the whole text on one
    line. `lean` has the price of a line that ends with a word. `broken` holds the lines by width
    and balance, each with what stands behind it.
    """

    face: str
    words: list[Word]
    behind: list[str]
    steps: list[float]
    ends: list[float]
    space: float
    length: float
    widest: float
    lean: list[float]
    broken: dict[tuple[float, bool], tuple[tuple[Word, str], ...]]

    def lines(self, width_em: float, *, balance: bool) -> tuple[tuple[Word, str], ...]:
        """The words in lines of a width."""
        key = width_em, balance
        if key not in self.broken:
            ends = _line_ends(self, width_em, balance=balance) if self.words else []
            pairs = zip([0, *ends], ends, strict=False)
            self.broken[key] = tuple(
                (_joined(self.words[a:b], self.behind[a:b], self.face), self.behind[b - 1])
                for a, b in pairs
            )
        return self.broken[key]


def _words(text: Text, face: str, strong_face: str, book: FontBook) -> list[Word]:
    """Split at spaces; a word may change face inside ("**K**1")."""
    split: list[list[TextRun]] = [[]]
    for run in text:
        role = strong_face if run.strong else face
        for i, piece in enumerate(run.text.split(" ")):
            if i:
                split.append([])
            if piece:
                split[-1].append(TextRun(book.drawable(piece, role), role, run.language))
    return [tuple(word) for word in split if word]


def _cut(word: Word, found: Sequence[Piece]) -> list[tuple[Word, str]]:
    """A word of several runs in pieces, each with what stands behind it."""
    runs, cut = list(word), list[tuple[Word, str]]()
    for text, mark in found:
        taken, left = list[TextRun](), len(text)
        while left:
            run = replace(runs[0], text=runs[0].text.translate(MARKS))
            taken.append(replace(run, text=run.text[:left]))
            if left < len(run.text):
                runs[0] = replace(run, text=run.text[left:])
            else:
                del runs[0]
            left -= len(taken[-1].text)
        cut.append((tuple(run for run in taken if run.text), mark))
    return cut


class Setter:
    """Sets text with one font book; what was measured is remembered, for fitting asks often."""

    def __init__(self, book: FontBook, language: str = "") -> None:
        self.book, self.language, self.rtl = book, language, is_rtl(language)
        self._measured = lru_cache(maxsize=_MOST_TEXTS)(self._measure)

    def lines(self, text: Text, look: Type, width_pt: float) -> Lines:
        """The lines of a text set in a column, each as runs with their spaces."""
        return tuple([line for line, _ in self._broken(text, look, width_pt)])

    def _broken(self, text: Text, look: Type, width_pt: float) -> tuple[tuple[Word, str], ...]:
        width_em = round(width_pt / look.size_pt, 4)
        measured = self._measured(text, look.face, look.strong_face)
        if measured.widest > width_em:
            measured = self._measured(text, look.face, look.strong_face, width_em)
        return measured.lines(width_em, balance=look.balance)

    def count(self, text: Text, look: Type, width_pt: float) -> int:
        """How many lines a text takes."""
        return len(self.lines(text, look, width_pt))

    def width_pt(self, string: str, look: Type) -> float:
        """Width of a string on one line."""
        return self.book.width_em(self._shown(string, look), look.face) * look.size_pt

    def _shown(self, string: str, look: Type) -> str:
        """A string as it is drawn on one line."""
        return self.book.drawable(string.translate(MARKS), look.face)

    def column(
        self, text: Text, look: Type, x_pt: float, y_pt: float, width_pt: float
    ) -> tuple[TextLine, ...]:
        """Set lines with the first baseline at y; each further one a leading below.

        They end at the right if the deck's language or the paragraph runs from right to left.
        """
        rtl, size_pt = self._runs_back(plain(text)), look.size_pt
        lines, set_lines = self._broken(text, look, width_pt), list[TextLine]()
        for i, (runs, behind) in enumerate(lines):
            left = x_pt + width_pt - self.book.width_pt(runs, size_pt) if self.rtl or rtl else x_pt
            y, more = y_pt - i * look.leading_pt, i < len(lines) - 1
            mark = TextLine(left, y, size_pt, look.colour, runs, more and behind == SPACE, rtl)
            set_lines.append(replace(mark, goes_on=True) if more and behind != SPACE else mark)
        return tuple(set_lines)

    def line(
        self, string: str, look: Type, x_pt: float, y_pt: float, align: str = "left"
    ) -> TextLine:
        """One line; x is its left end, middle or right end by `align`."""
        width, runs = self.width_pt(string, look), (TextRun(self._shown(string, look), look.face),)
        left = x_pt - {"left": 0.0, "middle": width / 2, "right": width}[align]
        return TextLine(left, y_pt, look.size_pt, look.colour, runs, rtl=self._runs_back(string))

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
        self, text: Text, face: str, strong_face: str, most_em: float = _ENDLESS
    ) -> _Measured:
        """Measure a text; words wider than `most_em` are broken where they would not be else."""
        words, behind = _words(text, face, strong_face, self.book), list[str]()
        if any(breaks_anywhere(run.text) for run in text):
            words, behind = self._in_pieces(words, pieces, 0.0)
        if most_em < _ENDLESS:
            words, behind = self._in_pieces(words, forced, most_em, behind)
        behind = behind or [SPACE] * len(words)
        space, widths = self.book.space_em(face), list(map(self._width, words))
        steps = [w + (space if b == SPACE else 0.0) for w, b in zip(widths, behind, strict=True)]
        ends = [self._end(word, b, space) for word, b in zip(words, behind, strict=True)]
        lean = [_LEANS * (word[-1].text.lower() in _LEANS_ON_NEXT) for word in words]
        lean = [_BROKEN if b == HYPHEN else v for v, b in zip(lean, behind, strict=True)]
        length = -space
        for step in steps:  # as lines are added up below
            length += step
        widest = max(widths, default=0.0)
        return _Measured(face, words, behind, steps, ends, space, length, widest, lean, {})

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
        cut: Callable[[str, str], Sequence[Piece]],
        most_em: float,
        behind: Sequence[str] = (),
    ) -> tuple[list[Word], list[str]]:
        """Words and what stands behind them; those wider than `most_em` are cut."""
        found = list[tuple[Word, str]]()
        for word, last in zip(words, behind or [SPACE] * len(words), strict=True):
            if self._width(word) <= most_em:
                found.append((word, last))
                continue
            language = word[0].language or self.language
            parts = _cut(word, cut("".join(run.text for run in word), language))
            found += [*parts[:-1], *((part, last) for part, _ in parts[-1:])]
        return [word for word, _ in found], [mark for _, mark in found]


def _line_ends(text: _Measured, width: float, *, balance: bool) -> list[int]:
    """Where lines end, for the least sum of squared gaps (a shortest path over words).

    A line costs something in itself, so that fewer are better; then its gap, and its last word.
    """
    steps, after, lean, n = text.steps, text.ends, text.lean, len(text.words)
    if n == 1 or text.length <= width:
        return [n]
    cost = [_ENDLESS] * n + [0.0]
    ends = [n] * n
    line = 1.0 if balance else 0.6
    for i in range(n - 1, -1, -1):
        used, best = -text.space, _ENDLESS
        for j in range(i, n):
            used += steps[j]
            wide = used + after[j]
            if wide > width and j > i:
                if used > width:
                    break
                continue  # with a hyphen it is too wide, but the rest of the word may fit
            gap = max(0.0, 1 - wide / width)
            if j < n - 1:
                total = line + gap * gap + lean[j] + cost[j + 1]
            else:
                widow = i and (i == j or gap > _WIDOW)
                total = line + gap * gap * balance + 0.25 * bool(widow)
            if total < best:
                best, ends[i] = total, j + 1
        cost[i] = best
    path, at = [], 0
    while at < n:
        at = ends[at]
        path.append(at)
    return path


def _joined(words: list[Word], behind: Sequence[str], face: str) -> Word:
    """One line's runs: neighbours of the same face become one run, spaces in between."""
    first, last = words[0][0], HYPHEN * (behind[-1] == HYPHEN)
    if all(len(word) == 1 and _alike(word[0], first) for word in words):
        between = [SPACE if mark == SPACE else NOTHING for mark in behind[:-1]]
        text = "".join([w[0].text + mark for w, mark in zip(words, [*between, last], strict=True)])
        return (TextRun(text, first.face, first.language),)
    runs: list[TextRun] = []
    for i, word in enumerate(words):
        for k, run in enumerate(word):
            text = run.text
            if i and not k and behind[i - 1] == SPACE:
                last_run = runs[-1]
                if not _alike(last_run, run) and last_run.face == face:
                    runs[-1] = replace(last_run, text=last_run.text + " ")
                else:
                    text = " " + text
            if runs and _alike(runs[-1], run):
                runs[-1] = replace(run, text=runs[-1].text + text)
            else:
                runs.append(replace(run, text=text))
    runs[-1] = replace(runs[-1], text=runs[-1].text + last)
    return tuple(runs)


def _alike(one: TextRun, other: TextRun) -> bool:
    return one.face == other.face and one.language == other.language


def bold_first(title: str, rest: Text) -> Text:
    """A bold title run into the text that follows it."""
    return (Run(title + " ", strong=True), *rest)
