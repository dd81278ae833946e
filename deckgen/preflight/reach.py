"""What a file holds: every object that can be reached, and what a page draws with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import hypot
from typing import Any

from msgspec import Struct
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from deckgen.geometry import Matrix
from deckgen.preflight.entries import entry, resolved
from deckgen.preflight.inspected import FILE


def dictionaries(reader: PdfReader) -> Iterator[tuple[str, DictionaryObject]]:
    """Every dictionary and stream that the file uses, with the object that it stands in.

    Also those inside others, and those in object streams. What nothing refers to is left out.
    """
    waiting: list[tuple[str, Any]] = [(FILE, reader.trailer)]
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


def listed(value: Any) -> list[Any]:
    """The items of an array; of anything else that is there, the thing alone."""
    items = value if isinstance(value, ArrayObject) else [] if value is None else [value]
    return [*map(resolved, items)]


class Painter(Struct, frozen=True):
    """A stream of drawing: a page's own, or a tile, a letter, a mask, a note's looks.

    `measured`: its lengths are those of the page, once `matrix` is applied.
    """

    stream: Any
    resources: Any
    matrix: Matrix = Matrix()
    measured: bool = False


class Used(Struct, frozen=True):
    """A resource that a stream names: its kind, such as "/Font", and all the stream may name."""

    kind: str
    thing: Any
    resources: Any

    def painters(self) -> Iterator[Painter]:
        """Tiles of a pattern, letters of a Type 3 font, the group of a soft mask."""
        thing, own = self.thing, entry(self.thing, "/Resources") or self.resources
        if self.kind == "/Pattern" and isinstance(thing, StreamObject):
            yield Painter(thing, own, matrix_of(entry(thing, "/Matrix")), True)
        elif self.kind == "/Font" and entry(thing, "/Subtype") == "/Type3":
            letters = (entry(thing, "/CharProcs") or {}).values()
            yield from (Painter(letter, own) for letter in _streams(letters))
        elif self.kind == "/ExtGState":
            for group in _streams([entry(thing, "/SMask", "/G")]):
                yield Painter(group, entry(group, "/Resources") or self.resources)


def _streams(values: Iterable[Any]) -> Iterator[StreamObject]:
    return (value for value in map(resolved, values) if isinstance(value, StreamObject))


def appearances(note: Any) -> Iterator[Painter]:
    """How a note looks, in each of its states."""
    for looks in (entry(note, "/AP", key) for key in ("/N", "/R", "/D")):
        states = [looks] if isinstance(looks, StreamObject) else (looks or {}).values()
        yield from (Painter(stream, entry(stream, "/Resources")) for stream in _streams(states))


def matrix_of(value: Any) -> Matrix:
    """Six numbers as a map; the map that changes nothing if there is no entry.

    Raises ValueError for another count.
    """
    if value is None:
        return Matrix()
    a, b, c, d, e, f = (float(resolved(v)) for v in value)
    return Matrix(a, b, c, d, e, f)


def least_growth(m: Matrix) -> float:
    """How much larger a length gets in the direction in which it grows least."""
    return min(hypot(m.a, m.b), hypot(m.c, m.d))
