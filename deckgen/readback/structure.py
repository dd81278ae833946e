"""A finished file's structure tree, read back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

from deckgen.pdf.objects import Indirect
from deckgen.readback.document import Document, entry, listed, raw, text
from deckgen.readback.ways import tree_pairs

# Where marked content is: its stream or page, and its own number.
Spot = tuple[Indirect, int]
_NOWHERE = Indirect()


class Tagged(Struct, frozen=True, eq=False):
    """An element. `role` is the standard one that its own stands for.

    `above` is the element that holds it (None for the tree's root), and `page` the page it names.
    """

    node: Indirect
    role: str
    page: Indirect | None
    above: Indirect | None
    spots: tuple[Spot, ...]
    annotations: tuple[Any, ...]
    filled: bool


class Structure(Struct, frozen=True, eq=False):
    """All elements in reading order, and the owners that the parent tree names."""

    root: Indirect | None
    elements: tuple[Tagged, ...]
    owners: dict[int, Any]


@lru_cache(maxsize=8)
def structure_of(document: Document) -> Structure:
    """A file's structure; read once for each file."""
    root = raw(document.catalog, "StructTreeRoot")
    if not isinstance(root, Indirect):
        return Structure(None, (), {})
    owners = {n: to for n, to in tree_pairs(raw(root, "ParentTree"), "Nums") if type(n) is int}
    return Structure(root, tuple(_elements(root)), owners)


def _elements(root: Indirect) -> Iterator[Tagged]:
    """Elements, each before those below it. One that comes again is given, but not entered."""
    roles = entry(root, "RoleMap") or {}
    waiting: list[tuple[Any, Indirect | None, Indirect]]
    waiting, seen = [(raw(root, "K"), None, _NOWHERE)], set[Indirect]()
    while waiting:
        kid, above, page = waiting.pop()
        value = entry(kid)
        if type(value) is list:
            waiting += [(k, above, page) for k in reversed(value) if entry(k) is not value]
        if type(value) is not dict or "S" not in value:
            continue
        node = kid if isinstance(kid, Indirect) else Indirect(value)
        named = value["Pg"] if isinstance(value.get("Pg"), Indirect) else None
        page, role = named or page, _standard(text(value["S"]), roles)
        spots, annotations, below = _content(value.get("K"), page)
        filled = bool(spots or annotations or below)
        yield Tagged(node, role, named, above, tuple(spots), tuple(annotations), filled)
        if node not in seen:
            seen.add(node)
            waiting += [(item, node, page) for item in reversed(below)]


def _standard(role: str, roles: dict[str, Any]) -> str:
    """What a role stands for in the end."""
    for _ in range(8):
        if role not in roles:
            break
        role = text(roles[role])
    return role


def _content(kids: Any, page: Indirect) -> tuple[list[Spot], list[Any], list[Any]]:
    """An element's marked content, annotations and elements."""
    spots, annotations, below = list[Spot](), list[Any](), list[Any]()
    for item in listed(kids):
        node = entry(item)
        if type(node) is int:
            spots.append((page, node))
        elif type(node) is dict and node.get("Type") == "MCR":
            places = (node.get("Stm"), node.get("Pg"), page)
            place = next(p for p in places if isinstance(p, Indirect))
            spots.append((place, entry(node, "MCID") or 0))
        elif type(node) is dict and node.get("Type") == "OBJR":
            annotations.append(node.get("Obj"))
        elif node is not None:
            below.append(item)
    return spots, annotations, below
