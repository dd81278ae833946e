"""Words → set lines: breaking by least raggedness, measured with the real fonts."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.fonts import FontBook
from deckgen.design.theme import TypeStyle
from deckgen.model.drawing import TextLine, TextRun
from deckgen.model.text import Run, Text

# Words that should not end a line: they belong to what follows.
_LEANS_ON_NEXT = frozenset("a an the of to and or in on we as at by if is".split())
_ENDLESS = 1e18


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
    """Sets text with one font book; line breaks are remembered, for fitting asks often."""

    def __init__(self, book: FontBook) -> None:
        self.book = book
        self._broken = lru_cache(maxsize=None)(self._break)

    def lines(self, text: Text, look: Type, width_pt: float) -> tuple[tuple[TextRun, ...], ...]:
        """The lines of a text set in a column, each as runs with their spaces."""
        return self._broken(
            text, look.face, look.strong_face, round(width_pt / look.size_pt, 4), look.balance
        )

    def count(self, text: Text, look: Type, width_pt: float) -> int:
        """How many lines a text takes."""
        return len(self.lines(text, look, width_pt))

    def width_pt(self, string: str, look: Type) -> float:
        """Width of a string on one line."""
        return self.book.width_em(string, look.face) * look.size_pt

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
        self, string: str, look: Type, x_pt: float, y_pt: float, align: str = "left"
    ) -> TextLine:
        """One line; x is its left end, middle or right end by `align`."""
        width = self.width_pt(string, look)
        left = x_pt - {"left": 0.0, "middle": width / 2, "right": width}[align]
        return TextLine(left, y_pt, look.size_pt, look.colour, (TextRun(string, look.face),))

    def _break(
        self, text: Text, face: str, strong_face: str, width_em: float, balance: bool
    ) -> tuple[tuple[TextRun, ...], ...]:
        words = _words(text, face, strong_face)
        if not words:
            return ()
        space = self.book.space_em(face)
        widths = [sum(self.book.width_em(r.text, r.face) for r in word) for word in words]
        ends = _line_ends(words, widths, space, width_em, balance)
        starts = [0, *ends[:-1]]
        return tuple(_joined(words[a:b], face) for a, b in zip(starts, ends, strict=True) if b > a)


def _line_ends(
    words: list[Word], widths: list[float], space: float, width: float, balance: bool
) -> list[int]:
    """Where lines end, for the least sum of squared gaps (a shortest path over words)."""
    n = len(words)
    cost = [_ENDLESS] * n + [0.0]
    ends = [n] * (n + 1)
    for i in range(n - 1, -1, -1):
        used = -space
        for j in range(i, n):
            used += widths[j] + space
            if used > width and j > i:
                break
            total = _line_cost(words, i, j, max(0.0, 1 - used / width), balance) + cost[j + 1]
            if total < cost[i]:
                cost[i], ends[i] = total, j + 1
    path, at = [], 0
    while at < n:
        at = ends[at]
        path.append(at)
    return path


def _line_cost(words: list[Word], i: int, j: int, gap: float, balance: bool) -> float:
    """What one line costs; `gap` is the empty share of it."""
    last = j == len(words) - 1
    cost = 1.0 if balance else 0.6  # fewer lines are better
    if balance or not last:
        cost += gap * gap
    if last and i and (i == j or gap > 0.82):
        cost += 0.25  # a widow word
    if not last and words[j][-1].text.lower() in _LEANS_ON_NEXT:
        cost += 0.012
    return cost


def _joined(words: list[Word], face: str) -> tuple[TextRun, ...]:
    """One line's runs: neighbours of the same face become one run, spaces in between."""
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
    return (one.face, one.language) == (other.face, other.language)


def bold_first(title: str, rest: Text) -> Text:
    """A bold title run into the text that follows it."""
    return (Run(title + " ", strong=True), *rest)
