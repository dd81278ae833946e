"""An answer's letters as they can be drawn: what people type is not bound to the deck's fonts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from unicodedata import category, combining, name, normalize

from msgspec import Struct

from deckgen.design.fonts import UNSEEN, FontBook
from deckgen.design.settable import unsettable
from deckgen.layout.setting.breaks import forced
from deckgen.layout.setting.lines import Setter, Type
from deckgen.model.text import Run, Text, plain

FACE, STRONG = "regular", "bold"
# What stands for a letter that no font has: the first of these that the face has. Never a question
# mark, which people write themselves.
_FOR_NONE = "\ufffd□▯■◊○¤•*"
_WIDEST = 1.3  # em, of a letter
_MOST_NAMED = 8


class Letters(Struct, frozen=True):
    """An answer as it can be drawn: a text a line of it, and the face of its strong letters.

    `lacking` are letters that no font has, for which `shown` is drawn; `unset` says of others why
    they can't be set right.
    """

    lines: tuple[Text, ...]
    strong_face: str
    lacking: tuple[str, ...] = ()
    shown: str = ""
    unset: tuple[str, ...] = ()


def letters_of(answer: str, book: FontBook) -> Letters:
    """An answer in letters that the fonts have; those of other faces stand in, as strong ones."""
    said = [_cleaned(line) for line in normalize("NFC", answer).splitlines()]
    missing = book.missing(book.drawable("".join(said), FACE), FACE)
    face = _stand_in(missing, book)
    lacking = missing & book.missing("".join(missing), face)
    sign = next((sign for sign in _FOR_NONE if sign in book.faces[FACE].letters), " ")
    shown = str.maketrans(dict.fromkeys(lacking, sign))
    lines = tuple(_in_faces(line.translate(shown), missing - lacking) for line in said)
    runs = [(run.text, face if run.strong else FACE) for line in lines for run in line]
    why = {why for text, role in runs for _, why in unsettable(text, book.faces[role])}
    return Letters(lines, face, tuple(sorted(lacking)), sign, tuple(sorted(why)))


def _cleaned(line: str) -> str:
    """A line without what is no letter: a tab is a space, other controls are nothing."""
    if line.isprintable():
        return line
    kept = UNSEEN | {"\u00ad"}
    line = line.replace("\t", " ")
    return "".join(c for c in line if c in kept or category(c) not in ("Cc", "Cf"))


def _stand_in(missing: set[str], book: FontBook) -> str:
    """The face that has most of the letters that the usual one lacks."""
    if not missing:
        return STRONG if STRONG in book.faces else FACE
    return min(book.faces, key=lambda face: len(book.missing("".join(missing), face)))


def _in_faces(line: str, strong: set[str]) -> Text:
    """A line as runs; letters of the other face take the marks behind them along."""
    if not strong:
        return (Run(line),)
    runs = list[Run]()
    for other, group in groupby(_clusters(line), lambda cluster: bool(strong & set(cluster))):
        runs.append(Run("".join(group), other))
    return tuple(runs)


def _clusters(line: str) -> list[str]:
    """Letters, each with the marks on it and what draws nothing."""
    found = list[str]()
    for letter in line:
        if found and (combining(letter) or letter in UNSEEN):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def breakable(text: Text, look: Type, width_pt: float, setter: Setter) -> Text:
    """A text whose words may be broken anywhere if they would be wider than their column."""
    if max(map(len, plain(text).split(" "))) * _WIDEST * look.size_pt <= width_pt:
        return text

    def fits(piece: str) -> bool:
        return setter.width_pt(piece, look) <= width_pt

    def cut(found: re.Match[str]) -> str:
        if all(fits(piece) for piece, _ in forced(found[0], setter.language)):
            return found[0]
        return "\u200b".join(_pieces(found[0], fits))

    return tuple(Run(re.sub(r"[^ ]+", cut, r.text), r.strong, r.language) for r in text)


def _pieces(word: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """A word in the longest pieces that fit; a letter keeps the marks on it."""
    letters = _clusters(word)

    def piece(start: int, count: int) -> str:
        return "".join(letters[start : start + count])

    start = 0
    while start < len(letters):
        whole = partial(piece, start)
        count = max(1, last_of(partial(_fit, whole, fits), len(letters) - start))
        yield whole(count)
        start += count


def _fit(piece: Callable[[int], str], fits: Callable[[str], bool], count: int) -> bool:
    return fits(piece(count))


def last_of(fits: Callable[[int], bool], most: int) -> int:
    """The largest number from 0 to `most` that fits; up to it all do. It is sought from below."""
    step = 1
    while step < most and fits(step):
        step *= 2
    low, high = step // 2, min(step, most)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def named(letters: Iterable[str]) -> str:
    """Letters and their names, for a person to read: “И” (cyrillic capital letter i)."""
    said = [_named(letter) for letter in letters]
    more = f" and {len(said) - _MOST_NAMED} more" if len(said) > _MOST_NAMED else ""
    return ", ".join(said[:_MOST_NAMED]) + more


def _named(letter: str) -> str:
    called = name(letter, "").lower()
    code = f"U+{ord(letter):04X}"
    if not letter.isprintable():
        return f"{code} ({called})" if called else code
    return f"“{letter}” ({called or code})"
