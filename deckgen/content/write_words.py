"""Words → Markdown that reads back as the very same words, as plainly as can be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, permutations

from deckgen.model.text import Run, Text, plain

Fits = Callable[[str], bool]
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>{}\[\]\"“”|\\]+")
# Words of letters and a few signs that begin nothing, wherever they stand.
_HARMLESS = re.compile(r"[^\W\d_](?:[^\W\d_]| (?! )|[,;?!’“”](?=[^ ]| [^ ]|\Z)|\.(?!\.))*\Z")
_MARKS = frozenset("\\*_`{}[]<>&~^$=|\"'")
_LEVELS = 4  # from words as they are to every sign in disguise
_KINDS = ("strong", "link", "language")


def written_words(text: Text, fits: Fits, inside: str = "") -> str:
    """Markdown for some words: the plainest that `fits`, which says whether it reads back.

    Without one that does, it is the most careful one. `inside` is the bracket that it stands in.
    """
    words = plain(text)
    styled = any(run.strong or run.link or run.language for run in text)
    if not styled and len(text) == 1 and _HARMLESS.match(words) and words[-1] != " ":
        return words
    made = ""
    for level in range(_LEVELS):
        for order in permutations(_KINDS) if styled else (_KINDS,):
            made = "".join(_grouped(text, order, level, inside))
            if fits(made):
                return made
    return made


def _grouped(
    runs: Sequence[Run], order: Sequence[str], level: int, inside: str = ""
) -> Iterator[str]:
    """Runs with the marks of what is first in the order around all that share it, and so on."""
    if not order:
        for run in runs:
            yield _signs(run.text, level, inside)
        return
    kind, *rest = order
    for value, group in groupby(runs, key=lambda run: getattr(run, kind)):
        shared = list(group)
        if not value:
            yield from _grouped(shared, rest, level, inside)
        elif kind == "strong":
            yield f"**{''.join(_grouped(shared, rest, level, inside + '*'))}**"
        elif kind == "language":
            yield f"{{{value}: {''.join(_grouped(shared, rest, level, inside + '{'))}}}"
        elif plain(tuple(shared)) == value and len(shared) == 1 and level < _LEVELS - 1:
            yield value
        else:
            yield f"[{''.join(_grouped(shared, rest, level, inside + '['))}]({value})"


def _signs(words: str, level: int, inside: str) -> str:
    """Words with what would be markup in disguise: little at first, everything at last."""
    if level == 0:
        return words
    if _ADDRESS.fullmatch(words) and level < _LEVELS - 1:
        return words if level == 1 else f"<{words}>"
    out, last = [], len(words) - 1
    for at, sign in enumerate(words):
        bracket = sign in "{}[]" and inside.strip("*")
        space = sign.isspace() and (at in (0, last) or words[at - 1].isspace() or sign != " ")
        # A mark above a letter would become one with it; what nobody sees means nothing alone.
        seen = unicodedata.category(sign) != "Cf"
        odd = unicodedata.combining(sign) or (
            level > 2 and seen and (not sign.isascii() or sign.isdigit())
        )
        edge = level > 1 and at in (0, last) and not sign.isalnum() and not sign.isascii() and seen
        if bracket or odd or edge or (space and level > 1):
            out.append(f"&#{ord(sign)};")
        elif sign.isascii() and not sign.isalnum() and not sign.isspace():
            doubled = sign in "-." and words[at - 1 : at] == sign
            hidden = level > 1 or sign in _MARKS or at == 0 or doubled
            out.append(f"\\{sign}" if hidden else sign)
        else:
            out.append(sign)
    return "".join(out)
