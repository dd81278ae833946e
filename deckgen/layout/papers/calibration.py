"""The page that shows how a printer places backs behind fronts.

Lines of the front stand 2 mm apart, those of the back 1.9 mm. Against the light one pair makes
one straight line: its number is how far the back is off, in tenths of a millimetre (a vernier).
"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.design.load import Design
from deckgen.geometry import Matrix, Rect, Size, mm
from deckgen.layout.setting.lines import Setter, bold_first
from deckgen.layout.setting.page import Page
from deckgen.layout.setting.shapes import figure, line, rectangle, stroked
from deckgen.model.drawing import Drawing, Element, Group, Mark, Role, Segment, Shape
from deckgen.model.text import plain, word

LINES = 15  # to each side of the middle: 1.5 mm can be read
_FRONT_MM, _BACK_MM, _TICK_MM = 2.0, 1.9, 6.0
_HAIR_PT = 0.5
_INK = "#000000"
_NAMES = (word("Top"), word("Bottom"), word("Side"))
_EDGES_MM = (2, 3, 4, 5, 6, 7, 8)  # how far from the paper's edge lines are tried

Point = tuple[float, float]


def lay_out_calibration(
    design: Design, stations: tuple[Point, Point, Point], mirror: Matrix
) -> tuple[Drawing, ...]:
    """Front and back of one sheet. `stations` in millimetres from the lower left of the front;
    `mirror` brings a point of the front to where the back has it.
    """
    size = Size(mm(design.stock.sheet.width), mm(design.stock.sheet.height))
    setter = Setter(design.book)
    return (
        _front(Page(design, setter), size, stations),
        _back(Page(design, setter), size, stations, mirror),
    )


def _front(page: Page, size: Size, stations: tuple[Point, Point, Point]) -> Drawing:
    elements: list[Element] = []
    for name, (x, y) in zip(_NAMES, stations, strict=True):
        elements += _station(page, name, mm(x), mm(y))
    elements.append(_edge_scales(page, size))
    left = _left(size, mm(stations[0][0]))
    page.y = size.height_pt / 2 + 104
    page.text(page.say("Where do the backs lie?"), "h2", Role.H1, x=left, width=_WIDTH_PT)
    page.drop(6)
    _steps(page, left)
    elements += page.elements
    return _drawing(page, "front", word("Front"), size, elements)


_WIDTH_PT = 400.0
_BESIDE_PT = mm(44)


def _left(size: Size, scales_at: float) -> float:
    """Words stand in the middle, or right of the scales if those are not."""
    middle = (size.width_pt - _WIDTH_PT) / 2
    return middle if abs(scales_at - size.width_pt / 2) < 1 else scales_at + _BESIDE_PT


_STEPS = (
    (word("Print"), word("this page on both sides, at actual size, as you print cards.")),
    (
        word("Hold it"),
        word("to the light with this side towards you. Lines from the back shine through."),
    ),
    (
        word("Read"),
        word(
            "each of the five scales: where does a line from the back meet one of the front in one "
            "straight line? That number is the reading, in millimetres."
        ),
    ),
    (
        word("Look"),
        word(
            "at the stairs on the four edges. What is the smallest number whose step is there on "
            "all four? Your printer reaches no further."
        ),
    ),
    (word("Type"), word("the six numbers: deckgen calibrate --printer NAME asks for them.")),
)


def _steps(page: Page, left: float) -> None:
    items = []
    look = page.type("body")
    for number, (title, text) in enumerate(_STEPS, start=1):
        label = Element(
            Role.LABEL, (page.setter.line(f"{number}.", page.type("strong"), left, page.y - 13),)
        )
        runs = bold_first(page.say(title), page.say(text))
        lines = page.setter.column(runs, look, left + 22, page.y - 13, _WIDTH_PT - 22)
        items.append(Element(Role.ITEM, (label, Element(Role.BODY, lines))))
        page.y -= len(lines) * look.leading_pt + 5
    page.add(Element(Role.LIST, tuple(items)))


def _station(page: Page, name: str, x: float, y: float) -> list[Element]:
    """A scale from left to right and one from bottom to top, with numbers; no upright one at
    the side.
    """
    marks: list[Mark] = []
    say, shown, bold = page.say, page.say(name), page.type("strong")
    small = page.type("small").at(10.0, 12.0)
    tick = mm(_TICK_MM)
    for i in range(-LINES, LINES + 1):
        off = mm(i * _FRONT_MM)
        length = tick * (1.3 if i % 5 == 0 else 1.0)
        marks.append(_hair(x + off, y, x + off, y + length))
        if name != _NAMES[2]:
            marks.append(_hair(x - mm(45), y + off, x - mm(45) - length, y + off))
        if i % 5 == 0:
            said = f"{i / 10:+.1f}" if i else "0"
            marks.append(page.setter.line(said, small, x + off, y + length + 3, "middle"))
            at = x - mm(45) - length - 4
            if name != _NAMES[2]:
                marks.append(page.setter.line(said, small, at, y + off - 3.4, "right"))
    if name == _NAMES[2]:
        alt = say("Side: a scale from minus 1.5 to plus 1.5, across.")
        across = page.setter.line(shown, bold, x, y - mm(11), "middle")
        return [Element(Role.P, (across,)), figure(marks, alt)]
    key = word("{name}: two scales from minus 1.5 to plus 1.5, one across and one upright.")
    alt = say(key, name=shown)
    across = page.setter.line(say("{name}, across", name=shown), bold, x + mm(35), y + 4)
    upright = say("{name}, upright", name=shown)
    beside = page.setter.line(upright, bold, x - mm(45) + 8, y + mm(22))
    return [Element(Role.P, (across,)), Element(Role.P, (beside,)), figure(marks, alt)]


def _edge_scales(page: Page, size: Size) -> Element:
    """Stairs on all four edges: each step as far from the paper's edge as its number says."""
    small = page.type("small").at(10.0, 12.0)
    marks: list[Mark] = []
    step = mm(7)
    for i, off_mm in enumerate(_EDGES_MM):
        off, along = mm(off_mm), (i - len(_EDGES_MM) / 2) * step
        said = f"{off_mm}"
        for y, numbers in ((off, mm(10.5)), (size.height_pt - off, size.height_pt - mm(13))):
            x = size.width_pt / 2 + along
            marks.append(_hair(x, y, x + step, y))
            marks.append(page.setter.line(said, small, x + step / 2, numbers, "middle"))
        for x, numbers in ((off, mm(11.5)), (size.width_pt - off, size.width_pt - mm(11.5))):
            y = size.height_pt / 2 + along
            marks.append(_hair(x, y, x, y + step))
            marks.append(page.setter.line(said, small, numbers, y + step / 2 - 3.4, "middle"))
    alt = page.say("Stairs on the four edges: steps that are 2 to 8 mm from the edge of the paper.")
    return figure(marks, alt)


def _back(page: Page, size: Size, stations: tuple[Point, Point, Point], mirror: Matrix) -> Drawing:
    shapes: list[Mark] = []
    tick = mm(_TICK_MM)
    for name, (x_mm, y_mm) in zip(_NAMES, stations, strict=True):
        x, y = mm(x_mm), mm(y_mm)
        for i in range(-LINES, LINES + 1):
            off = mm(i * _BACK_MM)
            left = x - mm(45)
            ends = ((x + off, y, x + off, y - tick), (left, y + off, left + tick, y + off))
            for x0, y0, x1, y1 in ends[: 1 if name == _NAMES[2] else 2]:
                shapes.append(_hair(*mirror.apply(x0, y0), *mirror.apply(x1, y1)))
    frame = rectangle(Rect(mm(12), mm(12), size.width_pt - mm(24), size.height_pt - mm(24)))
    shapes.append(stroked(frame, page.colour("hair"), 0.7))
    note = page.say(
        "This is the back of the calibration page. Turn it over and hold it to the light."
    )
    look = page.type("body")
    middle = page.setter.line(note, look, size.width_pt / 2, size.height_pt / 2, "middle")
    elements = (Element(Role.P, (middle,)), Element(Role.ARTIFACT, tuple(shapes)))
    return _drawing(page, "back", word("Back"), size, elements)


def _drawing(page: Page, side: str, label: str, size: Size, elements: Sequence[Element]) -> Drawing:
    named = (Group("calibration", plain(page.say("Calibration page"))),)
    label = plain(page.say(label))
    return Drawing(f"calibration-{side}", label, size, 0.0, tuple(elements), named)


def _hair(x0: float, y0: float, x1: float, y1: float) -> Shape:
    path: tuple[Segment, ...] = line(x0, y0, x1, y1)
    return Shape(path, stroke=_INK, width_pt=_HAIR_PT)
