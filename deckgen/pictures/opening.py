"""Picture files of dots, opened with Pillow: what they state first, and their dots only then."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from deckgen.pictures.colours import own_colours
from deckgen.pictures.kinds import JPEG, PNG, TIFF, WEBP, webp_size

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageFile import ImageFile

MOST_SIDE, MOST_MEGAPIXELS = 30_000, 90
_MOST_SCANS = 100  # of a JPEG; real ones have twenty at most
_TURNED, _ORIENTATION = frozenset((5, 6, 7, 8)), 274
_TILE_SIDES = (322, 323)
_MODES = frozenset("1 L LA P PA RGB RGBA RGBX CMYK YCbCr LAB I;16 I;16B I;16L".split())


class Unfit(Exception):
    """A file can't be used: what is wrong as the end of "The picture …", and what to do."""

    def __init__(self, found: str, todo: str) -> None:
        super().__init__(found)
        self.found, self.todo = found, todo


class Looked(Struct, frozen=True):
    """What there is to know of a picture before it is drawn: its size as it is seen.

    It is the first of `several` pictures, or moves; `profiled` says whether its colours
    are told by a profile that can be used, None if there is none. `inked`: it is made of inks.
    """

    width: float
    height: float
    several: bool = False
    profiled: bool | None = None
    inked: bool = False


@contextmanager
def quietly() -> Iterator[None]:
    """Without what Pillow says of odd files on the terminal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def look(data: bytes, kind: str) -> Looked:
    """Look at a file, and try whether its dots can be had. Raises Unfit."""
    with quietly():
        try:
            image = opened(data, kind)
            if kind == PNG:
                opened(data, kind).verify()  # its checksums
            turned = orientation(image)
            several = _has_more(opened(data, kind))
            profiled = None if not image.info.get("icc_profile") else bool(own_colours(image))
            inked, (width, height) = image.mode == "CMYK", image.size
            image.draft(None, (width // 8, height // 8))  # a JPEG is unpacked small: much quicker
            image.load()
        except Unfit:
            raise
        except MemoryError as fault:
            raise Unfit("takes too much memory", "Save it anew, with fewer dots.") from fault
        except Exception as fault:
            # The boundary is wide: what damaged and hostile files make Pillow stumble over has no
            # end of names.
            raise Unfit(*_why(fault)) from fault
    size = (height, width) if turned in _TURNED and kind != TIFF else (width, height)
    return Looked(*size, several=several, profiled=profiled, inked=inked)


def _has_more(image: ImageFile) -> bool:
    """Whether there is a second picture. They are not counted: a TIFF can have millions."""
    try:
        image.seek(1)
    except Exception:  # none, or a broken one
        return False
    return True


def _why(fault: Exception) -> tuple[str, str]:
    said = str(fault).lower()
    if "truncated" in said:
        return "is cut off: its end is missing", "Get it again from where it came from."
    if "too large" in said:
        return (
            "carries too much text beside its dots",
            "Save it anew, without what it says of itself.",
        )
    return "is damaged and can't be read", "Get it again, or save it anew in another program."


def opened(data: bytes, kind: str) -> ImageFile:
    """A file with its head read and nothing unpacked. Raises Unfit, and what Pillow raises."""
    if kind == WEBP:
        _refuse_size(*webp_size(data))
    if kind == JPEG and data.count(b"\xff\xda") > _MOST_SCANS:
        raise Unfit("is stored in too many layers", "Save it anew, as a plain JPEG.")
    image = _plugin(kind)(BytesIO(data))
    _refuse_size(*image.size)
    if kind == TIFF:
        tags = image.tag_v2  # type: ignore[attr-defined]
        _refuse_size(*(tags.get(side, 1) for side in _TILE_SIDES))
    if image.mode not in _MODES:
        raise Unfit(
            f"has dots of an unusual kind ({image.mode})", "Save it with 8 bits a colour, in RGB."
        )
    return image


def _plugin(kind: str) -> type[ImageFile]:
    """Pillow's reader of one kind, and of no other."""
    from PIL import JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

    return {
        PNG: PngImagePlugin.PngImageFile,
        JPEG: JpegImagePlugin.JpegImageFile,
        TIFF: TiffImagePlugin.TiffImageFile,
        WEBP: WebPImagePlugin.WebPImageFile,
    }[kind]


def _refuse_size(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise Unfit("has no size: not one dot", "Save it anew.")
    if max(width, height) > MOST_SIDE or width * height > MOST_MEGAPIXELS * 1_000_000:
        found = f"has {width:,} × {height:,} dots; deckgen reads up to {MOST_MEGAPIXELS} million, "
        found += f"and {MOST_SIDE:,} a side"
        raise Unfit(found, "Save it smaller: 6,000 dots a side are more than any card can show.")


def orientation(image: Image.Image) -> int:
    """How the camera was held, from 1 to 8; 1 if the file does not say, or says it badly."""
    try:
        said = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # what a camera wrote is as odd as anything else
        return 1
    return said if isinstance(said, int) and 1 <= said <= 8 else 1
