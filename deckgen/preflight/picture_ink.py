"""How much ink a picture takes: the most on any spot of about a third of a millimetre."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageChops, ImageMath, JpegImagePlugin
from pypdf.generic import StreamObject

from deckgen.preflight.entries import entry
from deckgen.preflight.inspected import Inspected, TooMuch
from deckgen.preflight.reach import listed

_SPOT = 4  # dots across: single ones that packing made too strong don't count
_MOST_DOTS, _MOST_SCANS = 90_000_000, 100
_PLAIN = frozenset(f"/{n}Decode" for n in "Flate ASCII85 ASCIIHex RunLength LZW".split())


class Damaged(Exception):
    """A picture can't be unpacked."""


def look_at_ink(file: Inspected, thing: StreamObject, most: float) -> None:
    """Whether a picture takes more ink than the press does, in per cent.

    Those in DeviceCMYK are measured, 8 bits an ink, plain, with a palette, or packed as JPEG does.
    """
    if id(thing) not in file.measured:
        file.measured[id(thing)] = thing, None
        try:
            file.measured[id(thing)] = thing, _most_ink(thing)
        except Damaged:
            file.fails("READ", "a picture is damaged")
    ink = file.measured[id(thing)][1]
    if ink is not None:
        file.has("INK", f"a picture with {ink:.0f} % ink", ink > most + 0.5)


def _most_ink(thing: StreamObject) -> float | None:
    width, height = entry(thing, "/Width"), entry(thing, "/Height")
    if not isinstance(width, int) or not isinstance(height, int) or min(width, height) < 1:
        return None
    if width * height > _MOST_DOTS:
        raise TooMuch(f"a picture has more than {_MOST_DOTS // 1_000_000} million dots")
    space, bits = listed(entry(thing, "/ColorSpace")), entry(thing, "/BitsPerComponent")
    if space and space[0] == "/Indexed" and len(space) > 3 and space[1] == "/DeviceCMYK":
        table = space[3].get_data() if isinstance(space[3], StreamObject) else space[3]
        flat = bytes(getattr(table, "original_bytes", table))
        colours = Image.frombytes("CMYK", (len(flat) // 4, 1), flat[: len(flat) // 4 * 4])
        return _sum_of(colours)
    if bits != 8 or not space or space[0] != "/DeviceCMYK":
        return None
    try:
        made = _unpacked(thing, (width, height))
    except Exception as fault:  # Pillow and pypdf raise nearly anything on what is damaged
        raise Damaged from fault
    decode = [float(v) for v in listed(entry(thing, "/Decode"))]
    if made and decode == [1.0, 0.0] * 4:
        made = ImageChops.invert(made)
    return _sum_of(made) if made else None


def _unpacked(thing: StreamObject, size: tuple[int, int]) -> Image.Image | None:
    """The values as they are stored, the mean of each spot."""
    filters = [str(name) for name in listed(entry(thing, "/Filter"))]
    if filters == ["/DCTDecode"]:
        if thing._data.count(b"\xff\xda") > _MOST_SCANS:
            return None
        image = JpegImagePlugin.JpegImageFile(BytesIO(thing._data))
        if image.mode != "CMYK" or image.width * image.height > _MOST_DOTS:
            return None
        image.draft(None, (image.width // _SPOT, image.height // _SPOT))
        image.load()
        return ImageChops.invert(image)  # Pillow reads them all as Adobe's programs write them
    if not _PLAIN.issuperset(filters):
        return None
    data = thing.get_data()
    if len(data) < 4 * size[0] * size[1]:
        return None
    return Image.frombytes("CMYK", size, data[: 4 * size[0] * size[1]]).reduce(_SPOT)


def _sum_of(image: Image.Image) -> float:
    """The most that all inks are together, in per cent."""
    cyan, magenta, yellow, black = image.split()
    total: Any = ImageMath.lambda_eval(
        lambda inks: inks["c"] + inks["m"] + inks["y"] + inks["k"],
        **{"c": cyan, "m": magenta, "y": yellow, "k": black},
    )
    return float(total.getextrema()[1]) / 2.55
