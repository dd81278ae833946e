"""The text of a PDF file's pages, from any program, and within bounds of time and memory.

The file is read by another process (`extract_text`): one that is made to do harm costs that
process its life, and never more than it was given.
"""

from __future__ import annotations

import json
import subprocess
import sys

from msgspec import Struct
from msgspec.structs import replace

from deckgen.readback import extract_text


class Limits(Struct, frozen=True):
    """How much of one file is read."""

    megabytes: int = 200
    pages: int = 2000
    letters_a_page: int = 50_000
    letters: int = 10_000_000
    seconds: float = 60


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
    if not data:
        return PageTexts(refused="it is empty")
    if len(data) > limits.megabytes << 20:
        return PageTexts(refused=f"it is larger than {limits.megabytes} MB")
    if b"%PDF-" not in data[:1024]:
        return PageTexts(refused="it is not a PDF file")
    said, ended = _said_by_reader(data, limits)
    return _damage(data, _gathered(said, ended, limits))


def _said_by_reader(data: bytes, limits: Limits) -> tuple[bytes, str]:
    """What the other process said, and why it ended before the end, if it did."""
    program = [sys.executable, "-P", extract_text.__file__]
    given = [str(limits.pages), str(limits.letters_a_page), str(limits.letters)]
    try:
        done = subprocess.run(  # the arguments are ours, and no shell reads them
            [*program, *given],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return late.output or b"", f"it took more than {limits.seconds:g} seconds to read"
    return done.stdout, "reading it took too much memory, or it is damaged" * bool(done.returncode)


def _gathered(said: bytes, ended: str, limits: Limits) -> PageTexts:
    lines = [json.loads(line) for line in said.splitlines(keepends=True) if line.endswith(b"\n")]
    if not lines:
        return PageTexts(refused=ended or "it is damaged")
    first, *pages = lines
    if fault := first.get("fault"):
        protected = "it is protected by a password; save a copy without one"
        return PageTexts(refused=protected if fault == "protected" else "it is damaged")
    count, texts = first["pages"], [page["texts"] for page in pages]
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
