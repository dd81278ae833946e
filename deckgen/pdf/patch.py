"""A finished file with new content streams in the place of old ones, and the proof of it.

Works on the bytes that `deckgen.pdf.objects` makes: objects numbered from 1, one after another,
and one table of where they are. Anything else is refused (Unlike), and so is whatever can't be
proven: each object of the new file is either that of a file that was checked as a whole, or a
stream in which a check sees what it saw in the old one.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from deckgen.readback.events import events_of
from deckgen.pdf.notation import written_name

_END = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_ID = re.compile(rb"/ID \[<([0-9A-F]{32})><\1>\]")
_STREAM = re.compile(
    rb"(\d+ 0 obj\n<<[^\n]*/Filter /FlateDecode (?:[^\n]* )?/Length )(\d+)(>>\nstream\n)"
)
_ROW = re.compile(rb"[0-9]{10} 00000 n ")
_TAIL = b"\nendstream\nendobj\n"
_PAGE, _PAGES = b"<</Type /Page ", b"<</Type /Pages "
_NO_ID = b"<" + b"0" * 32 + b">"


class Unlike(Exception):
    """A file, or what is to be put into it, is not as expected: build it anew."""


@dataclass(frozen=True, slots=True)
class Objects:
    """A file taken apart: what stands before the objects, each of them, and the trailer."""

    head: bytes
    bodies: tuple[bytes, ...]
    trailer: bytes

    @classmethod
    def of(cls, data: bytes) -> Objects:
        """Take a file apart, checking the place of every object and the file's own hash."""
        end = _END.search(data)
        if end is None:
            raise Unlike("no end")
        table = int(end[1])
        lines = data[table : end.start()].split(b"\n")
        if lines[0] != b"xref" or b"trailer" not in lines:
            raise Unlike("no table of objects")
        rows = lines[2 : lines.index(b"trailer")]
        if lines[1] != b"0 %d" % len(rows) or rows[:1] != [b"0000000000 65535 f "]:
            raise Unlike("an odd table of objects")
        if not all(map(_ROW.fullmatch, rows[1:])):
            raise Unlike("an odd place of an object")
        places = [int(row[:10]) for row in rows[1:]] + [table]
        bodies = [data[a:b] for a, b in pairwise(places)]
        for number, body in enumerate(bodies, 1):
            whole = body.startswith(b"%d 0 obj\n" % number) and body.endswith(b"\nendobj\n")
            if not whole:
                raise Unlike(f"object {number} is not where it should be")
        trailer = data[table + sum(len(line) + 1 for line in lines[: lines.index(b"trailer")]) :]
        made = cls(data[: places[0]], tuple(bodies), trailer[: trailer.rindex(b"startxref")])
        if made.to_bytes() != data:
            raise Unlike("the file's own hash is not its hash")
        return made

    def to_bytes(self) -> bytes:
        """The file, as `deckgen.pdf.objects` would write it."""
        rows, at = [b"0000000000 65535 f "], len(self.head)
        for body in self.bodies:
            rows.append(b"%010d 00000 n " % at)
            at += len(body)
        table = b"xref\n0 %d\n" % len(rows) + b"\n".join(rows) + b"\n"
        trailer, count = _ID.subn(b"/ID [" + _NO_ID * 2 + b"]", self.trailer)
        if count != 1:
            raise Unlike("no hash")
        end = trailer + b"startxref\n%d\n%%%%EOF\n" % at
        data = b"".join((self.head, *self.bodies, table, end))
        digest = hashlib.md5(data, usedforsecurity=False).hexdigest().upper().encode()
        named = b"/ID [" + (b"<" + digest + b">") * 2 + b"]"
        return data[: -len(end)] + end.replace(b"/ID [" + _NO_ID * 2 + b"]", named)

    def stream(self, number: int) -> bytes:
        """What a stream says, unpacked."""
        head, packed = self._parts(number)
        if int(head[2]) != len(packed):
            raise Unlike(f"object {number} has another length than it says")
        try:
            return zlib.decompress(packed)
        except zlib.error:
            raise Unlike(f"object {number} can't be unpacked") from None

    def with_stream(self, number: int, code: bytes) -> bytes:
        """The object's body with another stream in it."""
        head, _ = self._parts(number)
        packed = zlib.compress(code, 9)
        return b"".join((head[1], b"%d" % len(packed), head[3], packed, _TAIL))

    def _parts(self, number: int) -> tuple[re.Match[bytes], bytes]:
        body = self.bodies[number - 1]
        head = _STREAM.match(body)
        if head is None or not body.endswith(_TAIL):
            raise Unlike(f"object {number} is not a packed stream")
        return head, body[head.end() : -len(_TAIL)]

    def form(self, name: str) -> int:
        """The number of the one form XObject that pages call by this name; 0 for none."""
        wanted = re.compile(re.escape(written_name(name).encode()) + rb" (\d+) 0 R")
        numbers = {
            int(found)
            for page in self._that_are(_PAGE)
            for found in wanted.findall(page[page.find(b"/XObject <<") :])
        }
        if len(numbers) > 1:
            raise Unlike(f"{name} means several things")
        return self._known(numbers.pop()) if numbers else 0

    def page_content(self, index: int) -> int:
        """The number of a page's content stream; pages count from 0."""
        roots = self._that_are(_PAGES)
        kids = re.search(rb"/Kids \[([0-9 R]*)\]", roots[0]) if len(roots) == 1 else None
        pages = re.findall(rb"(\d+) 0 R", kids[1]) if kids else []
        if index >= len(pages):
            raise Unlike("a page is missing")
        page = self.bodies[self._known(int(pages[index])) - 1]
        content = re.findall(rb"/Contents (\d+) 0 R", page)
        if len(content) != 1:
            raise Unlike("a page has no content of its own")
        return self._known(int(content[0]))

    def _that_are(self, start: bytes) -> list[bytes]:
        return [body for body in self.bodies if body.startswith(start, body.index(b"\n") + 1)]

    def _known(self, number: int) -> int:
        if not 1 <= number <= len(self.bodies):
            raise Unlike("there is no such object")
        return number


@dataclass(frozen=True, slots=True)
class Change:
    """A stream that says `after` and said `before` (its SHA-256)."""

    before: str
    after: bytes


def patched(old: Objects, changes: Mapping[int, Change]) -> bytes:
    """A file with other streams, by object number. Raises Unlike unless all of it is proven."""
    bodies = list(old.bodies)
    for number, change in changes.items():
        before = old.stream(number)
        if hashlib.sha256(before).hexdigest() != change.before:
            raise Unlike(f"object {number} says something else than it should")
        if events_of(before) != events_of(change.after):
            raise Unlike(f"object {number} is tagged in another way")
        bodies[number - 1] = old.with_stream(number, change.after)
    data = Objects(old.head, tuple(bodies), old.trailer).to_bytes()
    _prove(old, Objects.of(data), changes)
    return data


def _prove(old: Objects, new: Objects, changes: Mapping[int, Change]) -> None:
    """Read the new file back: everything as it was, but for the streams that were to change."""
    if len(new.bodies) != len(old.bodies) or new.head != old.head:
        raise Unlike("the new file has other objects")
    for number, (before, after) in enumerate(zip(old.bodies, new.bodies, strict=True), 1):
        if number not in changes:
            if before != after:
                raise Unlike(f"object {number} changed and should not")
        elif new.stream(number) != changes[number].after or _entries(after) != _entries(before):
            raise Unlike(f"object {number} is not what it should be")


def _entries(body: bytes) -> bytes:
    head = _STREAM.match(body)
    return head[1] + head[3] if head else body
