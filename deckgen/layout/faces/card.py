"""A theme's parts, in order, become the Drawing of a face."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from deckgen.design import theme
from deckgen.layout.faces import face_parts
from deckgen.layout.faces.back_heading import back_heading
from deckgen.layout.faces.face import Face
from deckgen.layout.faces.face_body import body, measure, words_over
from deckgen.layout.faces.face_mark import edition_line, qr_code
from deckgen.layout.faces.framed import picture
from deckgen.layout.faces.mirrored import mirrored
from deckgen.layout.faces.small_type import ONE_INK_PT, in_one_ink
from deckgen.model.drawing import Bookmark, Drawing, Element, Group, Role
from deckgen.model.text import plain, word
from deckgen.problem import Place, Problem, problem

# Which function draws which part: the one place that knows all of them.
_DRAW: Mapping[str, Callable[[Face, Any], tuple[Element, ...]]] = {
    "fill": face_parts.fill,
    "tiles": face_parts.tiles,
    "picture": picture,
    "heading": face_parts.heading,
    "back_heading": back_heading,
    "printed_as": face_parts.printed_as,
    "see_also": face_parts.see_also,
    "section": face_parts.section,
    "watermark": face_parts.watermark,
    "pips": face_parts.pips,
    "edition": edition_line,
    "review": edition_line,
    "qr": qr_code,
    "signpost": face_parts.signpost,
    "tab": face_parts.tab,
    "uses": face_parts.uses,
    "body": body,
}

_SIDES = {"front": word("{card} front"), "back": word("{card} back")}
_STAMPS = ("edition", "review", "qr")
# What is the same on all cards of a section: it is drawn once, and is one object on all of them.
_SHARED = ("fill", "watermark", "section", "signpost", "tab")


def draw_face(
    face: Face,
    side: str,
    groups: tuple[Group, ...],
    bookmarks: tuple[Bookmark, ...] = (),
) -> Drawing:
    """Draw the "front" or "back" of a card."""
    elements = [e for part in parts_of(face, side) for e in _drawn(face, part)]
    if side == "back":  # the front has read the mark aloud already
        elements = [replace(e, role=Role.ARTIFACT) if e.stamp else e for e in elements]
    return Drawing(
        name=f"{face.words.code}-{side}",
        label=plain(face.say(_SIDES[side], card=face.code)),
        size=face.size,
        bleed_pt=face.bleed_pt,
        elements=tuple(elements),
        groups=groups,
        bookmarks=bookmarks,
    )


def restamped(face: Face, drawing: Drawing) -> Drawing:
    """A side that was drawn already, with the mark that the face has now."""
    side = drawing.name.rpartition("-")[2]
    new = (e for part in parts_of(face, side) if part.part in _STAMPS for e in _drawn(face, part))
    elements = tuple(
        replace(next(new), role=old.role) if old.stamp else old for old in drawing.elements
    )
    return replace(drawing, elements=elements)


def _drawn(face: Face, part: theme.Part) -> tuple[Element, ...]:
    if part.part not in _SHARED:
        return _made(face, part)
    if id(part) not in face.shared:
        face.shared[id(part)] = _made(face, part)
    made: tuple[Element, ...] = face.shared[id(part)]
    return made


def _made(face: Face, part: theme.Part) -> tuple[Element, ...]:
    made = mirrored(face, part.part, _DRAW[part.part](face, part))
    small = face.design.sizing.smallest_pt <= ONE_INK_PT
    return in_one_ink(made, face.design.palettes) if small else made


def parts_of(face: Face, side: str) -> tuple[theme.Part, ...]:
    """The parts that the theme puts on a side; a QR code only if it is asked for."""
    parts = face.layout(side)
    codes = [part for part in parts if isinstance(part, theme.QrCode)]
    left_out = {kind for code in codes for kind in code.instead_of} if face.design.qr else {"qr"}
    return tuple(part for part in parts if part.part not in left_out)


def overfull(face: Face) -> list[tuple[str, int, int]]:
    """Sides whose words don't fit in the face's size class: (side, lines over, words over)."""
    found = []
    for side in ("front", "back"):
        for part in parts_of(face, side):
            if isinstance(part, theme.Body):
                fit = measure(face, part)
                if fit.lines_over:
                    found.append((side, fit.lines_over, words_over(face, part, fit)))
    return found


def fit_problems(face: Face, place: Place, *, fits: bool) -> list[Problem]:
    """Words that don't fit even in the smallest size class, and titles of too many lines.

    Where it is known that the words on all its kind `fit`, they are not measured again.
    """
    code = face.words.code
    also = ", or write what small cards say below “## In short”" if face.design.theme.short else ""
    found = [
        problem(
            "text-too-long",
            place,
            f"The {side} of {code} is {lines} line{'s' * (lines > 1)} too long.",
            f"Take out about {count} word{'s' * (count > 1)}{also}.",
        )
        for side, lines, count in ([] if fits else overfull(face))
    ]
    for part in parts_of(face, "front"):
        if isinstance(part, theme.Heading):
            lines = face_parts.heading_lines(face, part)
            if lines > part.max_lines:
                found.append(_title_too_long(code, lines, part.max_lines, place))
    return found


def _title_too_long(code: str, lines: int, allowed: int, place: Place) -> Problem:
    return problem(
        "text-too-long",
        place,
        f"The title on the front of {code} takes {lines} lines; there is room for {allowed}.",
        "Use a shorter title.",
    )
