"""What a file holds: every object that can be reached, and what a page draws with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from deckgen.geometry import Matrix
from deckgen.readback.parsed import entry, resolved


def dictionaries(reader: PdfReader) -> Iterator[tuple[str, DictionaryObject]]:
    """Every dictionary and stream that the file uses, with the object that it stands in.

    Also those inside others, and those in object streams. What nothing refers to is left out.
    """
    waiting: list[tuple[str, Any]] = [("the file", reader.trailer)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, IndirectObject):
            if (value.idnum, value.generation) in seen:
                continue
            seen.add((value.idnum, value.generation))
            where, value = f"object {value.idnum}", resolved(value)
        if isinstance(value, DictionaryObject):
            yield where, value
            waiting += [(where, value.raw_get(key)) for key in reversed(value)]
        elif isinstance(value, ArrayObject):
            waiting += [(where, item) for item in reversed(value)]


class Painter(Struct, frozen=True):
    """A stream of drawing: a page's own, or a tile, a letter, a mask, a note's looks.

    `measured`: its lengths are those of the page, once `matrix` is applied.
    """

    stream: Any
    resources: Any
    matrix: Matrix = Matrix()
    measured: bool = False


class Uses:
    """The resources that streams name: what only lies there unused is nobody's fault."""

    def __init__(self) -> None:
        self._held: dict[int, Any] = {}  # the dictionaries, by id; kept, so that ids stay theirs
        self._names: dict[tuple[int, str], dict[str, None]] = {}

    def note(self, resources: Any, kind: str, name: Any) -> None:
        """A stream that draws with these resources names one of a kind, such as "/Font"."""
        if isinstance(resources, DictionaryObject):
            self._held[id(resources)] = resources
            self._names.setdefault((id(resources), kind), {})[str(name)] = None

    def dictionaries(self) -> list[Any]:
        """All dictionaries of resources of which something is used."""
        return list(self._held.values())

    def things(self, resources: Any, kind: str) -> list[Any]:
        """What is used of a kind; names that lead nowhere are left out."""
        named = self._names.get((id(resources), kind), {})
        found = (entry(resources, kind, name) for name in named)
        return [thing for thing in found if thing is not None]

    def painters(self, resources: Any) -> Iterator[Painter]:
        """Tiles of patterns, letters of Type 3 fonts and groups of soft masks that are used."""
        for pattern in self.things(resources, "/Pattern"):
            if isinstance(pattern, StreamObject):
                place = matrix_of(entry(pattern, "/Matrix"))
                yield Painter(pattern, entry(pattern, "/Resources") or resources, place, True)
        for font in self.things(resources, "/Font"):
            letters = entry(font, "/CharProcs") if entry(font, "/Subtype") == "/Type3" else None
            for letter in map(resolved, letters.values() if letters else ()):
                if isinstance(letter, StreamObject):
                    yield Painter(letter, entry(font, "/Resources") or resources)
        for state in self.things(resources, "/ExtGState"):
            group = entry(state, "/SMask", "/G")
            if isinstance(group, StreamObject):
                yield Painter(group, entry(group, "/Resources") or resources)


def appearances(note: Any) -> Iterator[Painter]:
    """How a note looks, in each of its states."""
    for looks in (entry(note, "/AP", key) for key in ("/N", "/R", "/D")):
        if isinstance(looks, StreamObject):
            states: list[Any] = [looks]
        else:
            states = list(map(resolved, looks.values())) if looks else []
        for stream in states:
            if isinstance(stream, StreamObject):
                yield Painter(stream, entry(stream, "/Resources"))


def matrix_of(value: Any) -> Matrix:
    """Six numbers as a map; the map that changes nothing if there is no entry.

    Raises ValueError for another count.
    """
    if value is None:
        return Matrix()
    a, b, c, d, e, f = (float(resolved(v)) for v in value)
    return Matrix(a, b, c, d, e, f)
