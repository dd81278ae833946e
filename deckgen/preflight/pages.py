"""Requirements on pages: their boxes, notes on them, and what they and their notes draw.

What draws is the page's own stream, and the patterns, letters and masks that are used in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deckgen.geometry import to_mm
from deckgen.preflight.content import Box, State, Walk
from deckgen.preflight.entries import entry
from deckgen.preflight.inspected import Inspected
from deckgen.preflight.layers import Layers, piles
from deckgen.preflight.reach import Painter, appearances, listed
from deckgen.preflight.resources import look_at_group, look_at_resource
from deckgen.preflight.rules import LEAST_BLEED_MM

_NEAR_PT = 0.02


def look_at_pages(file: Inspected) -> None:
    """Everything about pages, in their order."""
    sizes: dict[tuple[float, float], str] = {}
    for number, page in enumerate(file.reader.pages, start=1):
        file.where = f"page {number}"
        _boxes(file, page)
        trim = _trim(page)
        if trim and trim[2] > trim[0] and trim[3] > trim[1]:
            size = round(trim[2] - trim[0], 1), round(trim[3] - trim[1], 1)
            sizes.setdefault(size, file.where)
            file.has("SIZE")
        file.fails("ACTIONS", "the page has actions", "/AA" in page)
        file.fails("UNIT", f"the unit is {page.get('/UserUnit')} points", "/UserUnit" in page)
        resources = entry(page, "/Resources")
        look_at_group(file, entry(page, "/Group"), resources)
        own = Painter(page.get_contents(), resources, measured=True)
        look_at_drawing(file, [own, *_notes(file, page)])
    file.fails("BOXES", "there are no pages", not len(file.reader.pages))
    if len(sizes) > 1:
        file.where = [*sizes.values()][1]
        shown = ", ".join(f"{to_mm(w):.1f} × {to_mm(h):.1f} mm" for w, h in sizes)
        file.fails("SIZE", f"sizes differ: {shown}")


def look_at_drawing(file: Inspected, first: list[Painter]) -> None:
    """What streams draw, with the patterns, letters and masks that they use, and those within."""
    walk, waiting, seen = Walk(file), list(first), dict[int, Any]()
    for painter in waiting:  # which grows as more are found
        if id(painter.stream) in seen:
            continue
        seen[id(painter.stream)] = painter.stream
        walk.measured = painter.measured
        walk.stream(painter.stream, State(painter.resources, painter.matrix))
        for used in walk.new:
            waiting += used.painters()
            look_at_resource(file, used)
        walk.new.clear()
    if any(used.kind == "/ExtGState" and piles(used.thing) for used in walk.used.values()):
        Layers(file).stream(first[0].stream, State(first[0].resources))


def _box(page: Any, key: str) -> Box | None:
    value = entry(page, key)
    if value is None or len(value) != 4:
        return None
    left, bottom, right, top = (float(v) for v in value)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _trim(page: Any) -> Box | None:
    return _box(page, "/TrimBox") or _box(page, "/ArtBox")


def _margins_pt(inner: Box, outer: Box) -> Box:
    """How far a box is from the sides of one around it; negative where it sticks out."""
    return inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]


def _boxes(file: Inspected, page: Any) -> None:
    trim, art = _box(page, "/TrimBox"), _box(page, "/ArtBox")
    media, inner = _box(page, "/MediaBox"), trim or art
    said = "neither a trim nor an art box" if trim is None else "a trim and an art box"
    file.fails("BOXES", said, (trim is None) == (art is None))
    file.fails("BOXES", "no media box", media is None)
    if media is None or inner is None:
        return
    if inner[2] - inner[0] < 1 or inner[3] - inner[1] < 1:
        return file.fails("BOXES", "the trim has no size")
    crop, bleed = _box(page, "/CropBox") or media, _box(page, "/BleedBox")
    around = bleed or media
    pairs = ((inner, around), (around, media), (crop, media), (bleed or inner, crop))
    if any(min(_margins_pt(*pair)) < -_NEAR_PT for pair in pairs):
        return file.fails("BOXES", "the boxes do not lie in each other")
    narrowest_mm = to_mm(min(_margins_pt(inner, bleed or inner)))
    said = f"{narrowest_mm:.1f} mm at the narrowest side"
    file.has("BLEED", said, narrowest_mm < LEAST_BLEED_MM - 0.01)


def _notes(file: Inspected, page: Any) -> Iterator[Painter]:
    """How notes look: a printer's marks are some too."""
    trim = _trim(page) or _box(page, "/MediaBox")
    bleed = _box(page, "/BleedBox") or trim
    for note in listed(entry(page, "/Annots")):
        kind, area = str(entry(note, "/Subtype") or "/?")[1:], _box(note, "/Rect")
        edge = trim if kind == "PrinterMark" else bleed
        lies = kind != "TrapNet" and (area is None or edge is None or _touch(area, edge))
        file.has("NOTES", f"a {kind} lies on the printed area", lies)
        yield from appearances(note)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
