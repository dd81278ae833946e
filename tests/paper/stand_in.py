"""A made-up workbook of four pages, drawn in dots: boxes, circles, lines and words around them."""

from __future__ import annotations

from functools import cache

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from deckgen.geometry import Rect, Size, mm
from deckgen.model.answers import Asked, Asks, Identity, Option, Question, Spot
from tests.conftest import ROOT
from tests.paper.pens import DPI, in_dots

CODE = "481526"
A4 = Size(mm(210), mm(297))
_INK, _RULE, _TINT = 30, 150, 232
_FONT = ROOT / "fonts/AtkinsonHyperlegibleNext_400Regular.ttf"
_HALF_PT = 8.5  # half the side of a box to tick
_PITCH_PT = mm(9)


def asked(code: str = CODE, pages: int = 4, size: Size | None = None) -> Asked:
    """What the made-up workbook asks."""
    identity = Identity("Made up", "made-up", "1", "en", code=code, pages=pages)
    questions = (*_lines(), *_activity(2), *_checks(3), *_choices(4))
    return Asked(identity, "Made up", "Teams", questions, size)


def _box(x: float, y: float, wide: float, high: float) -> Rect:
    """A rectangle from millimetres, y down from the top of the page."""
    return Rect(mm(x), A4.height_pt - mm(y + high), mm(wide), mm(high))


def _round(x: float, y: float, radius_pt: float) -> Rect:
    return Rect(mm(x), A4.height_pt - mm(y), 0, 0).grown(radius_pt)


def _text(field: str, asks: Asks, page: int, rect: Rect, row: int = 0) -> Question:
    spots = (Spot(page, rect),)
    return Question(field, asks, f"{field}?", "Now", "First", row, digest=field, spots=spots)


def _lines() -> list[Question]:
    names = enumerate(("team", "manager", "start"))
    return [_text(f"cover.{n}", Asks.LINE, 1, _box(90, 100 + 14 * i, 80, 7.7)) for i, n in names]


def _activity(page: int) -> list[Question]:
    steps = ("not-yet", "talked", "trying", "often", "how-we-work")
    options = tuple(Option(s, s.replace("-", " ")) for s in steps)
    spots = tuple(Spot(page, _round(37 + 34 * i, 225, 13.5), s) for i, s in enumerate(steps))
    return [
        _text("first.now", Asks.LINES, page, _box(20, 60, 170, 38)),
        _text("first.change", Asks.LINES, page, _box(20, 130, 170, 38)),
        Question("first.today", Asks.OPTION, "Where?", options=options, digest="t", spots=spots),
    ]


def _checks(page: int) -> list[Question]:
    wide = (("action", 20, 72), ("who", 92, 30), ("when", 122, 30), ("status", 152, 38))
    table = [
        _text(f"first.actions.{row}.{name}", asks, page, _box(x, 42 + 18 * row, w, 18), row)
        for row in (1, 2, 3, 4)
        for name, x, w in wide
        for asks in [{"when": Asks.DAY, "status": Asks.OPTION}.get(name, Asks.LINES)]
    ]
    ticks = [
        Question(f"first.done.{i}", Asks.TICK, f"Done {i}", digest=f"d{i}", spots=(Spot(page, r),))
        for i in range(1, 5)
        for r in [_round(23, 150 + 9.5 * i, _HALF_PT)]
    ]
    return [*table, *ticks, _text("first.learned", Asks.LINES, page, _box(20, 205, 170, 45))]


def _choices(page: int) -> list[Question]:
    options = tuple(Option(s, s) for s in ("red", "green", "blue", "none"))
    spots = tuple(
        Spot(page, _round(23, 70 + 9.5 * i, _HALF_PT), o.value) for i, o in enumerate(options)
    )
    ticks = [
        Question(f"second.done.{i}", Asks.TICK, f"So {i}", digest=f"s{i}", spots=(Spot(page, r),))
        for i in range(1, 7)
        for r in [_round(23, 120 + 9.5 * i, _HALF_PT)]
    ]
    return [
        Question("second.colour", Asks.OPTION, "Which?", options=options, digest="c", spots=spots),
        *ticks,
        _text("second.notes", Asks.LINES, page, _box(20, 200, 170, 54)),
    ]


@cache
def _blank(book: Asked, number: int, team: str | None) -> Image.Image:
    wide, high = (round(side / 72 * DPI) for side in (A4.width_pt, A4.height_pt))
    page = Image.new("L", (wide, high), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(_FONT), 46)
    draw.text((in_dots(_box(28, 26, 1, 1), high)[0], 320), f"Page {number} of the book", _INK, font)
    for question in book.questions:
        for spot in question.spots:
            if spot.page == number:
                _spot(draw, question, spot, high, font)
    for corner in range(4):
        x, y = ((12, 188)[corner % 2], (12, 275)[corner // 2])
        _code(page, corner_text(book, corner, number), zxingcpp.BarcodeFormat.DataMatrix, x, y, 10)
    if team is not None:
        words = f"DG1 {book.identity.code} {number} {team}"
        _code(page, words.strip(), zxingcpp.BarcodeFormat.QRCode, 99, 273, 12)
    return page


def blank(book: Asked, number: int, team: str | None = "") -> Image.Image:
    """A page that nobody has written on, in grey; without a page code if the team is None."""
    return _blank(book, number, team).copy()


def corner_text(book: Asked, corner: int, number: int) -> str:
    code = book.identity.code
    half = code[:3] if corner in (0, 3) else code[3:]
    return f"{(corner * 250 + (number - 1) % 250) * 1000 + int(half):06d}"


def _code(
    page: Image.Image, words: str, kind: zxingcpp.BarcodeFormat, x: float, y: float, side: float
) -> None:
    made = zxingcpp.create_barcode(words, kind, **({"ec_level": "M"} if side > 10 else {}))
    dots = np.array(made.to_image(scale=1))
    rows, columns = np.where(dots < 128)
    dots = dots[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    left, top, size = (round(n / 25.4 * DPI) for n in (x, y, side))
    page.paste(255, (left - 12, top - 12, left + size + 12, top + size + 12))
    page.paste(Image.fromarray(dots).resize((size, size), Image.Resampling.NEAREST), (left, top))


def _spot(
    draw: ImageDraw.ImageDraw,
    question: Question,
    spot: Spot,
    high: int,
    font: ImageFont.FreeTypeFont,
) -> None:
    x0, y0, x1, y1 = box = in_dots(spot.rect, high)
    if question.asks is Asks.TICK:
        inner = x0 + 3, y0 + 3, x1 - 3, y1 - 3
        draw.rounded_rectangle(inner, 12, 255, _INK, 6)
        draw.text((x1 + 40, y0 + 10), f"{question.words} and what it says", _INK, font)
    elif spot.value:
        draw.ellipse((x0 + 3, y0 + 3, x1 - 3, y1 - 3), 255, _INK, 6)
        below = spot.rect.width_pt > 20
        at = (x0, y1 + 20) if below else (x1 + 40, y0 + 10)
        draw.text(at, spot.value, _INK, font)
    elif question.asks is Asks.LINE:
        draw.line((x0, y1 + 4, x1, y1 + 4), _RULE, 4)
        draw.text((x0 - 700, y0 + 20), question.words, _INK, font)
    else:
        draw.rounded_rectangle(box, 0 if question.row else 18, 255, _RULE, 4)
        if not question.row:
            draw.text((x0, y0 - 130), question.words, _INK, font)
            draw.text((x0, y0 - 66), "What do you say, and which of them is it?", _INK, font)
        if question.asks is Asks.OPTION:  # the sign of a list
            middle = (y0 + y1) / 2
            draw.line([(x1 - 70, middle), (x1 - 50, middle + 18), (x1 - 30, middle)], _INK, 5)
        y = y0 + _PITCH_PT / 72 * DPI
        while y < y1 - 12:
            for x in np.arange(x0 + 12, x1 - 12, 2.8 / 72 * DPI):
                draw.ellipse((x - 1.5, y - 1.5, x + 1.5, y + 1.5), fill=_RULE)
            y += _PITCH_PT / 72 * DPI
