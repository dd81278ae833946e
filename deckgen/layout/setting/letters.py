"""Letters that a font can't draw, or not in their places, are Problems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from unicodedata import name

from deckgen.design.fonts import Face, FontBook
from deckgen.design.settable import unsettable
from deckgen.model.drawing import Drawing
from deckgen.problem import Place, Problem, problem


def letter_problems(
    drawings: Sequence[Drawing], places: Iterable[Place], book: FontBook
) -> list[Problem]:
    """One Problem a drawing and character; `places` says where each drawing's words are."""
    used = defaultdict[str, list[str]](list)
    for drawing in drawings:
        for line in drawing.lines():
            for run in line.runs:
                used[run.face].append(run.text)
    if not any(_has_faults(" ".join(texts), face, book) for face, texts in used.items()):
        return []
    found: dict[tuple[Place, str], Problem] = {}
    for drawing, place in zip(drawings, places, strict=True):
        for line in drawing.lines():
            for run in line.runs:
                for letter in sorted(book.missing(run.text, run.face)):
                    found.setdefault((place, letter), _missing(letter, drawing.label, place))
                for at, why in unsettable(run.text, book.faces[run.face]):
                    word = run.text[run.text.rfind(" ", 0, at) + 1 :].split(" ")[0]
                    said = f"“{word}” on {drawing.label} can't be set right: {why}."
                    found.setdefault((place, why), _unset(said, book.faces[run.face], place))
    return list(found.values())


def _has_faults(text: str, face: str, book: FontBook) -> bool:
    return bool(book.missing(text, face) or unsettable(text, book.faces[face]))


def _unset(said: str, face: Face, place: Place) -> Problem:
    todo = f"Write it another way, or use another font than {face.file} in templates/fonts.toml."
    return problem("letters-unsettable", place, said, todo)


def _missing(letter: str, label: str, place: Place) -> Problem:
    return problem(
        "letter-missing",
        place,
        f'The fonts have no "{letter}" ({name(letter, "unnamed").lower()}), used on {label}.',
        "Write it another way.",
    )
