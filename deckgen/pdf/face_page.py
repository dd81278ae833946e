"""A face as a page to be drawn: its looks and nothing else, in screen colours or in one ink.

Of an ink there is a plate, as on a press: a picture in grey that is dark where the ink is. So the
inks of a picture are those that the palette gives, as in the print shop's file.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from deckgen.design.palette import Palettes
from deckgen.geometry import Matrix, Rect, Size
from deckgen.model.drawing import Drawing
from deckgen.pdf.notation import number
from deckgen.pdf.objects import File, Indirect, Name, names, packed
from deckgen.pdf.paint import Painter, SetColour, cm, unmarked
from deckgen.pdf.pictures import ToInks
from deckgen.pdf.resources import Resources

if TYPE_CHECKING:
    from PIL import Image

_BLACK = 3


def plate_of(palettes: Palettes, ink: int) -> SetColour:
    """Colours as the greys of one ink's plate: 0 to 3 for cyan, magenta, yellow and black."""

    @lru_cache(maxsize=1024)
    def set_colour(srgb: str, operator: str) -> str:
        light = 1 - palettes.pair(srgb).cmyk[ink] / 100
        return f"{number(light)} {'g' if operator == 'rg' else 'G'}"

    return set_colour


def pictures_on_plate(to_inks: ToInks, ink: int) -> ToInks:
    """Pictures as the greys of one ink's plate. Grey ones are black ink alone."""

    def grey(image: Image.Image) -> Image.Image:
        from PIL import Image, ImageChops

        inks = to_inks(image)
        if inks.mode == "CMYK":
            return ImageChops.invert(inks.getchannel(ink))
        return inks if ink == _BLACK else Image.new("L", inks.size, 255)

    return grey


def write_picture(face: Drawing, shown: Rect, page: Size, painter: Painter) -> bytes:
    """A file of one page, which the part of the face that is `shown` fills from edge to edge."""
    file, shared, root = File(), Resources(painter), Indirect({"Type": Name("Pages")})
    across, up = page.width_pt / shown.width_pt, page.height_pt / shown.height_pt
    place = cm(Matrix(across, 0, 0, up, -shown.x_pt * across, -shown.y_pt * up))
    painted = shared.paint(face)
    code = f"{place}\n".encode() + unmarked(painted.code)
    resources = shared.of(painted)
    shared.finish()
    painter.forget()
    entries = {"Parent": root, "MediaBox": [0, 0, page.width_pt, page.height_pt]}
    entries |= {"Resources": resources, "Contents": packed(code)}
    root.value |= {"Count": 1, "Kids": [Indirect({**names(Type="Page"), **entries})]}
    file.Catalog["Pages"] = root
    return file.to_bytes()
