"""Bytes to a Document: by a reader for files like ours, many times as quick as pypdf.

The result is the same. It knows one plain form of a PDF: one section of references (table or
stream), no encryption, no oddities. Anything else is Odd, and left to pypdf. It shares no line with
what writes our files.
"""

from __future__ import annotations

import re
import zlib
from functools import cached_property, lru_cache
from typing import Any

from deckgen.pdf.objects import Indirect, Name
from deckgen.readback.document import Document, document_of, string, unpacked

_SPACE, _REGULAR = rb"[\0\t\n\f\r ]", rb"[^\0\t\n\f\r ()<>\[\]{}/%]"
# A way whose first letter is told is passed over quickly, so the ways are not grouped further.
_WAYS = (
    rb"/(@*)|(\d+) 0 R(?!@)|([+-]?\d+)(?!@)|([+-]?\d*\.\d*)(?!@)|(<<|\[)|(>>|\])"
    rb"|\(([^()\\\r]*(?:\\[^\r\n0-7][^()\\\r]*)*)\)|<([0-9A-Fa-f]*)>|(true|false|null)(?!@)"
)
_TOKEN = re.compile(_SPACE + b"*(?:" + _WAYS.replace(b"@", _REGULAR) + b")", re.DOTALL)
_NAME, _REFERENCE, _WHOLE, _REAL, _OPENS, _CLOSES, _LITERAL, _HEX, _WORD = range(1, 10)
_HEAD = re.compile(rb"(\d+) 0 obj(?!" + _REGULAR + rb")")
_STREAM = re.compile(_SPACE + rb"*stream\r?\n")
_AFTER = re.compile(rb"(?:\r?\n|\r)?endstream" + _SPACE + rb"+endobj")
_END = re.compile(_SPACE + rb"*endobj")
_TABLE = re.compile(rb"xref\s+0 \d+\s+((?:\d{10} \d{5} [nf](?: \n|\r\n| \r))+)trailer")
_LAST = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_DEEPEST = 100  # values within values
_WORDS = {b"true": True, b"false": False, b"null": None}
_ONLY_SECTION = {"Prev", "Encrypt", "XRefStm"}
_FAULTS = (LookupError, ValueError, TypeError, AttributeError, RecursionError, zlib.error)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Odd(ValueError):
    """Not the plain form."""


@lru_cache(maxsize=8)
def read(data: bytes) -> Document:
    """A file, read once, however many steps look into it.

    If it is not in our own plain form, pypdf reads it, and may raise nearly anything.
    """
    if document := quick(data):
        return document
    from deckgen.readback.parsed import parsed

    return parsed(data)


def quick(data: bytes) -> Document | None:
    """The file, if it has the plain form; else None."""
    try:
        return _Quick(data).document()
    except _FAULTS:
        return None


def misplaced(data: bytes) -> int:
    """How many objects are not where the file's own references say; -1 if these can't be read."""
    file = _Quick(data)
    try:
        heads = ((number, _HEAD.match(data, at)) for number, at in file.places.items())
        return sum(not head or int(head[1]) != number for number, head in heads)
    except _FAULTS:
        return -1


class _Quick:
    """Reads one file."""

    def __init__(self, data: bytes) -> None:
        self.data, self.held, self.trailer = data, dict[int, int](), dict[str, Any]()
        self._objects, self._names = dict[int, Indirect](), dict[bytes, Name]()
        self._referred: dict[bytes, Indirect] = {}

    def document(self) -> Document:
        """All objects, but for those that only hold others."""
        places, holders = self.places, sorted(set(self.held.values()))
        for number, at in places.items():
            if number not in holders:
                value, stream = self._whole(at)
                self._fill(number, value, stream)
        for holder in holders:
            made = Indirect(*self._whole(places[holder]))
            data, first = unpacked(made), made["First"]
            heads = list(map(int, data[:first].split()))
            for number, at in zip(heads[::2], heads[1::2], strict=True):
                if self.held.get(number) == holder:
                    self._fill(number, self._value(data, first + at)[0], None)
        if self._objects.keys() - places.keys() - self.held.keys():
            raise Odd("a reference leads to nothing")
        return document_of(self.trailer["Root"], self.trailer.get("Info"), self._objects)

    @cached_property
    def places(self) -> dict[int, int]:
        """Where objects are that stand by themselves; the others and the trailer are noted."""
        last = _LAST.search(self.data, max(0, len(self.data) - 64))
        at = int(last[1]) if last else -1
        table = _TABLE.match(self.data, at) if last else None
        if table:
            self.trailer, _ = self._value(self.data, table.end())
            lines = [table[1][i : i + 20] for i in range(0, len(table[1]), 20)]
            rows = [(line[17:18] == b"n", int(line[:10]), 0) for line in lines]
        else:
            self.trailer, rows = self._section(at)
        if _ONLY_SECTION & self.trailer.keys():
            raise Odd("there is more than one section, or a password")
        self.held = {i: where for i, (kind, where, _) in enumerate(rows) if kind == 2}
        return {i: where for i, (kind, where, _) in enumerate(rows) if kind == 1}

    def _section(self, at: int) -> tuple[dict[str, Any], list[tuple[int, int, int]]]:
        """A stream of references: its dictionary, and its rows."""
        trailer, stream = self._whole(at)
        parms = trailer.pop("DecodeParms", {"Predictor": 1})
        data, widths = unpacked(Indirect(trailer, stream)), trailer["W"]
        if trailer["Type"] != "XRef" or trailer.get("Index", [0])[0] or len(widths) != 3:
            raise Odd("its numbers do not begin with 0")
        if parms["Predictor"] not in (1, 12):
            raise Odd("it is packed in another way")
        kind, end, wide = widths[0], widths[0] + widths[1], sum(widths)
        data = data if parms["Predictor"] == 1 else _raised(data, wide)
        rows, number = [data[i : i + wide] for i in range(0, len(data), wide)], int.from_bytes
        return trailer, [(number(r[:kind]), number(r[kind:end]), number(r[end:])) for r in rows]

    def _object(self, word: bytes) -> Indirect:
        made = self._referred[word] = self._objects.setdefault(int(word), Indirect())
        return made

    def _fill(self, number: int, value: Any, stream: bytes | None) -> None:
        if type(value) is dict and value.get("Type") == "XRef":
            return
        if type(value) is Indirect:
            raise Odd("a reference to a reference")
        made = self._objects.setdefault(number, Indirect())
        made.value, made.stream = value, stream

    def _whole(self, at: int) -> tuple[Any, bytes | None]:
        """An object's value, and its stream if it has one."""
        value, end = self._value(self.data, _there(_HEAD, self.data, at))
        if not (begins := _STREAM.match(self.data, end)):
            _there(_END, self.data, end)
            return value, None
        start, length = begins.end(), value.pop("Length")
        _there(_AFTER, self.data, start + length)
        return value, self.data[start : start + length]

    def _value(self, data: bytes, at: int) -> tuple[Any, int]:
        """The value that begins there, and where it ends."""
        items: list[Any] = []
        outer: list[tuple[bytes, list[Any]]] = []
        made: Any
        for token in _TOKEN.finditer(data, at):
            if token.start() != at:
                break
            at, kind = token.end(), token.lastindex
            word = token[kind or 0]
            if kind == _NAME:
                made = self._names.get(word) or self._name(word)
            elif kind == _REFERENCE:
                made = self._referred.get(word) or self._object(word)
            elif kind == _WHOLE:
                made = int(word)
            elif kind == _OPENS and len(outer) < _DEEPEST:
                outer.append((word, items))
                items = []
                continue
            elif kind == _CLOSES:
                opened, before = outer.pop()
                made, items = _closed(opened + word, items), before
            else:
                made = _scalar(kind, word)
            if not outer:
                return made, at
            items.append(made)
        raise Odd("not a value")

    def _name(self, word: bytes) -> Name:
        plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), word)
        made = self._names[word] = Name(plain.decode())
        return made


def _there(what: re.Pattern[bytes], data: bytes, at: int) -> int:
    """Where something ends that must stand here."""
    if not (found := what.match(data, at)):
        raise Odd("it is not there")
    return found.end()


def _closed(brackets: bytes, items: list[Any]) -> Any:
    if brackets == b"[]":
        return items
    made = dict(zip(items[::2], items[1::2], strict=True))
    if brackets != b"<<>>" or 2 * len(made) != len(items) or set(map(type, made)) - {Name}:
        raise Odd("not a dictionary")
    return {k: v for k, v in made.items() if v is not None} if None in made.values() else made


def _scalar(kind: int | None, word: bytes) -> Any:
    if kind == _REAL:
        return float(word)
    if kind == _LITERAL:
        plain = _ESCAPED.sub(lambda m: _ESCAPES.get(m[1], m[1]), word) if b"\\" in word else word
        return string(plain)
    return string(bytes.fromhex(word.decode())) if kind == _HEX else _WORDS[word]


def _raised(data: bytes, wide: int) -> bytes:
    """Rows of which each says what is different from the row above (PNG's "Up")."""
    above, out = bytes(wide), bytearray()
    for i in range(0, len(data), wide + 1):
        if data[i] != 2:
            raise Odd("rows are packed in another way")
        above = bytes((a + b) & 255 for a, b in zip(above, data[i + 1 : i + 1 + wide], strict=True))
        out += above
    return bytes(out)
