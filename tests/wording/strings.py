"""All words of a PDF file: those on its pages, and those that are only read aloud or listed."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium

_SPOKEN = ("/Alt", "/TU", "/Title", "/Subject", "/Contents")


def on_pages(data: bytes, first: int = 0, end: int | None = None) -> Iterator[str]:
    """The text of some pages."""
    with pdfium.PdfDocument(data) as document:
        for number in list(range(len(document)))[first:end]:
            yield document[number].get_textpage().get_text_bounded()


def beside_pages(data: bytes) -> Iterator[str]:
    """Titles, bookmarks, labels of pages, tooltips, alternative texts, names of sections."""
    with pikepdf.open(BytesIO(data)) as pdf:
        yield from map(str, pdf.docinfo.values())
        for node in pdf.objects:
            yield from _strings(node)


def titles(data: bytes) -> Iterator[str]:
    """The title, the labels of pages, and the bookmarks of the outermost level."""
    with pikepdf.open(BytesIO(data)) as pdf:
        yield str(pdf.docinfo.Title)
        with pdf.open_outline() as outline:
            yield from (str(item.title) for item in outline.root)


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in node.items():
            named = key in _SPOKEN or (key == "/T" and node.get("/S") == "/Sect")
            named |= key == "/P" and set(node.keys()) <= {"/P", "/S", "/St"}
            if named and isinstance(value, pikepdf.String):
                yield str(value)
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)
    elif isinstance(node, pikepdf.Array):
        for value in node:
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)
