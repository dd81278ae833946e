"""What fields look like before anyone fills them in, and the marks of ticked ones.

Ticks and discs are paths: the dingbat font that viewers expect would not be embedded.
"""

from __future__ import annotations

from deckgen.layout.setting.shapes import circle
from deckgen.model.drawing import Field, FieldKind
from deckgen.pdf.coding import CodedFace
from deckgen.pdf.form_font import FORM_FONT_ALIAS, codes
from deckgen.pdf.notation import number
from deckgen.pdf.paint import colour
from deckgen.pdf.shapes import segments

INK = colour("#1B242B", "rg")
_RULE = colour("#8C9CA6", "RG")
_MARK = "#00594F"
_PADDING_PT = 3.0
_DESCENT = 0.22  # of the size: what a single line sits above the middle


def lines_look(field: Field) -> str:
    """Dotted writing lines from the top down, for a pen. They go when somebody types."""
    if field.pitch_pt <= 0:
        return "/Tx BMC EMC"
    right = field.rect.width_pt - _PADDING_PT
    out = ["/Tx BMC q", _RULE, "0.7 w 1 J [0.1 2.7] 0 d"]
    y = field.rect.height_pt - field.pitch_pt
    while y > _PADDING_PT:
        out.append(f"{number(_PADDING_PT)} {number(y)} m {number(right)} {number(y)} l S")
        y -= field.pitch_pt
    return "\n".join((*out, "Q EMC"))


def text_look(field: Field, face: CodedFace) -> str:
    """A text field's or a list's value, in the lines that layout or its line breaks make."""
    if not field.value.strip():
        return "/Tx BMC EMC"
    lines = field.shown or field.value.splitlines()
    size, height = field.size_pt, field.rect.height_pt
    middle = (height - size) / 2 + _DESCENT * size
    top = height - _PADDING_PT - size if len(lines) > 1 or field.pitch_pt else middle
    shown = "\n".join(f"{_coded(line, face)} Tj 0 {number(-1.2 * size)} Td" for line in lines)
    box = f"1 1 {number(field.rect.width_pt - 2)} {number(height - 2)} re W n"
    start = f"BT /{FORM_FONT_ALIAS} {number(size)} Tf {INK} {number(_PADDING_PT)} {number(top)} Td"
    return f"/Tx BMC q {box} {start}\n{shown}\nET Q EMC"


def _coded(text: str, face: CodedFace) -> str:
    known = codes(face)
    return "<" + "".join(f"{known.get(letter, 63):02X}" for letter in text) + ">"


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
