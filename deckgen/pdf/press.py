"""Card faces for a print shop: one a page, with bleed, in the press's inks (ISO 15930).

PDF/X-4 (ISO 15930-7) is what shops ask for today, PDF/X-1a:2003 (ISO 15930-4) what some still
do. The pages are the same in both: nothing transparent, nothing in RGB.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from deckgen.design.fonts import FontBook
from deckgen.design.palette import Palettes
from deckgen.design.press import Press
from deckgen.geometry import Rect, mm
from deckgen.model.drawing import Drawing
from deckgen.pdf.metadata import DocumentInfo, information, packet
from deckgen.pdf.notation import number
from deckgen.pdf.objects import File, Indirect, Name, names, packed
from deckgen.pdf.paint import Painter, SetColour, unmarked
from deckgen.pdf.pictures import ToInks
from deckgen.pdf.resources import Resources


class Standard(StrEnum):
    """What the shop asks for."""

    X4 = "x-4"
    X1A = "x-1a"


_1A = "PDF/X-1a:2003"
# What each wants written: the file's version, and keys of the Info dictionary, which are elements
# of this prefix in the metadata packet. X-1a asks for no packet, but readers look for one.
_CLAIMS = {
    Standard.X4: ((1, 6), "pdfxid", {"GTS_PDFXVersion": "PDF/X-4"}),
    Standard.X1A: ((1, 4), "pdfx", {"GTS_PDFXVersion": _1A, "GTS_PDFXConformance": _1A}),
}

_SCHEMAS = """
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/\""""
_IDENTITY = """<pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID>
<xmpMM:VersionID>{{edition}}</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
"""


def write_press(
    faces: Sequence[Drawing],
    info: DocumentInfo,
    book: FontBook,
    palettes: Palettes,
    press: Press,
    standard: Standard,
) -> bytes:
    """One page for each face, its trim inside the bleed of the press. No marks, no tags."""
    version, prefix, claims = _CLAIMS[standard]
    painter = Painter(book, inks_of(palettes), pictures_in_inks(press))
    file, shared = File(version), Resources(painter)
    root = Indirect({"Type": Name("Pages")})
    pages = [_page(face, root, shared, mm(press.settings.bleed)) for face in faces]
    shared.finish()
    root.value |= {"Count": len(pages), "Kids": pages}
    file.Catalog.value |= {"Pages": root, "Lang": info.language}
    file.Catalog["OutputIntents"] = [_output_intent(press)]
    file.info.value |= {**information(info), "Trapped": Name("False"), **claims}
    # The same deck has the same identity in every build of an edition.
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{info.title}/{info.author}")
    stated = _IDENTITY.format(identity=identity)
    stated += "".join(f"<{prefix}:{key}>{claims[key]}</{prefix}:{key}>" for key in claims)
    file.Catalog["Metadata"] = packet(info, _SCHEMAS, stated)
    return file.to_bytes()


def _page(face: Drawing, root: Indirect, shared: Resources, bleed_pt: float) -> Indirect:
    """Media and bleed are one box: shops want nothing beyond the bleed."""
    code = f"q 1 0 0 1 {number(bleed_pt)} {number(bleed_pt)} cm\n".encode()
    trim = Rect(bleed_pt, bleed_pt, face.size.width_pt, face.size.height_pt)
    whole = trim.grown(bleed_pt).corners
    boxes = {"MediaBox": whole, "BleedBox": whole, "TrimBox": trim.corners}
    painted = shared.paint(face)
    content = packed(code + unmarked(painted.code) + b"\nQ")
    entries = {"Parent": root, **boxes, "Resources": shared.of(painted), "Contents": content}
    return Indirect({**names(Type="Page"), **entries})


def _output_intent(press: Press) -> Indirect:
    settings, made = press.settings, names(Type="OutputIntent", S="GTS_PDFX")
    made["OutputConditionIdentifier"] = settings.condition
    made |= dict.fromkeys(("OutputCondition", "Info"), settings.condition_info)
    profile = packed(press.profile, {"N": 4})
    return Indirect({**made, "RegistryName": settings.registry, "DestOutputProfile": profile})


def pictures_in_inks(press: Press) -> ToInks:
    """How pictures become inks; what that takes is loaded with the first of them."""

    @lru_cache(maxsize=1)
    def table() -> ToInks:
        from deckgen.design.press_colour import to_inks

        return to_inks(press.profile, press.settings.ink_limit)

    return lambda image: table()(image) if image.mode == "RGB" else image


def inks_of(palettes: Palettes) -> SetColour:
    """Colours in the inks that the palette gives, never converted by arithmetic."""

    @lru_cache(maxsize=1024)
    def set_colour(srgb: str, operator: str) -> str:
        inks = " ".join(number(ink / 100) for ink in palettes.pair(srgb).cmyk)
        return f"{inks} {'k' if operator == 'rg' else 'K'}"

    return set_colour
