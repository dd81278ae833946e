"""A program of its own: a PDF file from standard input, the text of its pages on standard output.

A file may come from anywhere, so it is read in a process that may take only so much memory. One
line of JSON for the file, then one for each page, so that what was read is there if it ends early.
"""

from __future__ import annotations

import json
import sys
from typing import Any

MOST_MEMORY = 1 << 30  # for reading; a deck takes a tenth of it
_SIDES = (90, 180, 270)
_EVERY, _LEANING = 8, 0.1
_PASSWORD_FAULTS = (4, 5)  # FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY


def main() -> None:
    """Read up to so many pages, letters of each, and letters of all, as the arguments say."""
    most_pages, most_letters, most_of_all = map(int, sys.argv[1:4])
    data = sys.stdin.buffer.read()
    import pypdfium2 as pdfium

    _limit_memory(len(data))
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        locked = fault.err_code in _PASSWORD_FAULTS
        _say({"fault": "protected" if locked else "damaged"})
        return
    count = len(document)
    _say({"pages": count})
    for number in range(min(count, most_pages)):
        try:
            texts = _readings(document[number], most_letters)
        except (pdfium.PdfiumError, MemoryError):
            texts = None
        _say({"texts": texts})
        most_of_all -= sum(map(len, texts or ()))
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


def _limit_memory(size: int) -> None:
    """Where the system can: not on Windows, where only the time is limited."""
    try:
        import resource
    except ImportError:
        return
    most = MOST_MEMORY + 3 * size
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ValueError, OSError):
        return


def _say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
