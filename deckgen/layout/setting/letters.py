"""Letters that a font can't draw would leave an empty box: they are Problems instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from unicodedata import name

from deckgen.design.fonts import FontBook
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
    if not any(book.missing("".join(texts), face) for face, texts in used.items()):
        return []
    found: dict[tuple[Place, str], Problem] = {}
    for drawing, place in zip(drawings, places, strict=True):
        for line in drawing.lines():
            for run in line.runs:
                for letter in sorted(book.missing(run.text, run.face)):
                    found.setdefault((place, letter), _missing(letter, drawing.label, place))
    return list(found.values())


def _missing(letter: str, label: str, place: Place) -> Problem:
    return problem(
        "letter-missing",
        place,
        f'The fonts have no "{letter}" ({name(letter, "unnamed").lower()}), used on {label}.',
        "Write it another way.",
    )
