"""The text of a PDF file's pages, from any program, and within bounds of time and memory.

The file is read by another process (see `limits`).
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from deckgen.readback import limits as boundary
from deckgen.readback.limits import Refused, in_child


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
    given = limits.pages, limits.letters_a_page, limits.letters
    try:
        lines, ended = in_child("extract_text:texts", data, *given, limits=limits)
    except Refused as refusal:
        return PageTexts(refused=refusal.why)
    return _damage(data, _gathered(lines, ended, limits))


def _gathered(lines: list[dict[str, Any]], ended: str, limits: Limits) -> PageTexts:
    if not lines:
        return PageTexts(refused=ended or "it is damaged")
    count, texts = lines[0]["pages"], [line["texts"] for line in lines[1:]]
    unread = texts.count(None)
    cut = ""
    if len(texts) < min(count, limits.pages):
        many = f"it has more than {limits.letters} letters"
        cut = f"only {len(texts)} of its {count} pages were read: {ended or many}"
    elif count > limits.pages:
        cut = f"only the first {limits.pages} of its {count} pages were read"
    elif unread:
        cut = f"{unread} of its {count} pages could not be read"
    elif any(len(text) >= limits.letters_a_page for readings in texts for text in readings):
        cut = f"pages with more than {limits.letters_a_page} letters were not read to their end"
    return PageTexts(tuple(tuple(readings or ("",)) for readings in texts), count, cut=cut)


def _damage(data: bytes, read: PageTexts) -> PageTexts:
    """A file that ends too early may have lost pages, even if the rest can be read."""
    if read.refused or read.cut or b"%%EOF" in data[-2048:]:
        return read
    return replace(read, cut="its end is missing, so pages may be missing too")
