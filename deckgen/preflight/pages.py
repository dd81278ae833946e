"""Requirements on pages: their boxes, notes on them, and what they and their notes draw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

from deckgen.geometry import to_mm
from deckgen.preflight.document import found, looked
from deckgen.preflight.drawing import drawing_findings
from deckgen.preflight.reach import Budget, Painter, appearances
from deckgen.preflight.resources import group_findings
from deckgen.preflight.rules import LEAST_BLEED_MM, Finding
from deckgen.readback.parsed import entry, resolved

Box = tuple[float, float, float, float]
_NEAR_PT = 0.02


def page_findings(reader: PdfReader, standard: str) -> Iterator[Finding]:
    """Everything about pages, in their order."""
    sizes: dict[tuple[float, float], int] = {}
    budget = Budget()
    for number, page in enumerate(reader.pages, start=1):
        where = f"page {number}"
        yield from _boxes(page, where)
        trim = _box(page, "/TrimBox") or _box(page, "/ArtBox")
        if trim and trim[2] > trim[0] and trim[3] > trim[1]:
            size = round(trim[2] - trim[0], 1), round(trim[3] - trim[1], 1)
            sizes.setdefault(size, number)
            yield from looked("SIZE")
        yield from _notes(page, where)
        if "/AA" in page:
            yield found("ACTIONS", where, "the page has actions")
        if "/UserUnit" in page:
            yield found("UNIT", where, f"the unit is {page['/UserUnit']} points")
        yield from dict.fromkeys(_drawn(reader, page, where, standard, budget))
    if not len(reader.pages):
        yield found("BOXES", "the file", "there are no pages")
    if len(sizes) > 1:
        shown = ", ".join(f"{to_mm(w):.1f} × {to_mm(h):.1f} mm" for w, h in sizes)
        yield found("SIZE", f"page {list(sizes.values())[1]}", f"sizes differ: {shown}")


def _drawn(
    reader: PdfReader, page: Any, where: str, standard: str, budget: Budget
) -> Iterator[Finding]:
    """What the page draws, and what its notes do: a printer's marks are notes too."""
    resources = entry(page, "/Resources")
    yield from group_findings(entry(page, "/Group"), where, standard, resources)
    streams = [Painter(page.get_contents(), resources, measured=True)]
    for note in map(resolved, entry(page, "/Annots") or ()):
        yield from looked("NOTES")
        streams += appearances(note)
    yield from drawing_findings(reader, streams, where, standard, budget)


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
    crop = _box(page, "/CropBox") or media
    if inner[2] - inner[0] < 1 or inner[3] - inner[1] < 1:
        yield found("BOXES", where, "the trim has no size")
        return
    nested = _inside(inner, bleed or media) and _inside(bleed or media, media)
    if not nested or not _inside(crop, media) or not _inside(bleed or inner, crop):
        yield found("BOXES", where, "the boxes do not lie in each other")
        return
    outer = bleed or inner
    sides = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    narrow = to_mm(min(sides)) < LEAST_BLEED_MM - 0.01
    said = f"{to_mm(min(sides)):.1f} mm at the narrowest side"
    yield found("BLEED", where, said if narrow else "")


def _notes(page: Any, where: str) -> Iterator[Finding]:
    trim = _box(page, "/TrimBox") or _box(page, "/ArtBox") or _box(page, "/MediaBox")
    bleed = _box(page, "/BleedBox") or trim
    for reference in entry(page, "/Annots") or ():
        note = resolved(reference)
        kind = str(entry(note, "/Subtype") or "/?")[1:]
        if kind == "TrapNet":
            continue
        edge = trim if kind == "PrinterMark" else bleed
        area = _box(note, "/Rect")
        if area is None or edge is None or _touch(area, edge):
            yield found("NOTES", where, f"a {kind} lies on the printed area")


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
