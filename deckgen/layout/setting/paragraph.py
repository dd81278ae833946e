"""A paragraph as pieces that were measured once, and its lines, broken by least raggedness."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.layout.setting.breaks import HYPHEN, MARKS, NOTHING, SPACE, Piece
from deckgen.model.drawing import TextRun
from deckgen.model.text import Text

# Words that should not end a line: they belong to what follows.
_LEANS_ON_NEXT = frozenset("a an the of to and or in on we as at by if is".split())
_LEANS, _WIDOW = 0.012, 0.82  # the price of such an end; a last line emptier than that is a widow
_BROKEN = 0.12  # the price of a hyphen
ENDLESS = 1e18
_RAGGED = 0.45  # of a column: a line that is less full, and not the last, looks empty

Word = tuple[TextRun, ...]
Lines = tuple[Word, ...]


class Measured(Struct):
    """A text's words in em, once for all sizes and columns: `steps` are widths with a space.

    A word that may be broken is here in pieces; `behind` says what stands behind each, and `ends`
    what a line that ends there has more than its steps. `length` is that of the whole text on one
    line. `lean` has the price of a line that ends with a word. `broken` holds the lines by width
    and balance, each with what stands behind it; `ragged` says which of these have an empty line,
    unless the words say themselves where they may be broken. `alike` are the words as letters if
    all are of one sort and parted by spaces, as nearly all texts are.
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
    ragged: set[tuple[float, bool]]
    alike: list[str] = []

    def lines(self, width_em: float, *, balance: bool) -> tuple[tuple[Word, str], ...]:
        """The words in lines of a width."""
        key = width_em, balance
        if key not in self.broken:
            ends = _line_ends(self, width_em, balance=balance) if self.words else []
            pairs = list(zip([0, *ends], ends, strict=False))
            least = _RAGGED * width_em + self.space
            used = [sum(self.steps[a:b]) + self.ends[b - 1] for a, b in pairs[:-1]]
            if min(used, default=least) < least and HYPHEN not in self.behind:
                self.ragged.add(key)
            self.broken[key] = tuple([self._line(a, b) for a, b in pairs])
        return self.broken[key]

    def _line(self, start: int, end: int) -> tuple[Word, str]:
        if self.alike:
            first = self.words[0][0]
            text = SPACE.join(self.alike[start:end])
            return (TextRun(text, first.face, first.language),), SPACE
        words, behind = self.words[start:end], self.behind[start:end]
        return _joined(words, behind, self.face), behind[-1]


def words_of(text: Text, face: str, strong_face: str) -> list[Word]:
    """Split at spaces; a word may change face inside ("**K**1")."""
    if len(text) == 1:
        (run,) = text
        role = strong_face if run.strong else face
        return [(TextRun(piece, role, run.language),) for piece in run.text.split(" ") if piece]
    split: list[list[TextRun]] = [[]]
    for run in text:
        role = strong_face if run.strong else face
        for i, piece in enumerate(run.text.split(" ")):
            if i:
                split.append([])
            if piece:
                split[-1].append(TextRun(piece, role, run.language))
    return [tuple(word) for word in split if word]


def cut_at(word: Word, found: Sequence[Piece]) -> list[tuple[Word, str]]:
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


def _line_ends(text: Measured, width: float, *, balance: bool) -> list[int]:
    """Where lines end, for the least sum of squared gaps (a shortest path over words).

    A line costs something in itself, so that fewer are better; then its gap, and its last word.
    """
    steps, after, lean, n = text.steps, text.ends, text.lean, len(text.words)
    if n == 1 or text.length <= width:
        return [n]
    cost = [ENDLESS] * n + [0.0]
    ends = [n] * n
    line = 1.0 if balance else 0.6
    for i in range(n - 1, -1, -1):
        used, best = -text.space, ENDLESS
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
    for word in words:  # nearly always one run each, all of a sort
        if len(word) > 1 or not _alike(word[0], first):
            break
    else:
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


def price_of(word: str, behind: str = SPACE) -> float:
    """What a line's end behind a word costs: it belongs to what follows, or is broken."""
    if behind == HYPHEN:
        return _BROKEN
    return _LEANS if word.lower() in _LEANS_ON_NEXT else 0.0
