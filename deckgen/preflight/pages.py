"""Requirements on pages: their boxes, notes on them, and the resources that they use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from deckgen.geometry import to_mm
from deckgen.pdf.parsed import entry, resolved
from deckgen.preflight.content import content_findings
from deckgen.preflight.document import found
from deckgen.preflight.rules import LEAST_BLEED_MM, X1A, X4, Finding

Box = tuple[float, float, float, float]
_NEAR_PT = 0.02
_INK_SPACES = frozenset({"/DeviceCMYK", "/DeviceGray", "/Separation", "/DeviceN", "/Pattern"})
_LIGHT_SPACES = frozenset({"/DeviceRGB", "/CalRGB"})


def page_findings(reader: PdfReader, standard: str) -> Iterator[Finding]:
    """Everything about pages, in their order."""
    sizes: dict[tuple[float, float], int] = {}
    for number, page in enumerate(reader.pages, start=1):
        where = f"page {number}"
        yield from _boxes(page, where)
        trim = _box(page, "/TrimBox") or _box(page, "/ArtBox")
        if trim:
            size = round(trim[2] - trim[0], 1), round(trim[3] - trim[1], 1)
            sizes.setdefault(size, number)
        yield from _notes(page, where)
        if standard == X1A and entry(page, "/Group", "/S") == "/Transparency":
            yield found("CLEAR", where, "the page is a transparency group")
        if "/AA" in page:
            yield found("ACTIONS", where, "the page has actions")
        if "/UserUnit" in page:
            yield found("UNIT", where, f"the unit is {page['/UserUnit']} points")
        yield from resource_findings(entry(page, "/Resources"), where, standard, set())
        yield from content_findings(reader, page, where)
    if len(sizes) > 1:
        shown = ", ".join(f"{to_mm(w):.1f} × {to_mm(h):.1f} mm" for w, h in sizes)
        yield found("SIZE", f"page {list(sizes.values())[1]}", f"sizes differ: {shown}")


def _box(page: Any, key: str) -> Box | None:
    value = entry(page, key)
    if value is None or len(value) != 4:
        return None
    left, bottom, right, top = (float(v) for v in value)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _inside(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - _NEAR_PT
        and inner[1] >= outer[1] - _NEAR_PT
        and inner[2] <= outer[2] + _NEAR_PT
        and inner[3] <= outer[3] + _NEAR_PT
    )


def _boxes(page: Any, where: str) -> Iterator[Finding]:
    trim, art = _box(page, "/TrimBox"), _box(page, "/ArtBox")
    media = _box(page, "/MediaBox")
    bleed = _box(page, "/BleedBox")
    if (trim is None) == (art is None):
        said = "neither a trim nor an art box" if trim is None else "a trim and an art box"
        yield found("BOXES", where, said)
    inner = trim or art
    if media is None or inner is None:
        if media is None:
            yield found("BOXES", where, "no media box")
        return
    if not _inside(inner, bleed or media) or not _inside(bleed or media, media):
        yield found("BOXES", where, "the boxes do not lie in each other")
        return
    outer = bleed or inner
    sides = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    if to_mm(min(sides)) < LEAST_BLEED_MM - 0.01:
        yield found("BLEED", where, f"{to_mm(min(sides)):.1f} mm at the narrowest side")


def _notes(page: Any, where: str) -> Iterator[Finding]:
    edge = _box(page, "/BleedBox") or _box(page, "/TrimBox") or _box(page, "/MediaBox")
    for reference in entry(page, "/Annots") or ():
        note = resolved(reference)
        kind = str(entry(note, "/Subtype") or "/?")[1:]
        if kind in ("PrinterMark", "TrapNet"):
            continue
        area = _box(note, "/Rect")
        if area is None or edge is None or _touch(area, edge):
            yield found("NOTES", where, f"a {kind} lies on the printed area")


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def resource_findings(
    resources: Any, where: str, standard: str, seen: set[int]
) -> Iterator[Finding]:
    """Fonts, colours, pictures and states that a page or a form can use."""
    if resources is None or id(resources) in seen:
        return
    seen.add(id(resources))
    for font in map(resolved, (entry(resources, "/Font") or {}).values()):
        if _bare(font):
            yield found("FONTS", where, f"{str(entry(font, '/BaseFont') or '/?')[1:]} is not there")
    for space in map(resolved, (entry(resources, "/ColorSpace") or {}).values()):
        yield from _space(space, where, standard)
    for state in map(resolved, (entry(resources, "/ExtGState") or {}).values()):
        yield from _state(state, where, standard)
    for shading in map(resolved, (entry(resources, "/Shading") or {}).values()):
        yield from _space(entry(shading, "/ColorSpace"), where, standard)
    for thing in map(resolved, (entry(resources, "/XObject") or {}).values()):
        yield from _external(thing, where, standard, seen)


def _bare(font: Any) -> bool:
    if entry(font, "/Subtype") == "/Type3":
        return False
    inner = entry(font, "/DescendantFonts")
    descriptor = entry(resolved(next(iter(inner))) if inner else font, "/FontDescriptor") or {}
    return not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _space(space: Any, where: str, standard: str) -> Iterator[Finding]:
    """A colour space, or those that it is built on."""
    if space is None:
        return
    parts = [space] if isinstance(space, str) else [resolved(part) for part in space]
    name = str(parts[0])
    if name in _LIGHT_SPACES:
        yield found("COLOUR", where, f"colours in {name[1:]}")
    elif name == "/ICCBased":
        if standard == X1A:
            yield found("LAB", where, "colours by a profile")
        elif entry(parts[1], "/N") == 4:
            yield found("COLOUR", where, "inks by a profile of their own")
    elif name in ("/Indexed", "/Pattern", "/Separation", "/DeviceN"):
        base = {"/Indexed": 1, "/Pattern": 1, "/Separation": 2, "/DeviceN": 2}[name]
        yield from _space(parts[base] if len(parts) > base else None, where, standard)
    elif name not in _INK_SPACES and standard == X1A:
        yield found("LAB", where, f"colours in {name[1:]}")


def _state(state: Any, where: str, standard: str) -> Iterator[Finding]:
    for key in ("/TR", "/TR2", "/HTP"):
        if key in state and entry(state, key) not in ("/Identity", "/Default"):
            yield found("CURVES", where, f"{key[1:]} is set")
    halftone = entry(state, "/HT")
    if isinstance(halftone, DictionaryObject) and entry(halftone, "/HalftoneType") not in (1, 5):
        yield found("CURVES", where, f"a halftone of type {entry(halftone, '/HalftoneType')}")
    if any(bool(getattr(entry(state, key), "value", False)) for key in ("/OP", "/op")):
        yield found("OVERPRINT", where, "overprinting is switched on")
    if standard == X1A:
        yield from _transparent(state, where)


def _transparent(state: Any, where: str) -> Iterator[Finding]:
    for key in ("/CA", "/ca"):
        if float(entry(state, key) if entry(state, key) is not None else 1) < 1:
            yield found("CLEAR", where, f"{key[1:]} is {float(entry(state, key)):g}")
    if entry(state, "/BM") not in (None, "/Normal", "/Compatible"):
        yield found("CLEAR", where, f"the blend mode is {entry(state, '/BM')}")
    if entry(state, "/SMask") not in (None, "/None"):
        yield found("CLEAR", where, "there is a soft mask")


def _external(thing: Any, where: str, standard: str, seen: set[int]) -> Iterator[Finding]:
    kind = entry(thing, "/Subtype")
    if "/OPI" in thing:
        yield found("STAND-INS", where, "a picture has an OPI stand-in")
    if kind == "/PS" or entry(thing, "/Subtype2") == "/PS":
        yield found("POSTSCRIPT", where, "PostScript is used as a picture")
    if standard == X1A and "/OC" in thing:
        yield found("LAYERS", where, "something is on a layer")
    if kind == "/Image":
        yield from _space(entry(thing, "/ColorSpace"), where, standard)
        if "/Alternates" in thing:
            yield found("STAND-INS", where, "a picture has alternates")
        if standard == X1A and isinstance(entry(thing, "/SMask"), StreamObject):
            yield found("CLEAR", where, "a picture has a soft mask")
    if kind == "/Form":
        if standard == X1A and entry(thing, "/Group", "/S") == "/Transparency":
            yield found("CLEAR", where, "a transparency group")
        if standard == X4 and "/Ref" in thing:
            yield found("FILES", where, "a form stands for another file")
        yield from resource_findings(entry(thing, "/Resources"), where, standard, seen)
