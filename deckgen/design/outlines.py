"""The outlines of a face as they go into a file: TrueType, in one weight, whole or some glyphs.

HarfBuzz takes glyphs out and fixes a variable font at a weight. Outlines of the other sort (CFF)
are drawn anew with curves of TrueType, a thousandth of an em away from the old ones at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from deckgen.design.font_files import font_fault
from deckgen.design.fonts import Face

# Tables that are for setting text, which is done; and those that nobody reads in a PDF (9.9).
_FOR_TEXT = b"GSUB GPOS GDEF BASE JSTF MATH kern VORG DSIG FFTM".split()
_FOR_OTHERS = b"OS/2 name post gasp STAT".split()
_PLAIN_NAME = re.compile(r"[!-$&'*-.0-;=?-Z\\^-z|~]{1,63}")  # what PostScript takes as a name


def whole(face: Face) -> bytes:
    """The font file; if it has several weights or other outlines, one that stands for it."""
    if face.is_plain_truetype:
        data = face.data
    else:
        data = _taken(face, _everything(face))[0]
        data = _redrawn(data) if face.is_cff else data
    return data if _PLAIN_NAME.fullmatch(face.postscript_name) else _renamed(data)


def is_sound(face: Face) -> bool:
    """False if a font of several weights or with other outlines breaks when it is taken apart."""
    if face.is_plain_truetype:
        return True
    try:
        return font_fault(_taken(face, _everything(face))[0]) is None
    except RuntimeError:  # HarfBuzz says no more than that
        return False


def _everything(face: Face) -> Any:
    """What `whole` wants of a font that can't be taken as it is."""
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.keep_everything()
    if face.is_cff:  # a font of tens of thousands of shapes is not drawn anew for a few letters
        wanted.glyph_set.clear()
        wanted.unicode_set.clear()
        wanted.unicode_set.update(map(ord, face.plain_letters))
        _leave_out(wanted, _FOR_TEXT)
    return wanted


def some(face: Face, numbers: Iterable[int]) -> tuple[bytes, dict[int, int]]:
    """A font of some glyphs, and their new numbers by the old ones."""
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.glyph_set.update(set(numbers))
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    _leave_out(wanted, _FOR_TEXT + _FOR_OTHERS)
    data, numbers_now = _taken(face, wanted)
    return (_redrawn(data) if face.is_cff else data), numbers_now


def _leave_out(wanted: Any, tables: Iterable[bytes]) -> None:
    wanted.drop_table_tag_set.update({int.from_bytes(table, "big") for table in tables})


def _taken(face: Face, wanted: Any) -> tuple[bytes, dict[int, int]]:
    import uharfbuzz as hb

    source = hb.Face(face.data)
    if source.has_var_data:
        wanted.pin_all_axes_to_default(source)
        if face.weight is not None:
            wanted.pin_axis_location(source, "wght", face.weight)
        wanted.flags |= hb.SubsetFlags.DOWNGRADE_CFF2
    plan = hb.SubsetPlan(source, wanted)
    data: bytes = plan.execute().blob.data
    return data, dict(plan.old_to_new_glyph_mapping.items())


def _renamed(data: bytes) -> bytes:
    """A font with a name for programs, in place of none or one that they don't take."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data), recalcTimestamp=False)
    font["name"].names = [r for r in font["name"].names if r.nameID != 6]
    font["name"].setName("Font", 6, 3, 1, 0x409)
    return _saved(font)


def _saved(font: Any) -> bytes:
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _redrawn(data: bytes) -> bytes:
    """A font with cubic outlines as one with quadratic ones."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable

    font = TTFont(BytesIO(data), recalcTimestamp=False)
    shapes, order = font.getGlyphSet(), font.getGlyphOrder()
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphs, glyf.glyphOrder = {}, order
    font["loca"] = newTable("loca")
    for name in order:
        pen = TTGlyphPen(None)
        shapes[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
        glyph = glyf.glyphs[name] = pen.glyph()
        glyph.recalcBounds(glyf)
        font["hmtx"][name] = font["hmtx"][name][0], getattr(glyph, "xMin", 0)
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for key in "maxZones maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs".split():
        setattr(maxp, key, int(key == "maxZones"))
    maxp.maxStackElements = maxp.maxSizeOfInstructions = maxp.maxComponentElements = 0
    if "post" in font:
        font["post"].formatType = 3.0
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font.sfntVersion = "\000\001\000\000"
    return _saved(font)
