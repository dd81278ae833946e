"""Faults of a structure tree: parents, the parent tree, roles, order, headings, lists, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from deckgen.pdf.objects import Indirect
from deckgen.readback.document import Document, entry, listed, raw
from deckgen.readback.structure import Structure, Tagged

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
    levels = [int(e.role[1]) for e in elements if re.fullmatch(r"H\d", e.role)]
    steps = [(before, level) for before, level in pairwise([0, *levels]) if level > before + 1]
    yield from (f"a heading of level {level} follows one of level {at}" for at, level in steps)


def _about_parent_tree(document: Document, structure: Structure) -> Iterator[str]:
    """From content and annotations a reader finds the very element that holds them."""
    wrong, used, owners = 0, set[int](), structure.owners
    for element in structure.elements:
        spots = [(raw(place, "StructParents"), n) for place, n in element.spots]
        alone = [raw(annotation, "StructParent") for annotation in element.annotations]
        used.update(alone, (at for at, _ in spots))
        if element.node not in document.taken:
            found = [(listed(owners.get(at))[n : n + 1] or [None])[0] for at, n in spots]
            found += map(owners.get, alone)
            wrong += sum(owner is not element.node for owner in found)
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
