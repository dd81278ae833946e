"""A file of which many copies are made that differ in some objects.

What all copies share stands first in each of them, byte for byte; behind it come the objects that
differ, and the table of both. So a copy has one revision, as if it had been written by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from deckgen.pdf.objects import (
    IN_FILE,
    IN_STREAM,
    ROW,
    TOGETHER,
    File,
    Indirect,
    object_stream,
)

_FEW = 48  # loose objects in a stream, so that most streams of a copy are there already


class SharedFile:
    """The `file` must be complete, and of a version that has streams of objects."""

    def __init__(self, file: File, loose: Iterable[Indirect]) -> None:
        self._file, self._out, self._table = file, bytearray(file.head), bytearray(ROW.size)
        apart, waiting, texts = {*loose, file.info}, dict[int, str](), dict[int, str]()
        self._numbers, self._whole = dict[Indirect, int](), dict[int, bytes]()
        file.written(file.trailer)
        for n, item in enumerate(file.objects, 1):  # it grows, as objects name others
            text = file.written(item.value)
            if item in apart:
                self._numbers[item] = n
            if item.stream is None:
                (texts if item in apart else waiting)[n] = text
            elif item in apart:
                self._whole[n] = _whole(file, n, item)
            else:
                self._place(n, _whole(file, n, item))
        for some in _parted(waiting, TOGETHER):
            self._place(*self._together(some))
        # Streams of loose objects, each with its number and its bytes: where none of them changes.
        self._held = [(some, *self._together(some)) for some in _parted(texts, _FEW)]
        self._digest = hashlib.md5(self._out, usedforsecurity=False)

    def _place(self, n: int, whole: bytes) -> None:
        _enter(self._table, n, IN_FILE, len(self._out), 0)
        self._out += whole

    def _together(self, some: Mapping[int, str]) -> tuple[int, bytes]:
        """Objects in a stream that holds them, which gets a number."""
        holder = object_stream(some)
        at = int(self._file.reference(holder).split()[0])
        for i, n in enumerate(some):
            _enter(self._table, n, IN_STREAM, at, i)
        return at, _whole(self._file, at, holder)

    def copy(self, changed: Mapping[Indirect, Indirect]) -> bytes:
        """The bytes of a copy in which some loose objects have other values.

        These may name one another, and all objects of the file. ValueError if they name more.
        """
        file, count = self._file, len(self._file.objects)
        for old, new in changed.items():
            file.references[new] = file.references[old]
        try:
            return self._copied({self._numbers[old]: new for old, new in changed.items()}, count)
        finally:
            for made in (*changed.values(), *file.objects[count:]):
                file.references.pop(made, None)
            del file.objects[count:]

    def _copied(self, changed: Mapping[int, Indirect], count: int) -> bytes:
        file, out, table = self._file, bytearray(self._out), bytearray(self._table)
        parts = {n: _whole(file, n, changed[n]) if n in changed else self._whole[n]
                 for n in self._whole}  # fmt: skip
        for some, at, whole in self._held:
            if new := {n: file.written(changed[n].value) for n in some if n in changed}:
                whole = _whole(file, at, object_stream({**some, **new}))
            parts[at] = whole
        if len(file.objects) != count:
            raise ValueError("a copy names an object that its file lacks")
        for n, whole in parts.items():
            _enter(table, n, IN_FILE, len(out), 0)
            out += whole
        digest = self._digest.copy()
        digest.update(memoryview(out)[len(self._out) :])
        name = digest.digest()
        file.end(out, table, {**file.trailer, "ID": [name, name]})
        return bytes(out)


def _whole(file: File, n: int, item: Indirect) -> bytes:
    """An object that stands by itself."""
    out = bytearray()
    file.write(out, n, item)
    return bytes(out)


def _parted(texts: Mapping[int, str], size: int) -> list[dict[int, str]]:
    """Objects in groups of a size."""
    numbers = [*texts]
    starts = range(0, len(numbers), size)
    return [{n: texts[n] for n in numbers[start : start + size]} for start in starts]


def _enter(table: bytearray, n: int, kind: int, where: int, place: int) -> None:
    """Note where an object is."""
    if (end := (n + 1) * ROW.size) > len(table):
        table += bytes(end - len(table))
    ROW.pack_into(table, n * ROW.size, kind, where, place)
