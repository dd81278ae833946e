"""PDF objects as Python values, and the file that they make.

Values are dict, list, str (a text string), bytes (a byte string), int, float, bool, None,
Name, and Indirect for what has an object number of its own.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from deckgen.pdf.notation import fine, written_name

_ESCAPES = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r", "\n": "\\n"})
_OBJECT_STREAMS = (1, 5)  # the version that brought them
_TOGETHER = 200  # objects in an object stream: more pack better, fewer are quicker to look up


class Name(str):
    """A PDF name, without its slash."""

    __slots__ = ()


class Indirect:
    """A value with its own object number; used inside other values it is a reference."""

    __slots__ = ("stream", "value")

    def __init__(self, value: Any = None, stream: bytes | None = None) -> None:
        self.value: Any = {} if value is None else value
        self.stream = stream

    def __getitem__(self, key: str) -> Any:
        return self.value[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.value[key] = value


_FLATE = {"Filter": Name("FlateDecode")}


def packed(data: bytes, entries: Mapping[str, Any] | None = None) -> Indirect:
    """A stream, compressed."""
    return packed_already(zlib.compress(data, 9), entries)


def packed_already(data: bytes, entries: Mapping[str, Any] | None = None) -> Indirect:
    """A stream of bytes that have been compressed."""
    return Indirect({**(entries or {}), **_FLATE}, data)


def text_string(text: str) -> str:
    """A text string: ASCII as it is, anything else in UTF-16 with its mark."""
    if text.isascii():
        return "(" + text.translate(_ESCAPES) + ")"
    return "<FEFF" + text.encode("utf-16-be").hex().upper() + ">"


_PLAIN: dict[type, Callable[[Any], str]] = {
    Name: written_name,
    int: str,
    float: fine,
    str: text_string,
    bytes: lambda value: f"<{value.hex().upper()}>",
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
}


class File:
    """A PDF file in the making: a catalog, an information dictionary and what they reach.

    From version 1.5 on, what is no stream lies in object streams, and the table of where things
    are is a stream as well (ISO 32000-1, 7.5.7 and 7.5.8). `objects` are in the order of their
    numbers, from 1, once the bytes have been made.
    """

    def __init__(self, version: tuple[int, int] = (1, 7)) -> None:
        self.version = version
        self.Catalog = Indirect({"Type": Name("Catalog")})
        self.info = Indirect()
        self.objects: list[Indirect] = []
        self._references: dict[Indirect, str] = {}

    def reference(self, indirect: Indirect) -> str:
        """The reference to an object, which gets its number when first asked for."""
        found = self._references.get(indirect)
        if found is None:
            self.objects.append(indirect)
            found = self._references[indirect] = f"{len(self.objects)} 0 R"
        return found

    def written(self, value: Any) -> str:
        """A value as it stands in the file (characters stand for bytes)."""
        kind = type(value)
        if kind is Indirect:
            return self.reference(value)
        if plain := _PLAIN.get(kind):
            return plain(value)
        if kind is dict:
            entries = [
                f"{written_name(k)} {self.written(v)}" for k, v in value.items() if v is not None
            ]
            return "<<" + " ".join(entries) + ">>"
        if kind is list or kind is tuple:
            return "[" + " ".join([self.written(v) for v in value]) + "]"
        raise TypeError(f"a PDF file can't hold {value!r}")

    def to_bytes(self) -> bytes:
        """The whole file. Its /ID is a hash of everything else in it."""
        self.objects.clear()
        self._references.clear()
        out = bytearray(b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % self.version)
        trailer = {"Root": self.Catalog, "Info": self.info}
        self.written(trailer)
        places: dict[int, tuple[int, int, int]] = {0: (0, 0, 0)}
        waiting: dict[int, str] = {}
        for n, item in enumerate(self.objects, 1):  # it grows, as objects name others
            if item.stream is None and self.version >= _OBJECT_STREAMS:
                waiting[n] = self.written(item.value)
            else:
                places[n] = 1, len(out), 0
                self._write(out, n, item)
            if waiting and (len(waiting) == _TOGETHER or n == len(self.objects)):
                holder = self.reference(_object_stream(waiting))
                inside = int(holder.split()[0])
                places.update((w, (2, inside, i)) for i, w in enumerate(waiting))
                waiting.clear()
        digest = hashlib.md5(out, usedforsecurity=False).digest()
        self._end(out, places, {**trailer, "ID": [digest, digest]})
        return bytes(out)

    def _write(self, out: bytearray, n: int, item: Indirect) -> None:
        value, stream = item.value, item.stream
        if stream is None:
            out += f"{n} 0 obj\n{self.written(value)}\nendobj\n".encode("latin-1")
            return
        head = self.written({**value, "Length": len(stream)})
        out += f"{n} 0 obj\n{head}\nstream\n".encode("latin-1")
        out += stream
        out += b"\nendstream\nendobj\n"

    def _end(
        self, out: bytearray, places: dict[int, tuple[int, int, int]], trailer: dict[str, Any]
    ) -> None:
        """The table of where objects are, and where the table is."""
        start = len(out)
        if self.version < _OBJECT_STREAMS:
            rows = [f"{places[n][1]:010} 00000 n \n" for n in range(1, len(places))]
            out += f"xref\n0 {len(places)}\n0000000000 65535 f \n{''.join(rows)}".encode()
            out += f"trailer\n{self.written({'Size': len(places), **trailer})}\n".encode()
        else:
            n = len(places)
            places[n] = 1, start, 0
            self._write(out, n, _table(places, trailer))
        out += b"startxref\n%d\n%%%%EOF\n" % start


def _object_stream(bodies: Mapping[int, str]) -> Indirect:
    """Objects by number, packed together."""
    at, head = 0, []
    for n, body in bodies.items():
        head.append(f"{n} {at}")
        at += len(body) + 1
    first = " ".join(head) + "\n"
    entries = {"Type": Name("ObjStm"), "N": len(bodies), "First": len(first)}
    return packed((first + "\n".join(bodies.values())).encode("latin-1"), entries)


def _table(places: Mapping[int, tuple[int, int, int]], trailer: Mapping[str, Any]) -> Indirect:
    """A cross-reference stream; each row holds the difference from the one before (PNG's "up")."""
    width = (places[len(places) - 1][1].bit_length() + 7) // 8
    rows = [
        bytes((kind, *where.to_bytes(width, "big"), index))
        for _, (kind, where, index) in sorted(places.items())
    ]
    steps = [
        b"\2" + bytes([(a - b) & 255 for a, b in zip(row, before, strict=True)])
        for before, row in pairwise([bytes(width + 2), *rows])
    ]
    entries = {
        **{"Type": Name("XRef"), "Size": len(rows), "W": [1, width, 1], **trailer},
        "DecodeParms": {"Predictor": 12, "Columns": width + 2},
    }
    return packed(b"".join(steps), entries)
