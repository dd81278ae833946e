"""A file from a scanner or a phone: its pages, as pictures in grey, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from deckgen.pictures.kinds import JPEG, PNG, TIFF, kind_of, other_kind
from deckgen.pictures.opening import Unfit, opened, quietly
from deckgen.readback.limits import Refused

if TYPE_CHECKING:
    from PIL import Image

_LONG = 2300  # dots on the long side: 200 an inch of A4, which is more than marks need
_ENOUGH = 1700  # 150 an inch
_TAKEN = (JPEG, PNG, TIFF)
_SEND = "Send a PDF, JPEG, PNG or TIFF file."
_HEIC = (
    "On the phone, share it as JPEG (iPhone: Settings, Camera, Formats, Most Compatible), "
    "or scan to PDF."
)
_BROKEN = "Scan or photograph the pages of it anew."


def is_taken(data: bytes) -> bool:
    """Whether a file is of a kind that may hold pages from a scanner or a phone."""
    return b"%PDF-" in data[:1024] or kind_of(data) in _TAKEN


def refuse_at_sight(data: bytes) -> None:
    """Raise Refused for what can't be pages, by its first bytes."""
    if is_taken(data):
        return
    what, _ = other_kind(data)
    if "HEIC" in what or "AVIF" in what:
        raise Refused(f"it is {what}, which deckgen does not read", _HEIC)
    raise Refused("it is not a PDF, JPEG, PNG or TIFF file", _SEND)


def page_pictures(data: bytes) -> Iterator[Image.Image | None]:
    """Each page in grey, its long side near 2,300 dots; None for one that can't be drawn.

    A page of two levels comes as mode "1" or in grey with next to nothing between. Raises Refused
    for a file that can't be opened.
    """
    if b"%PDF-" in data[:1024]:
        yield from _of_pdf(data)
        return
    kind = kind_of(data)
    with quietly():
        try:
            image: Any = opened(data, kind)
        except Unfit as fault:
            raise Refused(f"the picture {fault.found}", fault.todo) from fault
        number = 0
        while True:
            try:
                image.seek(number)
            except EOFError:
                return
            except Exception:  # a damaged list of pictures: what came before it is read
                yield None
                return
            yield _grey(image)
            if kind != TIFF:
                return
            number += 1


def _grey(image: Any) -> Image.Image | None:
    """One picture in grey, no larger than needed. Its size was looked at, or is looked at here."""
    from PIL import Image

    if image.width * image.height > 90_000_000:
        return None
    try:
        image.draft("L", _small(image.size))
        image.load()
        if image.mode.startswith("I;16"):
            return _shrunk(image.convert("I").point(lambda level: level / 256).convert("L"))
        if image.mode in ("LA", "PA", "RGBA", "P"):
            seen = image.convert("RGBA")
            image = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
        return _shrunk(image.convert("L"))
    except Exception:  # what damaged pictures make Pillow stumble over has no end of names
        return None


def _small(size: tuple[int, int]) -> tuple[int, int]:
    """The size to which a JPEG is unpacked: a half, quarter or eighth that is still enough."""
    factor = 1
    while factor < 8 and max(size) // (factor * 2) >= _ENOUGH:
        factor *= 2
    return size[0] // factor, size[1] // factor


def _shrunk(grey: Image.Image) -> Image.Image:
    factor = max(grey.size) // _ENOUGH
    return grey.reduce(factor) if factor > 1 else grey


def _of_pdf(data: bytes) -> Iterator[Image.Image | None]:
    """Each page as it is shown: strips, layers, turned pictures and ink on top are put together."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
        document.init_forms()
    except pdfium.PdfiumError as fault:
        raise Refused("it is damaged, or protected by a password", _BROKEN) from fault
    for number in range(len(document)):
        try:
            page = document[number]
            yield _shrunk(_drawn(page))
            page.close()
        except Exception:  # one damaged page must not take the others along
            yield None


def _drawn(page: Any) -> Image.Image:
    """A page in about as many dots as its own picture has."""
    sides = page.get_size()
    images = [o.get_px_size() for o in page.get_objects(filter=[3], max_depth=2)]
    own = max((max(size) for size in images), default=_LONG)
    scale = min(max(own if own < 2 * _LONG else _LONG, 800), 2 * _LONG) / max(sides)
    if scale * min(sides) < 1:
        raise ValueError("a page without any width")
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture.convert("L")
