"""A file of which many copies are made that differ in some objects.

What all copies share stands first in each of them, byte for byte; behind it come the objects that
differ, and the table of both. So a copy has one revision, as if it had been written by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from itertools import islice

from deckgen.pdf.objects import (
    IN_FILE,
    IN_STREAM,
    ROW,
    TOGETHER,
    File,
    Indirect,
    object_stream,
)

# Loose objects in the first stream and in each further one: most of a copy's are there already.
_FIRST, _FEW = 8, 48


QUICK = 6  # zlib's level for what is written anew: 9 costs more than the few bytes that it saves


class SharedFile:
    """The `file` must be complete, and of a version that has streams of objects.

    `loose` begins with what each copy changes; it costs less if that lies together.
    """

    def __init__(self, file: File, loose: Iterable[Indirect]) -> None:
        self._file, self._out, self._table = file, bytearray(file.head), bytearray(ROW.size)
        apart, waiting = dict.fromkeys((file.info, *loose)), dict[int, str]()
        texts = dict[Indirect, str]()
        self._numbers, self._whole = dict[Indirect, int](), dict[int, bytes]()
        file.written(file.trailer)
        for n, item in enumerate(file.objects, 1):  # it grows, as objects name others
            text = file.written(item.value)
            if item in apart:
                self._numbers[item] = n
            if item in apart and item.stream is None:
                texts[item] = text
            elif item in apart:
                self._whole[n] = _whole(file, n, item)
            elif item.stream is None:
                waiting[n] = text
            else:
                self._place(n, _whole(file, n, item))
        for some in _parted(waiting, TOGETHER):
            self._place(*self._together(some))
        # Streams of loose objects, each with its number and its bytes: where none of them changes.
        held = {self._numbers[item]: texts[item] for item in apart if item in texts}
        self._held = [(some, *self._together(some)) for some in _parted(held, _FEW, _FIRST)]
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

    def copy(
        self, changed: Mapping[Indirect, Indirect], alike: Mapping[Indirect, Indirect] | None = None
    ) -> bytes:
        """The bytes of a copy in which some loose objects have other values.

        These may name one another, all objects of the file, what is `alike` one of those, and
        further ones, which are added.
        """
        file, count = self._file, len(self._file.objects)
        stand_ins = {**changed, **(alike or {})}
        for old, new in stand_ins.items():
            file.references[new] = file.references[old]
        try:
            return self._copied({self._numbers[old]: new for old, new in changed.items()}, count)
        finally:
            for made in (*stand_ins.values(), *file.objects[count:]):
                file.references.pop(made, None)
            del file.objects[count:]

    def _copied(self, changed: Mapping[int, Indirect], count: int) -> bytes:
        file, out, table = self._file, bytearray(self._out), bytearray(self._table)
        parts = {n: _whole(file, n, changed[n]) if n in changed else self._whole[n]
                 for n in self._whole}  # fmt: skip
        for some, at, whole in self._held:
            if new := {n: file.written(changed[n].value) for n in some if n in changed}:
                whole = _whole(file, at, object_stream({**some, **new}, QUICK))
            parts[at] = whole
        self._add(parts, table, count)
        for n, whole in parts.items():
            _enter(table, n, IN_FILE, len(out), 0)
            out += whole
        digest = self._digest.copy()
        digest.update(memoryview(out)[len(self._out) :])
        name = digest.digest()
        file.end(out, table, {**file.trailer, "ID": [name, name]}, QUICK)
        return bytes(out)

    def _add(self, parts: dict[int, bytes], table: bytearray, count: int) -> None:
        """Objects that only this copy has, and those that they name."""
        file, texts = self._file, dict[int, str]()
        for n, item in enumerate(islice(file.objects, count, None), count + 1):  # it grows
            if item.stream is None:
                texts[n] = file.written(item.value)
            else:
                parts[n] = _whole(file, n, item)
        if texts:
            holder = object_stream(texts, QUICK)
            at = int(file.reference(holder).split()[0])
            for i, n in enumerate(texts):
                _enter(table, n, IN_STREAM, at, i)
            parts[at] = _whole(file, at, holder)


def _whole(file: File, n: int, item: Indirect) -> bytes:
    """An object that stands by itself."""
    out = bytearray()
    file.write(out, n, item)
    return bytes(out)


def _parted(texts: Mapping[int, str], size: int, first: int = 0) -> list[dict[int, str]]:
    """Objects in groups of a size; the first may be smaller."""
    numbers = [*texts]
    ends = [*range(first or size, len(numbers), size), len(numbers)]
    parts = zip([0, *ends], ends, strict=False)
    return [{n: texts[n] for n in numbers[start:end]} for start, end in parts if start < end]


def _enter(table: bytearray, n: int, kind: int, where: int, place: int) -> None:
    """Note where an object is."""
    if (end := (n + 1) * ROW.size) > len(table):
        table += bytes(end - len(table))
    ROW.pack_into(table, n * ROW.size, kind, where, place)
