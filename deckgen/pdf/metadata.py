"""What a file says about itself: titles, dates, language, standard, and how to print it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import asdict

from deckgen.pdf.objects import File, Indirect, Name, names

PRODUCER = "deckgen"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"{schemas}>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate><xmp:CreatorTool>{producer}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer><pdf:Keywords>{edition}</pdf:Keywords>
{claims}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_UA_SCHEMA = ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
_UA_CLAIM = "<pdfuaid:part>1</pdfuaid:part>"
_OWN_SCHEMA = ' xmlns:deckgen="urn:deckgen:workbook:1"'
_OWN_CLAIM = "<deckgen:workbook>{carried}</deckgen:workbook>"


class DocumentInfo(Struct, frozen=True):
    """What goes into a file's properties. All dates in the file are `issued` (UTC).

    `duplex` tells the print dialogue which edge the sheet turns over; `actual_size` asks it
    not to shrink the page. `carried` is what the file says of itself for programs: the workbook's
    name, edition and questions, as JSON.
    """

    title: str
    author: str
    subject: str
    language: str
    issued: datetime
    edition: str
    duplex: Literal["long", "short"] | None = None
    actual_size: bool = False
    carried: str = ""


def packet(info: DocumentInfo, schemas: str, claims: str) -> Indirect:
    """The metadata packet. It stays uncompressed, so that programs that know no PDF can find it.

    `claims` are elements of the `schemas`; words in braces there are filled in as well.
    """
    date = info.issued.strftime("%Y-%m-%dT%H:%M:%SZ")
    words = asdict(info) | {"producer": PRODUCER, "date": date}
    escaped = {key: _escaped(str(value)) for key, value in words.items()}
    text = _XMP.format(**escaped, schemas=schemas, claims=claims.format(**escaped))
    return Indirect(names(Type="Metadata", Subtype="XML"), text.encode())


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def information(info: DocumentInfo) -> dict[str, str]:
    """The document information dictionary, which says the same as the packet."""
    date = info.issued.strftime("D:%Y%m%d%H%M%SZ")
    said = {"Title": info.title, "Author": info.author, "Subject": info.subject}
    made = dict.fromkeys(("Creator", "Producer"), PRODUCER)
    dates = dict.fromkeys(("CreationDate", "ModDate"), date)
    return {**said, "Keywords": info.edition, **made, **dates}


def viewer_preferences(info: DocumentInfo) -> dict[str, Any]:
    """What the viewer should show and how it should print."""
    wishes: dict[str, Any] = {"DisplayDocTitle": True}
    if info.actual_size:
        wishes["PrintScaling"] = Name("None")
    if info.duplex:
        wishes["Duplex"] = Name(f"DuplexFlip{info.duplex.title()}Edge")
    return wishes


def tagged_packet(info: DocumentInfo) -> Indirect:
    """The metadata packet of a tagged file, which claims PDF/UA-1."""
    return packet(info, *_claims(info))


def _claims(info: DocumentInfo) -> tuple[str, str]:
    if not info.carried:
        return _UA_SCHEMA, _UA_CLAIM
    return _UA_SCHEMA + _OWN_SCHEMA, f"{_UA_CLAIM}\n{_OWN_CLAIM}"


def describe(file: File, info: DocumentInfo) -> None:
    """Enter all of it in a file, which must be tagged: the packet claims PDF/UA-1."""
    file.info.value |= information(info)
    file.Catalog.value |= {
        "Lang": info.language,
        "MarkInfo": {"Marked": True},
        "Metadata": tagged_packet(info),
        "ViewerPreferences": viewer_preferences(info),
    }
