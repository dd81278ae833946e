"""The Drawings of tests/pdf, and what changes finished files."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf

from tests.pdf.conftest import book, faces, info, sides, workbook

__all__ = ["book", "faces", "info", "sides", "workbook"]


def edited(data: bytes, change: Callable[[pikepdf.Pdf], object], **how: Any) -> bytes:
    """A file after a change to its objects; `how` is how pikepdf saves it."""
    with pikepdf.open(BytesIO(data)) as document, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pikepdf's own, about the very faults that are wanted
        change(document)
        out = BytesIO()
        document.save(out, deterministic_id=True, **how)
    return out.getvalue()
