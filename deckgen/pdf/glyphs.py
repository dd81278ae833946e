"""Glyphs in their places, as operators: what stands in a TJ array, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from deckgen.design.fonts import UNSEEN, Glyph
from deckgen.pdf.notation import number

_RISE = re.compile(r"@(\S+) Ts")  # in em: the size is not known yet
_WITHOUT_UNSEEN = dict.fromkeys(map(ord, UNSEEN))


def shown(glyphs: Iterable[Glyph]) -> str:
    """What stands between the brackets of a TJ array, with the rises (in em) between arrays."""
    out, codes, back = list[str](), "", 0.0

    def flush() -> None:
        nonlocal codes
        if codes:
            out.append(f"<{codes}>")
            codes = ""

    for glyph in glyphs:
        move = _thousandths(glyph.dx + back)
        if move:
            flush()
            out.append(move)
        if glyph.number and glyph.dy:
            flush()
            out.append(f"] TJ\n@{glyph.dy:.4f} Ts\n[<{glyph.number:04X}>] TJ\n0 Ts\n[")
        elif glyph.number:
            codes += f"{glyph.number:04X}"
        back = glyph.advance - glyph.dx - (glyph.width if glyph.number else 0.0)
    flush()
    if move := _thousandths(back):
        out.append(move)
    return " ".join(out)


def _thousandths(move_em: float) -> str:
    """A move of the pen as TJ has it; "" if it is none."""
    return "" if abs(move_em) < 0.0005 else number(-1000 * move_em)


def beside(text: str) -> str:
    """The start of a span whose letters are these."""
    said = text.translate(_WITHOUT_UNSEEN).encode("utf-16-be").hex().upper()
    return f"/Span <</ActualText <FEFF{said}>>> BDC"


def sized(piece: str, size_pt: float) -> str:
    """A piece of glyphs with its rises in points; arrays of nothing are left out."""
    sized = _RISE.sub(lambda rise: f"{number(float(rise[1]) * size_pt)} Ts", f"[{piece}] TJ")
    return sized.replace("[] TJ\n", "").removesuffix("\n[] TJ")
