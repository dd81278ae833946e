"""A page of paper being filled from the top down, and the pieces that pages share."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import chain

from deckgen.design.load import Design
from deckgen.geometry import Rect, Size, mm
from deckgen.layout.setting.lines import Setter, Type, type_of
from deckgen.layout.setting.shapes import circle, filled, ground, rectangle, rounded
from deckgen.model.drawing import (
    Bookmark,
    Drawing,
    Element,
    Field,
    FieldKind,
    Group,
    Mark,
    Role,
    Shape,
    TextLine,
)
from deckgen.model.text import Text, Worded, as_text
from deckgen.wording.say import spoken

BOX_RADIUS_PT = 4.0
PANEL_RADIUS_PT = 8.0
BORDER_PT = 0.9
PANEL_OUTSET_PT = 12.0
FOOT_ROOM_PT = 20.0
_FOOT_GAP_PT = 14.0
_TYPED_PT = 12.0
_DEPTH = 0.16  # of letters below the baseline, in sizes
COLUMN_GAP_PT = 24.0
POINT_GAP_PT = 5.0
Head = Callable[["Page"], None]


class Page:
    """A page under construction. `y` is where the next thing's top goes, in points.

    Nothing may reach below `floor`, where the footer begins: what asks for more room than is
    left (`need`) goes on to a further page, which `head` begins. Nothing of the page's own stands
    nearer than `clear_mm` to its upper and lower edge.
    """

    def __init__(
        self, design: Design, setter: Setter, head: Head | None = None, clear_mm: float = 0.0
    ) -> None:
        self.design, self.setter, self.head = design, setter, head
        self.look, self.say = design.paper, design.say
        self.size = Size(mm(self.look.page.width), mm(self.look.page.height))
        self.left = mm(self.look.margin)
        self.width = self.size.width_pt - 2 * self.left
        self.right = self.left + self.width
        self.floor = mm(self.look.footer) + self.grown(FOOT_ROOM_PT)
        if design.sizing.large_print:
            self.floor += self.type("small").leading_pt  # the foot takes two lines
        self.floor = max(self.floor, mm(clear_mm))
        self.top = self.size.height_pt - mm(max(self.look.top, clear_mm))
        self.full: list[tuple[Element, ...]] = []
        self._begin()

    def _begin(self) -> None:
        self.elements: list[Element] = []
        self.y = self.top
        if self.head:
            self.head(self)
        self.start = self.y

    @property
    def continued(self) -> bool:
        """True on the second page and those after it."""
        return bool(self.full)

    @property
    def room(self) -> float:
        """The height that is left, in points."""
        return self.y - self.floor

    def need(self, height_pt: float) -> None:
        """Go on to a further page unless there is room, or the page is still empty."""
        if self.room < height_pt - 0.01 and self.y < self.start:
            self.turn()

    def turn(self) -> None:
        """Begin a further page."""
        self.full.append(tuple(self.elements))
        self._begin()

    def grown(self, length_pt: float) -> float:
        """A length that goes with the size of the words: larger in large print."""
        return length_pt * self.design.sizing.page

    def colour(self, token: str) -> str:
        """A neutral colour."""
        return self.design.palettes.neutral[token].srgb

    def type(self, style: str) -> Type:
        """A style of the workbook template."""
        found = self.look.styles[style]
        known = self.design.palettes.neutral
        colour = known[found.colour].srgb if found.colour in known else "#000000"
        return type_of(found, colour)

    def add(self, *elements: Element) -> None:
        """Put elements next in reading order."""
        self.elements += elements

    def decorate(self, *marks: Mark) -> None:
        """Draw something that isn't read aloud."""
        self.add(Element(Role.ARTIFACT, marks))

    def drop(self, height_pt: float) -> None:
        """Leave room."""
        self.y -= height_pt

    def text(
        self,
        text: Worded,
        style: str,
        role: Role = Role.P,
        *,
        x: float | None = None,
        width: float | None = None,
    ) -> None:
        """Set a paragraph or heading and move below it."""
        look = self.type(style)
        pinned = x is not None and width is None  # it stands beside something
        x = self.left if x is None else x
        width = self.width if width is None else width
        runs = as_text(text)
        self.need(self.setter.count(runs, look, width) * look.leading_pt)
        lines = self.setter.column(runs, look, x, self.y - ascent_pt(look), width, pinned=pinned)
        self.add(Element(role, lines))
        self.y -= len(lines) * look.leading_pt

    def measure(self, width_pt: float) -> float:
        """The width of a text that keeps its words a line: larger words may fill the page."""
        return min(self.width, self.grown(width_pt))

    def columns(self, least_ems: float) -> int:
        """Two, if each is that wide in ems of body type; else one."""
        half = (self.width - COLUMN_GAP_PT) / 2
        return 2 if half >= least_ems * self.type("body").size_pt else 1

    def height_of(self, text: Worded, style: str, width: float | None = None) -> float:
        """The height that `text` will take."""
        look = self.type(style)
        runs = as_text(text)
        return self.setter.count(runs, look, width or self.width) * look.leading_pt

    def panel(self, height_pt: float, token: str) -> Rect:
        """A tinted ground behind what follows, from the present height down."""
        x, width = self.left - PANEL_OUTSET_PT, self.width + 2 * PANEL_OUTSET_PT
        box = Rect(x, self.y - height_pt, width, height_pt)
        path, edge = rounded(box, PANEL_RADIUS_PT), self.colour("teal_mid")
        self.decorate(ground(path, self.colour(token), edge, outline=self.design.ink_saver))
        return box

    def points(self, points: tuple[Text, ...], *, gap_pt: float = POINT_GAP_PT) -> None:
        """A bulleted list in body type."""
        look, indent = self.type("body"), self.grown(16)
        mirror, column = self.setter.mirror, (self.left, self.width)
        left = mirror(self.left + indent, self.width - indent, *column)
        items: list[Element] = []
        for text in points:
            height = self.setter.count(text, look, self.width - indent) * look.leading_pt
            if height > self.room + 0.01 and self.y < self.start:
                if items:
                    self.add(Element(Role.LIST, tuple(items)))
                items = []
                self.turn()
            y = self.y - ascent_pt(look)
            lines = self.setter.column(text, look, left, y, self.width - indent)
            at = mirror(self.left + 4, 0, *column), y + look.size_pt * 0.31
            dot = filled(circle(*at, self.grown(2.8)), self.colour("teal_mid"))
            label = Element(Role.LABEL, (Element(Role.ARTIFACT, (dot,)),))
            items.append(Element(Role.ITEM, (label, Element(Role.BODY, lines))))
            self.y -= height + gap_pt
        if items:
            self.add(Element(Role.LIST, tuple(items)))

    def box(self, rect: Rect) -> None:
        """The visible border of a field."""
        path, colour = rounded(rect, BOX_RADIUS_PT), self.colour("rule")
        self.decorate(Shape(path, stroke=colour, width_pt=BORDER_PT))

    def paper(self, rect: Rect) -> None:
        """White ground for a field on a panel."""
        self.decorate(filled(rounded(rect, BOX_RADIUS_PT), self.colour("white")))

    def writing_box(self, name: str, tooltip: Worded, height_pt: float) -> None:
        """A bordered box with writing lines that vanish when someone types."""
        rect = Rect(self.left, self.y - height_pt, self.width, height_pt)
        self.box(rect)
        pitch = mm(self.look.writing_pitch)
        inside = Rect(rect.x_pt + 4, rect.y_pt + 2, rect.width_pt - 8, rect.height_pt - 4)
        tip, language = spoken(tooltip)
        field = self.lines_field(name, tip, inside, pitch)
        self.add(Element(Role.FORM, (field,), language=language))
        self.y -= height_pt

    def lines_field(self, name: str, tooltip: str, rect: Rect, pitch_pt: float) -> Field:
        """A field for several lines; in large print its letters never shrink."""
        shrinks = not self.design.sizing.large_print
        return Field(FieldKind.LINES, name, tooltip, rect, self.typed_pt, pitch_pt, shrinks=shrinks)

    @property
    def typed_pt(self) -> float:
        """The size of typed answers, to begin with."""
        return self.type("body").size_pt if self.design.sizing.large_print else _TYPED_PT

    def label_width(self, label: Worded) -> float:
        """From the start of a label to that of its line."""
        return self.setter.width_pt(label, self.type("label")) + self.grown(12)

    def line_field(
        self, label: Worded, name: str, tip: Worded, x: float, width: float, label_width: float = 0
    ) -> None:
        """A label with a line to write on; stays at the present height."""
        label_width = label_width or self.label_width(label)
        look = self.type("label")
        base = self.y - ascent_pt(look)
        below = self.grown(6.5)
        rule = Rect(x + label_width, base - below, width - label_width, BORDER_PT)
        self.add(Element(Role.P, (self.setter.line(label, look, x, base),)))
        self.decorate(filled(rectangle(rule), self.colour("rule")))
        rect = Rect(rule.x_pt, rule.y_pt + 1, rule.width_pt, self.grown(22))
        tooltip, language = spoken(tip)
        field = Field(FieldKind.LINE, name, tooltip, rect, look.size_pt)
        self.add(Element(Role.FORM, (field,), language=language))

    def footers(self, left: Worded, middle: Worded, folios: Sequence[Worded]) -> None:
        """Running feet, one a page: decoration, so that they are not read on every page."""
        feet = (Element(Role.ARTIFACT, self._foot(left, middle, f), stamp=True) for f in folios)
        pages = [(*page, foot) for page, foot in zip(self._pages(), feet, strict=True)]
        self.full, self.elements = pages[:-1], list(pages[-1])

    def lowest(self) -> list[float]:
        """How far down each page is used, by words and by fields."""
        marks = [chain.from_iterable(e.marks() for e in page) for page in self._pages()]
        return [min(map(_bottom, page), default=math.inf) for page in marks]

    def _foot(self, left: Worded, middle: Worded, folio: Worded) -> tuple[Mark, ...]:
        """On one line if that leaves gaps, else on two, which large print has room for."""
        y, small = mm(self.look.footer), self.type("small")
        line, width, large = self.setter.line, self.setter.width_pt, self.design.sizing.large_print
        gap = self.grown(_FOOT_GAP_PT)
        end = self.right - width(folio, self.type("folio")) - gap
        after = self.left + width(left, small) + gap
        wide = width(middle, small)
        start = min((self.size.width_pt - wide) / 2, end - wide)
        if (start >= after and not large) if middle else after <= end + gap:
            upper = lower = y
        else:
            upper = y + small.leading_pt / (1 if large else 2)
            lower, start = upper - small.leading_pt, self.left
        last = line(folio, self.type("folio"), self.right, lower, "right")
        marks = (line(left, small, self.left, upper), last)
        return (*marks, line(middle, small, start, lower)) if middle else marks

    def _pages(self) -> list[tuple[Element, ...]]:
        return [*self.full, tuple(self.elements)]

    def drawings(
        self,
        name: str,
        labels: Sequence[str],
        groups: tuple[Group, ...],
        bookmarks: tuple[Bookmark, ...] = (),
    ) -> tuple[Drawing, ...]:
        """The finished pages; the first has the plain name and the bookmarks."""
        return tuple(
            Drawing(
                f"{name}-{i + 1}" if i else name,
                label,
                self.size,
                0.0,
                elements,
                groups,
                () if i else bookmarks,
            )
            for i, (label, elements) in enumerate(zip(labels, self._pages(), strict=True))
        )


def _bottom(mark: Mark) -> float:
    if isinstance(mark, TextLine):
        return mark.y_pt - _DEPTH * mark.size_pt
    return mark.rect.y_pt if isinstance(mark, Field) else math.inf


def ascent_pt(look: Type) -> float:
    """From the top of a line to its baseline: the leading's spare room is split in two."""
    return (look.leading_pt - look.size_pt) / 2 + look.size_pt * 0.79
