"""The index cards: how to use the deck, and which cards are in force."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.layout.faces.face import Face
from deckgen.layout.faces.face_maker import FaceMaker, fits, in_one_class
from deckgen.model.deck import Section
from deckgen.model.text import Text


def index_faces(maker: FaceMaker) -> tuple[list[Face], bool]:
    """The generated cards: title, edition, how to use the deck, the codes in force.

    One card if all of it fits; else each holds as much as it has room for in the smallest size
    class, and one thing at least. Also told is whether their words fit.
    """
    told, left = maker.deck.how_to_use, maker.deck.sections
    one, fit = in_one_class([maker.index(1, told, left)], maker.design)
    if fit:
        return one, fit
    made: list[Face] = []
    while told or left:
        face = _fullest(maker, len(made) + 1, told, left)
        made.append(face)
        told = told[sum(len(part.rows) for part in face.words.parts) :]
        left = left[len(face.words.listed) :]
    return in_one_class(made, maker.design)


def _fullest(
    maker: FaceMaker, number: int, told: tuple[Text, ...], left: tuple[Section, ...]
) -> Face:
    """As much as fits on one card: first what is told, and then sections."""
    smallest = maker.design.theme.size_classes[-1]
    fullest: Face | None = None
    for count in range(1, len(told) + len(left) + 1):
        face = maker.index(number, told[:count], left[: max(0, count - len(told))])
        if not fits(replace(face, size_class=smallest)):
            if fullest is None and not told:  # a section of very many holes
                return maker.index(number, (), left[:1], briefly=True)
            return fullest or face
        fullest = face
    assert fullest is not None, "an index card has something to say"
    return fullest
