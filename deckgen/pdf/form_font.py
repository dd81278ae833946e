"""The form font: all letters of the regular face, so that people may type what we can't foresee.

Its codes are those of Unicode, two bytes a letter (ISO 32000-1, 9.7): programs find a letter's code
by the map to Unicode, and one byte has no room for the letters of all who write in Latin ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deckgen.design.fonts import UNSEEN
from deckgen.design.stand_ins import stand_ins
from deckgen.pdf.coding import CodedFace
from deckgen.pdf.fonts import composite_font
from deckgen.pdf.objects import Indirect

# The resource name of the form font. Chrome's PDF engine tries a form's own font for letters
# outside Latin-1 only if the resource is called Wingdings (or Webdings); under any other name
# it draws ŵ, ŷ, curly quotes and dashes in a fallback font, or not at all. The font itself
# keeps its true name in /BaseFont. Set this to a plain name if an engine takes it at its word.
FORM_FONT_ALIAS = "Wingdings"

_TABLES = set("cmap,cvt ,fpgm,glyf,head,hhea,hmtx,loca,maxp,name,OS/2,post,prep".split(","))
_CONTROLS = frozenset(map(chr, [*range(32), *range(127, 160)]))
_NOT_SEEN = UNSEEN | {"\u00ad"}
# Letters that have no code of two bytes get one of those that belong to nobody.
_BEYOND, _NOBODYS = 0x10000, range(0xE000, 0xF900)


def form_font(face: CodedFace) -> Indirect:
    """The font object, with the whole font file. It is made once."""
    if FORM_FONT_ALIAS not in face.made:
        face.made[FORM_FONT_ALIAS] = _made(face)
    return face.made[FORM_FONT_ALIAS]


def _made(face: CodedFace) -> Indirect:
    shown = dict(sorted(_shown(face)))
    letters = {code: c for c, code in _codes(shown).items()}
    number, width = face.truetype.charToGlyph, face.truetype.getCharWidth
    numbers = {code: number[ord(shown[c])] for code, c in letters.items()}
    widths = {code: 0 if c in _NOT_SEEN else width(ord(shown[c])) for code, c in letters.items()}
    return composite_font(face, "", _without_setting(face), numbers, letters, widths, flags=32)


def _shown(face: CodedFace) -> Iterator[tuple[str, str]]:
    """Each letter that can be typed, and the one that is drawn for it.

    Signs that the face lacks have a plainer form, if that is one letter; those that say how their
    neighbours behave are a space of no width.
    """
    number = face.truetype.charToGlyph
    own = {c for c in face.face.letters - _CONTROLS if number.get(ord(c))}
    drawn = {c: c for c in own} | dict.fromkeys(_NOT_SEEN, " ")
    for sign, plainer in stand_ins(own).items():
        drawn.setdefault(chr(sign), str(plainer))
    return ((letter, shown) for letter, shown in drawn.items() if shown in own)


def _codes(letters: Mapping[str, object]) -> dict[str, int]:
    """The code of each letter."""
    free = (code for code in _NOBODYS if chr(code) not in letters)
    codes = {c: ord(c) for c in letters if ord(c) < _BEYOND}
    return codes | dict(zip((c for c in letters if ord(c) >= _BEYOND), free, strict=False))


def _without_setting(face: CodedFace) -> bytes:
    """The file without its tables for setting text, which viewers pass over (ISO 32000-1, 9.9)."""
    from reportlab.pdfbase.ttfonts import TTFontMaker

    made = TTFontMaker()
    for name in face.truetype.table.keys() & _TABLES:
        made.add(name, face.truetype.get_table(name))
    data: bytes = made.makeStream()
    return data
