"""What a finished file holds: all that a person could miss if it were lost."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from deckgen.pdf.objects import Indirect, Name
from deckgen.readback.document import (
    Document,
    destination,
    entry,
    fields_of,
    labels_of,
    listed,
    names_of,
    raw,
    string,
    text,
    tree_pairs,
)
from deckgen.readback.fonts import unembedded_fonts
from deckgen.readback.streams import unpacked
from deckgen.readback.structure import structure_of

BOXES = ("MediaBox", "CropBox", "TrimBox", "BleedBox")
_GROUPS = ("Document", "Part", "Sect")
_RADIO = 1 << 15


class FieldFact(Struct, frozen=True):
    """A field: `tooltips` and `pages` (from 0) have an entry for each widget, in order."""

    kind: str
    value: str
    options: tuple[str, ...]
    tooltips: tuple[str, ...]
    pages: tuple[int, ...]


class PageFact(Struct, frozen=True):
    """A page: boxes in points by name, a checksum of its content, and tags by role.

    A link is a rectangle and where it leads: an address, or a page counted from 0.
    """

    label: str
    boxes: tuple[tuple[str, tuple[float, ...]], ...]
    links: tuple[tuple[tuple[float, ...], str | int], ...]
    content: int
    tags: tuple[tuple[str, int], ...]


class Facts(Struct, frozen=True):
    """What can be compared. Pages count from 0; `groups` are elements that lie on no page."""

    pages: tuple[PageFact, ...]
    outline: tuple[tuple[str, int, int], ...]
    fields: dict[str, FieldFact]
    destinations: dict[str, int]
    unembedded: tuple[str, ...]
    groups: int
    attached: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()

    @property
    def tags(self) -> Counter[str]:
        """How many elements there are of each role; groups that lie on no page are left out."""
        total: Counter[str] = Counter()
        for page in self.pages:
            total.update(dict(page.tags))
        return total


@lru_cache(maxsize=8)
def facts_of(document: Document) -> Facts:
    """Everything that a person could miss in a file."""
    place = {page: i for i, page in enumerate(document.pages)}
    tags: dict[int | None, Counter[str]] = {}
    for role, page in _placed_tags(document):
        tags.setdefault(place.get(page) if page else None, Counter())[role] += 1
    pages = tuple(
        PageFact(
            label,
            tuple((key, _corners(page.value[key])) for key in BOXES if key in page.value),
            tuple(_links(document, page, place)),
            _checksum(page),
            tuple(sorted(tags.get(i, Counter()).items())),
        )
        for i, (page, label) in enumerate(zip(document.pages, labels_of(document), strict=True))
    )
    layers = listed(entry(document.catalog, "OCProperties", "OCGs"))
    attached = tree_pairs(entry(document.catalog, "Names", "EmbeddedFiles"), "Names")
    return Facts(
        pages,
        tuple((t, depth, _target(document, item, place)) for item, depth, t in outline(document)),
        {name: _field(node, document) for node, name in fields_of(document)},
        {n: _page_of(destination(document, to), place) for n, to in names_of(document).items()},
        tuple(unembedded_fonts(document)),
        tags.get(None, Counter())["Sect"],
        tuple(text(name) for name, _ in attached),
        tuple(text(raw(layer, "Name")) for layer in layers),
    )


def outline(document: Document) -> Iterator[tuple[Any, int, str]]:
    """Bookmarks in order, each once: the object, its depth and its title."""
    waiting, seen = [(entry(document.catalog, "Outlines", "First"), 0)], set[int]()
    while waiting:
        item, depth = waiting.pop()
        if type(item) is not dict or id(item) in seen:
            continue
        seen.add(id(item))
        yield item, depth, text(item.get("Title"))
        waiting += [(entry(item, "Next"), depth), (entry(item, "First"), depth + 1)]


def _placed_tags(document: Document) -> Iterator[tuple[str, Indirect | None]]:
    """Roles of elements and their pages: that of the first thing in them."""
    first: dict[Indirect | None, Indirect | None] = {}
    for element in reversed(structure_of(document).elements):
        if element.role in _GROUPS:
            yield element.role, None
            continue
        page = element.page or first.get(element.node)
        first[element.above] = page
        yield element.role, page


def _corners(box: Any) -> tuple[float, ...]:
    return tuple(round(float(entry(v)), 3) for v in listed(box))


def _links(
    document: Document, page: Indirect, place: dict[Indirect, int]
) -> Iterator[tuple[tuple[float, ...], str | int]]:
    for annotation in listed(raw(page, "Annots")):
        if entry(annotation, "Subtype") == "Link":
            address = entry(annotation, "A", "URI")
            to = _target(document, annotation, place) if address is None else text(address)
            yield _corners(raw(annotation, "Rect")), to


def _target(document: Document, item: Any, place: dict[Indirect, int]) -> int:
    """The page that a link or a bookmark leads to; -1 if to none of this file."""
    return _page_of(destination(document, raw(item, "Dest") or entry(item, "A", "D")), place)


def _page_of(target: Sequence[Any], place: dict[Indirect, int]) -> int:
    page = target[0] if target else None
    return place.get(page, -1) if isinstance(page, Indirect) else -1


@lru_cache(maxsize=8)
def _places(document: Document) -> dict[Any, int]:
    """The page of each annotation."""
    return {
        annotation: i
        for i, page in enumerate(document.pages)
        for annotation in listed(raw(page, "Annots"))
        if isinstance(annotation, Indirect)
    }


def _field(node: Any, document: Document) -> FieldFact:
    widgets, places = listed(raw(node, "Kids")) or [node], _places(document)
    kind = {"Btn": "check", "Tx": "text", "Ch": "choice"}.get(
        got := text(inherited(node, "FT")), got
    )
    if kind == "check" and (entry(inherited(node, "Ff")) or 0) & _RADIO:
        kind = "radio"
    return FieldFact(
        kind,
        _said(inherited(node, "V")),
        _options(kind, node, widgets),
        tuple(text(raw(widget, "TU")) for widget in widgets),
        tuple(places.get(w, -1) if isinstance(w, Indirect) else -1 for w in widgets),
    )


def _said(value: Any) -> str:
    """Words, from a stream too; a state with a stroke before it, as it stands in files."""
    if isinstance(value, Indirect) and value.stream is not None:
        return text(string(unpacked(value)))
    found = entry(value)
    if type(found) is list:
        return ", ".join(map(_said, found))
    return f"/{found}" if isinstance(found, Name) else text(found)


def inherited(node: Any, key: str) -> Any:
    """What a field, or one above it, has under a key; a reference as it is."""
    for _ in range(32):
        if node is None or (found := raw(node, key)) is not None:
            break
        node = raw(node, "Parent")
    return None if node is None else found


def _options(kind: str, node: Any, widgets: Sequence[Any]) -> tuple[str, ...]:
    if kind == "choice":
        return tuple(text(option) for option in listed(inherited(node, "Opt")))
    states = [state for w in widgets for state in entry(w, "AP", "N") or () if state != "Off"]
    return tuple(f"/{state}" for state in states) if kind in ("check", "radio") else ()


def _checksum(page: Indirect) -> int:
    """A number for what a page draws, its form XObjects included."""
    found, seen = 0, set[Indirect]()
    waiting = [*reversed(listed(raw(page, "Contents"))), page]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Indirect) and node.stream is not None:
            found = zlib.crc32(node.stream, found)
        forms = entry(node, "Resources", "XObject") or {}
        for name in sorted(forms, reverse=True):
            if forms[name] not in seen:
                seen.add(forms[name])
                waiting.append(forms[name])
    return found
