"""What a finished file holds, read back with a library that had no part in writing it."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from deckgen.readback.faults import unembedded_fonts
from deckgen.readback.parsed import entry, opened, resolved, tree_pairs
from deckgen.readback.structure import Tagged, number_of, structure_of

BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox")
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

    @property
    def tags(self) -> Counter[str]:
        """How many elements there are of each role; groups that lie on no page are left out."""
        total: Counter[str] = Counter()
        for page in self.pages:
            total.update(dict(page.tags))
        return total


@lru_cache(maxsize=8)
def read_facts(data: bytes) -> Facts:
    """Everything that a person could miss in a file."""
    return _Reading(opened(data)).facts()


class _Reading:
    """Reads one file."""

    def __init__(self, reader: PdfReader) -> None:
        self.reader = reader
        self.catalog: Any = reader.trailer["/Root"]
        self.pages: list[Any] = list(reader.pages)
        self.number = {p.indirect_reference.idnum: i for i, p in enumerate(self.pages)}
        self.structure = structure_of(reader)
        self.place_of = {
            number_of(reference): i
            for i, page in enumerate(self.pages)
            for reference in entry(page, "/Annots") or ()
        }

    def facts(self) -> Facts:
        """All of it."""
        labels = self.reader.page_labels
        tags: dict[int | None, Counter[str]] = {}
        for element, number in self._placed_tags():
            page = self.number.get(number) if number else None
            tags.setdefault(page, Counter())[element.role] += 1
        pages = tuple(
            self._page(page, labels[i], tags.get(i, Counter())) for i, page in enumerate(self.pages)
        )
        return Facts(
            pages,
            tuple(self._outline(entry(self.catalog, "/Outlines", "/First"), 0)),
            self._fields(),
            self._destinations(),
            tuple(unembedded_fonts(self.reader)),
            tags.get(None, Counter())["Sect"],
        )

    def _placed_tags(self) -> Iterator[tuple[Tagged, int]]:
        """Elements and the numbers of their pages: that of the first thing in them, or 0."""
        first: dict[int, int] = {}
        for element in reversed(self.structure.elements):
            if element.role in _GROUPS:
                yield element, 0
                continue
            page = element.page or first.get(element.number, 0)
            first[element.found_below] = page
            yield element, page

    def _page(self, page: Any, label: str, tags: Counter[str]) -> PageFact:
        boxes = tuple(
            (key[1:], tuple(round(float(v), 3) for v in page[key])) for key in BOXES if key in page
        )
        links = tuple(self._links(page))
        return PageFact(label, boxes, links, _checksum(page), tuple(sorted(tags.items())))

    def _links(self, page: Any) -> Iterator[tuple[tuple[float, ...], str | int]]:
        for annotation in map(resolved, entry(page, "/Annots") or ()):
            if annotation.get("/Subtype") != "/Link":
                continue
            rect = tuple(round(float(v), 3) for v in annotation["/Rect"])
            address = entry(annotation, "/A", "/URI")
            target = annotation.get("/Dest") or entry(annotation, "/A", "/D")
            found = self._target(target) if address is None else _string(address)
            yield rect, found

    def _target(self, target: Any) -> int:
        """The page that a destination leads to; -1 if to none of this file."""
        target = resolved(target)
        if isinstance(target, str | bytes):
            return self._destinations().get(_string(target), -1)
        if isinstance(target, DictionaryObject):
            target = entry(target, "/D")
        first = next(iter(target)) if target else None
        return self.number.get(first.idnum, -1) if isinstance(first, IndirectObject) else -1

    def _destinations(self) -> dict[str, int]:
        named = tree_pairs(entry(self.catalog, "/Names", "/Dests"), "/Names")
        return {_string(name): self._target(target) for name, target in named}

    def _outline(self, item: Any, depth: int) -> Iterator[tuple[str, int, int]]:
        while item is not None:
            target = item.get("/Dest") or entry(item, "/A", "/D")
            yield str(item["/Title"]), depth, self._target(target)
            yield from self._outline(entry(item, "/First"), depth + 1)
            item = entry(item, "/Next")

    def _fields(self) -> dict[str, FieldFact]:
        found: dict[str, FieldFact] = {}
        for node in map(resolved, entry(self.catalog, "/AcroForm", "/Fields") or ()):
            self._field(node, "", found)
        return found

    def _field(self, node: Any, above: str, found: dict[str, FieldFact]) -> None:
        name = f"{above}.{node['/T']}" if above else str(node.get("/T", ""))
        kids = [resolved(kid) for kid in entry(node, "/Kids") or ()]
        if "/FT" not in node:
            for kid in kids:
                self._field(kid, name, found)
            return
        widgets = kids or [node]
        found[name] = FieldFact(
            _kind(node),
            _string(entry(node, "/V") or ""),
            _options(node, widgets),
            tuple(str(w.get("/TU", "")) for w in widgets),
            tuple(self.place_of.get(number_of(w.indirect_reference), -1) for w in widgets),
        )


def _checksum(page: Any) -> int:
    """A number for what a page draws, its form XObjects included."""
    forms = entry(page, "/Resources", "/XObject") or {}
    streams = [entry(page, "/Contents"), *(resolved(forms[name]) for name in sorted(forms))]
    found = 0
    for stream in streams:
        if isinstance(stream, StreamObject):
            found = zlib.crc32(stream._data, found)
    return found


def _string(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _kind(node: Any) -> str:
    if node["/FT"] == "/Btn":
        return "radio" if int(node.get("/Ff", 0)) & _RADIO else "check"
    return {"/Tx": "text", "/Ch": "choice"}.get(str(node["/FT"]), str(node["/FT"]))


def _options(node: Any, widgets: Sequence[Any]) -> tuple[str, ...]:
    if node["/FT"] == "/Ch":
        return tuple(str(option) for option in entry(node, "/Opt") or ())
    states = [state for w in widgets for state in entry(w, "/AP", "/N") or () if state != "/Off"]
    return tuple(str(state) for state in states) if node["/FT"] == "/Btn" else ()
