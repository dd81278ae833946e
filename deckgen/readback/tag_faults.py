"""Faults of a structure tree: parents, the parent tree, roles, order, headings, lists, tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from deckgen.pdf.objects import Indirect
from deckgen.readback.document import Document, entry, listed, raw
from deckgen.readback.structure import Structure, Tagged

# What may stand directly below what (ISO 32000-1, 14.8.4.3, as far as we use it).
_BELOW = {
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
}
_ABOVE = {
    "LI": ("L",),
    "Lbl": ("LI", "Note"),
    "LBody": ("LI",),
    "TR": ("Table", "THead", "TBody", "TFoot"),
    "TH": ("TR",),
    "TD": ("TR",),
}
_EMPTY = {*_BELOW, "Figure", "Link", "Form"}
# ISO 32000-1, 14.8.4.
_STANDARD = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4"
    " H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code"
    " Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split()
)


def tag_faults(document: Document, structure: Structure) -> Iterator[str]:
    """A sentence for each kind of fault."""
    elements = tuple(e for e in structure.elements if e.node not in document.taken)
    numbers = Counter(element.node for element in elements)
    if any(count > 1 for count in numbers.values()):
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
    yield from _about_headings(elements)


def _about_parent_tree(document: Document, structure: Structure) -> Iterator[str]:
    """From content and annotations a reader finds the very element that holds them."""
    wrong, used = 0, set[int]()
    for element in structure.elements:
        for key, places in (
            ("StructParents", element.spots),
            ("StructParent", [(a, None) for a in element.annotations]),
        ):
            for place, number in places:
                at = raw(place, key)
                owner = structure.owners.get(at)
                used.add(at)
                if number is not None:
                    owners = listed(owner)
                    owner = owners[number] if number < len(owners) else None
                wrong += owner is not element.node and element.node not in document.taken
    if not document.taken:
        wrong += sum(1 for n, owner in structure.owners.items() if n not in used and entry(owner))
    if wrong:
        yield f"{wrong} elements and the parent tree do not agree"
    if structure.owners and (raw(structure.root, "ParentTreeNextKey") or 0) <= max(
        structure.owners
    ):
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
    for role, key, words in (
        ("Figure", "Alt", "a figure has no description"),
        ("Figure", "BBox", "a figure does not say where it is"),
        ("TH", "Scope", "a header cell does not say what it heads"),
    ):
        for element in elements:
            if element.role == role:
                sets = [entry(a) for a in listed(raw(element.node, "A"))]
                has = [element.node.value, *(a for a in sets if type(a) is dict)]
                if not any(key in one for one in has):
                    yield words
                    break
    for role in ("Link", "Form"):
        if any(e.role == role and not e.annotations for e in elements):
            yield f"a {role} has no annotation"


def _about_form(elements: tuple[Tagged, ...]) -> Iterator[str]:
    """Lists are made of items, items of label and body, tables of rows and cells."""
    roles = {element.node: element.role for element in elements}
    wrong: Counter[tuple[str, str]] = Counter()
    for element in elements:
        above = roles.get(element.above, "") if element.above else ""
        allowed, belongs = _BELOW.get(above), _ABOVE.get(element.role)
        if (allowed and element.role not in allowed) or (belongs and above not in belongs):
            wrong[above, element.role] += 1
        if element.role in _EMPTY and not element.filled:
            yield f"a {element.role} has nothing in it"
    for above, role in wrong:
        yield f"a {role} stands below a {above or 'nothing'}"


def _about_headings(elements: tuple[Tagged, ...]) -> Iterator[str]:
    """Levels go down one at a time (ISO 14289-1, 7.4.2)."""
    before = 0
    for element in elements:
        if len(element.role) == 2 and element.role[0] == "H" and element.role[1].isdigit():
            level = int(element.role[1])
            if level > before + 1:
                yield f"a heading of level {level} follows one of level {before}"
            before = level
