"""Ways through a finished file: its trees of names and numbers, fields, bookmarks, destinations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from deckgen.pdf.objects import Indirect
from deckgen.readback.document import Document, each_once, entry, listed, raw, text

_WORTHS = 1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1
_DEEPEST = 32  # fields above a field
_SIGNS = "M CM D CD C XC L XL X IX V IV I".split()


def tree_pairs(node: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a name tree ("Names") or a number tree ("Nums"), however deep or circular."""
    waiting = [node]
    for knot in each_once(waiting):
        flat = listed(raw(knot, key))
        yield from zip(map(entry, flat[::2]), flat[1::2], strict=False)
        waiting += reversed(listed(raw(knot, "Kids")))


def fields_of(document: Document) -> Iterator[tuple[Any, str, list[Any]]]:
    """The form's terminal fields, with their full names and their widgets."""
    waiting = [(node, "") for node in listed(entry(document.catalog, "AcroForm", "Fields"))[::-1]]
    for node, above in each_once(waiting):
        own, kids = text(raw(node, "T")), listed(raw(node, "Kids"))
        name = f"{above}.{own}" if above and own else own
        if kids and (raw(node, "FT") is None or any(raw(k, "T") is not None for k in kids)):
            waiting += [(kid, name) for kid in reversed(kids)]
        else:
            yield node, name, kids or [node]


def _upwards(node: Any) -> Iterator[Any]:
    """A field, and those above it, each once."""
    seen = set[int]()
    while node is not None and id(entry(node)) not in seen and len(seen) < _DEEPEST:
        seen.add(id(entry(node)))
        yield node
        node = raw(node, "Parent")


def full_name(field: Any) -> str:
    """The names of a field and of those above it, the highest first."""
    names = [raw(node, "T") for node in _upwards(field)]
    return ".".join(text(name) for name in reversed(names) if name is not None)


def inherited(node: Any, key: str) -> Any:
    """What a field, or one above it, has under a key; a reference as it is."""
    for one in _upwards(node):
        if (found := raw(one, key)) is not None:
            return found
    return None


def outline(document: Document) -> Iterator[tuple[Any, int, str]]:
    """Bookmarks in order, each once: the object, its depth and its title."""
    waiting = [(raw(raw(document.catalog, "Outlines"), "First"), 0)]
    for item, depth in each_once(waiting):
        if type(entry(item)) is dict:
            yield item, depth, text(raw(item, "Title"))
            waiting += [(raw(item, "Next"), depth), (raw(item, "First"), depth + 1)]


def destination(document: Document, way: Any) -> list[Any]:
    """Where a destination, a name of one, an action, a link or a bookmark leads; empty if nowhere.

    A destination in full: a page, and how it is shown.
    """
    for _ in range(5):
        found = entry(way)
        if isinstance(found, str | bytes):
            way = names_of(document).get(text(found))
        elif type(found) is dict:
            way = found.get("D") or found.get("Dest") or entry(found, "A", "D")
        elif type(found) is list and found:
            first, pages = found[0], document.pages
            by_number = type(first) is int and 0 <= first < len(pages)
            return [pages[first], *found[1:]] if by_number else found
    return []


def page_at(document: Document, way: Any) -> int:
    """The page, from 0, that something leads to (see `destination`); -1 if to none of this file."""
    page = (destination(document, way) or [None])[0]
    return _places(document).get(page, -1) if isinstance(page, Indirect) else -1


@lru_cache(maxsize=8)
def _places(document: Document) -> dict[Indirect, int]:
    return {page: i for i, page in enumerate(document.pages)}


@lru_cache(maxsize=8)
def names_of(document: Document, kind: str = "Dests") -> Mapping[str, Any]:
    """What has a name: destinations, those of the older kind too, or "EmbeddedFiles"."""
    old = entry(document.catalog, "Dests") if kind == "Dests" else None
    pairs = tree_pairs(entry(document.catalog, "Names", kind), "Names")
    return (old if type(old) is dict else {}) | {text(name): to for name, to in pairs}


def labels_of(document: Document) -> list[str]:
    """The label of each page."""
    starts = dict(tree_pairs(raw(document.catalog, "PageLabels"), "Nums"))
    labels, rule, first = [], None, 0
    for i in range(len(document.pages)):
        if i in starts:
            rule, first = starts[i], i
        style = text(raw(rule, "S")) if rule else "D"
        number = i - first + (entry(rule, "St") or 1) if rule else i + 1
        labels.append(text(raw(rule, "P")) + _numeral(style, number))
    return labels


def _numeral(style: str, number: int) -> str:
    if number < 1:
        return ""
    said = str(number) if style == "D" else ""
    if style in ("A", "a"):
        said = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style in ("R", "r"):
        for worth, sign in zip(_WORTHS, _SIGNS, strict=True):
            said += sign * (number // worth)
            number %= worth
    return said if style.isupper() else said.lower()
