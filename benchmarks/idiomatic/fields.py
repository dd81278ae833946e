"""Fields as flowables: writing boxes, lines, lists, boxes to tick and circles to choose from."""

from __future__ import annotations

from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from benchmarks.idiomatic.looks import Looks

CLEAR: dict[str, Any] = {"borderWidth": 0, "relative": True, "fillColor": None, "borderColor": None}
PITCH = 9 * mm


class Field(Flowable):
    """A field of a width and a height."""

    def __init__(
        self, looks: Looks, name: str, tooltip: str, width: float, height: float, **more: Any
    ) -> None:
        super().__init__()
        self.looks, self.width, self.height, self.more = looks, width, height, more
        self.named = {"name": name, "tooltip": tooltip, **CLEAR}

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def rule(self, y: float, colour: str) -> None:
        self.canv.setStrokeColor(self.looks.colours[colour])
        self.canv.setLineWidth(0.8)
        self.canv.line(0, y, self.width, y)


class WritingBox(Field):
    """Several lines to write on, in a rounded box unless `bare`."""

    def draw(self) -> None:
        lines = round(self.height / PITCH)
        for number in range(1, lines):
            self.rule(self.height - number * self.height / lines, "hair")
        if not self.more.get("bare"):
            self.canv.setStrokeColor(self.looks.colours["rule"])
            self.canv.roundRect(0, 0, self.width, self.height, 5)
        self.canv.acroForm.textfield(
            width=self.width, height=self.height, fontSize=13, fieldFlags="multiline", **self.named
        )


class Line(Field):
    """One line to write on."""

    def draw(self) -> None:
        self.rule(0, "rule")
        self.canv.acroForm.textfield(
            width=self.width, height=self.height, fontSize=13, fieldFlags="", **self.named
        )


class Choice(Field):
    """A list to choose from, with an arrow that is printed too."""

    def draw(self) -> None:
        x, y = self.width - 10, self.height / 2
        self.canv.setStrokeColor(self.looks.colours["quiet"])
        self.canv.lines([(x - 4, y + 2, x, y - 2), (x, y - 2, x + 4, y + 2)])
        self.canv.acroForm.choice(
            value=" ",
            options=[" ", *self.more["options"]],
            width=self.width,
            height=self.height,
            fontSize=13,
            **self.named,
        )


class Tick(Field):
    """A box to tick."""

    def draw(self) -> None:
        self.canv.setStrokeColor(self.looks.colours["ink"])
        self.canv.setLineWidth(1.4)
        self.canv.roundRect(0, 0, self.width, self.height, 3)
        self.canv.acroForm.checkbox(size=self.width, **self.named)


class Steps(Field):
    """Numbered circles on a line, each a radio button with a word below."""

    def draw(self) -> None:
        steps, canvas, colours = self.more["steps"], self.canv, self.looks.colours
        step, radius, y = self.width / len(steps), 13.5, 36
        canvas.setStrokeColor(colours["rule"])
        canvas.line(step / 2, y, self.width - step / 2, y)
        tooltip = self.named["tooltip"]
        for number, word in enumerate(steps, start=1):
            x = step * (number - 0.5)
            canvas.setFillColor(colours["white"])
            canvas.setStrokeColor(colours["ink"])
            canvas.circle(x, y, radius, fill=1)
            canvas.setFillColor(colours["ink"])
            canvas.setFont("Bold", 15)
            canvas.drawCentredString(x, y - 5, str(number))
            canvas.setFont("Medium", 13)
            canvas.drawCentredString(x, 6, word)
            named = self.named | {"tooltip": f"{tooltip} {number}: {word}"}
            canvas.acroForm.radio(
                value=str(number),
                x=x - radius,
                y=y - radius,
                size=2 * radius,
                shape="circle",
                **named,
            )
