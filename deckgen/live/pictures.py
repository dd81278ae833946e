"""Pictures of single faces and sheets as PNG; what was drawn before is not drawn again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TypeVar

import pypdfium2 as pdfium
from msgspec import Struct
from PIL import Image

from deckgen.design.fonts import FontBook
from deckgen.disk import checksum
from deckgen.model.drawing import Drawing
from deckgen.preview import as_seen
from deckgen.sheets.sheet import SheetSide

FACE_DPI, SHEET_DPI = 144, 110
_QUICK = 3  # how hard PNG tries to be small: harder gains nothing on flat colours

_Subject = TypeVar("_Subject", Drawing, SheetSide)
_Kept = dict[tuple[str, Drawing | SheetSide], "Picture"]


class Picture(Struct, frozen=True):
    """A PNG and its size in dots. `name` is its checksum: another picture has another name."""

    name: str
    png: bytes
    width: int
    height: int


class Studio:
    """Draws faces and sheets; keeps the pictures of the last time for the next."""

    def __init__(self) -> None:
        self._kept: _Kept = {}
        self._used: _Kept = {}

    def draw(
        self,
        subjects: Sequence[_Subject],
        book: FontBook,
        dpi: int,
        write: Callable[[Sequence[_Subject]], bytes],
    ) -> list[Picture]:
        """A picture of each. `write` makes a PDF file with one page for each that is new."""
        fonts = _name_of(book)
        keys = [(fonts, subject) for subject in subjects]
        new = [key for key in dict.fromkeys(keys) if key not in self._kept]
        made = page_pictures(write([subject for _, subject in new]), dpi) if new else []
        self._kept.update(zip(new, made, strict=True))
        self._used.update((key, self._kept[key]) for key in keys)
        return [self._kept[key] for key in keys]

    def tidy(self) -> None:
        """Forget what was not asked for since the last time."""
        self._kept, self._used = self._used, {}


def _name_of(book: FontBook) -> str:
    """The same letters in other fonts are another picture."""
    digest = hashlib.sha256()
    for name, face in sorted(book.faces.items()):
        digest.update(name.encode() + face.data)
    return digest.hexdigest()


def page_pictures(data: bytes, dpi: int) -> list[Picture]:
    """Every page of a PDF file."""
    document = pdfium.PdfDocument(data)
    try:
        images = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()
    return [_picture(image) for image in images]


def seen_as(picture: Picture, sight: str) -> bytes:
    """A picture as it looks to a sight of `deckgen.design.vision`."""
    with Image.open(BytesIO(picture.png)) as image:
        return _png(as_seen(image, sight))


def _picture(image: Image.Image) -> Picture:
    png = _png(image)
    return Picture(checksum(png), png, image.width, image.height)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=_QUICK)
    return out.getvalue()
