"""The text of a PDF file's pages, from any program, and within bounds of time and memory.

The file is read by another process (see `limits`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from deckgen.readback import limits as boundary
from deckgen.readback.limits import PROTECTED, Refused, in_child

_SIDES = (90, 180, 270)
_EVERY, _LEANING = 8, 0.1
_PASSWORD_FAULTS = (4, 5)  # FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY


class Limits(boundary.Limits, frozen=True):
    """How much of one file is read."""

    megabytes: int = 200
    seconds: float = 60
    pages: int = 2000
    letters_a_page: int = 50_000
    letters: int = 10_000_000


class PageTexts(Struct, frozen=True):
    """What was read, page by page: in the order in which it was drawn.

    Of a page that has turned words there are four readings, one from each side. `count` is how
    many pages the file says it has. `refused` says why nothing could be read; `cut` why not all
    of it was.
    """

    texts: tuple[tuple[str, ...], ...] = ()
    count: int = 0
    refused: str = ""
    cut: str = ""


def page_texts(data: bytes, limits: Limits | None = None) -> PageTexts:
    """Read a file's text. Never raises for what is in the file."""
    limits = limits or Limits()
    most = limits.letters_a_page
    try:
        given = limits.pages, most, limits.letters
        lines, ended = in_child("page_texts:texts", data, *given, limits=limits)
    except Refused as refusal:
        return PageTexts(refused=refusal.why)
    if not lines:
        return PageTexts(refused=ended or "it is damaged")
    count, texts = lines[0]["pages"], [line["texts"] for line in lines[1:]]
    few, unread = min(count, limits.pages), texts.count(None)
    ended = ended or f"it has more than {limits.letters} letters"
    full = any(len(text) >= most for readings in texts for text in readings or ())
    cuts = (
        (len(texts) < few, f"only {len(texts)} of its {count} pages were read: {ended}"),
        (few < count, f"only the first {few} of its {count} pages were read"),
        (unread, f"{unread} of its {count} pages could not be read"),
        (full, f"pages with more than {most} letters were not read to their end"),
        # What ends too early may have lost pages, even if the rest can be read.
        (b"%%EOF" not in data[-2048:], "its end is missing, so pages may be missing too"),
    )
    cut = next((words for wrong, words in cuts if wrong), "")
    return PageTexts(tuple(tuple(readings or ("",)) for readings in texts), count, cut=cut)


def texts(data: bytes, most_pages: int, most_letters: int, in_all: int) -> Iterator[dict[str, Any]]:
    """How many pages there are; then each page's text, or None where it can't be read."""
    import pypdfium2 as pdfium

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
        in_all -= sum(map(len, found or ()))
        if in_all < 0:
            return


def _readings(page: Any, most_letters: int) -> list[str]:
    """A page's text; if some of it is turned, as it reads from each of the four sides."""
    text, turned = _text_of(page, most_letters)
    own, readings = page.get_rotation(), [text]
    for side in _SIDES if turned else ():
        page.set_rotation((own + side) % 360)
        readings.append(_text_of(page, most_letters)[0])
    return readings


def _text_of(page: Any, most_letters: int) -> tuple[str, bool]:
    """Its text, and whether any of it is turned: a letter here and there is looked at."""
    from pypdfium2.raw import FPDFText_GetCharAngle

    text = page.get_textpage()
    count = min(text.count_chars(), most_letters)
    said: str = text.get_text_range(0, count)
    angles = (FPDFText_GetCharAngle(text, place) for place in range(0, count, _EVERY))
    turned = bool(page.get_rotation()) or any(abs(angle) > _LEANING for angle in angles)
    text.close()
    return said, turned
