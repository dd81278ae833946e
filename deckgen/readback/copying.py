"""Copying a file's objects into values that can be written again, each object once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

from deckgen.pdf.objects import Indirect
from deckgen.pdf.trees import balanced
from deckgen.readback.document import Document, entry, listed, string_bytes, text
from deckgen.readback.ways import destination

# What makes a document act by itself is left behind, and what only its own program understands.
_UNWANTED = {"AA": "actions", "OpenAction": "", "JS": "scripts", "JavaScript": "scripts"}
_LIVELY = {"RichMedia", "Movie", "Sound", "Screen", "3D"}
_SHARED = ("Font", "FontDescriptor")
_DEEPEST = 8


class Copy:
    """Copies from one file. `shared` has the fonts and pictures of earlier files by what is in
    them.
    """

    def __init__(self, document: Document, shared: dict[Any, Indirect]) -> None:
        self.document, self.left_out = document, Counter[str]()
        self.objects, self._waiting = dict[Indirect, Indirect](), list[Indirect]()
        for source in document.objects.values():
            kind = entry(source, "Type") in _SHARED or entry(source, "Subtype") == "Image"
            if kind or entry(source, "Length1"):
                made = shared.setdefault(_content(source, _DEEPEST), Indirect())
                self.objects[source] = made
                if not made.value:
                    self._waiting.append(source)
        self.known = frozenset(self.objects.values()) - {self.objects[s] for s in self._waiting}
        # A page may be there twice: what leads to it leads to where it is first.
        self.pages, self._leaves = [Indirect() for _ in document.pages], set(document.pages)
        self.objects |= dict(zip(document.pages[::-1], self.pages[::-1], strict=True))

    def fill_pages(self, parent: Indirect) -> None:
        """Copy what is on the pages, and hang them under a new page tree."""
        for source, made in zip(self.document.pages, self.pages, strict=True):
            own = {k: v for k, v in source.value.items() if k != "Parent"}
            every = listed(own.get("Annots"))
            annotations = [a for a in every if entry(a, "Subtype") not in _LIVELY]
            self.left_out["films and sounds"] += len(every) - len(annotations)
            # Each gets a number of its own, as what refers to it has to be found again.
            own["Annots"] = [Indirect(a) if type(a) is dict else a for a in annotations] or None
            made.value = {**self._dictionary(own), "Parent": parent}

    def value(self, value: Any) -> Any:
        """A value; the objects that it refers to are copied by `finish`."""
        kind = type(value)
        if kind is Indirect:
            made = self.objects.get(value)
            if made is None:
                made = self.objects[value] = Indirect()
                self._waiting.append(value)
            return made
        if kind is dict:
            copied = self._dictionary(value)
            if copied.get("Type") != "Font":
                return copied
            made = self.objects[Indirect()] = Indirect(copied)
            return made
        return [self.value(item) for item in value] if kind is list else value

    def finish(self) -> None:
        """Copy everything that was referred to."""
        while self._waiting:
            source = self._waiting.pop()
            made, value = self.objects[source], source.value
            made.value = self._dictionary(value) if type(value) is dict else self.value(value)
            made.stream = source.stream

    def change(self, key: str, change: Callable[[dict[str, Any]], object]) -> None:
        """Change the copied dictionaries that have a key."""
        for made in self.objects.values():
            if type(made.value) is dict and key in made.value and made not in self.known:
                change(made.value)

    def _dictionary(self, source: dict[str, Any]) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for key, value in source.items():
            if key in _UNWANTED:
                self.left_out[_UNWANTED[key]] += 1
            elif key == "A" and entry(value, "S") is not None:
                kept[key] = self._action(entry(value))
            elif key == "Dest":
                kept[key] = self._way(value)
            elif value is not None:
                kept[key] = self.value(value)
        return kept

    def _way(self, target: Any) -> list[Any] | None:
        """A destination in full; None if it leads to no page."""
        to = destination(self.document, target)
        if not to or to[0] not in self._leaves:
            self.left_out["links that lead nowhere"] += 1
            return None
        return [self.value(item) for item in to]

    def _action(self, action: dict[str, Any]) -> dict[str, Any] | None:
        """An action that only leads somewhere; None for any other."""
        address = text(action.get("URI")).strip().lower()
        if action["S"] == "GoTo" and (to := self._way(action.get("D"))):
            return {"S": action["S"], "D": to}
        if action["S"] == "URI" and not address.startswith(("javascript:", "file:", "data:")):
            return {"S": action["S"], "URI": self.value(action.get("URI"))}
        self.left_out["actions"] += 1
        return None


def name_tree(named: Mapping[str, Any]) -> dict[str, Any]:
    """A name tree, in the order that the format asks for."""
    pairs = sorted(((_key(name), named[name]) for name in named), key=itemgetter(0))
    return balanced("Names", pairs)


def _key(name: str) -> bytes:
    """One byte a letter where that can be: then bytes and letters sort alike for all readers."""
    short = all(c.isascii() or "\xa1" <= c <= "\xff" for c in name)
    return name.encode("latin-1") if short else string_bytes(name)


def _content(value: Any, depth: int) -> Any:
    """Something that is equal for objects that hold the same; deep ones are like no other."""
    if depth == 0:
        return object()
    if type(value) is Indirect:
        return _content(value.value, depth - 1), value.stream
    if type(value) is dict:
        return tuple((k, _content(v, depth - 1)) for k, v in sorted(value.items()))
    return tuple(_content(v, depth - 1) for v in value) if type(value) is list else value
