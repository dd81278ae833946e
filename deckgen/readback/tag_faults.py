"""Faults of a structure tree that are about its form: parents, headings, lists, tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from deckgen.readback.structure import Structure, Tagged

# What may stand directly below what (ISO 32000-1, 14.8.4.3, as far as we use it).
_BELOW = {
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "Caption"},
    "TR": {"TH", "TD"},
}
_ABOVE = {"LI": "L", "Lbl": "LI", "LBody": "LI", "TR": "Table", "TH": "TR", "TD": "TR"}


def tag_faults(structure: Structure) -> Iterator[str]:
    """A sentence for each kind of fault."""
    numbers = Counter(element.number for element in structure.elements)
    if any(count > 1 for count in numbers.values()):
        yield "an element is in the structure twice"
    false = sum(e.parent != e.found_below for e in structure.elements if e.found_below)
    if false:
        yield f"{false} elements name a parent that does not hold them"
    if any(e.role == "Figure" and not e.alt for e in structure.elements):
        yield "a figure has no description"
    yield from _about_form(structure.elements)
    yield from _about_headings(structure.elements)


def _about_form(elements: tuple[Tagged, ...]) -> Iterator[str]:
    """Lists are made of items, items of label and body, tables of rows and cells."""
    roles = {element.number: element.role for element in elements}
    wrong: Counter[tuple[str, str]] = Counter()
    filled: set[int] = set()
    for element in elements:
        above = roles.get(element.found_below, "")
        filled.add(element.found_below)
        allowed = _BELOW.get(above)
        belongs = _ABOVE.get(element.role)
        if (allowed and element.role not in allowed) or (belongs and above != belongs):
            wrong[above, element.role] += 1
    for above, role in wrong:
        yield f"a {role} stands below a {above or 'nothing'}"
    for element in elements:
        if element.role in _BELOW and element.number not in filled:
            yield f"a {element.role} has nothing in it"


def _about_headings(elements: tuple[Tagged, ...]) -> Iterator[str]:
    """Levels go down one at a time (ISO 14289-1, 7.4.2)."""
    before = 0
    for element in elements:
        if len(element.role) == 2 and element.role[0] == "H" and element.role[1].isdigit():
            level = int(element.role[1])
            if level > before + 1:
                yield f"a heading of level {level} follows one of level {before}"
            before = level
