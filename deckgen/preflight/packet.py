"""Requirements on the metadata packet (XMP): what it must hold, and that properties agree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pypdf import PdfReader, xmp
from pypdf.errors import PyPdfError
from pypdf.generic import StreamObject

from deckgen.preflight.entries import entry
from deckgen.preflight.inspected import Inspected

Packet = Mapping[str, str]
_PREFIXES = {
    **{xmp.DC_NAMESPACE: "dc", xmp.XMP_NAMESPACE: "xmp", xmp.XMPMM_NAMESPACE: "xmpMM"},
    **{xmp.PDF_NAMESPACE: "pdf", xmp.PDFX_NAMESPACE: "pdfx"},
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
}
_WANTED = (
    "dc:title xmp:CreateDate xmp:ModifyDate xmp:MetadataDate xmpMM:DocumentID xmpMM:VersionID "
    "xmpMM:RenditionClass pdf:Trapped pdfxid:GTS_PDFXVersion"
).split()
# Properties that the packet repeats.
_TWICE = {
    **{"/Title": "dc:title", "/Trapped": "pdf:Trapped"},
    **{"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"},
}
_DATE = re.compile(
    r"(?:D:)?(\d{4})-?(\d\d)?-?(\d\d)?T?(\d\d)?:?(\d\d)?:?(\d\d)?(?:\.\d+)?"
    r"\s*(?:Z|([+-]\d\d)?)'?:?(\d\d)?"
)
# What stands for the parts of a date that are not given.
_UNSAID = "- 01 01 00 00 00 +00 00".split()


def packet_of(reader: PdfReader) -> Packet | None:
    """What the packet says, such as {"dc:title": "Cards"}; None if it is no RDF in XML."""
    stream, said = entry(reader.trailer, "/Root", "/Metadata"), dict[str, str]()
    if not isinstance(stream, StreamObject):
        return said
    try:
        root = xmp.XmpInformation(stream).rdf_root
    except (PyPdfError, ValueError):
        return None
    for description in root.childNodes:
        for node in (*(description.attributes or {}).values(), *description.childNodes):
            if prefix := _PREFIXES.get(node.namespaceURI or ""):
                said.setdefault(f"{prefix}:{node.localName}", _words(node))
    return said


def _words(node: Any) -> str:
    """A plain value, written as an attribute or an element; of a list, the first."""
    if node.nodeType == node.ATTRIBUTE_NODE:
        return str(node.value).strip()
    items = node.getElementsByTagNameNS(xmp.RDF_NAMESPACE, "li") or [node]
    return "".join(c.data for c in items[0].childNodes if c.nodeType == c.TEXT_NODE).strip()


def claim_of(packet: Packet | None) -> str:
    """The standard that the packet names."""
    said = packet or {}
    return said.get("pdfxid:GTS_PDFXVersion") or said.get("pdfx:GTS_PDFXVersion") or ""


def look_at_packet(file: Inspected, packet: Packet | None) -> None:
    """What is missing, and what differs from the file's properties."""
    stream = entry(file.reader.trailer, "/Root", "/Metadata")
    if not isinstance(stream, StreamObject):
        file.fails("XMP", "there is no metadata packet")
    elif packet is None:
        file.fails("XMP", "the packet can't be read: it is no RDF in XML")
    else:
        file.fails("XMP", "the packet is compressed", "/Filter" in stream)
        for name in _WANTED:
            file.fails("XMP", f"the packet has no {name}", not packet.get(name))
        for key, name in _TWICE.items():
            said = str(entry(file.reader.trailer, "/Info", key) or "").strip()
            _compare(file, name, said, packet.get(name, ""))


def _compare(file: Inspected, name: str, said: str, packed: str) -> None:
    """What is missing or no date is told by the requirement on each of the two."""
    one, same = moment(said), packed == said.removeprefix("/")
    if not packed or said in ("", "/Unknown") or ("Date" in name and one is None):
        return
    if "Date" in name and one:
        other = moment(packed)
        same = other is not None and abs(one - other) < timedelta(seconds=1)
    file.has("SYNC", f"{name}: “{packed}” and “{said}”", not same)


def moment(text: str) -> datetime | None:
    """A date as PDF or XMP writes it; without a zone it is taken as Greenwich's."""
    match = _DATE.match(text.strip())
    if not match:
        return None
    parts = (part or usual for part, usual in zip(match.groups(), _UNSAID, strict=True))
    try:
        return datetime.fromisoformat("{}-{}-{}T{}:{}:{}{}:{}".format(*parts))
    except ValueError:
        return None
