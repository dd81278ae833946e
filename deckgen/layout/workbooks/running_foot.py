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
    """Words below each other, each with its style; the page code, in letters too; the folio.

    The page code stands in the middle, or if the words take more than three lines beside it, as
    far aside as it can. What is longer still runs off the page, where a check finds it.
    """
    side, quiet, left = mm(PAGE_CODE_MM), mm(PAGE_CODE_QUIET_MM), mm(BESIDE_MM)
    whole = page.size.width_pt
    shown = f"{code[:3]}-{code[3:]}"
    small, last = page.type("small"), page.type("folio")
    x = (whole - side) / 2
    lines = _column(page, words, left, x - quiet - _GAP_PT / 2 - left)
    aside = len(lines) > _MOST_LINES
    if aside:
        x = whole - left - page.setter.width_pt("000", last) - _GAP_PT - quiet - side
        *others, (said, style) = words
        words = (*others, (ended(as_text(said), f" · {shown}"), style))
        lines = _column(page, words, left, x - quiet - _GAP_PT / 2 - left)
    base = lines[-1].y_pt if lines else mm(_MIDDLE_MM) - small.size_pt / 2
    marks: list[Mark] = [*lines]
    if not aside:
        marks.append(_line(page, shown, small, x + side + quiet + _GAP_PT / 2, base))
    if folio:
        marks.append(_line(page, folio, last, whole - left, base, ends=True))
    box = Rect(page.setter.mirror(x, side, 0, whole), mm(INSET_MM + CODE_MM) - side, side, side)
    marks.append(page_code(box, code, number))
    return Element(Role.ARTIFACT, tuple(marks), stamp=True)


def _column(
    page: Page, words: tuple[tuple[Worded, str], ...], x: float, width: float
) -> list[TextLine]:
    """Words below each other, in the middle between the upper and lower edges of the codes."""
    setter, leading = page.setter, page.type("small").leading_pt
    counts = [setter.count(as_text(said), page.type(style), width) for said, style in words]
    left = setter.mirror(x, width, 0, page.size.width_pt)
    y = mm(_MIDDLE_MM) + min(_MOST_LINES, sum(counts)) * leading / 2
    lines = list[TextLine]()
    for (said, style), count in zip(words, counts, strict=True):
        look = page.type(style)
        look = look.at(look.size_pt, leading)
        base = y - ascent_pt(look)
        lines += setter.column(as_text(said), look, left, base, width, pinned=not setter.rtl)
        y -= count * leading
    return lines


def _line(
    page: Page, said: Worded, look: Type, x: float, y: float, *, ends: bool = False
) -> TextLine:
    """A line that begins, or `ends`, at x; on the other side if words run from right to left."""
    if page.setter.rtl:
        return page.setter.line(said, look, page.size.width_pt - x, y, "left" if ends else "right")
    return page.setter.line(said, look, x, y, "right" if ends else "left")
