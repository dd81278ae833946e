"""The foot of a workbook's page: between its two codes, around the page code."""

from __future__ import annotations

from deckgen.geometry import Rect, mm
from deckgen.layout.setting.lines import Type
from deckgen.layout.setting.page import Page, ascent_pt
from deckgen.layout.workbooks.corner_codes import (
    CODE_MM,
    INSET_MM,
    PAGE_CODE_MM,
    PAGE_CODE_QUIET_MM,
    QUIET_MM,
    page_code,
)
from deckgen.model.drawing import Element, Mark, Role, TextLine
from deckgen.model.text import Worded, as_text, ended

BESIDE_MM = INSET_MM + CODE_MM + QUIET_MM + 2.0  # from the paper's sides to words beside a code
_MIDDLE_MM = INSET_MM + CODE_MM / 2
_MOST_LINES = 3  # that a foot has room for
_GAP_PT = 10.0


def running_foot(
    page: Page, words: tuple[tuple[Worded, str], ...], folio: Worded, code: str, number: int
) -> Element:
    """Words below each other, each with its style; the page code, in digits too; the folio.

    The page code stands in the middle; if the last of the words don't fit on a line beside it, or
    all of them on three, as far aside as it can.
    """
    side, quiet, left = mm(PAGE_CODE_MM), mm(PAGE_CODE_QUIET_MM), mm(BESIDE_MM)
    whole, small, last = page.size.width_pt, page.type("small"), page.type("folio")
    shown = f"{code[:3]}-{code[3:]}"
    x = (whole - side) / 2
    room = x - quiet - _GAP_PT / 2 - left
    counts = _counts(page, words, room)
    aside = sum(counts) > _MOST_LINES or max(counts[-1:], default=1) > 1
    if aside:
        x = whole - left - page.setter.width_pt("000", last) - _GAP_PT - quiet - side
        room = x - quiet - _GAP_PT / 2 - left
        *others, (said, style) = words
        words = (*others, (ended(as_text(said), f" · {shown}"), style))
    lines = _column(page, words, left, room)
    base = lines[-1].y_pt if lines else mm(_MIDDLE_MM) - small.size_pt / 2
    marks: list[Mark] = [*lines]
    if not aside:
        marks.append(_line(page, shown, small, x + side + quiet + _GAP_PT / 2, base))
    if folio:
        marks.append(_line(page, folio, last, whole - left, base, ends=True))
    box = Rect(page.setter.mirror(x, side, 0, whole), mm(INSET_MM + CODE_MM) - side, side, side)
    marks.append(page_code(box, code, number))
    return Element(Role.ARTIFACT, tuple(marks), stamp=True)


def _counts(page: Page, words: tuple[tuple[Worded, str], ...], width: float) -> list[int]:
    """How many lines each of the words takes."""
    setter = page.setter
    return [setter.count(as_text(said), page.type(style), width) for said, style in words]


def _column(
    page: Page, words: tuple[tuple[Worded, str], ...], x: float, width: float
) -> list[TextLine]:
    """Words below each other, in the middle between the upper and lower edges of the codes.

    From four lines on they stand closer; more than that overlap, and a check says so.
    """
    setter, leading, counts = (
        page.setter,
        page.type("small").leading_pt,
        _counts(page, words, width),
    )
    left = setter.mirror(x, width, 0, page.size.width_pt)
    high = min(_MOST_LINES, sum(counts)) * leading
    y = mm(_MIDDLE_MM) + high / 2
    lines = list[TextLine]()
    for (said, style), count in zip(words, counts, strict=True):
        look = page.type(style)
        look = look.at(look.size_pt, high / sum(counts))
        base = y - ascent_pt(look)
        lines += setter.column(as_text(said), look, left, base, width, pinned=not setter.rtl)
        y -= count * look.leading_pt
    return lines


def _line(
    page: Page, said: Worded, look: Type, x: float, y: float, *, ends: bool = False
) -> TextLine:
    """A line that begins, or `ends`, at x; on the other side if words run from right to left."""
    if page.setter.rtl:
        return page.setter.line(said, look, page.size.width_pt - x, y, "left" if ends else "right")
    return page.setter.line(said, look, x, y, "right" if ends else "left")
