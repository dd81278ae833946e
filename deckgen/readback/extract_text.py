"""The text of a PDF file's pages: read within limits, by a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SIDES = (90, 180, 270)
_EVERY, _LEANING = 8, 0.1
_PASSWORD_FAULTS = (4, 5)  # FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY


def texts(
    data: bytes, most_pages: int, most_letters: int, most_of_all: int
) -> Iterator[dict[str, Any]]:
    """How many pages there are; then each page's text, or None where it can't be read."""
    import pypdfium2 as pdfium

    from deckgen.readback.limits import PROTECTED, Refused

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        if fault.err_code in _PASSWORD_FAULTS:
            raise Refused(*PROTECTED) from fault
        raise
    count = len(document)
    yield {"pages": count}
    for number in range(min(count, most_pages)):
        try:
            found = _readings(document[number], most_letters)
        except (pdfium.PdfiumError, MemoryError):
            found = None
        yield {"texts": found}
        most_of_all -= sum(map(len, found or ()))
        if most_of_all < 0:
            return


def _readings(page: Any, most_letters: int) -> list[str]:
    """A page's text; if some of it is turned, as it reads from each of the four sides."""
    text, turned = _text_of(page, most_letters)
    if not turned:
        return [text]
    own = page.get_rotation()
    readings = [text]
    for side in _SIDES:
        page.set_rotation((own + side) % 360)
        readings.append(_text_of(page, most_letters)[0])
    return readings


def _text_of(page: Any, most_letters: int) -> tuple[str, bool]:
    """Its text, and whether any of it is turned: a letter here and there is looked at."""
    from pypdfium2.raw import FPDFText_GetCharAngle

    text = page.get_textpage()
    count = min(text.count_chars(), most_letters)
    said: str = text.get_text_range(0, count)
    steps = range(0, count, _EVERY)
    turned = bool(page.get_rotation()) or any(
        abs(FPDFText_GetCharAngle(text, place)) > _LEANING for place in steps
    )
    text.close()
    return said, turned
