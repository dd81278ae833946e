"""Runs a preflight: bytes of a PDF file → what each requirement says of it."""

from __future__ import annotations

import logging
from io import BytesIO

from pypdf import PdfReader

from deckgen.preflight.document import claimed_standard, look_at_document
from deckgen.preflight.inspected import FILE, Inspected, TooMuch
from deckgen.preflight.packet import packet_of
from deckgen.preflight.pages import look_at_pages
from deckgen.preflight.report import Preflight
from deckgen.preflight.rules import BY_KEY, MOST_MB, X1A, X4, Finding

_LOG = logging.getLogger("pypdf")
_MOST_REPAIRS = 20  # of which one is enough to fail
_STOPPED: dict[type[Exception], str] = {
    RecursionError: "things in it are nested too deeply",
    MemoryError: "it takes too much memory",
}


class NoPdf(Exception):
    """The file can't be read as a PDF at all."""


def preflight(data: bytes, standard: str = "") -> Preflight:
    """Look at a file by X4 or X1A; by the one it claims if none is given, else PDF/X-4.

    Raises NoPdf for a file that is none, is too large, or too damaged to be opened. Whatever
    else comes of reading it is a finding.
    """
    if len(data) > MOST_MB << 20:
        raise NoPdf(f"it is larger than {MOST_MB} MB.")
    with _Repairs(logging.WARNING) as repairs:
        try:
            reader = _opened(data)
            if reader is None:
                what = Finding(BY_KEY["ENCRYPTION"], FILE, "it is encrypted; nothing else was read")
                return Preflight(standard or X4, "", {what.rule.key: [what]})
            packet = packet_of(reader)
            claimed = claimed_standard(reader, packet)
        except Exception as fault:
            raise NoPdf(_why(data, fault)) from fault
        file = Inspected(reader, standard or (X1A if claimed.startswith("PDF/X-1") else X4))
        try:
            look_at_document(file, packet, data)
            look_at_pages(file)
        except Exception as fault:
            # The boundary is wide: what a damaged or hostile file makes pypdf, or us, stumble over
            # has no end of names. What was not read is never taken for sound.
            file.where = FILE
            file.fails("READ", f"it could not be read to its end, because {_because(fault)}")
    file.where = FILE
    for repair in repairs:
        file.fails("READ", f"the reader had to mend it: {repair}")
    return file.result(claimed)


def _opened(data: bytes) -> PdfReader | None:
    """A reader of the file; nothing if it is protected, in a way that pypdf knows or another."""
    try:
        reader = PdfReader(BytesIO(data))
        return None if reader.is_encrypted else reader
    except Exception:
        if b"/Encrypt" in data:
            return None
        raise


def _because(fault: Exception) -> str:
    """Why reading stopped, for people."""
    said = str(fault) if isinstance(fault, TooMuch) else _STOPPED.get(type(fault))
    return said or f"it is damaged ({' '.join(str(fault).split()) or type(fault).__name__})"


def _why(data: bytes, fault: Exception) -> str:
    """What is wrong with a file that can't be opened, for people."""
    if not data:
        return "it is empty."
    if b"%PDF-" not in data[:1024]:
        return "it does not begin as a PDF does."
    if b"%%EOF" not in data[-2048:]:
        return "its end is missing. Get it again from where it came from."
    return f"{_because(fault)}."


class _Repairs(logging.Handler):
    """What pypdf says when it reads on over a fault, having guessed or left out something."""

    def __enter__(self) -> dict[str, None]:
        self.said: dict[str, None] = {}
        _LOG.addHandler(self)
        return self.said

    def __exit__(self, *raised: object) -> None:
        _LOG.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it once. Two spaces in a row are no fault."""
        what = record.getMessage()
        if len(self.said) < _MOST_REPAIRS and not what.startswith("Superfluous whitespace"):
            self.said[what] = None
