"""Card codes as coloured pills."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.design.palette import Palette
from deckgen.geometry import Rect
from deckgen.layout.setting.lines import Setter, Type
from deckgen.layout.setting.shapes import ground, rounded
from deckgen.model.drawing import Element, Mark, Role

FACE = "bold"


def chip_width_pt(setter: Setter, text: str, size_pt: float) -> float:
    """Width of a chip, its round ends included."""
    return setter.book.width_em(text, FACE) * size_pt + size_pt * 1.15


def chip(
    setter: Setter,
    palette: Palette,
    text: str,
    x_pt: float,
    y_pt: float,
    size_pt: float,
    *,
    outline: bool,
) -> tuple[Element | Mark, ...]:
    """A pill in the section's band with its code; left end x, the text's baseline y."""
    width, height = chip_width_pt(setter, text, size_pt), size_pt * 1.6
    pill = rounded(Rect(x_pt, y_pt - size_pt * 0.466, width, height), height / 2)
    ink = palette.srgb("deep" if outline else "on_band")
    shape = ground(pill, palette.srgb("band"), palette.srgb("mid"), outline=outline)
    look = Type(FACE, FACE, size_pt, size_pt, ink)
    line = setter.line(text, look, x_pt + width / 2, y_pt, "middle")
    # Codes in a row are words of their own to whoever listens.
    return Element(Role.ARTIFACT, (shape,)), replace(line, wraps=True)
