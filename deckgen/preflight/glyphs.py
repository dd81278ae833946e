"""Letters that a font has no shape for: readers draw an empty box, or nothing, in their place."""

from __future__ import annotations

from typing import Any

from pypdf.generic import NameObject, NumberObject

from deckgen.preflight.reach import listed
from deckgen.readback.parsed import entry, resolved


def has_missing_letters(font: Any, shown: Any) -> bool | None:
    """Whether text names the shape .notdef; None where the file itself does not tell.

    It does for fonts whose codes are numbers of shapes, and for encodings that say so. What the
    table inside a simple TrueType font says is not looked up.
    """
    texts = [t for t in listed(shown) if isinstance(t, bytes) or hasattr(t, "original_bytes")]
    codes = [bytes(getattr(text, "original_bytes", text)) for text in texts]
    encoding = entry(font, "/Encoding")
    if entry(font, "/Subtype") == "/Type0":
        if encoding not in ("/Identity-H", "/Identity-V"):
            return None
        pairs = (code[i : i + 2] for code in codes for i in range(0, len(code), 2))
        return any(pair == b"\0\0" for pair in pairs)
    differences = entry(encoding, "/Differences")
    if differences is None:
        return None
    return not _undefined(differences).isdisjoint(b"".join(codes))


def _undefined(differences: Any) -> frozenset[int]:
    """The codes that an encoding leaves without a shape."""
    found, code = set(), 0
    for value in map(resolved, differences):
        if isinstance(value, NumberObject):
            code = int(value)
        elif isinstance(value, NameObject):
            if value == "/.notdef":
                found.add(code)
            code += 1
    return frozenset(found)
