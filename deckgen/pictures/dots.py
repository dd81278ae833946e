"""A Picture → the dots that are printed: turned, cropped, scaled, in sRGB, on its ground."""

from __future__ import annotations

from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct

from deckgen.model.picture import Picture, PictureFile
from deckgen.pictures.colours import by_profile, lab_colours, own_colours
from deckgen.pictures.kinds import JPEG, TIFF, WEBP
from deckgen.pictures.opening import opened, orientation, quietly

if TYPE_CHECKING:
    from PIL import Image

_TURNS = (5, 6, 7, 8)
_SAMPLE, _FEW_COLOURS = (96, 96), 2000
_FEW_GREYS = 64
_NOTHING = [255] + [0] * 255  # of how much is there: white where it is nothing


class Dots(Struct, frozen=True):
    """What is printed of a picture: mode "L" or "RGB". Where `mask` is white, it is seen through.

    A `photo` has so many colours that it may be packed as JPEG does.
    """

    image: Image.Image
    mask: Image.Image | None
    photo: bool


class Wanted(Struct, frozen=True):
    """Which part of a file is printed, in its dots (SVG: per cent), and how many come of it."""

    box: tuple[float, float, float, float]
    size: tuple[int, int]


def wanted(picture: Picture, most_ppi: float) -> Wanted:
    """The dots of a picture, made fewer if there are more than so many an inch.

    The same part of a file in frames of other sizes is the same as long as all its dots are used.
    """
    file, frame = picture.file, picture.frame
    size = ceil(most_ppi * frame.width_pt / 72), ceil(most_ppi * frame.height_pt / 72)
    if file.scales:
        return Wanted(picture.crop, size)
    left, top, right, bottom = picture.crop
    x, x_end = round(left * file.width / 100), round(right * file.width / 100)
    y, y_end = round(top * file.height / 100), round(bottom * file.height / 100)
    x_end, y_end = max(x_end, x + 1), max(y_end, y + 1)
    if picture.ppi <= most_ppi:
        size = x_end - x, y_end - y
    return Wanted((x, y, x_end, y_end), size)


def dots_of(picture: Picture, want: Wanted) -> Dots:
    """The dots themselves. Works on files that were looked at; raises what Pillow raises."""
    file = picture.file
    with quietly():
        image = _drawn(picture, want) if file.scales else _unpacked(file, want)
        colours, see_through = _plain(image), None
        if colours.mode in ("LA", "RGBA"):
            *bands, see_through = colours.split()
            colours = _merged(bands)
        made = _in_srgb(colours, image, file)
        if see_through is None or see_through.getextrema() == (255, 255):
            return Dots(made, None, _is_photo(made, file))
        return _on_ground(made, see_through, picture)


def _merged(bands: list[Image.Image]) -> Image.Image:
    from PIL import Image

    return bands[0] if len(bands) == 1 else Image.merge("RGB", bands)


def _drawn(picture: Picture, want: Wanted) -> Image.Image:
    """A part of an SVG."""
    from PIL import Image

    from deckgen.pictures.vector import drawn_svg

    left, top, right, bottom = picture.crop
    width = round(want.size[0] * 100 / (right - left))
    with Image.open(BytesIO(drawn_svg(picture.file, width)), formats=("PNG",)) as drawn:
        drawn.load()
    x, x_end = (drawn.width * side / 100 for side in (left, right))
    y, y_end = (drawn.height * side / 100 for side in (top, bottom))
    return drawn.resize(want.size, Image.Resampling.LANCZOS, box=(x, y, x_end, y_end))


def _unpacked(file: PictureFile, want: Wanted) -> Image.Image:
    """The part of a file that is shown, in the colours that it has."""
    from PIL import Image

    image = opened(file.data, file.kind)
    turn = orientation(image) if file.kind != TIFF else 1  # Pillow turns a TIFF by itself
    full_width, full_height = int(file.width), int(file.height)
    (x, y, x_end, y_end), size = want.box, want.size
    needed = int(full_width * size[0] / (x_end - x)), int(full_height * size[1] / (y_end - y))
    image.draft(None, needed[::-1] if turn in _TURNS else needed)
    image.load()
    info = image.info
    made = _turned(_eight_bits(image), turn)
    across, down = made.width / full_width, made.height / full_height
    box = (x * across, y * down, x_end * across, y_end * down)
    if made.mode in ("P", "PA", "1") or (made.mode in ("L", "RGB") and "transparency" in info):
        made.info |= {k: v for k, v in info.items() if k == "transparency"}
        made = _plain(made)
    if made.mode == "LAB":
        made, info = (own_colours(image) or lab_colours)(made), {}
    if made.size != size or box != (0, 0, *size):
        made = made.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    made.info |= {k: v for k, v in info.items() if k in ("icc_profile", "adobe")}
    return made


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    from PIL.Image import Transpose as To

    ways = {2: To.FLIP_LEFT_RIGHT, 3: To.ROTATE_180, 4: To.FLIP_TOP_BOTTOM, 5: To.TRANSPOSE}
    ways |= {6: To.ROTATE_270, 7: To.TRANSVERSE, 8: To.ROTATE_90}
    return image.transpose(ways[orientation]) if orientation in ways else image


def _eight_bits(image: Image.Image) -> Image.Image:
    """Greys of 16 bits in 8: Pillow would cut off what is brighter than the darkest of 256."""
    if not image.mode.startswith("I;16"):
        return image
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _plain(image: Image.Image) -> Image.Image:
    """Colours as they are, one of L, LA, RGB, RGBA and CMYK; palettes are looked up."""
    clear = "transparency" in image.info
    if image.mode in ("1", "L"):
        return image.convert("LA" if clear and image.mode == "L" else "L")
    if image.mode in ("LA", "RGBA", "CMYK"):
        return image
    if image.mode == "PA" or clear:
        return image.convert("RGBA")
    return image.convert("RGB")


def _in_srgb(colours: Image.Image, image: Image.Image, file: PictureFile) -> Image.Image:
    """Colours as a screen has them; grey ones stay grey."""
    from PIL import ImageChops

    colours.info |= {k: v for k, v in image.info.items() if k == "icc_profile"}
    seen = own_colours(colours)
    if colours.mode == "CMYK":
        if file.kind == JPEG and "adobe" not in image.info:
            colours = ImageChops.invert(colours)  # Pillow takes every JPEG for one of Adobe's
        if seen is None and file.inks:
            seen = by_profile(file.inks, "CMYK")
    plain = colours if colours.mode in ("L", "RGB") or seen else colours.convert("RGB")
    made = seen(plain) if seen else plain
    grey = made.mode == "RGB" and (colours.mode == "L" or _is_grey(made))
    return made.getchannel(1) if grey else made


def _is_grey(image: Image.Image) -> bool:
    from PIL import ImageChops

    red, green, blue = image.split()
    return not any(ImageChops.difference(green, one).getbbox() for one in (red, blue))


def _is_photo(image: Image.Image, file: PictureFile) -> bool:
    """Whether a picture has the many colours of a photograph."""
    if file.kind == JPEG or (file.kind == WEBP and b"VP8 " in file.data[12:64]):
        return True
    few = _FEW_GREYS if image.mode == "L" else _FEW_COLOURS
    return image.resize(_SAMPLE, 0).getcolors(few) is None


def _on_ground(made: Image.Image, see_through: Image.Image, picture: Picture) -> Dots:
    """The picture on its ground, and where there is nothing of it."""
    from PIL import Image

    white = picture.ground.upper() == "#FFFFFF"
    made = made if made.mode == "L" and white else made.convert("RGB")
    ground = Image.new(made.mode, made.size, 255 if made.mode == "L" else picture.ground)
    whole = Image.composite(made, ground, see_through)
    nothing = see_through.point(_NOTHING, "1")
    return Dots(whole, nothing if nothing.getbbox() else None, _is_photo(whole, picture.file))
