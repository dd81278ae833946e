"""FDF: objects as in a PDF, without its pages. Read by the other process, see `form_data`."""

from __future__ import annotations

import re
from io import SEEK_CUR, BytesIO
from typing import Any

from pypdf.generic import IndirectObject, NameObject, read_object

from deckgen.readback.form_data import DEEPEST, Gathered, without_tags
from deckgen.readback.limits import BROKEN, Refused

_HEAD = re.compile(rb"\b\d+\s+\d+\s+obj\b")


class _NoFile:
    """What pypdf asks when it meets a reference."""

    strict = False


def gathered(data: bytes) -> Gathered:
    """All fields and marks of a file. Raises Refused for one that ends early, and nearly anything
    for others that are damaged.
    """
    if not re.search(rb"%%EOF[\s\0]*\Z", data):
        raise Refused(*BROKEN)
    reader = _Reader(_objects(data))
    tops = map(reader.plain, reader.objects.values())
    fdf = next((top["/FDF"] for top in tops if isinstance(top, dict) and "/FDF" in top), None)
    if fdf is None:
        raise Refused(*BROKEN)
    reader.utf8 = str(reader.entry(fdf, "/Encoding")).casefold() in ("/utf-8", "/utf_8")
    reader.fields(reader.entry(fdf, "/Fields"), "", 0)
    for mark in reader.items(reader.entry(fdf, "/Annots")):
        page = reader.entry(mark, "/Page")
        kind, words = reader.entry(mark, "/Subtype"), reader.words(reader.entry(mark, "/Contents"))
        reader.all.mark(str(kind or "")[1:], page if isinstance(page, int) else -1, words)
    return reader.all


def _objects(data: bytes) -> dict[int, Any]:
    """All objects by number, one behind the other; what lies in strings and streams is none."""
    stream, objects, at = BytesIO(data), dict[int, Any](), 0
    while found := _HEAD.search(data, at):
        stream.seek(found.end())
        while stream.read(1).isspace():
            pass
        stream.seek(-1, SEEK_CUR)
        objects[int(found[0].split()[0])] = read_object(stream, _NoFile())  # type: ignore[arg-type]
        at = max(found.end(), stream.tell())
        if re.match(rb"\s*stream\r?\n", data[at : at + 32]):
            at = max(at, data.find(b"endstream", at))
    return objects


class _Reader:
    """Goes through one file."""

    def __init__(self, objects: dict[int, Any]) -> None:
        self.objects, self.utf8, self.all = objects, False, Gathered()

    def plain(self, value: Any) -> Any:
        """What a reference leads to."""
        for _ in range(DEEPEST):
            if not isinstance(value, IndirectObject):
                return value
            value = self.objects.get(value.idnum)
        return None  # a circle

    def entry(self, value: Any, key: str) -> Any:
        """What a dictionary holds under a key."""
        value = self.plain(value)
        return self.plain(dict.get(value, key)) if isinstance(value, dict) else None

    def items(self, value: Any) -> list[Any]:
        """What a list holds."""
        value = self.plain(value)
        return list(map(self.plain, list.__iter__(value))) if isinstance(value, list) else []

    def fields(self, listed: Any, start: str, depth: int) -> None:
        """Take fields, and those below them."""
        if depth >= DEEPEST:
            raise Refused(*BROKEN)
        for field in self.items(listed):
            own, kids = self.words(self.entry(field, "/T")), self.entry(field, "/Kids")
            name = f"{start}.{own}".strip(".")
            if self.items(kids):
                self.fields(kids, name, depth + 1)
            else:
                rich = without_tags(self.words(self.entry(field, "/RV")))
                self.all.field(name, self.words(self.entry(field, "/V")) or rich)

    def words(self, value: Any) -> str:
        """What a string, a name, or a list of them says."""
        if isinstance(value, list):
            return ", ".join(filter(None, map(self.words, self.items(value))))
        if isinstance(value, NameObject):
            return "" if value == "/Off" else str(value)[1:]
        if not isinstance(value, str | bytes):
            return ""
        as_it_is = bytes(getattr(value, "original_bytes", b""))
        if self.utf8 and as_it_is[:2] not in (b"\xfe\xff", b"\xff\xfe"):
            return as_it_is.decode("utf-8-sig", "replace")
        return value.decode("latin-1") if isinstance(value, bytes) else str(value)
