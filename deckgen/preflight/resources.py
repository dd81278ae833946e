"""Requirements on what a page draws with: fonts, colour spaces, pictures and states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from deckgen.preflight.document import found, looked
from deckgen.preflight.reach import Used
from deckgen.preflight.rules import X1A, Finding
from deckgen.readback.parsed import entry, resolved

_INK_SPACES = frozenset({"/DeviceCMYK", "/DeviceGray", "/Separation", "/DeviceN", "/Pattern"})
PROCESS, GREY = ("/Cyan", "/Magenta", "/Yellow", "/Black"), ("/Grey",)
_SHORT = {"/G": "/DeviceGray", "/CMYK": "/DeviceCMYK", "/RGB": "/DeviceRGB", "/I": "/Indexed"}


def resource_findings(used: Used, where: str, standard: str) -> Iterator[Finding]:
    """What is wrong with a thing that a page, a note or what is in them uses."""
    kind, thing, resources = used.kind, used.thing, used.resources
    if thing is None:
        yield found("FONTS" if kind == "/Font" else "OPERATORS", where, f"{kind[1:]}: not there")
    elif kind == "/Font":
        name = str(entry(thing, "/BaseFont") or "/?")[1:]
        yield found("FONTS", where, f"{name} is not there" if _bare(thing) else "")
    elif kind == "/ColorSpace":
        yield from space_findings(thing, where, standard, resources)
    elif kind in ("/Shading", "/Pattern"):
        shading = thing if kind == "/Shading" else entry(thing, "/Shading")
        yield from space_findings(entry(shading, "/ColorSpace"), where, standard, resources)
    elif kind == "/ExtGState":
        yield from _state(thing, where, standard)
    elif kind == "/XObject":
        yield from _external(thing, where, standard, resources)


def _bare(font: Any) -> bool:
    if entry(font, "/Subtype") == "/Type3":
        return False
    inner = entry(font, "/DescendantFonts")
    descriptor = entry(resolved(next(iter(inner))) if inner else font, "/FontDescriptor")
    files = (entry(descriptor, key) for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return not any(isinstance(file, StreamObject) and file.get_data() for file in files)


def space_findings(space: Any, where: str, standard: str, resources: Any) -> Iterator[Finding]:
    """A colour space, those that it is built on, and what stands in for a device's own.

    `resources` may have such a stand-in: PDF/X-4 has RGB only with a profile to read it by.
    """
    parts = [resolved(part) for part in space] if isinstance(space, ArrayObject) else [space]
    name = str(parts[0]) if parts else ""
    name = _SHORT.get(name, name)
    default = name.startswith("/Device") and entry(
        resources, "/ColorSpace", f"/Default{name.removeprefix('/Device')}"
    )
    if name == "/DeviceRGB" and (standard == X1A or not isinstance(default, ArrayObject)):
        yield found("COLOUR", where, f"colours in {name[1:]}")
    elif default:
        yield from space_findings(default, where, standard, None)
    elif name == "/ICCBased" and len(parts) > 1:
        if standard == X1A:
            yield found("LAB", where, "colours by a profile")
        elif entry(parts[1], "/N") == 4:
            yield found("OWN-INKS", where, "inks by a profile of their own")
    elif name in ("/Indexed", "/Pattern", "/Separation", "/DeviceN"):
        base = 2 if name in ("/Separation", "/DeviceN") else 1
        if len(parts) > base:
            yield from space_findings(parts[base], where, standard, resources)
    elif name.startswith("/") and name not in _INK_SPACES and standard == X1A:
        yield found("LAB", where, f"colours in {name[1:]}")


def group_findings(group: Any, where: str, standard: str, resources: Any) -> Iterator[Finding]:
    """A transparency group: none in PDF/X-1a; in PDF/X-4 it is mixed in inks, or by a profile."""
    if entry(group, "/S") == "/Transparency":
        if standard == X1A:
            yield found("CLEAR", where, "there is a transparency group")
        else:
            yield from space_findings(entry(group, "/CS"), where, standard, resources)


def _state(state: Any, where: str, standard: str) -> Iterator[Finding]:
    for key, allowed in (("/TR", "/Identity"), ("/TR2", "/Default"), ("/HTP", None)):
        if entry(state, key) not in (None, allowed):
            yield found("CURVES", where, f"{key[1:]} is set")
    halftone = entry(state, "/HT")
    if isinstance(halftone, DictionaryObject):
        if entry(halftone, "/HalftoneType") not in (1, 5):
            kind = entry(halftone, "/HalftoneType")
            yield found("CURVES", where, f"a halftone of type {kind}")
        if "/HalftoneName" in halftone:
            yield found("CURVES", where, "a halftone by its name")
        for part in (halftone, *map(resolved, halftone.values())):
            if entry(part, "/TransferFunction") not in (None, "/Identity"):
                yield found("CURVES", where, "a halftone with a transfer curve")
    if any(bool(getattr(entry(state, key), "value", False)) for key in ("/OP", "/op")):
        yield found("OVERPRINT", where, "overprinting is switched on")
    font = entry(state, "/Font")
    if isinstance(font, ArrayObject) and _bare(resolved(font[0])):
        yield found("FONTS", where, "a font in a graphics state is not there")
    if standard == X1A:
        yield from _transparent(state, where)


def _transparent(state: Any, where: str) -> Iterator[Finding]:
    for key in ("/CA", "/ca"):
        if float(entry(state, key) if entry(state, key) is not None else 1) < 1:
            yield found("CLEAR", where, f"{key[1:]} is {float(entry(state, key)):g}")
    modes = entry(state, "/BM")
    for mode in modes if isinstance(modes, ArrayObject) else [modes]:
        if mode not in (None, "/Normal", "/Compatible"):
            yield found("CLEAR", where, f"the blend mode is {str(mode)[1:]}")
    if entry(state, "/SMask") not in (None, "/None"):
        yield found("CLEAR", where, "there is a soft mask")


def _external(thing: Any, where: str, standard: str, resources: Any) -> Iterator[Finding]:
    if not isinstance(thing, DictionaryObject):
        return
    kind = entry(thing, "/Subtype")
    yield from looked("STAND-INS")
    if "/OPI" in thing:
        yield found("STAND-INS", where, "a picture has an OPI stand-in")
    if kind == "/PS" or entry(thing, "/Subtype2") == "/PS" or "/PS" in thing:
        yield found("POSTSCRIPT", where, "PostScript is used as a picture")
    if standard == X1A and "/OC" in thing:
        yield found("LAYERS", where, "something is on a layer")
    if kind == "/Image":
        yield from space_findings(entry(thing, "/ColorSpace"), where, standard, resources)
        if "/Alternates" in thing:
            yield found("STAND-INS", where, "a picture has alternates")
        if standard == X1A and isinstance(entry(thing, "/SMask"), StreamObject):
            yield found("CLEAR", where, "a picture has a soft mask")
    if kind == "/Form":
        own = entry(thing, "/Resources") or resources
        yield from group_findings(entry(thing, "/Group"), where, standard, own)
        if "/Ref" in thing:
            yield found("FILES", where, "a form stands for another file")


def plates_of(space: Any) -> tuple[str, ...]:
    """The plates that a space's values are for, in their order; none where it names no inks."""
    parts = [resolved(part) for part in space] if isinstance(space, ArrayObject) else [space]
    if parts[:1] == ["/DeviceCMYK"]:
        return PROCESS
    if parts[:1] == ["/DeviceGray"]:
        return GREY
    if parts[:1] == ["/Separation"]:
        return (str(parts[1]),)
    return tuple(map(str, map(resolved, parts[1]))) if parts[:1] == ["/DeviceN"] else ()
