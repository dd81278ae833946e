"""Words → set lines: breaking by least raggedness, measured with the real fonts."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.fonts import FontBook
from deckgen.design.theme import TypeStyle
from deckgen.model.drawing import TextLine, TextRun
from deckgen.model.text import Text, Worded, ended

# Words that should not end a line: they belong to what follows.
_LEANS_ON_NEXT = frozenset("a an the of to and or in on we as at by if is".split())
_LEANS, _WIDOW = 0.012, 0.82  # the price of such an end; a last line emptier than that is a widow
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

    `length` is that of the whole text on one line. `lean` has the price of a line that ends with
    a word. `broken` holds the lines by width and balance.
    """

    face: str
    words: list[Word]
    steps: list[float]
    space: float
    length: float
    lean: list[float]
    broken: dict[tuple[float, bool], Lines]

    def lines(self, width_em: float, *, balance: bool) -> Lines:
        """The words in lines of a width."""
        key = width_em, balance
        if key not in self.broken:
            ends = _line_ends(self, width_em, balance=balance) if self.words else []
            pairs = zip([0, *ends], ends, strict=False)
            self.broken[key] = tuple(_joined(self.words[a:b], self.face) for a, b in pairs)
        return self.broken[key]


def _words(text: Text, face: str, strong_face: str) -> list[Word]:
    """Split at spaces; a word may change face inside ("**K**1")."""
    split: list[list[TextRun]] = [[]]
    for run in text:
        role = strong_face if run.strong else face
        for i, piece in enumerate(run.text.split(" ")):
            if i:
                split.append([])
            if piece:
                split[-1].append(TextRun(piece, role, run.language))
    return [tuple(word) for word in split if word]


class Setter:
    """Sets text with one font book; what was measured is remembered, for fitting asks often."""

    def __init__(self, book: FontBook) -> None:
        self.book = book
        self._measured = lru_cache(maxsize=_MOST_TEXTS)(self._measure)

    def lines(self, text: Text, look: Type, width_pt: float) -> Lines:
        """The lines of a text set in a column, each as runs with their spaces."""
        measured = self._measured(text, look.face, look.strong_face)
        return measured.lines(round(width_pt / look.size_pt, 4), balance=look.balance)

    def count(self, text: Text, look: Type, width_pt: float) -> int:
        """How many lines a text takes."""
        return len(self.lines(text, look, width_pt))

    def width_pt(self, text: Worded, look: Type) -> float:
        """Width of a text on one line."""
        runs = _runs(text, look)
        return sum([self.book.width_em(run.text, run.face) for run in runs]) * look.size_pt

    def column(
        self, text: Text, look: Type, x_pt: float, y_pt: float, width_pt: float
    ) -> tuple[TextLine, ...]:
        """Set lines with the first baseline at y; each further one a leading below."""
        lines = self.lines(text, look, width_pt)
        return tuple(
            TextLine(
                x_pt,
                y_pt - i * look.leading_pt,
                look.size_pt,
                look.colour,
                runs,
                wraps=i < len(lines) - 1,
            )
            for i, runs in enumerate(lines)
        )

    def line(
        self, text: Worded, look: Type, x_pt: float, y_pt: float, align: str = "left"
    ) -> TextLine:
        """One line; x is its left end, middle or right end by `align`."""
        width = self.width_pt(text, look)
        left = x_pt - {"left": 0.0, "middle": width / 2, "right": width}[align]
        return TextLine(left, y_pt, look.size_pt, look.colour, _runs(text, look))

    def _measure(self, text: Text, face: str, strong_face: str) -> _Measured:
        words, fonts = _words(text, face, strong_face), self.book.faces
        space = self.book.space_em(face)
        widths = [sum([fonts[r.face].shape(r.text).width_em for r in word]) for word in words]
        steps = [width + space for width in widths]
        lean = [_LEANS * (word[-1].text.lower() in _LEANS_ON_NEXT) for word in words]
        length = -space
        for step in steps:  # as lines are added up below
            length += step
        return _Measured(face, words, steps, space, length, lean, {})


def _runs(text: Worded, look: Type) -> tuple[TextRun, ...]:
    """A text as it is set on one line."""
    if isinstance(text, str):
        return (TextRun(text, look.face),)
    return tuple(
        [TextRun(r.text, look.strong_face if r.strong else look.face, r.language) for r in text]
    )


def _line_ends(text: _Measured, width: float, *, balance: bool) -> list[int]:
    """Where lines end, for the least sum of squared gaps (a shortest path over words).

    A line costs something in itself, so that fewer are better; then its gap, and its last word.
    """
    steps, lean, n = text.steps, text.lean, len(text.words)
    if n == 1 or text.length <= width:
        return [n]
    cost = [_ENDLESS] * n + [0.0]
    ends = [n] * n
    line = 1.0 if balance else 0.6
    for i in range(n - 1, -1, -1):
        used, best = -text.space, _ENDLESS
        for j in range(i, n):
            used += steps[j]
            if used > width and j > i:
                break
            gap = max(0.0, 1 - used / width)
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


def _joined(words: list[Word], face: str) -> Word:
    """One line's runs: neighbours of the same face become one run, spaces in between."""
    first = words[0][0]
    if all(len(word) == 1 and _alike(word[0], first) for word in words):
        return (TextRun(" ".join([word[0].text for word in words]), first.face, first.language),)
    runs: list[TextRun] = []
    for i, word in enumerate(words):
        for k, run in enumerate(word):
            text = run.text
            if i and not k:
                last = runs[-1]
                if not _alike(last, run) and last.face == face:
                    runs[-1] = replace(last, text=last.text + " ")
                else:
                    text = " " + text
            if runs and _alike(runs[-1], run):
                runs[-1] = replace(run, text=runs[-1].text + text)
            else:
                runs.append(replace(run, text=text))
    return tuple(runs)


def _alike(one: TextRun, other: TextRun) -> bool:
    return one.face == other.face and one.language == other.language


def bold_first(title: Worded, rest: Text) -> Text:
    """A bold title run into the text that follows it."""
    return (*(replace(run, strong=True) for run in ended(title, " ")), *rest)
