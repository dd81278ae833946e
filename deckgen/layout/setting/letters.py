"""Letters that a font can't draw, or not in their places, are Problems."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from unicodedata import category, name

from deckgen.design.fonts import Face, FontBook
from deckgen.design.settable import unsettable
from deckgen.model.drawing import Drawing
from deckgen.problem import CATALOGUE, Place, Problem, Severity

_DELETE = "Delete it: put the cursor behind it and press Backspace."
_TODO = "Write it another way, or name a font that has it in templates/fonts.toml."


class MissingLetter(Problem, frozen=True, kw_only=True):
    """A letter that a font lacks, in a word of a Drawing; `place` is where its words begin.

    `proof.letters` finds the word in the person's files.
    """

    letter: str
    word: str
    font: str
    used_on: str


def letter_problems(
    drawings: Sequence[Drawing], places: Iterable[Place], book: FontBook
) -> list[Problem]:
    """A Problem a place, letter and word; `places` says where each drawing's words begin."""
    used = defaultdict[str, list[str]](list)
    for drawing in drawings:
        for line in drawing.lines():
            for run in line.runs:
                used[run.face].append(run.text)
    if not any(_has_faults(" ".join(texts), face, book) for face, texts in used.items()):
        return []
    found: dict[tuple[Place, str, str], Problem] = {}
    for drawing, place in zip(drawings, places, strict=True):
        for line in drawing.lines():
            for run in line.runs:
                for letter in sorted(book.missing(run.text, run.face)):
                    for word in re.findall(rf"\S*{re.escape(letter)}\S*", run.text) or [letter]:
                        font = book.faces[run.face].file
                        missing = _missing(letter, word, font, drawing.label, place)
                        found.setdefault((place, letter, word), missing)
                for at, why in unsettable(run.text, book.faces[run.face]):
                    word = run.text[run.text.rfind(" ", 0, at) + 1 :].split(" ")[0]
                    unset = _unset(
                        why, run.text[at], word, book.faces[run.face], drawing.label, place
                    )
                    found.setdefault((place, why, word), unset)
    return list(found.values())


def _has_faults(text: str, face: str, book: FontBook) -> bool:
    return bool(book.missing(text, face) or unsettable(text, book.faces[face]))


def _unset(why: str, letter: str, word: str, face: Face, label: str, place: Place) -> Problem:
    said = f"“{word}” on {label} can't be set right: {why}."
    todo = f"Write it another way, or use another font than {face.file} in templates/fonts.toml."
    return MissingLetter(
        *("letters-unsettable", place, said, todo),
        severity=CATALOGUE["letters-unsettable"].severity,
        letter=letter,
        word=word,
        font=face.file,
        used_on=label,
    )


def _missing(letter: str, word: str, font: str, label: str, place: Place) -> Problem:
    called = name(letter, "").lower() or f"U+{ord(letter):04X}"
    if category(letter) == "Co":
        called = f"U+{ord(letter):04X}, a sign that only some fonts have"
    todo = _TODO if letter.isprintable() else _DELETE
    where = f"page {label}" if label.isdecimal() else label
    shown = letter if letter.isprintable() else " "
    said = f'The fonts have no "{shown}" ({called}), used on {where}.'
    severity: Severity = CATALOGUE["letter-missing"].severity
    return MissingLetter(
        *("letter-missing", place, said, todo, severity),
        letter=letter,
        word=word,
        font=font,
        used_on=where,
    )
