"""What fields look like before anyone fills them in, and the marks of ticked ones.

Ticks and discs are paths: the dingbat font that viewers expect would not be embedded.
"""

from __future__ import annotations

from deckgen.layout.setting.shapes import circle
from deckgen.model.drawing import Field, FieldKind, TextLine, TextRun
from deckgen.pdf.notation import number
from deckgen.pdf.paint import colour
from deckgen.pdf.shapes import segments

INK_SRGB = "#1B242B"
INK = colour(INK_SRGB, "rg")
NOTHING = "/Tx BMC EMC"
_RULE = colour("#8C9CA6", "RG")
_MARK = "#00594F"
_PADDING_PT = 3.0
_LEADING = 1.2
_DESCENT = 0.22  # of the size: what a single line sits above the middle


def lines_look(field: Field) -> str:
    """Dotted writing lines from the top down, for a pen. They go when somebody types."""
    if field.pitch_pt <= 0:
        return NOTHING
    right = field.rect.width_pt - _PADDING_PT
    out = ["/Tx BMC q", _RULE, "0.7 w 1 J [0.1 2.7] 0 d"]
    y = field.rect.height_pt - field.pitch_pt
    while y > _PADDING_PT:
        out.append(f"{number(_PADDING_PT)} {number(y)} m {number(right)} {number(y)} l S")
        y -= field.pitch_pt
    return "\n".join((*out, "Q EMC"))


def value_lines(field: Field, face: str) -> tuple[TextLine, ...]:
    """A value as it is set: in the lines that layout made of it, or as its own line breaks are."""
    lines = field.value.splitlines() if field.value.strip() else []
    if field.shown or not lines:
        return field.shown
    size, rect = field.size_pt, field.rect
    down = _PADDING_PT + size
    if len(lines) == 1 and not field.pitch_pt:
        down = (rect.height_pt + size) / 2 - _DESCENT * size
    x, y = rect.x_pt + _PADDING_PT, rect.top_pt - down
    return tuple(
        TextLine(x, y - i * _LEADING * size, size, INK_SRGB, (TextRun(line, face),))
        for i, line in enumerate(lines)
    )


def text_look(field: Field, shown: bytes) -> bytes:
    """A value on its box, from the operators of its lines on the page."""
    rect = field.rect
    box = f"1 1 {number(rect.width_pt - 2)} {number(rect.height_pt - 2)} re W n"
    start = f"/Tx BMC q {box} 1 0 0 1 {number(-rect.x_pt)} {number(-rect.y_pt)} cm\n"
    return start.encode() + shown + b"\nQ EMC"


def mark_look(field: Field) -> str:
    """A tick, or a radio button's disc with a tick in it, in the middle of the box."""
    side = min(field.rect.width_pt, field.rect.height_pt)
    x, y = field.rect.width_pt / 2, field.rect.height_pt / 2
    if field.kind is FieldKind.RADIO:
        disc = f"{colour(_MARK, 'rg')}\n{segments(circle(x, y, side / 2 - 0.6))} f"
        return f"q {disc}\n{colour('#FFFFFF', 'RG')}\n{_tick(x, y, side * 0.56)} Q"
    return f"q {colour(_MARK, 'RG')}\n{_tick(x, y, side * 0.72)} Q"


def _tick(x: float, y: float, side: float) -> str:
    """A tick of this width, its box centred on (x, y)."""
    points = ((-0.5, -0.02), (-0.14, -0.38), (0.5, 0.38))
    placed = [f"{number(x + side * dx)} {number(y + side * dy)}" for dx, dy in points]
    pen = f"{number(side * 0.16)} w 1 J 1 j"
    return f"{pen} {placed[0]} m {placed[1]} l {placed[2]} l S"
