"""The answers on one page: marks and handwriting, and what of them a person must look at."""

from __future__ import annotations

from io import BytesIO

from msgspec import Struct
from PIL import Image

from deckgen.geometry import Rect, to_mm
from deckgen.model.answers import Asked, Asks, How, Question, Said, Spot
from deckgen.paper.doubts import (
    ANOTHER_MARKED,
    BLACKENED,
    HANDWRITING,
    MAY_BE_HANDWRITING,
    MAY_BE_MARKED,
    NONE_MARKED,
    PALE,
    SEVERAL_MARKED,
    TICKED,
)
from deckgen.paper.handwriting import Field, shown, written
from deckgen.paper.marks import Box, Level, measure
from deckgen.paper.plane import Plane

_SIGN_MM = 6.0  # a list shows a sign at its right end
_SHOWN_MM = 5.0  # above and below a box
_BESIDE_MM = 15.0  # so far a “NO” that takes a mark back is seen


class Answers(Struct, frozen=True):
    """What a page says, the fields that it has, and how much ink is in each of its places."""

    said: tuple[Said, ...]
    fields: tuple[str, ...]
    prints: tuple[int, ...]


def answers_of(plane: Plane, book: Asked, page: int, high_mm: float, two_levels: bool) -> Answers:
    """Read one page of a workbook.

    A question without a mark is looked at by a person only where there is ink on the page: a page
    that nobody filled in is empty. In a picture of `two_levels` so are boxes to tick.
    """
    places = [(q, s) for q in book.questions for s in q.spots if s.page == page]
    marked = [(q, s) for q, s in places if _is_box(q, s)]
    boxes = [_box(s.rect, high_mm, is_round=q.asks is not Asks.TICK) for q, s in marked]
    measured = dict(zip(map(id, (s for _, s in marked)), measure(plane, boxes), strict=True))
    hands = {
        id(s): written(plane, _field(s.rect, high_mm, _SIGN_MM * (q.asks is Asks.OPTION)))
        for q, s in places
        if not _is_box(q, s)
    }
    touched = any(hand.crop for hand in hands.values())
    touched |= any(one.level is not Level.OFF for one in measured.values())
    said: list[Said] = []
    for question in dict.fromkeys(q for q, _ in places):
        spots = [s for q, s in places if q is question]
        levels = [(s.value, measured[id(s)].level) for s in spots if id(s) in measured]
        one = (
            _ticked(question, levels, touched and two_levels)
            if question.asks is Asks.TICK
            else (_chosen(question, levels, touched))
        )
        if one is not None:
            crop = _around(plane, spots, high_mm) if one.note else b""
            said.append(Said(one.field, one.value, How.READ, one.others, one.note, crop))
        pieces = [hands[id(s)] for s in spots if id(s) in hands and hands[id(s)].crop]
        if pieces:
            note = MAY_BE_HANDWRITING if all(p.is_doubtful for p in pieces) else HANDWRITING
            crop = _stacked([piece.crop for piece in pieces])
            said.append(Said(question.field, "", How.READ, note=note, crop=crop))
    prints = [n for _, s in places for n in (measured.get(id(s)) or hands[id(s)]).print]
    fields = tuple(dict.fromkeys(q.field for q, _ in places))
    return Answers(tuple(said), fields, tuple(prints))


def _is_box(question: Question, spot: Spot) -> bool:
    """Whether a mark is asked for, not words."""
    return question.asks is Asks.TICK or bool(spot.value)


def _ticked(question: Question, levels: list[tuple[str, Level]], pale: bool) -> Said | None:
    level = levels[0][1]
    if level is Level.OFF:
        return Said(question.field, "", note=PALE) if pale else None
    if level is Level.UNSURE:
        return Said(question.field, "", note=MAY_BE_MARKED)
    return Said(question.field, TICKED, note=BLACKENED if level is Level.FULL else "")


def _chosen(question: Question, levels: list[tuple[str, Level]], touched: bool) -> Said | None:
    """What is marked of options. One that is blackened is marked too, unless another is."""
    if not levels:
        return None
    on = [value for value, level in levels if level is Level.ON]
    full = [value for value, level in levels if level is Level.FULL]
    unsure = tuple(value for value, level in levels if level is Level.UNSURE)
    marked = on if len(on) == 1 else on + full
    rest = tuple(value for value in (*on, *full, *unsure) if value not in marked)
    if len(marked) == 1:
        return Said(question.field, marked[0], others=rest, note=ANOTHER_MARKED if rest else "")
    if marked:
        return Said(question.field, "", others=(*marked, *rest), note=SEVERAL_MARKED)
    if unsure:
        return Said(question.field, "", others=unsure, note=MAY_BE_MARKED)
    return Said(question.field, "", note=NONE_MARKED) if touched else None


def _box(rect: Rect, high_mm: float, *, is_round: bool) -> Box:
    side = min(rect.width_pt, rect.height_pt)
    left = rect.x_pt + (rect.width_pt - side) / 2
    top = rect.top_pt - (rect.height_pt - side) / 2
    return Box(to_mm(left), high_mm - to_mm(top), to_mm(side), is_round)


def _field(rect: Rect, high_mm: float, sign_mm: float) -> Field:
    left, bottom, right, top = map(to_mm, rect.corners)
    return Field(left, high_mm - top, right, high_mm - bottom, sign_mm)


def _around(plane: Plane, spots: list[Spot], high_mm: float) -> bytes:
    """The piece of the page with all boxes of a question, and what stands beside them."""
    fields = [_field(spot.rect, high_mm, 0) for spot in spots]
    return shown(
        plane,
        min(f.left for f in fields) - _BESIDE_MM,
        min(f.top for f in fields) - _SHOWN_MM,
        max(f.right for f in fields) + _BESIDE_MM,
        max(f.bottom for f in fields) + _SHOWN_MM,
    )


def _stacked(crops: list[bytes]) -> bytes:
    """Several pieces as one picture, below each other."""
    if len(crops) == 1:
        return crops[0]
    pictures = [Image.open(BytesIO(crop)).convert("L") for crop in crops]
    wide = max(p.width for p in pictures)
    whole = Image.new("L", (wide, sum(p.height + 6 for p in pictures)), 255)
    y = 0
    for picture in pictures:
        whole.paste(picture, (0, y))
        y += picture.height + 6
    out = BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()
