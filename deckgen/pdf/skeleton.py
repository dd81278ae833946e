"""What a file has of a Drawing besides its content stream, as a digest.

Two Drawings with the same skeleton make the same file but for that one stream: the same tags,
bookmarks, labels and fonts. `deckgen.pdf.patch` relies on it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from deckgen.model.drawing import Clip, Drawing, Element, Role, Shape, TextLine
from deckgen.pdf.coding import ALWAYS, Coding
from deckgen.pdf.paint import Node, Painted

Box = tuple[float, float, float, float]


def skeleton_of(drawing: Drawing, painted: Painted, coding: Coding) -> str:
    """The digest."""
    fonts = _fonts(painted, coding)
    said = (replace(drawing, elements=()), [_bones(node) for node in painted.nodes], fonts)
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _bones(node: Node) -> tuple[Any, ...]:
    """All of a node that `deckgen.pdf.tags` writes."""
    element = node.element
    kids = [_bones(kid) if isinstance(kid, Node) else kid for kid in node.kids]
    label = first_label(element) if element.role is Role.LIST else ""
    box = extent(element) if element.role is Role.FIGURE else ()
    return str(element.role), replace(element, kids=()), label, box, kids


def _fonts(painted: Painted, coding: Coding) -> list[Any]:
    """Which code pages of which faces are used, and their letters that not every file has."""
    found: set[tuple[str, ...]] = set()
    for role, letter in painted.letters:
        face = coding.faces[role]
        page = face.codes.get(letter, (0, 32))[0]
        found.add((role, str(page)))
        if page or letter not in ALWAYS:
            found.add((face.face.file, str(page), letter))
    return sorted(found)


def first_label(element: Element) -> str:
    """The text of a list's first label; "•" if the label is drawn, "" if there is none."""
    for kid in element.kids:
        if not isinstance(kid, Element):
            continue
        if kid.role is Role.LABEL:
            lines = (m for m in kid.marks() if isinstance(m, TextLine))
            return "".join(r.text for line in lines for r in line.runs).strip() or "•"
        if label := first_label(kid):
            return label
    return ""


def extent(element: Element) -> Box:
    """The smallest box round an element's shapes and clips; text counts by its left end."""
    xs: list[float] = []
    ys: list[float] = []
    for mark in element.marks():
        if isinstance(mark, Shape):
            for segment in mark.path:
                values = [v for v in segment[1:] if not isinstance(v, str)]
                xs += values[0::2]
                ys += values[1::2]
        elif isinstance(mark, Clip):
            xs += mark.rect.corners[0::2]
            ys += mark.rect.corners[1::2]
        elif isinstance(mark, TextLine):
            xs.append(mark.x_pt)
            ys += (mark.y_pt, mark.y_pt + mark.size_pt)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)
