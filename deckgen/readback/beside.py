"""What a person put into a file beside its fields: notes, pen strokes, attachments, pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deckgen.model.answers import Beside
from deckgen.readback.box_words import rich_words, words_of
from deckgen.readback.document import Document, entry, listed, raw, text
from deckgen.readback.drawn_words import drawn_words
from deckgen.readback.ways import names_of

MOST = 5000
_LONGEST = 20_000
_KINDS = {
    **dict.fromkeys(("Text", "Highlight", "Underline", "StrikeOut", "Squiggly"), "comment"),
    **dict.fromkeys(("Caret", "Redact", "Projection"), "comment"),
    "FreeText": "text",
    **dict.fromkeys(("Ink", "Line", "Square", "Circle", "Polygon", "PolyLine"), "ink"),
    "Stamp": "stamp",
    **dict.fromkeys(
        ("FileAttachment", "Sound", "Movie", "Screen", "3D", "RichMedia"), "attachment"
    ),
    "Link": "link",
}
_QUIET = ("Widget", "Popup", "PrinterMark", "TrapNet", "Watermark")


def annotations_of(document: Document) -> Iterator[Beside]:
    """Everything that hangs on pages and was not there when the workbook was made."""
    form = entry(document.catalog, "AcroForm")
    for number, page in enumerate(document.pages, 1):
        for annotation in listed(raw(page, "Annots")):
            kind = text(raw(annotation, "Subtype"))
            if type(entry(annotation)) is not dict or _ours(annotation, kind):
                continue
            if kind in _QUIET and not _speaks(annotation, kind):
                continue
            words = _said(annotation, kind, form)
            yield Beside(_KINDS.get(kind, "comment"), number, words[:_LONGEST])


def attachments_of(document: Document) -> Iterator[Beside]:
    """Files that were put into this one."""
    listed_ones = names_of(document, "EmbeddedFiles")
    for name, way in listed_ones.items():
        yield Beside("attachment", 0, _file(way) or name)
    met = {id(entry(way)) for way in listed_ones.values()}
    for page, holder in enumerate((document.catalog, *document.pages)):
        more = (way for way in listed(raw(holder, "AF")) if id(entry(way)) not in met)
        yield from (Beside("attachment", page, _file(way)) for way in more)


def _speaks(annotation: Any, kind: str) -> bool:
    """Whether the window of a note has words that the note itself does not have."""
    own, notes = (text(raw(a, "Contents")) for a in (annotation, raw(annotation, "Parent")))
    return kind == "Popup" and bool(own) and own != notes


def _ours(annotation: Any, kind: str) -> bool:
    """Our links are tagged, and lead to pages; one to elsewhere is tagged too."""
    tagged = raw(annotation, "StructParent") is not None
    away = entry(annotation, "A", "URI") or entry(annotation, "A", "F")
    return kind == "Link" and (tagged or not away)


def _said(annotation: Any, kind: str, form: Any) -> str:
    """What it says: its words, those of its rich text, or what it draws."""
    ways = (
        lambda: words_of(raw(annotation, "Contents"))[0],
        lambda: rich_words(raw(annotation, "RC"))[0],
        lambda: drawn_words(annotation, form) if kind in ("FreeText", "Stamp") else "",
        lambda: _file(raw(annotation, "FS")),
        lambda: text(entry(annotation, "A", "URI")),
        lambda: text(raw(annotation, "Name")) if kind == "Stamp" else "",
    )
    return next((words for way in ways if (words := _tried(way))), "")


def _file(way: Any) -> str:
    return next(
        filter(None, (_tried(lambda k=k: words_of(raw(way, k))[0]) for k in ("UF", "F"))), ""
    )


def _tried(way: Any) -> str:
    try:
        return str(way())
    except MemoryError:
        raise
    except Exception:  # a note that can't be read is still named
        return ""
