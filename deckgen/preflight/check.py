"""Runs a preflight: bytes of a PDF file → what each requirement says of it."""

from __future__ import annotations

import struct
import zlib

from pypdf.errors import DependencyError, PyPdfError

from deckgen.preflight.document import claimed_standard, document_findings, found, standard_of
from deckgen.preflight.pages import page_findings
from deckgen.preflight.report import Preflight
from deckgen.preflight.rules import X4
from deckgen.readback.parsed import opened

# What the reader of PDFs, and what unpacks their streams, raise on damaged files.
_FAULTS = (
    *(PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError),
    *(ArithmeticError, AssertionError, NotImplementedError, EOFError, OSError),
    *(zlib.error, struct.error),
)


class NoPdf(Exception):
    """The file can't be read as a PDF at all."""


def preflight(data: bytes, standard: str = "") -> Preflight:
    """Look at a file by one of STANDARDS; by the one it claims if none is given, else PDF/X-4.

    Raises NoPdf for a file that is none, or too damaged to be read.
    """
    try:
        reader = opened(data)
        if reader.is_encrypted:
            finding = found("ENCRYPTION", "the file", "it is encrypted; nothing else was read")
            return Preflight(standard or X4, "", (finding,), read=False)
        claimed = claimed_standard(reader)
        wanted = standard or standard_of(claimed)
        findings = [
            *document_findings(reader, data, wanted),
            *page_findings(reader, wanted),
        ]
    except DependencyError:  # a kind of encryption that pypdf can't open by itself
        finding = found("ENCRYPTION", "the file", "it is encrypted; nothing else was read")
        return Preflight(standard or X4, "", (finding,), read=False)
    except _FAULTS as fault:
        raise NoPdf(_why(data, fault)) from fault
    return Preflight(wanted, claimed, tuple(findings))


def _why(data: bytes, fault: Exception) -> str:
    """What is wrong with a file that can't be read, for people."""
    if not data:
        return "it is empty."
    if b"%PDF-" not in data[:1024]:
        return "it does not begin as a PDF does."
    if b"%%EOF" not in data[-2048:]:
        return "its end is missing. Get it again from where it came from."
    return f"it is damaged ({' '.join(str(fault).split()) or type(fault).__name__})."
