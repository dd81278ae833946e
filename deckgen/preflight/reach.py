"""What a file holds: every object that can be reached, and what a page draws with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from deckgen.geometry import Matrix
from deckgen.preflight.rules import MOST_STEPS
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


_SPACES = frozenset({"/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"})


class TooMuch(Exception):
    """More is in the file than can be looked at."""


class Budget(Struct):
    """What may still be looked at: a few forms that draw each other are enough for years."""

    left: int = MOST_STEPS

    def spend(self, steps: int) -> None:
        """Raises TooMuch when nothing is left."""
        self.left -= steps
        if self.left < 0:
            raise TooMuch(f"it draws more than {MOST_STEPS} things")


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
            for letter in map(resolved, (entry(thing, "/CharProcs") or {}).values()):
                if isinstance(letter, StreamObject):
                    yield Painter(letter, own)
        elif self.kind == "/ExtGState":
            group = entry(thing, "/SMask", "/G")
            if isinstance(group, StreamObject):
                yield Painter(group, entry(group, "/Resources") or self.resources)


class Uses:
    """The resources that streams name: what only lies there unused is nobody's fault."""

    def __init__(self) -> None:
        self._all: dict[tuple[int, str, str], Used] = {}
        self.new: list[Used] = []

    def note(self, resources: Any, kind: str, name: Any) -> None:
        """A stream that draws with these resources names one of a kind.

        A device's own space needs no entry. Of any other name that leads nowhere, `thing` is None.
        """
        key = (id(resources), kind, str(name))
        if key in self._all:
            return
        thing = entry(resources, kind, name)
        if thing is None and name in _SPACES:
            thing = name
        self._all[key] = Used(kind, thing, resources)  # which keeps them, so that ids stay theirs
        self.new.append(self._all[key])


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
