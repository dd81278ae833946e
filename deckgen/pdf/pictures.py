"""Pictures as image XObjects: named after what they show, made once, whatever draws them.

Photographs are packed as JPEG does, everything else without loss. Nothing is transparent: where a
picture shows what lies below, a mask of one bit a dot says so, which all printers know.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from deckgen.model.picture import Picture
from deckgen.pdf.notation import point
from deckgen.pdf.objects import Indirect, Name, names, packed, packed_already
from deckgen.pictures.kinds import JPEG

if TYPE_CHECKING:
    from PIL import Image

    from deckgen.pictures.dots import Dots, Wanted

# Dots an inch that are kept, at most.
_PHOTO_PPI, _GRAPHIC_PPI = 300.0, 450.0
_QUALITY = 88  # of JPEG, at most 95
_SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}
_CHANNELS = {"L": 1, "RGB": 3, "CMYK": 4}

# From "RGB" to inks ("CMYK"); greys ("L") stay, as they are black ink alone.
ToInks = Callable[["Image.Image"], "Image.Image"]


class Pictures:
    """The pictures that Drawings show, by name. With `to_inks` they are for a press."""

    def __init__(self, to_inks: ToInks | None = None) -> None:
        self._to_inks = to_inks
        self._marks: dict[str, Picture] = {}
        self._made: dict[str, Indirect] = {}

    def place(self, mark: Picture) -> tuple[str, str]:
        """The operators that show a picture, and its name."""
        want = _wanted(mark)
        key = f"{mark.file.digest} {want.box} {want.size} {mark.ground}"
        name = f"p.{hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()[:12]}"
        self._marks.setdefault(name, mark)
        x, y, width, height = (point(v) for v in (*mark.frame.corners[:2], *_sides(mark)))
        return f"q {width} 0 0 {height} {x} {y} cm /{name} Do Q", name

    def object(self, name: str) -> Indirect:
        """The image of a name that was placed."""
        if name not in self._made:
            from deckgen.pictures.dots import dots_of

            mark = self._marks[name]
            self._made[name] = self._image(dots_of(mark, _wanted(mark)))
        return self._made[name]

    def forget(self) -> None:
        """Let go of what was made: for programs that go on after their documents."""
        self._marks.clear()
        self._made.clear()

    def _image(self, dots: Dots) -> Indirect:
        image, to_inks = dots.image, self._to_inks
        if dots.photo:
            made = _as_photo(to_inks(image) if to_inks else image)
        else:
            made = _as_graphic(image, to_inks)
        made.value = {**_entries(image), **made.value}
        if dots.mask:
            bits = {**_entries(dots.mask), "ImageMask": True, "BitsPerComponent": 1}
            made["Mask"] = packed(dots.mask.tobytes(), bits)
        return made


def _wanted(mark: Picture) -> Wanted:
    from deckgen.pictures.dots import wanted

    return wanted(mark, _PHOTO_PPI if mark.file.kind == JPEG else _GRAPHIC_PPI)


def _sides(mark: Picture) -> tuple[float, float]:
    return mark.frame.width_pt, mark.frame.height_pt


def _entries(image: Image.Image) -> dict[str, Any]:
    size = {"Width": image.width, "Height": image.height, "BitsPerComponent": 8}
    return {**names(Type="XObject", Subtype="Image"), **size}


def _as_photo(image: Image.Image) -> Indirect:
    """Packed with a loss that nobody sees."""
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    made = Indirect({"ColorSpace": Name(_SPACES[image.mode]), **names(Filter="DCTDecode")})
    if image.mode == "CMYK":
        made["Decode"] = [1, 0] * 4  # Pillow writes inks as Adobe's programs do
    made.stream = out.getvalue()
    return made


def _as_graphic(image: Image.Image, to_inks: ToInks | None) -> Indirect:
    """Packed as it is, with a palette if it has few colours."""
    if image.mode == "RGB" and (table := _with_palette(image)):
        colours = _palette_of(table)
        in_space = to_inks(colours) if to_inks else colours
        space = Name(_SPACES[in_space.mode])
        indexed = [Name("Indexed"), space, colours.width - 1, in_space.tobytes()]
        made = _as_png(table)
        made["ColorSpace"] = indexed
        return made
    inks = to_inks(image) if to_inks else image
    if inks.mode == "CMYK":  # which a PNG can't hold
        return packed_already(zlib.compress(inks.tobytes(), 6), {"ColorSpace": Name("DeviceCMYK")})
    return _as_png(inks)


def _with_palette(image: Image.Image) -> Image.Image | None:
    """The same picture with a palette, if it has no more colours than one holds."""
    from PIL import Image, ImageChops

    if image.getcolors(256) is None:
        return None
    table = image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    same = not ImageChops.difference(table.convert("RGB"), image).getbbox()
    return table if same else None


def _palette_of(table: Image.Image) -> Image.Image:
    """The colours of a palette in a row."""
    from PIL import Image

    flat = table.getpalette() or [0, 0, 0]
    return Image.frombytes("RGB", (len(flat) // 3, 1), bytes(flat))


def _as_png(image: Image.Image) -> Indirect:
    """Packed by Pillow as in a PNG, rows by what differs from the row above; PDF has the same."""
    out = BytesIO()
    image.save(out, "PNG")
    data, at, parts = out.getvalue(), 8, list[bytes]()
    bits = data[24]  # fewer where a palette is small
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind == b"IDAT":
            parts.append(data[at + 8 : at + 8 + length])
        at += length + 12
    channels = _CHANNELS.get(image.mode, 1)
    rows = {"Predictor": 15, "Colors": channels, "BitsPerComponent": bits, "Columns": image.width}
    space = Name(_SPACES.get(image.mode, "DeviceGray"))
    entries = {"ColorSpace": space, "BitsPerComponent": bits, "DecodeParms": rows}
    return packed_already(b"".join(parts), entries)
