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


class SharedFile:
    """The `file` must be complete, and of a version that has streams of objects."""

    def __init__(self, file: File, loose: Iterable[Indirect]) -> None:
        self._file, self._texts = file, dict[int, str]()
        self._loose, apart = dict[int, Indirect](), {*loose, file.info}
        self._out, self._table = bytearray(file.head), bytearray(ROW.size)
        waiting: dict[int, str] = {}
        file.written(file.trailer)
        for n, item in enumerate(file.objects, 1):  # it grows, as objects name others
            text = file.written(item.value)
            if item in apart:
                self._loose[n] = item
                self._texts |= {n: text} if item.stream is None else {}
            elif item.stream is None:
                waiting[n] = text
            else:
                _place(file, self._out, self._table, n, item)
        _together(file, self._out, self._table, waiting)
        self._digest = hashlib.md5(self._out, usedforsecurity=False)

    def copy(self, changed: Mapping[Indirect, Indirect]) -> bytes:
        """The bytes of a copy in which some loose objects have other values.

        These may name one another, and all objects of the file. ValueError if they name more.
        """
        file, count = self._file, len(self._file.objects)
        for old, new in changed.items():
            file.references[new] = file.references[old]
        try:
            return self._copied(changed, count)
        finally:
            for made in (*changed.values(), *file.objects[count:]):
                file.references.pop(made, None)
            del file.objects[count:]

    def _copied(self, changed: Mapping[Indirect, Indirect], count: int) -> bytes:
        file, out, table = self._file, bytearray(self._out), bytearray(self._table)
        waiting: dict[int, str] = {}
        for n, item in self._loose.items():
            new = changed.get(item, item)
            if new.stream is not None:
                _place(file, out, table, n, new)
            else:
                waiting[n] = self._texts[n] if new is item else file.written(new.value)
        if len(file.objects) != count:
            raise ValueError("a copy names an object that its file lacks")
        _together(file, out, table, waiting)
        digest = self._digest.copy()
        digest.update(memoryview(out)[len(self._out) :])
        name = digest.digest()
        file.end(out, table, {**file.trailer, "ID": [name, name]})
        return bytes(out)


def _place(file: File, out: bytearray, table: bytearray, n: int, item: Indirect) -> None:
    """An object by itself."""
    _enter(table, n, IN_FILE, len(out), 0)
    file.write(out, n, item)


def _together(file: File, out: bytearray, table: bytearray, texts: Mapping[int, str]) -> None:
    """Objects in streams that hold them."""
    numbers = [*texts]
    for start in range(0, len(numbers), TOGETHER):
        some = {n: texts[n] for n in numbers[start : start + TOGETHER]}
        holder = object_stream(some)
        at = int(file.reference(holder).split()[0])
        for i, n in enumerate(some):
            _enter(table, n, IN_STREAM, at, i)
        _place(file, out, table, at, holder)


def _enter(table: bytearray, n: int, kind: int, where: int, place: int) -> None:
    """Note where an object is."""
    table += bytes(max(0, (n + 1) * ROW.size - len(table)))
    ROW.pack_into(table, n * ROW.size, kind, where, place)
