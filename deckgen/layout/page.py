"""A page of paper being filled from the top down, and the pieces that pages share."""

from __future__ import annotations

from deckgen.design.load import Design
from deckgen.geometry import Rect, Size, mm
from deckgen.layout.lines import Setter, Type, type_of
from deckgen.layout.shapes import circle, filled, pie, rectangle, rounded
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
)
from deckgen.model.text import Text, words
from deckgen.model.workbook import Step

BOX_RADIUS_PT = 4.0
PANEL_RADIUS_PT = 8.0
BORDER_PT = 0.9
PANEL_OUTSET_PT = 12.0
FOOT_ROOM_PT = 20.0


class Page:
    """A page under construction. `y` is where the next thing's top goes, in points.

    Nothing may reach below `floor`, where the footer begins.
    """

    def __init__(self, design: Design, setter: Setter) -> None:
        self.design, self.setter = design, setter
        self.look = design.paper
        self.size = Size(mm(self.look.page.width), mm(self.look.page.height))
        self.left = mm(self.look.margin)
        self.width = self.size.width_pt - 2 * self.left
        self.right = self.left + self.width
        self.y = self.size.height_pt - mm(self.look.top)
        self.floor = mm(self.look.footer) + FOOT_ROOM_PT
        self.elements: list[Element] = []

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
        text: Text | str,
        style: str,
        role: Role = Role.P,
        *,
        x: float | None = None,
        width: float | None = None,
    ) -> None:
        """Set a paragraph or heading and move below it."""
        look = self.type(style)
        x = self.left if x is None else x
        width = self.width if width is None else width
        runs = words(text) if isinstance(text, str) else text
        lines = self.setter.column(runs, look, x, self.y - ascent_pt(look), width)
        self.add(Element(role, lines))
        self.y -= len(lines) * look.leading_pt

    def height_of(self, text: Text | str, style: str, width: float | None = None) -> float:
        """The height that `text` will take."""
        look = self.type(style)
        runs = words(text) if isinstance(text, str) else text
        return self.setter.count(runs, look, width or self.width) * look.leading_pt

    def panel(self, height_pt: float, token: str) -> Rect:
        """A tinted ground behind what follows, from the present height down."""
        box = Rect(
            self.left - PANEL_OUTSET_PT,
            self.y - height_pt,
            self.width + 2 * PANEL_OUTSET_PT,
            height_pt,
        )
        path = rounded(box, PANEL_RADIUS_PT)
        if self.design.ink_saver:
            self.decorate(Shape(path, stroke=self.colour("teal_mid"), width_pt=1.2))
        else:
            self.decorate(filled(path, self.colour(token)))
        return box

    def points(self, points: tuple[Text, ...], *, gap_pt: float = 5.0) -> None:
        """A bulleted list in body type."""
        look, items = self.type("body"), []
        for text in points:
            y = self.y - ascent_pt(look)
            lines = self.setter.column(text, look, self.left + 16, y, self.width - 16)
            dot = filled(
                circle(self.left + 4, y + look.size_pt * 0.31, 2.8), self.colour("teal_mid")
            )
            label = Element(Role.LABEL, (Element(Role.ARTIFACT, (dot,)),))
            items.append(Element(Role.ITEM, (label, Element(Role.BODY, lines))))
            self.y -= len(lines) * look.leading_pt + gap_pt
        self.add(Element(Role.LIST, tuple(items)))

    def box(self, rect: Rect) -> None:
        """The visible border of a field."""
        path = rounded(rect, BOX_RADIUS_PT)
        border = Shape(path, stroke=self.colour("rule"), width_pt=BORDER_PT)
        self.decorate(border)

    def writing_box(self, name: str, tooltip: str, height_pt: float) -> None:
        """A bordered box with writing lines that vanish when someone types."""
        rect = Rect(self.left, self.y - height_pt, self.width, height_pt)
        self.box(rect)
        pitch = mm(self.look.writing_pitch)
        inside = Rect(rect.x_pt + 4, rect.y_pt + 2, rect.width_pt - 8, rect.height_pt - 4)
        field = Field(FieldKind.LINES, name, tooltip, inside, pitch_pt=pitch)
        self.add(Element(Role.FORM, (field,)))
        self.y -= height_pt

    def line_field(
        self, label: str, name: str, tooltip: str, x: float, width: float, label_width: float
    ) -> None:
        """A label with a line to write on; stays at the present height."""
        look = self.type("label")
        base = self.y - ascent_pt(look)
        rule = Rect(x + label_width, base - 6.5, width - label_width, BORDER_PT)
        self.add(Element(Role.P, (self.setter.line(label, look, x, base),)))
        self.decorate(filled(rectangle(rule), self.colour("rule")))
        rect = Rect(rule.x_pt, rule.y_pt + 1, rule.width_pt, 22)
        self.add(Element(Role.FORM, (Field(FieldKind.LINE, name, tooltip, rect),)))

    def footer(self, left: str, middle: str, folio: str) -> None:
        """Running foot: decoration, so that it is not read on every page."""
        y, small = mm(self.look.footer), self.type("small")
        self.decorate(
            self.setter.line(left, small, self.left, y),
            self.setter.line(middle, small, self.size.width_pt / 2, y, "middle"),
            self.setter.line(folio, self.type("folio"), self.right, y, "right"),
        )

    def drawing(
        self,
        name: str,
        label: str,
        groups: tuple[Group, ...],
        bookmarks: tuple[Bookmark, ...] = (),
    ) -> Drawing:
        """The finished page."""
        return Drawing(name, label, self.size, 0.0, tuple(self.elements), groups, bookmarks)


def numbered_steps(page: Page, steps: tuple[Step, ...]) -> None:
    """Numbered steps in two columns, read across."""
    column = (page.width - 24) / 2
    head, number = page.type("h3"), page.type("step_number")
    items, top = [], page.y
    for start in range(0, len(steps), 2):
        heights = []
        for i, step in enumerate(steps[start : start + 2]):
            x = page.left + i * (column + 24)
            disc = filled(circle(x + 15, top - 15, 15), page.colour("teal"))
            label = Element(
                Role.LABEL,
                (
                    Element(Role.ARTIFACT, (disc,)),
                    page.setter.line(str(start + i + 1), number, x + 15, top - 20.6, "middle"),
                ),
            )
            title = page.setter.line(step.title + " ", head, x + 42, top - 20)
            look = page.type("body")
            lines = page.setter.column(step.text, look, x + 42, top - 42, column - 42)
            items.append(Element(Role.ITEM, (label, Element(Role.BODY, (title, *lines)))))
            heights.append(42 + len(lines) * look.leading_pt)
        top -= max(heights) + 8
    page.add(Element(Role.LIST, tuple(items)))
    page.y = top


def ascent_pt(look: Type) -> float:
    """From the top of a line to its baseline: the leading's spare room is split in two."""
    return (look.leading_pt - look.size_pt) / 2 + look.size_pt * 0.79


def frame_disc(
    x_pt: float, y_pt: float, radius_pt: float, index: int, fill: str, ring: str
) -> tuple[Shape, ...]:
    """The sign of a time frame: a quarter, a half or a whole disc."""
    return (
        Shape(circle(x_pt, y_pt, radius_pt), fill="#FFFFFF"),
        Shape(pie(x_pt, y_pt, radius_pt, (1, 2, 4)[index]), fill=fill),
        Shape(circle(x_pt, y_pt, radius_pt), stroke=ring, width_pt=1.4),
    )
