"""Very small type in one ink: presses don't lay several so exactly that its edges stay sharp."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.colour import contrast
from deckgen.design.palette import Palettes
from deckgen.model.drawing import Element, TextLine

ONE_INK_PT = 8.0  # type up to this size; print shops check it


def in_one_ink(elements: tuple[Element, ...], palettes: Palettes) -> tuple[Element, ...]:
    """The elements with their small type in black, or in white if it was light."""
    return tuple(_element(element, palettes) for element in elements)


def _element(element: Element, palettes: Palettes) -> Element:
    kids = tuple(
        _element(kid, palettes)
        if isinstance(kid, Element)
        else replace(kid, colour=_plain(kid.colour, palettes))
        if isinstance(kid, TextLine) and kid.size_pt <= ONE_INK_PT
        else kid
        for kid in element.kids
    )
    return replace(element, kids=kids)


def _plain(colour: str, palettes: Palettes) -> str:
    """Of black and white the one that is more like a colour of several inks."""
    if sum(ink > 0 for ink in palettes.pair(colour).cmyk) < 2:
        return colour
    black, white = palettes.neutral["ink"].srgb, palettes.neutral["white"].srgb
    return black if contrast(colour, white) > contrast(colour, black) else white
