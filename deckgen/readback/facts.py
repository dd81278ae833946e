"""What a finished file holds: all that a person could miss if it were lost."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from deckgen.pdf.objects import Indirect, Name
from deckgen.readback.document import Document, each_once, entry, listed, raw, text, unpacked
from deckgen.readback.structure import structure_of
from deckgen.readback.ways import fields_of, inherited, labels_of, names_of, outline, page_at

BOXES = ("MediaBox", "CropBox", "TrimBox", "BleedBox")
_GROUPS = ("Document", "Part", "Sect")
_RADIO = 1 << 15
_KINDS = {"Btn": "check", "Tx": "text", "Ch": "choice"}


class FieldFact(Struct, frozen=True):
    """A field: `tooltips` and `pages` (from 0) have an entry for each widget, in order."""

    kind: str
    value: str
    options: tuple[str, ...]
    tooltips: tuple[str, ...]
    pages: tuple[int, ...]


Link = tuple[tuple[float, ...], str | int]


class PageFact(Struct, frozen=True):
    """A page: boxes in points by name, a checksum of its content, and tags by role.

    A link is a rectangle and where it leads: an address, or a page counted from 0.
    """

    label: str
    boxes: tuple[tuple[str, tuple[float, ...]], ...]
    links: tuple[Link, ...]
    content: int
    tags: tuple[tuple[str, int], ...]


class Facts(Struct, frozen=True):
    """What can be compared. Pages count from 0; `groups` are elements that lie on no page."""

    pages: tuple[PageFact, ...]
    outline: tuple[tuple[str, int, int], ...]
    fields: dict[str, FieldFact]
    destinations: dict[str, int]
    groups: int
    attached: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()

    @property
    def tags(self) -> Counter[str]:
        """How many elements there are of each role; groups that lie on no page are left out."""
        return sum((Counter(dict(page.tags)) for page in self.pages), Counter[str]())


@lru_cache(maxsize=8)
def facts_of(document: Document) -> Facts:
    """Everything that a person could miss in a file."""
    tags = _tags(document)
    hung = {id(entry(a)): i for i, p in enumerate(document.pages) for a in listed(raw(p, "Annots"))}
    pages = []
    for page, label in zip(document.pages, labels_of(document), strict=True):
        boxes = tuple((key, _corners(page.value[key])) for key in BOXES if key in page.value)
        links, roles = tuple(_links(document, page)), tuple(sorted(tags[page].items()))
        pages.append(PageFact(label, boxes, links, _checksum(page), roles))
    layers = listed(entry(document.catalog, "OCProperties", "OCGs"))
    return Facts(
        tuple(pages),
        tuple((title, depth, page_at(document, item)) for item, depth, title in outline(document)),
        {name: _field(node, kids, hung) for node, name, kids in fields_of(document)},
        {name: page_at(document, to) for name, to in names_of(document).items()},
        tags[None]["Sect"],
        tuple(names_of(document, "EmbeddedFiles")),
        tuple(text(raw(layer, "Name")) for layer in layers),
    )


def _tags(document: Document) -> dict[Indirect | None, Counter[str]]:
    """How many elements of each role begin on a page; None stands for no page."""
    first, pages = dict[Indirect | None, Indirect | None](), set(document.pages)
    tags: dict[Indirect | None, Counter[str]] = defaultdict(Counter)
    for element in reversed(structure_of(document).elements):
        page = None
        if element.role not in _GROUPS:
            first[element.above] = page = element.page or first.get(element.node)
        tags[page if page in pages else None][element.role] += 1
    return tags


def _corners(box: Any) -> tuple[float, ...]:
    return tuple(round(float(entry(v)), 3) for v in listed(box))


def _links(document: Document, page: Indirect) -> Iterator[Link]:
    for link in listed(raw(page, "Annots")):
        if entry(link, "Subtype") == "Link":
            uri = entry(link, "A", "URI")
            yield _corners(raw(link, "Rect")), page_at(document, link) if uri is None else text(uri)


def _field(node: Any, widgets: Sequence[Any], hung: dict[int, int]) -> FieldFact:
    known = text(inherited(node, "FT"))
    kind = _KINDS.get(known, known)
    if kind == "check" and (entry(inherited(node, "Ff")) or 0) & _RADIO:
        kind = "radio"
    tooltips = tuple(text(raw(widget, "TU")) for widget in widgets)
    pages = tuple(hung.get(id(entry(widget)), -1) for widget in widgets)
    options = _options(kind, node, widgets)
    return FieldFact(kind, _said(inherited(node, "V")), options, tooltips, pages)


def _said(value: Any) -> str:
    """Words, from a stream too; a state with a stroke before it, as it stands in files."""
    if isinstance(value, Indirect) and value.stream is not None:
        return text(unpacked(value))
    found = entry(value)
    if type(found) is list:
        return ", ".join(map(_said, found))
    return f"/{found}" if isinstance(found, Name) else text(found)


def _options(kind: str, node: Any, widgets: Sequence[Any]) -> tuple[str, ...]:
    if kind == "choice":
        return tuple(text(option) for option in listed(inherited(node, "Opt")))
    looks = [entry(widget, "AP", "N") or () for widget in widgets]
    states = [f"/{state}" for look in looks for state in look if state != "Off"]
    return tuple(states) if kind in ("check", "radio") else ()


def _checksum(page: Indirect) -> int:
    """A number for what a page draws, its form XObjects included."""
    found, waiting = 0, [*reversed(listed(raw(page, "Contents"))), page]
    for node in each_once(waiting):
        if isinstance(node, Indirect) and node.stream is not None:
            found = zlib.crc32(node.stream, found)
        forms = entry(node, "Resources", "XObject") or {}
        waiting += [forms[name] for name in sorted(forms, reverse=True)]
    return found
