"""What another process says of a file that came back: plain values, no judgement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from msgspec import to_builtins
from msgspec.structs import replace

from deckgen.readback.beside import MOST, annotations_of, attachments_of
from deckgen.readback.box_names import Entry
from deckgen.readback.box_values import Found, answers_of
from deckgen.readback.box_words import words_of
from deckgen.readback.boxes import Box, boxes_of, corners_of, states_of
from deckgen.readback.carriers import metadata_words
from deckgen.readback.content import written_on
from deckgen.readback.document import Document, entry, listed, raw, text
from deckgen.readback.limits import BROKEN, Refused, refuse_cut
from deckgen.readback.page_words import saved_anew, texts_of, unlocked
from deckgen.readback.reading import read
from deckgen.readback.ways import inherited

MOST_PAGES = 2000
Answers = list[tuple[Box, Found]]
_LONGEST_NAME = 1000
_XFA = "It has a second form (XFA) beside its plain one; only the plain one was read."
_SIGNED = "It was signed; the signature holds for that file alone."
_NO_FORM = "Its list of fields is gone; the boxes on its pages were read."
_UNLISTED = "Its list of fields lacks some that are on its pages; they were read all the same."
_MANY_NOTES = f"It has more than {MOST} comments and pen strokes; the others were not read."


def said(data: bytes, password: str = "") -> Iterator[dict[str, Any]]:
    """First the fields and what hangs on pages, then the words of the pages. Raises much."""
    refuse_cut(data)
    data = unlocked(data[data.find(b"%PDF-") :], password)  # a mail's head is no part of it
    document, found = _all_of(read(data))
    if document.mended:
        document, found = _mended(data, document, found)
    if not document.pages and not found:
        raise Refused("it has no pages", BROKEN[1])
    beside = [*attachments_of(document), *annotations_of(document)]
    yield {
        "entries": [to_builtins(_entry(*one)) for one in found],
        "beside": to_builtins(beside[:MOST]),
        "notes": [
            *_notes(document, [box for box, _ in found]),
            *[_MANY_NOTES][: len(beside) > MOST],
        ],
        "mended": document.mended,
        "title": words_of(raw(document.info, "Title"))[0],
        "maker": words_of(raw(document.info, "Creator"))[0],
        "carried": metadata_words(document),
        "tagged": ["StructParents" in page.value for page in document.pages],
        "pictures": any(map(_shows_pictures, document.pages)),
    }
    yield {"written_on": written_on(document)}
    with suppress(Exception):  # another library, which gives up sooner; what was said stays
        yield {"texts": list(texts_of(data))}


def _all_of(document: Document) -> tuple[Document, Answers]:
    if len(document.pages) > MOST_PAGES:
        raise Refused(f"it has more than {MOST_PAGES} pages", "Look for the workbook itself.")
    form = entry(document.catalog, "AcroForm")
    return document, list(answers_of(boxes_of(document), form))


def _mended(data: bytes, document: Document, found: Answers) -> tuple[Document, Answers]:
    """The file as another library mends it, where that knows more answers: of objects that come
    again, one of the two may take what is older.
    """
    with suppress(Exception):
        other, answers = _all_of(read(saved_anew(data)))
        if sum(bool(one.value) for _, one in answers) > sum(bool(one.value) for _, one in found):
            return replace(other, mended=True), answers
    return document, found


def _entry(box: Box, found: Found) -> Entry:
    places = tuple((p, *corners_of(w), next(iter(states_of(w)), "")) for w, p in box.widgets)
    pages, node = tuple(dict.fromkeys(page for _, page in box.widgets)), id(entry(box.node))
    told = found.kind, pages or (-1,), node, box.root, found.value, found.others, found.note
    tooltips = (
        text(raw(w, "TU"))[:_LONGEST_NAME] for w in (*(w for w, _ in box.widgets), box.node)
    )
    tooltip = next(filter(None, tooltips), "")
    return Entry(box.name[:_LONGEST_NAME], *told, places, box.listed, tooltip)


def _notes(document: Document, boxes: list[Box]) -> Iterator[str]:
    """What is odd about the form as a whole."""
    form = entry(document.catalog, "AcroForm")
    on_pages = [box for box in boxes if any(page >= 0 for _, page in box.widgets)]
    unlisted = [box for box in on_pages if not box.listed]
    signed = any(text(inherited(o, "FT")) == "Sig" and raw(o, "V") for o in _widgets(document))
    checks = (
        (raw(form, "XFA") is not None, _XFA),
        (signed, _SIGNED),
        (unlisted and len(unlisted) == len(on_pages), _NO_FORM),
        (unlisted and len(unlisted) < len(on_pages), _UNLISTED),
    )
    return (words for wrong, words in checks if wrong)


def _widgets(document: Document) -> Iterator[Any]:
    for page in document.pages:
        yield from (a for a in listed(raw(page, "Annots")) if entry(a, "Subtype") == "Widget")


def _shows_pictures(page: Any) -> bool:
    shown = entry(page, "Resources", "XObject")
    several = shown.values() if type(shown) is dict else ()
    return any(entry(one, "Subtype") == "Image" for one in several)
