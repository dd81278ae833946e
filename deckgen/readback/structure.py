"""A finished file's structure tree, read back, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from msgspec import Struct

from deckgen.pdf.objects import Indirect
from deckgen.readback.document import Document, entry, listed, raw, text
from deckgen.readback.ways import tree_pairs

# Where marked content is: its stream or page, and its own number.
Spot = tuple[Indirect, int]
_NOWHERE = Indirect()
# What may stand directly below what, and above (ISO 32000-1, 14.8.4.3, as far as we use it).
_ROWS = ("Table", "THead", "TBody", "TFoot")
_BELOW = {"L": {"LI", "Caption"}, "LI": {"Lbl", "LBody"}, "TR": {"TH", "TD"}}
_BELOW["Table"] = {"TR", *_ROWS[1:], "Caption"}
_ABOVE = {"LI": ("L",), "Lbl": ("LI", "Note"), "LBody": ("LI",), "TR": _ROWS}
_ABOVE |= {"TH": ("TR",), "TD": ("TR",)}
_EMPTY = {*_BELOW, "Figure", "Link", "Form"}
# What an element with a role must say of itself, or in its attributes.
_NEEDED = (
    ("Figure", "Alt", "a figure has no description"),
    ("Figure", "BBox", "a figure does not say where it is"),
    ("TH", "Scope", "a header cell does not say what it heads"),
)
# ISO 32000-1, 14.8.4.
_STANDARD = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4"
    " H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code"
    " Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split()
)


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
    spots: list[Spot] = []
    annotations: list[Any] = []
    below: list[Any] = []
    for item in listed(kids):
        node = entry(item)
        kind = node.get("Type") if type(node) is dict else None
        if type(node) is int:
            spots.append((page, node))
        elif kind == "MCR":
            places = (raw(item, "Stm"), raw(item, "Pg"), page)
            place = next(p for p in places if isinstance(p, Indirect))
            spots.append((place, entry(item, "MCID") or 0))
        elif kind == "OBJR":
            annotations.append(raw(item, "Obj"))
        elif node is not None:
            below.append(item)
    return spots, annotations, below


def tag_faults(document: Document, structure: Structure) -> Iterator[str]:
    """A sentence for each kind of fault."""
    elements = tuple(e for e in structure.elements if e.node not in document.taken)
    if len({element.node for element in elements}) < len(elements):
        yield "an element is in the structure twice"
    false = sum(raw(e.node, "P") is not (e.above or structure.root) for e in elements)
    if false:
        yield f"{false} elements name a parent that does not hold them"
    unknown = {e.role for e in elements} - _STANDARD
    yield from (f"the role {role} is none that readers know" for role in sorted(unknown))
    yield from _about_parent_tree(document, structure)
    yield from _about_order(elements)
    yield from _about_attributes(elements)
    yield from _about_form(elements)
    # Levels go down one at a time (ISO 14289-1, 7.4.2).
    levels = [int(e.role[1:]) for e in elements if e.role[:1] == "H" and e.role[1:].isdigit()]
    steps = [(before, level) for before, level in pairwise([0, *levels]) if level > before + 1]
    yield from (f"a heading of level {level} follows one of level {at}" for at, level in steps)


def _about_parent_tree(document: Document, structure: Structure) -> Iterator[str]:
    """From content and annotations a reader finds the very element that holds them."""
    wrong, owners, elements = 0, structure.owners, structure.elements
    held = [(e.node, raw(place, "StructParents"), n) for e in elements for place, n in e.spots]
    held += [(e.node, raw(place, "StructParent"), -1) for e in elements for place in e.annotations]
    for node, at, number in held:
        owner = owners.get(at)
        if number >= 0:
            row = listed(owner)
            owner = row[number] if number < len(row) else None
        wrong += owner is not node and node not in document.taken
    used = {at for _, at, _ in held}
    if not document.taken:
        wrong += sum(1 for n, owner in owners.items() if n not in used and entry(owner))
    if wrong:
        yield f"{wrong} elements and the parent tree do not agree"
    if owners and (raw(structure.root, "ParentTreeNextKey") or 0) <= max(owners):
        yield "the parent tree's next number is taken"


def _about_order(elements: tuple[Tagged, ...]) -> Iterator[str]:
    """Within a stream we number content in the order in which it is to be read."""
    before: dict[Indirect, int] = {}
    for element in elements:
        for place, number in element.spots:
            if number < before.get(place, -1):
                yield "content is read in another order than it was written in"
                return
            before[place] = number


def _about_attributes(elements: tuple[Tagged, ...]) -> Iterator[str]:
    for role, key, words in _NEEDED:
        nodes = [element.node for element in elements if element.role == role]
        places = [(node, *listed(raw(node, "A"))) for node in nodes]
        if any(all(raw(place, key) is None for place in each) for each in places):
            yield words
    bare = {element.role for element in elements if not element.annotations}
    yield from (f"a {role} has no annotation" for role in ("Link", "Form") if role in bare)


def _about_form(elements: tuple[Tagged, ...]) -> Iterator[str]:
    """Lists are made of items, items of label and body, tables of rows and cells."""
    roles: dict[Any, str] = {element.node: element.role for element in elements}
    pairs = dict.fromkeys((roles.get(element.above, ""), element.role) for element in elements)
    for above, role in pairs:
        if role not in _BELOW.get(above, (role,)) or above not in _ABOVE.get(role, (above,)):
            yield f"a {role} stands below a {above or 'nothing'}"
    empty = [e.role for e in elements if e.role in _EMPTY and not e.filled]
    yield from (f"a {role} has nothing in it" for role in empty)
