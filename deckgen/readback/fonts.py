"""A finished file's fonts: is each in the file, and has each of its letters a Unicode value?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from deckgen.pdf.objects import Indirect
from deckgen.readback.document import Document, each_once, entry, listed, raw, text
from deckgen.readback.streams import unpacked

_ROWS = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_PAIR = re.compile(rb"<(\w+)>\s*<\w*>")
_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*[<\[]")


def font_faults(document: Document) -> Iterator[str]:
    """A sentence for each font that is not in the file, or whose letters can't be told."""
    yield from (f"the font {name} is not in the file" for name in unembedded_fonts(document))
    wrong = [_name(font) for font in _fonts(document) if _speechless(font)]
    yield from (f"the font {name} has letters without a Unicode value" for name in wrong)


def unembedded_fonts(document: Document) -> list[str]:
    """The names of fonts that are used or offered, and are not in the file."""
    return sorted({_name(font) for font in _fonts(document) if _bare(font)})


def _name(font: Any) -> str:
    return text(raw(font, "BaseFont")) or "?"


@lru_cache(maxsize=8)
def _fonts(document: Document) -> list[Any]:
    """Every font in the resources of pages, of forms within forms, of fields and of the form."""
    fonts: dict[int, Any] = {}
    waiting = [raw(entry(document.catalog, "AcroForm"), "DR")]
    for page in document.pages:
        if page not in document.taken:
            looks = [entry(annotation, "AP", "N") for annotation in listed(raw(page, "Annots"))]
            waiting += [raw(holder, "Resources") for holder in (page, *looks)]
    for holder in each_once(waiting):
        fonts |= {id(entry(font)): font for font in (entry(holder, "Font") or {}).values()}
        for kind in ("XObject", "Pattern"):
            waiting += [raw(form, "Resources") for form in (entry(holder, kind) or {}).values()]
    return [f for f in fonts.values() if not (isinstance(f, Indirect) and f in document.taken)]


def _bare(font: Any) -> bool:
    if entry(font, "Subtype") == "Type3":
        return False
    inner = listed(raw(font, "DescendantFonts"))
    descriptor = entry(inner[0] if inner else font, "FontDescriptor") or {}
    return not any(key in descriptor for key in ("FontFile", "FontFile2", "FontFile3"))


def _speechless(font: Any) -> bool:
    """True if letters have no Unicode value: neither by a map, nor by a standard encoding."""
    map_, encoding = raw(font, "ToUnicode"), entry(font, "Encoding")
    simple = entry(font, "Subtype") != "Type0"
    if not isinstance(map_, Indirect) or map_.stream is None:
        return not (simple and encoding)
    if not simple:
        return False
    first = entry(font, "FirstChar") or 0
    shown = {first + i for i, w in enumerate(listed(raw(font, "Widths"))) if entry(w)}
    return bool(shown - _mapped(unpacked(map_)))


@lru_cache(maxsize=64)
def _mapped(code: bytes) -> frozenset[int]:
    """The codes that a map has."""
    codes = set[int]()
    for kind, rows in _ROWS.findall(code):
        if kind == b"char":
            codes.update(int(code, 16) for code in _PAIR.findall(rows))
        for first, last in _RANGE.findall(rows) if kind == b"range" else ():
            codes.update(range(int(first, 16), min(int(last, 16), 255) + 1))
    return frozenset(codes)
