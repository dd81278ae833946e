"""What a returned file says of itself: in a hidden field, in its metadata, at the foot of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import unescape
from typing import Any

import msgspec

from deckgen.model.answers import Identity, Kept
from deckgen.pdf.objects import Indirect
from deckgen.readback.document import Document, raw, unpacked

HIDDEN_FIELD = "deckgen.workbook"
NAMESPACE = "urn:deckgen:workbook:1"
_PREFIX = re.compile(r"xmlns:([\w.-]+)\s*=\s*[\"']" + re.escape(NAMESPACE) + "[\"']")
_CODE = re.compile(r"(?<![\d-])(\d{3})-(\d{3})(?![\d-])")
_LONGEST = 2 << 20


class Carried(Identity, frozen=True):
    """The JSON that a workbook carries. What is not known is empty."""

    asked: dict[str, str] = msgspec.field(default_factory=dict)
    kept: tuple[Kept, ...] = ()

    def identity(self) -> Identity:
        """Without the questions."""
        values = {name: getattr(self, name) for name in Identity.__struct_fields__}
        return Identity(**values)


def carried_in(words: str) -> Carried | None:
    """What a carrier says; None if that can't be understood."""
    try:
        found = msgspec.json.decode(words, type=Carried, strict=False)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return found if found != Carried() else None


def metadata_words(document: Document) -> str:
    """What the file's metadata (XMP) say of the workbook; "" if nothing.

    No parser of XML looks at them: there is one property to be found, and files of any make.
    """
    stream = raw(document.catalog, "Metadata")
    if not isinstance(stream, Indirect) or stream.stream is None:
        return ""
    try:
        packet = unpacked(stream)[:_LONGEST]
    except ValueError:
        return ""
    wide = packet[:200].count(0) > 20
    words = packet.decode("utf-16" if wide else "utf-8", "replace")
    for prefix in _PREFIX.findall(words):
        name = re.escape(f"{prefix}:workbook")
        ways = rf"{name}\s*=\s*\"([^\"]*)\"|{name}\s*=\s*'([^']*)'|<{name}[^<>]*>([^<]*)</{name}>"
        if found := re.search(ways, words):
            return unescape(next(filter(None, found.groups()), ""))
    return ""


def foot_code(feet: Sequence[str]) -> str:
    """The code that stands at the foot of most pages; "" if none does."""
    codes = Counter(code for foot in feet for code in {"".join(m) for m in _CODE.findall(foot)})
    best, times = max(codes.items(), key=lambda pair: pair[1], default=("", 0))
    return best if times * 2 >= len(feet) else ""


def as_told(*told: Any) -> tuple[Carried, list[str]]:
    """The first of several carriers that could be understood, and where others disagree."""
    known = [found for found in told if found is not None]
    first = known[0] if known else Carried()
    differs = any(other.code and first.code and other.code != first.code for other in known[1:])
    return first, ["its hidden field and its metadata name two workbooks"] * differs
