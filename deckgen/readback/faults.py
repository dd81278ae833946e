"""A finished file's own faults: untagged content, broken tags, nameless fields, lost fonts.

It is a quick gate for every build, not a validator: those know more rules, and need a JVM.
Some of what it looks at (an element named twice, parents that don't agree) they let pass.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from deckgen.readback.events import events_of
from deckgen.readback.parsed import entry, resolved
from deckgen.readback.structure import Structure, number_of, structure_of
from deckgen.readback.tag_faults import tag_faults


def faults_of(reader: PdfReader) -> list[str]:
    """A sentence for each fault."""
    structure = structure_of(reader)
    spots = {spot for element in structure.elements for spot in element.spots}
    return [
        *_about_the_file(reader),
        *_about_content(reader, spots),
        *tag_faults(structure),
        *_about_parent_tree(structure),
        *_about_annotations(reader, structure),
        *(f"the font {name} is not in the file" for name in unembedded_fonts(reader)),
    ]


def _about_the_file(reader: PdfReader) -> Iterator[str]:
    catalog = entry(reader.trailer, "/Root")
    if entry(catalog, "/MarkInfo", "/Marked") is None or "/StructTreeRoot" not in catalog:
        yield "the file is not tagged"
    if not entry(catalog, "/Lang"):
        yield "the file does not say which language it is in"
    if not entry(reader.trailer, "/Info", "/Title"):
        yield "the file has no title"
    packet = entry(catalog, "/Metadata")
    if packet is None or b"<pdfuaid:part>1<" not in packet.get_data():
        yield "the file's metadata does not claim PDF/UA"
    if entry(catalog, "/AcroForm", "/NeedAppearances"):
        yield "the form asks viewers to redraw its fields"


def _about_content(reader: PdfReader, spots: set[tuple[int, int]]) -> Iterator[str]:
    drawn: Counter[tuple[int, int]] = Counter()
    forms: set[int] = set()
    for i, page in enumerate(reader.pages, 1):
        number = number_of(page.indirect_reference)
        scan = _Scan(drawn, forms)
        scan.stream(page.get_contents(), number, page, inside=False)
        if scan.loose:
            yield f"page {i} has content that is neither tagged nor an artifact"
        if scan.unbalanced:
            yield f"page {i} opens and closes marked content unevenly"
    lost = len(drawn.keys() - spots)
    if lost:
        yield f"{lost} pieces of tagged content belong to no element"
    if spots - drawn.keys():
        yield f"{len(spots - drawn.keys())} elements name content that is not there"
    if any(count > 1 for count in drawn.values()):
        yield "tagged content is drawn more than once"


class _Scan:
    """Looks through a page's content for what is drawn outside marked content."""

    def __init__(self, drawn: Counter[tuple[int, int]], forms: set[int]) -> None:
        self.drawn, self.forms = drawn, forms
        self.loose = self.unbalanced = False

    def stream(self, content: Any, number: int, owner: Any, *, inside: bool) -> None:
        """One stream; `inside` says that it is drawn within marked content."""
        depth = 0
        code = content.get_data() if content is not None else b""
        for form, marked, closes, paints in events_of(code):
            if marked is not None:
                self.drawn[number, marked] += 1
                depth += 1
            elif closes:
                depth -= 1
                self.unbalanced |= depth < 0
            elif form is not None:
                self._form(form, owner, inside or depth > 0)
            elif paints:
                self.loose |= not (inside or depth > 0)
            else:
                depth += 1
        self.unbalanced |= depth != 0

    def _form(self, name: bytes, owner: Any, inside: bool) -> None:
        # In names "#20" stands for the character with that number.
        plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), name).decode()
        forms = entry(owner, "/Resources", "/XObject")
        if forms is None or f"/{plain}" not in forms:
            self.loose = True
            return
        number = number_of(forms.raw_get(f"/{plain}"))
        form = resolved(forms[f"/{plain}"])
        if number in self.forms and "/StructParents" not in form:
            return  # a copy that was looked through where it was first drawn
        self.forms.add(number)
        if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form":
            self.stream(form, number, form, inside=inside)
        else:
            self.loose |= not inside


def _about_parent_tree(structure: Structure) -> Iterator[str]:
    owners = {number: resolved(owner) for number, owner in structure.owners.items()}
    named: set[int] = set()
    for number, owner in owners.items():
        if isinstance(owner, DictionaryObject):
            named.add(number_of(structure.owners[number]))
        else:
            named.update(number_of(item) for item in list(owner or ()))
    holders = {e.number for e in structure.elements if e.spots or e.annotations}
    if named != holders:
        yield f"{len(named ^ holders)} elements and the parent tree do not agree"


def _about_annotations(reader: PdfReader, structure: Structure) -> Iterator[str]:
    tagged = {number for element in structure.elements for number in element.annotations}
    fields = _terminal_widgets(entry(reader.trailer, "/Root", "/AcroForm", "/Fields"))
    said: Counter[str] = Counter()
    for i, page in enumerate(reader.pages, 1):
        for reference in entry(page, "/Annots") or ():
            annotation = resolved(reference)
            kind = "field" if annotation.get("/Subtype") == "/Widget" else "link"
            if number_of(reference) not in tagged:
                yield f"a {kind} on page {i} is not tagged"
            if kind == "link" and not entry(annotation, "/Contents"):
                yield f"a link on page {i} has no description"
            if kind == "field":
                said[str(entry(annotation, "/TU"))] += 1
                yield from _about_field(annotation, i, number_of(reference) in fields)
    for words, count in said.items():
        if count > 1:
            yield f"{count} fields have the tooltip “{words}”"


def _about_field(widget: Any, page: int, in_form: bool) -> Iterator[str]:
    if not in_form or not (entry(widget, "/T") or entry(widget, "/Parent", "/T")):
        yield f"a field on page {page} has no name in the form"
    if not entry(widget, "/TU"):
        yield f"a field on page {page} has no tooltip"


def _terminal_widgets(fields: Any) -> set[int]:
    found: set[int] = set()
    for reference in fields or ():
        kids = entry(reference, "/Kids")
        if kids:
            found |= _terminal_widgets(kids)
        else:
            found.add(number_of(reference))
    return found


def unembedded_fonts(reader: PdfReader) -> list[str]:
    """The names of fonts that are used or offered, and are not in the file."""
    seen: dict[int, Any] = {}
    catalog = entry(reader.trailer, "/Root")
    holders = [entry(catalog, "/AcroForm", "/DR"), *(entry(p, "/Resources") for p in reader.pages)]
    looked: set[int] = set()
    while holders:
        holder = holders.pop()
        for font in (entry(holder, "/Font") or {}).values():
            seen[number_of(font) or id(font)] = resolved(font)
        for form in (entry(holder, "/XObject") or {}).values():
            if number_of(form) not in looked:
                looked.add(number_of(form))
                holders.append(entry(form, "/Resources"))
    return sorted({str(font.get("/BaseFont", "?"))[1:] for font in seen.values() if _bare(font)})


def _bare(font: Any) -> bool:
    inner = entry(font, "/DescendantFonts")
    carrier = resolved(next(iter(inner))) if inner else font
    descriptor = entry(carrier, "/FontDescriptor") or {}
    return not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
