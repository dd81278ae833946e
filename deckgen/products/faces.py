"""A picture of each side of each card, with bleed: for slides, whiteboards, and shops that take
pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from deckgen.geometry import Matrix, Size
from deckgen.model.drawing import Drawing
from deckgen.problem import Problem
from deckgen.products.job import Job
from deckgen.sheets.sheet import Placement, SheetSide

if TYPE_CHECKING:
    from PIL import Image


def needs(job: Job) -> list[Problem]:
    """The cards'."""
    return job.of_cards()


def file_names(job: Job) -> tuple[str, ...]:
    """Named by code and side, as in face-K3-back-300dpi.png."""
    ending = f"{job.large}-{job.options.faces_dpi}dpi.png"
    return tuple(f"face-{face.name}{ending}" for face in _sides(job))


def draw(job: Job) -> tuple[bytes, ...]:
    """One PNG a side, in the order of `file_names`."""
    return tuple(_png(image, job.options.faces_dpi) for image in _pictures(job))


def _sides(job: Job) -> list[Drawing]:
    """Each side once, however often its card was asked for."""
    return [side for card in dict.fromkeys(job.chosen()) for side in (card.front, card.back)]


def _pictures(job: Job) -> Iterator[Image.Image]:
    """Drawn one by one, so that only one picture is in memory."""
    import pypdfium2 as pdfium

    from deckgen.pdf.write import write_sheets

    pages = [_with_bleed(face) for face in _sides(job)]
    data = write_sheets(pages, job.info(job.content.deck.title), job.design.book)
    document = pdfium.PdfDocument(data)
    try:
        for page in document:
            yield page.render(scale=job.options.faces_dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


def _with_bleed(face: Drawing) -> SheetSide:
    """A side that is as big as the face with its bleed."""
    bleed = face.bleed_pt
    size = Size(face.size.width_pt + 2 * bleed, face.size.height_pt + 2 * bleed)
    placement = Placement(face, Matrix(e=bleed, f=bleed), bleed)
    return SheetSide(face.label, size, (placement,), ())


def _png(image: Image.Image, dpi: int) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=6, dpi=(dpi, dpi))
    return out.getvalue()
