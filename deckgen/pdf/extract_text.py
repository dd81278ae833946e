"""A program of its own: a PDF file from standard input, the text of its pages on standard output.

A file may come from anywhere, so it is read in a process that may take only so much memory. One
line of JSON for the file, then one for each page, so that what was read is there if it ends early.
"""

from __future__ import annotations

import json
import sys
from typing import Any

MOST_MEMORY = 1 << 30  # for reading; a deck takes a tenth of it
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
            text = _text_of(document[number], most_letters)
        except (pdfium.PdfiumError, MemoryError):
            text = None
        _say({"text": text})
        most_of_all -= len(text or "")
        if most_of_all < 0:
            return


def _text_of(page: Any, most_letters: int) -> str:
    text = page.get_textpage()
    said: str = text.get_text_range(0, min(text.count_chars(), most_letters))
    text.close()
    page.close()
    return said


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
