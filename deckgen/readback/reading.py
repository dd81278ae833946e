"""Bytes to a Document: once for each file, however many steps look into it."""

from __future__ import annotations

from functools import lru_cache

from deckgen.readback.document import Document
from deckgen.readback.quick import quick


@lru_cache(maxsize=8)
def read(data: bytes) -> Document:
    """A file; if it is not in our own plain form, pypdf reads it, and may raise nearly anything."""
    document = quick(data)
    if document is None:
        from deckgen.readback.parsed import parsed

        document = parsed(data)
    return document
