"""A picture of each side of each card: for shops that take pictures, slides and whiteboards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec.structs import replace

from deckgen.design.load_press import press_problems, read_press
from deckgen.design.press import Press
from deckgen.disk import waiting
from deckgen.geometry import Rect, Size
from deckgen.model.drawing import Drawing
from deckgen.problem import Found, Problem
from deckgen.products.job import Job

if TYPE_CHECKING:
    from PIL import Image

    from deckgen.pdf.paint import Painter

_ENDINGS = {"png": "png", "tiff": "tif", "tiff-cmyk": "tif"}
_PT_PER_INCH = 72
_LESS_PT = 0.5
_ON_1_JANUARY_2000 = bytes.fromhex("07d000010001000000000000")


def needs(job: Job) -> list[Problem]:
    """The cards', and those of the press whose inks are asked for."""
    job, found = _seen(job), Found()
    if _in_inks(job):
        press = found.take(read_press(job.proof.project.files))
        design = job.proof.design(job.look)[0]
        found += press_problems(press, design.palettes) if press and design else []
    return [*found, *job.of_cards()]


def file_names(job: Job) -> tuple[str, ...]:
    """Named by code and side, as in K3-back.png; what is not as usual is said behind.

    No two names differ in capital letters alone.
    """
    options, job = job.options, _seen(job)
    also = f"-{options.size}" * bool(options.size) + job.large + "-no-bleed" * options.trimmed
    also += f"-{options.faces_dpi}dpi" * (options.faces_dpi != 300) + "-cmyk" * _in_inks(job)
    made: dict[str, str] = {}
    for face in _sides(job):
        name = plain = re.sub(r"[^A-Za-z0-9]+", "-", face.name)
        while name.lower() in made:
            name += "-" + plain.rpartition("-")[2]
        made[name.lower()] = f"{name}{also}.{_ENDINGS[options.faces_format]}"
    return tuple(made.values())


def draw(job: Job) -> tuple[bytes, ...]:
    """One picture a side, in the order of `file_names`. They wait on the disk, not in memory."""
    return waiting(_pictures(_seen(job)))


def _seen(job: Job) -> Job:
    """The cards in a trade size, if one is asked for."""
    size = job.options.size
    return job.seen(replace(job.look, size=size)) if size else job


def _in_inks(job: Job) -> bool:
    return job.options.faces_format == "tiff-cmyk"


def _sides(job: Job) -> list[Drawing]:
    """Each side once, however often its card was asked for."""
    return [side for card in dict.fromkeys(job.chosen()) for side in (card.front, card.back)]


def _pictures(job: Job) -> Iterator[bytes]:
    """Drawn one by one, so that only one picture is in memory."""
    from deckgen.pdf.paint import Painter

    book, dpi = job.design.book, job.options.faces_dpi
    press = read_press(job.proof.project.files)[0] if _in_inks(job) else None
    painters = _plates(job, press) if press else [Painter(book)]
    profile = _profile(press)
    for face in _sides(job):
        image = _drawn(face, painters, dpi, 0.0 if job.options.trimmed else face.bleed_pt)
        yield _file(image, job.options.faces_format, dpi, profile)


def _plates(job: Job, press: Press) -> list[Painter]:
    """What paints the plate of each ink."""
    from deckgen.pdf.face_page import pictures_on_plate, plate_of
    from deckgen.pdf.paint import Painter
    from deckgen.pdf.press import pictures_in_inks

    book, palettes, inks = job.design.book, job.design.palettes, pictures_in_inks(press)
    return [
        Painter(book, plate_of(palettes, ink), pictures_on_plate(inks, ink)) for ink in range(4)
    ]


def _drawn(face: Drawing, painters: Sequence[Painter], dpi: int, bleed_pt: float) -> Image.Image:
    """A face in screen colours, or in the inks of four plates; to the nearest whole dot."""
    from PIL import Image, ImageChops

    from deckgen.pdf.face_page import write_picture

    shown = Rect(0, 0, face.size.width_pt, face.size.height_pt).grown(bleed_pt)
    dots = (round(side / _PT_PER_INCH * dpi) for side in (shown.width_pt, shown.height_pt))
    # A page of as many points as there shall be dots, for what draws it rounds up.
    page = Size(*(count - _LESS_PT for count in dots))
    files = (write_picture(face, shown, page, painter) for painter in painters)
    drawn = [_rendered(data, grey=len(painters) > 1) for data in files]
    if len(drawn) == 1:
        return drawn[0]
    return Image.merge("CMYK", [ImageChops.invert(plate) for plate in drawn])


def _rendered(data: bytes, *, grey: bool) -> Image.Image:
    """The only page of a file, a dot for each point."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    try:
        image: Image.Image = document[0].render(scale=1, grayscale=grey).to_pil()
        return image.convert("L" if grey else "RGB")
    finally:
        document.close()


def _profile(press: Press | None) -> bytes:
    """What the colours of a picture mean: the inks of the press, or the colours of screens."""
    if press:
        return press.profile
    from PIL import ImageCms

    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # It would say when and on which system it was made (ICC.1:2010, 7.2).
    return made[:24] + _ON_1_JANUARY_2000 + made[36:40] + bytes(4) + made[44:]


def _file(image: Image.Image, kind: str, dpi: int, profile: bytes) -> bytes:
    out, facts = BytesIO(), {"dpi": (dpi, dpi), "icc_profile": profile}
    if kind == "png":
        image.save(out, "PNG", compress_level=6, **facts)
    else:
        image.save(out, "TIFF", compression="tiff_adobe_deflate", **facts)
    return out.getvalue()
