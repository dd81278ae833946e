"""Letters that a font has no shape for: readers draw an empty box, or nothing, in their place."""

from __future__ import annotations

from typing import Any

from pypdf.generic import ArrayObject, NameObject, NumberObject

from deckgen.readback.parsed import entry, resolved


def has_missing_letters(font: Any, shown: Any) -> bool | None:
    """Whether text names the shape .notdef; None where the file itself does not tell.

    It does for fonts whose codes are numbers of shapes, and for encodings that say so. What the
    table inside a simple TrueType font says is not looked up.
    """
    strings = [s for s in shown if _is_text(s)] if isinstance(shown, ArrayObject) else [shown]
    codes = [_bytes_of(text) for text in strings if _is_text(text)]
    encoding = entry(font, "/Encoding")
    if entry(font, "/Subtype") == "/Type0":
        if encoding not in ("/Identity-H", "/Identity-V"):
            return None
        pairs = (code[i : i + 2] for code in codes for i in range(0, len(code), 2))
        return any(pair == b"\0\0" for pair in pairs)
    differences = entry(encoding, "/Differences")
    if differences is None:
        return None
    missing = _undefined(differences)
    return any(byte in missing for code in codes for byte in code)


def _is_text(value: Any) -> bool:
    return hasattr(value, "original_bytes") or isinstance(value, bytes)


def _bytes_of(text: Any) -> bytes:
    return bytes(getattr(text, "original_bytes", text))


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
