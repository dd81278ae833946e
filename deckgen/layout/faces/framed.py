"""A card's pictures in their frames, and whether they are sharp there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckgen.design import theme
from deckgen.geometry import Rect, mm
from deckgen.layout.faces.face import Face
from deckgen.model.deck import Card
from deckgen.model.drawing import Drawing, Element, Role
from deckgen.model.picture import Picture, Shown
from deckgen.pictures.fit import fitted, sharpness_problems
from deckgen.problem import Problem


def framed(shown: Shown, frame: Rect) -> Element:
    """The picture as a figure, or as decoration; the frame is in points."""
    picture = fitted(shown.file, frame, shown.focus)
    role = Role.FIGURE if shown.alt else Role.ARTIFACT
    return Element(role, (picture,), alt=shown.alt)


def picture(face: Face, part: theme.Picture) -> tuple[Element, ...]:
    """The first picture of this side, over the bleed."""
    side = "front" if any(each is part for each in face.layout("front")) else "back"
    own = [p.picture for p in face.words.parts if p.picture and p.rule.side == side]
    bleed, size = face.bleed_pt, face.size
    height = mm(part.height) or size.height_pt + bleed  # all of the face, and the bleed below
    frame = Rect(-bleed, size.height_pt - height, size.width_pt + 2 * bleed, height + bleed)
    return (framed(own[0], frame),) if own else ()


def blurred(card: Card, sides: Iterable[Drawing]) -> Iterator[Problem]:
    """Pictures that have too few dots where they are shown, each at the line that names it."""
    places = {shown.file: shown.place for shown in card.pictures}
    for side in sides if places else ():
        for mark in side.marks():
            if isinstance(mark, Picture):
                yield from sharpness_problems(mark, places[mark.file], side.label)
