"""What programs export of a filled-in workbook by itself: FDF, and XFDF, which is the same in XML.

Such files are read by another process, see `limits`. Nothing that they name is fetched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from importlib import import_module
from typing import Any

from msgspec import convert

from deckgen.model.answers import Beside, Copy, Returned, Said
from deckgen.readback.carriers import HIDDEN_FIELD, as_told, carried_in
from deckgen.readback.limits import Limits, Refused, in_child

LIMITS = Limits(megabytes=20)
MOST_FIELDS, DEEPEST = 20_000, 32
_MARKS = {"text": "comment", "freetext": "text", "ink": "ink", "stamp": "stamp", "link": "link"}
_DIFFERS = "two places in the file keep different answers"
_KIND = "it is neither FDF nor XFDF", "Export it again, or save the PDF."


class Gathered:
    """The fields of one file and what stands beside them, as they come."""

    def __init__(self) -> None:
        self.values, self.beside = dict[str, list[str]](), list[Beside]()

    def field(self, name: str, value: str) -> None:
        """A field, and what it says. Raises Refused if there are too many."""
        if len(self.values) + len(self.beside) >= MOST_FIELDS:
            too = f"it has more than {MOST_FIELDS:,} fields"
            raise Refused(too, "Look for the workbook itself.")
        if not name:
            return
        said, value = self.values.setdefault(name, []), cleaned(value)
        if value and value not in said:
            said.append(value)

    def mark(self, kind: str, page: int, words: str) -> None:
        """An annotation, by what PDF calls it; `page` counts from 0, -1 is nowhere."""
        kind, words = kind.casefold(), cleaned(words)
        if kind not in ("popup", "widget", ""):
            known = _MARKS.get(kind, "comment" if words else "stamp")
            self.field("", "")  # counts
            self.beside.append(Beside(known, page + 1, words))


def cleaned(words: str) -> str:
    """One kind of line end, composed letters, no blank at either end."""
    return unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


def without_tags(rich: str) -> str:
    """The words of rich text."""
    lines = re.sub(r"</p>\s*<p\b[^>]*>|<br\b[^>]*>", "\n", rich)
    return unescape(re.sub(r"<[^>]*>", "", lines))


def is_fdf(data: bytes) -> bool:
    """Whether a file is FDF; programs may put something before its head."""
    return b"%FDF-" in data[:1024]


def is_xfdf(data: bytes) -> bool:
    """Whether a file is XFDF."""
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<") and b"<xfdf" in head


def read_form_data(data: bytes) -> Returned:
    """The workbook whose fields were exported. A tick or a mark that is off is left out."""
    try:
        lines, ended = in_child("form_data:said", data, limits=LIMITS, at_sight=refuse_at_sight)
        if ended or not lines:
            raise Refused(ended or _KIND[0], _KIND[1])
    except Refused as refusal:
        return Returned(refused=(refusal.why, refusal.todo))
    beside = convert(lines[0]["beside"], tuple[Beside, ...])
    return Returned((_copy(lines[0]["values"]),), beside)


def _copy(values: dict[str, list[str]]) -> Copy:
    carried, notes = as_told(*map(carried_in, values.pop(HIDDEN_FIELD, [])))
    said = [Said(f, v[0], others=tuple(v[1:]), note=_DIFFERS * (len(v) > 1))
            for f, v in values.items() if v]  # fmt: skip
    return Copy(carried.identity(), tuple(said), frozenset(values), carried.asked, (), tuple(notes))


def refuse_at_sight(data: bytes, megabytes: int) -> None:
    """Raise Refused for what is neither, or too large to be read."""
    if len(data) > megabytes << 20:
        raise Refused(f"it is larger than {megabytes} MB", "Export the fields alone.")
    if not is_fdf(data) and not is_xfdf(data):
        raise Refused(*_KIND)


def said(data: bytes) -> Iterator[dict[str, Any]]:
    """What is in a file, for another process. Raises nearly anything."""
    home = "fdf" if is_fdf(data) else "xfdf"
    gathered: Gathered = import_module(f"deckgen.readback.{home}").gathered(data)
    beside = [{"kind": b.kind, "page": b.page, "words": b.words} for b in gathered.beside]
    yield {"values": gathered.values, "beside": beside}
