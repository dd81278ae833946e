"""Card faces for a print shop: one a page, with bleed, in the press's inks (ISO 15930).

PDF/X-4 (ISO 15930-7) is what shops ask for today, PDF/X-1a:2003 (ISO 15930-4) what some still
do. The pages are the same in both: nothing transparent, nothing in RGB.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from xml.sax.saxutils import escape

from msgspec import Struct

from deckgen.design.fonts import FontBook
from deckgen.design.palette import Palettes
from deckgen.design.press import Press
from deckgen.geometry import mm
from deckgen.model.drawing import Drawing
from deckgen.pdf.fonts import Embedding
from deckgen.pdf.metadata import PRODUCER, DocumentInfo, information
from deckgen.pdf.notation import number
from deckgen.pdf.objects import File, Indirect, Name, packed
from deckgen.pdf.paint import Painter, SetColour


class Standard(StrEnum):
    """What the shop asks for."""

    X4 = "x-4"
    X1A = "x-1a"


class _Claims(Struct, frozen=True):
    """What a standard wants written: the file's version, keys of the Info dictionary, and the
    element of the metadata packet. X-1a asks for no packet, but readers look for one.
    """

    version: tuple[int, int]
    info: dict[str, str]
    xmp: str


_1A = "PDF/X-1a:2003"
_CLAIMS = {
    Standard.X4: _Claims(
        (1, 6),
        {"GTS_PDFXVersion": "PDF/X-4"},
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
    ),
    Standard.X1A: _Claims(
        (1, 4),
        {"GTS_PDFXVersion": _1A, "GTS_PDFXConformance": _1A},
        f"<pdfx:GTS_PDFXVersion>{_1A}</pdfx:GTS_PDFXVersion>"
        f"<pdfx:GTS_PDFXConformance>{_1A}</pdfx:GTS_PDFXConformance>",
    ),
}

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate><xmp:CreatorTool>{producer}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer><pdf:Keywords>{edition}</pdf:Keywords>
<pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID>
<xmpMM:VersionID>{edition}</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
{claim}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def write_press(
    faces: Sequence[Drawing],
    info: DocumentInfo,
    book: FontBook,
    palettes: Palettes,
    press: Press,
    standard: Standard,
) -> bytes:
    """One page for each face, its trim inside `press.bleed_mm` of bleed. No marks, no tags."""
    claims = _CLAIMS[standard]
    file = File(claims.version)
    painter = Painter(book, inks_of(palettes))
    fonts, resources = Embedding(painter.coding), Indirect()
    root = Indirect({"Type": Name("Pages")})
    pages = [_page(face, root, painter, fonts, resources, mm(press.bleed_mm)) for face in faces]
    resources.value |= fonts.resources()
    root.value |= {"Count": len(pages), "Kids": pages}
    file.Catalog.value |= {
        "Pages": root,
        "OutputIntents": [_output_intent(press)],
        "Lang": info.language,
    }
    file.info.value |= {**information(info), "Trapped": Name("False"), **claims.info}
    packet = Indirect({"Type": Name("Metadata"), "Subtype": Name("XML")}, _xmp(info, claims))
    file.Catalog["Metadata"] = packet
    return file.to_bytes()


def _page(
    face: Drawing,
    root: Indirect,
    painter: Painter,
    fonts: Embedding,
    resources: Indirect,
    bleed_pt: float,
) -> Indirect:
    """Media and bleed are one box: shops want nothing beyond the bleed."""
    fonts.use(painter.paint(face).letters)
    code = f"q 1 0 0 1 {number(bleed_pt)} {number(bleed_pt)} cm\n".encode()
    width, height = face.size.width_pt, face.size.height_pt
    whole = [0, 0, width + 2 * bleed_pt, height + 2 * bleed_pt]
    return Indirect(
        {
            "Type": Name("Page"),
            "Parent": root,
            "MediaBox": whole,
            "BleedBox": whole,
            "TrimBox": [bleed_pt, bleed_pt, bleed_pt + width, bleed_pt + height],
            "Resources": {"Font": resources},
            "Contents": packed(code + painter.paint_copy(face) + b"\nQ"),
        }
    )


def _output_intent(press: Press) -> Indirect:
    settings = press.settings
    return Indirect(
        {
            "Type": Name("OutputIntent"),
            "S": Name("GTS_PDFX"),
            "OutputConditionIdentifier": settings.condition,
            "OutputCondition": settings.condition_info,
            "Info": settings.condition_info,
            "RegistryName": settings.registry,
            "DestOutputProfile": packed(press.profile, {"N": 4}),
        }
    )


def _xmp(info: DocumentInfo, claims: _Claims) -> bytes:
    words = {
        "title": info.title,
        "subject": info.subject,
        "author": info.author,
        "edition": info.edition,
        "producer": PRODUCER,
        "date": info.issued.strftime("%Y-%m-%dT%H:%M:%SZ"),
        # The same deck has the same identity in every build of an edition.
        "identity": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{info.title}/{info.author}")),
    }
    escaped = {key: escape(value) for key, value in words.items()}
    return _XMP.format(**escaped, claim=claims.xmp).encode()


def inks_of(palettes: Palettes) -> SetColour:
    """Colours in the inks that the palette gives, never converted by arithmetic."""

    @lru_cache(maxsize=1024)
    def set_colour(srgb: str, operator: str) -> str:
        inks = " ".join(number(ink / 100) for ink in palettes.pair(srgb).cmyk)
        return f"{inks} {'k' if operator == 'rg' else 'K'}"

    return set_colour
