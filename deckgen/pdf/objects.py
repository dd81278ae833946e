"""PDF objects as Python values, and the file that they make.

Values are dict, list, str (a text string), bytes (a byte string), int, float, bool, None,
Name, and Indirect for what has an object number of its own.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Mapping, Sequence
from struct import Struct
from typing import Any

from deckgen.pdf.notation import fine, written_name

_ESCAPES = (("\\", "\\\\"), ("(", "\\("), (")", "\\)"), ("\r", "\\r"), ("\n", "\\n"))
_OBJECT_STREAMS = (1, 5)  # the version that brought them
ROW = Struct(">BIB")  # of the table of where objects are: a kind, and two numbers
IN_FILE, IN_STREAM = 1, 2  # where; or the number of an object stream, and the place in it
TOGETHER = 200  # objects in a stream, at most 256: more pack better, fewer are found sooner


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


def names(**entries: str) -> dict[str, Any]:
    """Entries that are names."""
    return {key: Name(value) for key, value in entries.items()}


def packed(data: bytes, entries: Mapping[str, Any] | None = None) -> Indirect:
    """A stream, compressed."""
    return packed_already(zlib.compress(data, 9), entries or {})


def packed_already(data: bytes, entries: Mapping[str, Any]) -> Indirect:
    """A stream of bytes that have been compressed."""
    return Indirect({**entries, **names(Filter="FlateDecode")}, data)


def form(data: bytes, box: Sequence[float], resources: Any) -> Indirect:
    """A form XObject of operators that have been compressed."""
    entries = {**names(Type="XObject", Subtype="Form"), "BBox": box, "Resources": resources}
    return packed_already(data, entries)


def text_string(text: str) -> str:
    """A text string: ASCII as it is, anything else in UTF-16 with its mark."""
    if text.isascii():
        for sign, escaped in _ESCAPES:
            text = text.replace(sign, escaped)
        return f"({text})"
    return "<FEFF" + text.encode("utf-16-be", "surrogatepass").hex().upper() + ">"


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
        self.references: dict[Indirect, str] = {}

    @property
    def head(self) -> bytes:
        """What a file begins with."""
        return b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % self.version

    @property
    def trailer(self) -> dict[str, Any]:
        """From what all else is reached."""
        return {"Root": self.Catalog, "Info": self.info}

    def reference(self, indirect: Indirect) -> str:
        """The reference to an object, which gets its number when first asked for."""
        found = self.references.get(indirect)
        if found is None:
            self.objects.append(indirect)
            found = self.references[indirect] = f"{len(self.objects)} 0 R"
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
        self.references.clear()
        out, trailer = bytearray(self.head), self.trailer
        self.written(trailer)
        table, waiting = bytearray(ROW.size), dict[int, str]()
        for n, item in enumerate(self.objects, 1):  # it grows, as objects name others
            table += ROW.pack(IN_FILE, len(out), 0)
            if item.stream is None and self.version >= _OBJECT_STREAMS:
                waiting[n] = self.written(item.value)
            else:
                self.write(out, n, item)
            if waiting and (len(waiting) == TOGETHER or n == len(self.objects)):
                holder = int(self.reference(object_stream(waiting)).split()[0])
                for i, inside in enumerate(waiting):
                    ROW.pack_into(table, inside * ROW.size, IN_STREAM, holder, i)
                waiting.clear()
        digest = hashlib.md5(out, usedforsecurity=False).digest()
        self.end(out, table, {**trailer, "ID": [digest, digest]})
        return bytes(out)

    def write(self, out: bytearray, n: int, item: Indirect) -> None:
        """An object that stands by itself."""
        value, stream = item.value, item.stream
        head = self.written(value if stream is None else {**value, "Length": len(stream)})
        out += f"{n} 0 obj\n{head}\n".encode("latin-1")
        if stream is not None:
            out += b"stream\n%b\nendstream\n" % stream
        out += b"endobj\n"

    def end(
        self, out: bytearray, table: bytearray, trailer: dict[str, Any], level: int = 9
    ) -> None:
        """The table of where objects are, and where the table is."""
        start, n = len(out), len(table) // ROW.size
        if self.version < _OBJECT_STREAMS:
            rows = [f"{at:010} 00000 n \n" for _, at, _ in ROW.iter_unpack(table)]
            out += f"xref\n0 {n}\n0000000000 65535 f \n{''.join(rows[1:])}".encode()
            out += f"trailer\n{self.written({'Size': n, **trailer})}\n".encode()
        else:
            self.write(out, n, _packed_table(table + ROW.pack(IN_FILE, start, 0), trailer, level))
        out += b"startxref\n%d\n%%%%EOF\n" % start


def object_stream(bodies: Mapping[int, str], level: int = 9) -> Indirect:
    """Objects by number, packed together, as well as zlib does on a level."""
    at, head = 0, []
    for n, body in bodies.items():
        head.append(f"{n} {at}")
        at += len(body) + 1
    first = " ".join(head) + "\n"
    entries = {"Type": Name("ObjStm"), "N": len(bodies), "First": len(first)}
    data = (first + "\n".join(bodies.values())).encode("latin-1")
    return packed_already(zlib.compress(data, level), entries)


def _packed_table(table: bytearray, trailer: Mapping[str, Any], level: int) -> Indirect:
    """A cross-reference stream; each row holds the difference from the one before (PNG's "up")."""
    width = ROW.size
    # Byte by byte without borrowing, all at once: the top bits are worked out by themselves.
    tops = int.from_bytes(b"\x80" * len(table))
    here, above = int.from_bytes(table), int.from_bytes((bytes(width) + table)[: len(table)])
    apart = ((here | tops) - (above & ~tops)) ^ ((here ^ ~above) & tops)
    steps = apart.to_bytes(len(table))
    rows = [b"\2" + steps[i : i + width] for i in range(0, len(steps), width)]
    entries = {
        **{"Type": Name("XRef"), "Size": len(rows), "W": [1, width - 2, 1], **trailer},
        "DecodeParms": {"Predictor": 12, "Columns": width},
    }
    return packed_already(zlib.compress(b"".join(rows), level), entries)
