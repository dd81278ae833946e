"""Faults of links and fields: where they hang, what they say, how they look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from deckgen.pdf.objects import Indirect
from deckgen.readback.document import Document, destination, entry, fields_of, listed, raw, text
from deckgen.readback.facts import inherited
from deckgen.readback.structure import Structure

_HIDDEN = 0b100011  # invisible, hidden, no view
_PRINT = 0b100


def annotation_faults(document: Document, structure: Structure) -> Iterator[str]:
    """A sentence for each kind of fault on each page, and for the form as a whole."""
    holders = {a: e.node for e in structure.elements for a in e.annotations}
    fields = list(fields_of(document))
    names = Counter(name for _, name in fields)
    yield from (f"{count} fields are called “{n}”" for n, count in names.items() if count > 1)
    named = {w: name for node, name in fields for w in listed(raw(node, "Kids")) or [node]}
    said: Counter[tuple[str, str]] = Counter()
    met: set[Any] = set()
    for i, page in enumerate(document.pages, 1):
        for annotation in listed(raw(page, "Annots")):
            met.add(annotation)
            if page in document.taken:
                continue
            field = entry(annotation, "Subtype") == "Widget"
            found = [*_of_any(document, structure, annotation, page, holders.get(annotation))]
            if field:
                name = named.get(annotation)
                # Of two workbooks in one pack, the second has its own name above its fields.
                workbook = (name or "").partition(".")[0]
                said[workbook * workbook.startswith("part-"), text(raw(annotation, "TU"))] += 1
                found += _of_a_field(annotation, name)
            else:
                found += _of_a_link(document, annotation)
            yield from (f"a {'field' if field else 'link'} on page {i} {words}" for words in found)
    for (_, words), count in said.items():
        if count > 1 and words:
            yield f"{count} fields have the tooltip “{words}”"
    if holders.keys() - met:
        yield f"{len(holders.keys() - met)} elements name a link or a field that is on no page"
    lost = [name for widget, name in named.items() if widget not in met]
    yield from (f"the field “{name}” is on no page" for name in lost)


def _of_any(
    document: Document, structure: Structure, annotation: Any, page: Indirect, holder: Any
) -> Iterator[str]:
    if holder is None:
        yield "is not tagged"
    elif structure.owners.get(raw(annotation, "StructParent")) is not holder:
        yield "and the parent tree do not agree"
    if raw(annotation, "P") is not page:
        yield "names another page than it is on"
    flags = entry(annotation, "F") or 0
    if flags & _HIDDEN or not flags & _PRINT:
        yield "is hidden, or not printed"
    box, paper = (listed(raw(o, k)) for o, k in ((annotation, "Rect"), (page, "MediaBox")))
    if len(box) != 4 or len(paper) != 4:
        yield "has no place"
    elif box[0] < paper[0] or box[1] < paper[1] or box[2] > paper[2] or box[3] > paper[3]:
        yield "is not on the paper"


def _of_a_link(document: Document, link: Any) -> Iterator[str]:
    if not text(raw(link, "Contents")):
        yield "has no description"
    target = destination(document, raw(link, "Dest") or entry(link, "A", "D"))
    address = text(entry(link, "A", "URI"))
    if not address and (not target or target[0] not in document.pages):
        yield "leads nowhere"


def _of_a_field(widget: Any, name: str | None) -> Iterator[str]:
    if not name:
        yield "has no name in the form"
    if not text(raw(widget, "TU")):
        yield "has no tooltip"
    parent = raw(widget, "Parent")
    if name and ("." in name or parent) and widget not in listed(raw(parent, "Kids")):
        yield "names a parent that does not hold it"
    kind, look = text(inherited(widget, "FT")), entry(widget, "AP", "N")
    if kind in ("Tx", "Ch") and not text(inherited(widget, "DA")):
        yield "does not say how typed text looks"
    if not look:
        yield "has no appearance"
    elif kind == "Btn":
        state = text(raw(widget, "AS"))
        if state not in look and state != "Off":
            yield "is in a state that has no appearance"
        value = text(inherited(widget, "V"))
        if state not in ("Off", value):
            yield "shows another answer than it holds"
    if kind == "Ch" and text(inherited(widget, "V")) not in map(
        text, listed(inherited(widget, "Opt"))
    ):
        yield "has a value that is none of its choices"
