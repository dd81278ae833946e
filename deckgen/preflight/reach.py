"""What a file holds: every object that can be reached, and all that a page can draw with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from deckgen.geometry import Matrix
from deckgen.pdf.parsed import entry, resolved


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


@dataclass(frozen=True, slots=True)
class Painter:
    """A stream of drawing that no page calls by name: a tile, a letter, a mask, a note's looks.

    `measured`: its lengths are those of the page, once `matrix` is applied.
    """

    stream: StreamObject
    resources: Any
    matrix: Matrix = Matrix()
    measured: bool = False


def all_resources(first: Any) -> Iterator[DictionaryObject]:
    """A page's resources and those of all that it can draw, each once."""
    waiting, seen = [resolved(first)], dict[int, Any]()
    while waiting:
        held = waiting.pop(0)
        if not isinstance(held, DictionaryObject) or id(held) in seen:
            continue
        seen[id(held)] = held  # kept, so that no other object gets its id
        yield held
        inner = [thing for thing in things(held, "/XObject") if isinstance(thing, StreamObject)]
        waiting += [entry(thing, "/Resources") for thing in inner]
        waiting += [painter.resources for painter in painters(held)]


def things(resources: Any, kind: str) -> list[Any]:
    """The resources of one kind, such as "/Font"; what is broken is left out."""
    held = entry(resources, kind)
    return [resolved(v) for v in held.values()] if isinstance(held, DictionaryObject) else []


def painters(resources: Any) -> Iterator[Painter]:
    """Tiles of patterns, letters of Type 3 fonts and groups of soft masks among resources."""
    for pattern in things(resources, "/Pattern"):
        if isinstance(pattern, StreamObject):
            place = matrix_of(entry(pattern, "/Matrix"))
            yield Painter(pattern, entry(pattern, "/Resources") or resources, place, True)
    for font in things(resources, "/Font"):
        if entry(font, "/Subtype") == "/Type3":
            own = entry(font, "/Resources") or resources
            for letter in things(font, "/CharProcs"):
                if isinstance(letter, StreamObject):
                    yield Painter(letter, own)
    for state in things(resources, "/ExtGState"):
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
