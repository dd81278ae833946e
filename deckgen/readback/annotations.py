"""Faults of links and fields: where they hang, what they say, how they look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from deckgen.model.workbook import RESERVED
from deckgen.pdf.objects import Indirect
from deckgen.readback.document import Document, entry, listed, raw, text
from deckgen.readback.structure import Structure
from deckgen.readback.ways import fields_of, inherited, page_at

_HIDDEN = 0b100011  # invisible, hidden, no view
_PRINT = 0b100
Check = tuple[object, str]  # whether something is wrong, and what


def annotation_faults(document: Document, structure: Structure) -> Iterator[str]:
    """A sentence for each kind of fault on each page, and for the form as a whole."""
    holders = {a: e.node for e in structure.elements for a in e.annotations}
    fields = list(fields_of(document))
    names = Counter(name for _, name, _ in fields)
    yield from (f"{count} fields are called “{n}”" for n, count in names.items() if count > 1)
    named = {widget: name for _, name, widgets in fields for widget in widgets}
    said, met = Counter[tuple[str, str]](), set[Any]()
    for i, page in enumerate(document.pages, 1):
        annotations = listed(raw(page, "Annots"))
        met.update(annotations)
        for annotation in annotations if page not in document.taken else ():
            kind, name = "link", named.get(annotation, "")
            found = _of_any(structure, annotation, page, holders.get(annotation))
            if entry(annotation, "Subtype") == "Widget":
                # Of two workbooks in one pack, the second has its own name above its fields.
                workbook, kind = name.partition(".")[0], "field"
                said[workbook * workbook.startswith("part-"), text(raw(annotation, "TU"))] += 1
                found += _of_a_field(annotation, name)
                if RESERVED in name.split("."):  # what the file says of itself, hidden
                    found = [(not text(raw(annotation, "V")), "says nothing")]
                    found.append((not entry(annotation, "F") & _HIDDEN, "can be seen"))
            else:
                away = text(entry(annotation, "A", "URI")) or page_at(document, annotation) >= 0
                words = text(raw(annotation, "Contents"))
                found += [(not words, "has no description"), (not away, "leads nowhere")]
            yield from (f"a {kind} on page {i} {words}" for wrong, words in found if wrong)
    for (_, words), count in said.items():
        if count > 1 and words:
            yield f"{count} fields have the tooltip “{words}”"
    if holders.keys() - met:
        yield f"{len(holders.keys() - met)} elements name a link or a field that is on no page"
    lost = [name for widget, name in named.items() if widget not in met]
    yield from (f"the field “{name}” is on no page" for name in lost)


def _of_any(structure: Structure, annotation: Any, page: Indirect, holder: Any) -> list[Check]:
    owner = structure.owners.get(raw(annotation, "StructParent"))
    flags = entry(annotation, "F") or 0
    box, paper = (listed(raw(o, k)) for o, k in ((annotation, "Rect"), (page, "MediaBox")))
    placed = len(box) == len(paper) == 4
    sides = zip((*paper[:2], *box[2:]), (*box[:2], *paper[2:]), strict=False)
    return [
        (holder is None, "is not tagged"),
        (holder is not None and owner is not holder, "and the parent tree do not agree"),
        (raw(annotation, "P") is not page, "names another page than it is on"),
        (flags & _HIDDEN or not flags & _PRINT, "is hidden, or not printed"),
        (not placed, "has no place"),
        (placed and any(low > high for low, high in sides), "is not on the paper"),
    ]


def _of_a_field(widget: Any, name: str) -> list[Check]:
    kind, value, words = (text(inherited(widget, key)) for key in ("FT", "V", "DA"))
    look, state, parent = entry(widget, "AP", "N"), text(raw(widget, "AS")), raw(widget, "Parent")
    orphan = name and ("." in name or parent) and widget not in listed(raw(parent, "Kids"))
    states = look if look and kind == "Btn" else ()
    return [
        (not name, "has no name in the form"),
        (not text(raw(widget, "TU")), "has no tooltip"),
        (orphan, "names a parent that does not hold it"),
        (kind in ("Tx", "Ch") and not words, "does not say how typed text looks"),
        (not look, "has no appearance"),
        (states and state not in (*states, "Off"), "is in a state that has no appearance"),
        (states and state not in ("Off", value), "shows another answer than it holds"),
        (kind == "Ch" and value not in _choices(widget), "has a value that is none of its choices"),
    ]


def _choices(widget: Any) -> list[str]:
    return list(map(text, listed(inherited(widget, "Opt"))))
