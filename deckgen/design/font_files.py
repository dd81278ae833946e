"""Is a file a font that can be embedded? What is wrong with it, and what to take instead.

Tables and their fields are those of ISO/IEC 14496-22 (OpenType).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from sys import byteorder
from typing import Any

Fault = tuple[str, str]  # what is wrong, and what to do

_STARTS = (b"\x00\x01\x00\x00", b"true", b"OTTO")
_OTHERS: Mapping[bytes, Fault] = {
    b"wOFF": ("This is a font for web pages (WOFF).", "Use the .ttf or .otf file of that font."),
    b"wOF2": ("This is a font for web pages (WOFF2).", "Use the .ttf or .otf file of that font."),
    b"ttcf": (
        "This file holds several fonts (a TrueType collection).",
        "Use the .ttf or .otf file of the one that is meant.",
    ),
}
BROKEN: Fault = (
    "This is not a TrueType or OpenType font that can be embedded, or it is damaged.",
    "Use a .ttf or .otf file, and get it anew if it was one.",
)
_NEEDED = frozenset("cmap head hhea hmtx maxp name post".split())
_OUTLINES = (frozenset({"glyf", "loca"}), frozenset({"CFF "}), frozenset({"CFF2"}))
_PICTURES = frozenset({"CBDT", "EBDT", "sbix", "SVG ", "bdat"})
_RESTRICTED, _WHOLE_ONLY, _PICTURES_ONLY = 0x0002, 0x0100, 0x0200  # bits of fsType
_POST_VERSIONS = tuple(version.to_bytes(2, "big") for version in (1, 2, 3, 4))
_FREER = 0x000C  # editable, or to be read and printed
_OPEN_FONT = "Use a font whose licence allows it, such as one under the Open Font License."
_PRIVATE = "[\0-\x20\x7f-\xa0\ue000-\uf8ff]*"


def font_fault(data: bytes) -> Fault | None:
    """What keeps a file from being used as a font; None if nothing does."""
    if data[:4] in _OTHERS:
        return _OTHERS[data[:4]]
    tables = _tables(data)
    if tables is None:
        return BROKEN
    if not any(outlines <= tables.keys() for outlines in _OUTLINES):
        if _PICTURES & tables.keys():
            said = "This font has pictures of its letters and no outlines."
            return said, "Use a font with outlines: a .ttf or .otf file of another font."
        return BROKEN
    if lacking := sorted(_NEEDED - tables.keys()):
        said = f"This font lacks its table {' and '.join(lacking)}, so it is damaged."
        return said, "Get it anew from where it comes from, or use another font."
    return _licence_fault(tables) or _broken(tables) or _wordless(data)


def _tables(data: bytes) -> dict[str, bytes] | None:
    """The tables by name; None if some lie outside the file, or it is no font."""
    if data[:4] not in _STARTS or len(data) < 12:
        return None
    tables, count = dict[str, bytes](), int.from_bytes(data[4:6], "big")
    for at in range(12, 12 + 16 * count, 16):
        start, length = (int.from_bytes(data[at + i : at + i + 4], "big") for i in (8, 12))
        if at + 16 > len(data) or start + length > len(data):
            return None
        tables[data[at : at + 4].decode("latin-1")] = data[start : start + length]
    return tables


def _licence_fault(tables: Mapping[str, bytes]) -> Fault | None:
    rights = int.from_bytes(tables.get("OS/2", b"")[8:10], "big")
    if rights & _RESTRICTED and not rights & _FREER:
        return "This font says that its licence forbids to embed it in files.", _OPEN_FONT
    if rights & (_WHOLE_ONLY | _PICTURES_ONLY):
        said = "This font says that its letters may not be embedded in part (as outlines)."
        return said, _OPEN_FONT
    return None


def _broken(tables: Mapping[str, bytes]) -> Fault | None:
    """Numbers that don't go together."""
    head, maxp, hhea = (tables[name] for name in ("head", "maxp", "hhea"))
    upem, glyphs = (int.from_bytes(part, "big") for part in (head[18:20], maxp[4:6]))
    measured = int.from_bytes(hhea[34:36], "big")
    sound = (
        hhea[32:34] == b"\0\0",
        len(head) >= 54 and head[12:16] == b"\x5f\x0f\x3c\xf5" and 16 <= upem <= 16384,
        head[:2] == hhea[:2] == b"\0\1" and tables["post"][:2] in _POST_VERSIONS,
        glyphs > 0 and 0 < measured <= glyphs,
        len(tables["hmtx"]) >= 4 * measured + 2 * (glyphs - measured),
        "loca" not in tables or _sound_places(tables, glyphs, wide=head[50:52] != b"\0\0"),
    )
    return None if all(sound) else BROKEN


def _sound_places(tables: Mapping[str, bytes], glyphs: int, *, wide: bool) -> bool:
    """Whether each outline lies inside the table of outlines."""
    size, data = (4, tables["loca"]) if wide else (2, tables["loca"])
    if len(data) < size * (glyphs + 1):
        return False
    places = array("I" if wide else "H", data[: size * (glyphs + 1)])
    if byteorder == "little":
        places.byteswap()
    last = places[-1] * (1 if wide else 2)
    return list(places) == sorted(places) and last <= len(tables["glyf"])


def _wordless(data: bytes) -> Fault | None:
    import uharfbuzz as hb

    face = hb.Face(data)
    font, codes = hb.Font(face), list(face.unicodes)
    letters = "".join(map(chr, codes))
    if not letters:
        return "This font doesn't say which letters it has.", BROKEN[1]
    if max(font.get_nominal_glyph(code) or 0 for code in codes) >= face.glyph_count:
        return BROKEN
    if re.fullmatch(_PRIVATE, letters):
        return "This font has signs in place of letters.", "Use a font that has letters."
    return None


def weights_of(data: bytes) -> tuple[float, float] | None:
    """The lightest and the heaviest weight of a variable font; None if it has only one."""
    import uharfbuzz as hb

    axes: list[Any] = hb.Face(data).axis_infos if b"fvar" in data[:1024] else []
    found = next((axis for axis in axes if axis.tag == "wght"), None)
    return (found.min_value, found.max_value) if found else None
