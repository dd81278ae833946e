"""The form font: all letters of the regular face, so that people may type what we can't foresee.

It is a simple TrueType font with WinAnsi codes, for that is what every viewer can write
with; letters that WinAnsi lacks (Welsh, Polish, ...) take the codes it leaves free.
"""

from __future__ import annotations

from itertools import chain
from operator import itemgetter

from deckgen.pdf.coding import CP1252, CodedFace
from deckgen.pdf.fonts import simple_font
from deckgen.pdf.objects import Indirect, Name, names

# The resource name of the form font. Chrome's PDF engine tries a form's own font for letters
# outside Latin-1 only if the resource is called Wingdings (or Webdings); under any other name
# it draws ŵ, ŷ, curly quotes and dashes in a fallback font, or not at all. The font itself
# keeps its true name in /BaseFont. Set this to a plain name if an engine takes it at its word.
FORM_FONT_ALIAS = "Wingdings"

_TABLES = set("cmap,cvt ,fpgm,glyf,head,hhea,hmtx,loca,maxp,name,OS/2,post,prep".split(","))
_FREE = (0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D, *(c for c in range(1, 32) if c not in (9, 10, 12, 13)))
# Names are those of the Adobe Glyph List, which PDF/UA asks for.
_EXTRA = dict(
    named.split(":")
    for named in """
    ŵ:wcircumflex ŷ:ycircumflex Ŵ:Wcircumflex Ŷ:Ycircumflex ẁ:wgrave ẃ:wacute ẅ:wdieresis
    ỳ:ygrave ą:aogonek ć:cacute ę:eogonek ł:lslash ń:nacute ś:sacute ź:zacute ż:zdotaccent
    Ą:Aogonek Ć:Cacute Ę:Eogonek Ł:Lslash Ń:Nacute Ś:Sacute Ź:Zacute Ż:Zdotaccent
    ő:ohungarumlaut ű:uhungarumlaut č:ccaron ě:ecaron ř:rcaron ş:scedilla ğ:gbreve ı:dotlessi
    """.split()
)


def codes(face: CodedFace) -> dict[str, int]:
    """The code of every letter that can be typed."""
    known, letters = {c: code for code, c in CP1252.items()}, face.face.letters
    known |= zip((c for c in _EXTRA if c in letters), _FREE, strict=False)
    return {c: code for c, code in known.items() if c in letters}


def form_font(face: CodedFace) -> Indirect:
    """The font object, with the whole font file. It is made once."""
    if FORM_FONT_ALIAS not in face.made:
        face.made[FORM_FONT_ALIAS] = _made(face)
    return face.made[FORM_FONT_ALIAS]


def _made(face: CodedFace) -> Indirect:
    known = {code: c for c, code in sorted(codes(face).items(), key=itemgetter(1))}
    encoding = names(Type="Encoding", BaseEncoding="WinAnsiEncoding")
    extra = [(code, Name(_EXTRA[c])) for code, c in known.items() if c in _EXTRA]
    encoding["Differences"] = [*chain.from_iterable(extra)]
    return simple_font(face, "", _without_setting(face), known, encoding)


def _without_setting(face: CodedFace) -> bytes:
    """The file without its tables for setting text, which viewers pass over (ISO 32000-1, 9.9)."""
    from reportlab.pdfbase.ttfonts import TTFontMaker

    made = TTFontMaker()
    for name in face.truetype.table.keys() & _TABLES:
        made.add(name, face.truetype.get_table(name))
    data: bytes = made.makeStream()
    return data
