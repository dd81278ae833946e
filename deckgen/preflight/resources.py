"""Requirements on what a page draws with: fonts, colour spaces, pictures and states."""

from __future__ import annotations

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from deckgen.preflight.entries import entry, resolved
from deckgen.preflight.inspected import Inspected
from deckgen.preflight.reach import Used, listed
from deckgen.preflight.rules import MOST_INK

# Spaces that are built on others, and where they name those.
_BASES = {"/Indexed": 1, "/Pattern": 1, "/Separation": 2, "/DeviceN": 2}
PROCESS, GREY = ("/Cyan", "/Magenta", "/Yellow", "/Black"), ("/Grey",)
_SHORT = {"/G": "/DeviceGray", "/CMYK": "/DeviceCMYK", "/RGB": "/DeviceRGB", "/I": "/Indexed"}


def look_at_resource(file: Inspected, used: Used) -> None:
    """What is wrong with a thing that a page, a note or what is in them uses."""
    kind, thing, resources = used.kind, used.thing, used.resources
    if thing is None:
        file.fails("FONTS" if kind == "/Font" else "OPERATORS", f"{kind[1:]}: not there")
    elif kind == "/Font":
        name = str(entry(thing, "/BaseFont") or "/?")[1:]
        file.has("FONTS", f"{name} is not there", _bare(thing))
    elif kind in ("/ColorSpace", "/Shading", "/Pattern"):
        shading = entry(thing, "/Shading") if kind == "/Pattern" else thing
        space = thing if kind == "/ColorSpace" else entry(shading, "/ColorSpace")
        look_at_space(file, space, resources)
    elif kind == "/ExtGState":
        _state(file, thing)
    elif kind == "/XObject" and isinstance(thing, DictionaryObject):
        _external(file, thing, resources)


def _bare(font: Any) -> bool:
    if entry(font, "/Subtype") == "/Type3":
        return False
    inner = entry(font, "/DescendantFonts")
    descriptor = entry(resolved(next(iter(inner))) if inner else font, "/FontDescriptor")
    files = (entry(descriptor, key) for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return not any(isinstance(file, StreamObject) and file.get_data() for file in files)


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


def _undefined(differences: Any) -> set[int]:
    """The codes that an encoding leaves without a shape."""
    missing, code = set(), 0
    for value in map(resolved, differences):
        if value == "/.notdef":
            missing.add(code)
        code = value if isinstance(value, int) else code + 1
    return missing


def look_at_space(file: Inspected, space: Any, resources: Any) -> None:
    """A colour space, those that it is built on, and what stands in for a device's own.

    `resources` may have such a stand-in: PDF/X-4 has RGB only with a profile to read it by.
    """
    parts = listed(space) or [""]
    name = _SHORT.get(str(parts[0]), str(parts[0]))
    stand_in = name.replace("/Device", "/Default", 1)
    default = None if stand_in == name else entry(resources, "/ColorSpace", stand_in)
    if name == "/DeviceRGB" and (file.x1a or not isinstance(default, ArrayObject)):
        file.fails("COLOUR", f"colours in {name[1:]}")
    elif default:
        look_at_space(file, default, None)
    elif name == "/ICCBased" and len(parts) > 1:
        file.fails("LAB", "colours by a profile", file.x1a)
        own = not file.x1a and entry(parts[1], "/N") == 4
        file.fails("OWN-INKS", "inks by a profile of their own", own)
    elif name in _BASES:
        for base in parts[_BASES[name] :][:1]:
            look_at_space(file, base, resources)
    elif name.startswith("/") and name not in ("/DeviceCMYK", "/DeviceGray"):
        file.fails("LAB", f"colours in {name[1:]}", file.x1a)


def look_at_group(file: Inspected, group: Any, resources: Any) -> None:
    """A transparency group: none in PDF/X-1a; in PDF/X-4 it is mixed in inks, or by a profile."""
    if entry(group, "/S") == "/Transparency":
        file.fails("CLEAR", "there is a transparency group", file.x1a)
        if not file.x1a:
            look_at_space(file, entry(group, "/CS"), resources)


def overprints(state: Any) -> bool:
    """Whether an ExtGState lets paint leave the plates of other inks alone."""
    return any(getattr(entry(state, key), "value", False) for key in ("/OP", "/op"))


def _state(file: Inspected, state: Any) -> None:
    for key, allowed in (("/TR", "/Identity"), ("/TR2", "/Default"), ("/HTP", None)):
        file.fails("CURVES", f"{key[1:]} is set", entry(state, key) not in (None, allowed))
    halftone = entry(state, "/HT")
    if isinstance(halftone, DictionaryObject):
        kind = entry(halftone, "/HalftoneType")
        file.fails("CURVES", f"a halftone of type {kind}", kind not in (1, 5))
        file.fails("CURVES", "a halftone by its name", "/HalftoneName" in halftone)
        for part in (halftone, *map(resolved, halftone.values())):
            curved = entry(part, "/TransferFunction") not in (None, "/Identity")
            file.fails("CURVES", "a halftone with a transfer curve", curved)
    file.fails("OVERPRINT", "overprinting is switched on", overprints(state))
    font = entry(state, "/Font")
    bare = isinstance(font, ArrayObject) and _bare(resolved(font[0]))
    file.fails("FONTS", "a font in a graphics state is not there", bare)
    if file.x1a:
        for key in ("/CA", "/ca"):
            part = float(1 if (given := entry(state, key)) is None else given)
            file.fails("CLEAR", f"{key[1:]} is {part:g}", part < 1)
        for mode in listed(entry(state, "/BM")):
            mixed = mode not in ("/Normal", "/Compatible")
            file.fails("CLEAR", f"the blend mode is {str(mode)[1:]}", mixed)
        file.fails("CLEAR", "there is a soft mask", entry(state, "/SMask") not in (None, "/None"))


def _external(file: Inspected, thing: DictionaryObject, resources: Any) -> None:
    kind = entry(thing, "/Subtype")
    file.has("STAND-INS", "a picture has an OPI stand-in", "/OPI" in thing)
    script = "/PS" in (kind, entry(thing, "/Subtype2")) or "/PS" in thing
    file.fails("POSTSCRIPT", "PostScript is used as a picture", script)
    file.fails("LAYERS", "something is on a layer", file.x1a and "/OC" in thing)
    if kind == "/Image":
        look_at_space(file, entry(thing, "/ColorSpace"), resources)
        file.fails("STAND-INS", "a picture has alternates", "/Alternates" in thing)
        masked = file.x1a and isinstance(entry(thing, "/SMask"), StreamObject)
        file.fails("CLEAR", "a picture has a soft mask", masked)
        if isinstance(thing, StreamObject) and _in_inks(thing):
            from deckgen.preflight.picture_ink import look_at_ink

            look_at_ink(file, thing, MOST_INK)
    if kind == "/Form":
        look_at_group(file, entry(thing, "/Group"), entry(thing, "/Resources") or resources)
        file.fails("FILES", "a form stands for another file", "/Ref" in thing)


def _in_inks(thing: StreamObject) -> bool:
    """Whether a picture's dots, or the palette they are from, are amounts of the four inks."""
    return "/DeviceCMYK" in [str(part) for part in listed(entry(thing, "/ColorSpace"))[:2]]


def plates_of(space: Any) -> tuple[str, ...]:
    """The plates that a space's values are for, in their order; none where it names no inks."""
    parts = listed(space) or [""]
    if parts[0] in ("/Separation", "/DeviceN"):
        return tuple(map(str, listed(parts[1])))
    return {"/DeviceCMYK": PROCESS, "/DeviceGray": GREY}.get(str(parts[0]), ())
