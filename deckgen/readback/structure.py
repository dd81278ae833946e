"""A finished file's structure tree, read back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from msgspec import Struct
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from deckgen.readback.parsed import entry, resolved, tree_pairs

# Where marked content is: the object number of its stream or page, and its own number.
Spot = tuple[int, int]


class Tagged(Struct, frozen=True):
    """An element; object numbers stand for elements, pages (0: none) and annotations.

    `parent` is what the element itself names, `found_below` the element that holds it (0 for
    the tree's root).
    """

    number: int
    role: str
    page: int
    parent: int
    found_below: int
    spots: tuple[Spot, ...]
    annotations: tuple[int, ...]
    alt: str


class Structure(Struct, frozen=True):
    """All elements in reading order, and the owners that the parent tree names."""

    elements: tuple[Tagged, ...]
    owners: dict[int, Any]


_read: WeakKeyDictionary[PdfReader, Structure] = WeakKeyDictionary()


def structure_of(reader: PdfReader) -> Structure:
    """A file's structure; read once for each reader."""
    if reader not in _read:
        root = entry(reader.trailer, "/Root", "/StructTreeRoot")
        elements = tuple(_elements(root.raw_get("/K"), 0, 0)) if root else ()
        owners = dict(tree_pairs(root.get("/ParentTree"), "/Nums")) if root else {}
        _read[reader] = Structure(elements, {int(k): v for k, v in owners.items()})
    return _read[reader]


def number_of(value: Any) -> int:
    """The object number of a reference, or 0."""
    return value.idnum if isinstance(value, IndirectObject) else 0


# References stay as they are, to keep their numbers; pypdf's own `get` would follow them.
_raw = dict.get


def _elements(kid: Any, parent: int, page: int) -> Iterator[Tagged]:
    """An element and those below it."""
    node = resolved(kid)
    if isinstance(node, ArrayObject):
        for item in list(node):
            yield from _elements(item, parent, page)
        return
    if not isinstance(node, DictionaryObject) or "/S" not in node:
        return
    number, own_page = number_of(kid), number_of(_raw(node, "/Pg"))
    spots, annotations, below = _content(_raw(node, "/K"), own_page or page)
    yield Tagged(
        number,
        str(node["/S"])[1:],
        own_page,
        number_of(_raw(node, "/P")),
        parent,
        tuple(spots),
        tuple(annotations),
        str(resolved(_raw(node, "/Alt")) or ""),
    )
    for item in below:
        yield from _elements(item, number, own_page or page)


def _content(kids: Any, page: int) -> tuple[list[Spot], list[int], list[Any]]:
    """An element's marked content, annotations and elements."""
    listed = resolved(kids)
    items = list(listed) if isinstance(listed, ArrayObject) else [] if listed is None else [kids]
    spots: list[Spot] = []
    annotations: list[int] = []
    below: list[Any] = []
    for item in items:
        node = resolved(item)
        if isinstance(node, int):
            spots.append((page, int(node)))
        elif node.get("/Type") == "/MCR":
            place = number_of(_raw(node, "/Stm")) or number_of(_raw(node, "/Pg")) or page
            spots.append((place, int(node["/MCID"])))
        elif node.get("/Type") == "/OBJR":
            annotations.append(number_of(_raw(node, "/Obj")))
        else:
            below.append(item)
    return spots, annotations, below
