"""Requirements on the metadata packet (XMP): what it must hold, and that properties agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from html import unescape

from pypdf import PdfReader
from pypdf.generic import StreamObject

from deckgen.preflight.rules import BY_KEY, Finding
from deckgen.readback.parsed import entry

_FILE = "the file"
_WANTED = (
    *("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"),
    *("xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass", "pdf:Trapped"),
)
_DATE = re.compile(
    r"(?:D:)?(\d{4})-?(\d\d)?-?(\d\d)?T?(\d\d)?:?(\d\d)?:?(\d\d)?(?:\.\d+)?"
    r"\s*(Z|[+-]\d\d)?'?:?(\d\d)?"
)


def packet_of(reader: PdfReader) -> bytes:
    """The packet, or nothing."""
    packet = entry(reader.trailer, "/Root", "/Metadata")
    return bytes(packet.get_data()) if isinstance(packet, StreamObject) else b""


def said_in(packet: bytes, name: str) -> str:
    """A plain value, written as an element or as an attribute; "" if it is not there."""
    key = re.escape(name.encode())
    match = re.search(rb"<%b[^>]*>\s*([^<]*?)\s*</" % key, packet)
    match = match or re.search(rb"(?<![\w:])%b\s*=\s*[\"']([^\"']*)[\"']" % key, packet)
    return unescape(match[1].decode("utf-8", "replace")) if match else ""


def claim_of(packet: bytes) -> str:
    """The standard that the packet names, whatever prefix it gives it."""
    match = re.search(rb"GTS_PDFXVersion(?:\s*=\s*[\"']|[^>]*>)\s*([^<\"']+?)\s*[<\"']", packet)
    return match[1].decode("latin-1") if match else ""


def packet_findings(reader: PdfReader) -> Iterator[Finding]:
    """What is missing, and what differs from the file's properties."""
    stream, packet = entry(reader.trailer, "/Root", "/Metadata"), packet_of(reader)
    if not packet:
        yield Finding(BY_KEY["XMP"], _FILE, "there is no metadata packet")
        return
    if "/Filter" in stream:
        yield Finding(BY_KEY["XMP"], _FILE, "the packet is compressed")
    for name in _WANTED:
        if not re.search(rb"[<\s]%b[\s>=]" % re.escape(name.encode()), packet):
            yield Finding(BY_KEY["XMP"], _FILE, f"the packet has no {name}")
    if not claim_of(packet):
        yield Finding(BY_KEY["XMP"], _FILE, "the packet has no pdfxid:GTS_PDFXVersion")
    yield from _differences(reader, packet)


def _differences(reader: PdfReader, packet: bytes) -> Iterator[Finding]:
    info = entry(reader.trailer, "/Info")
    title = re.search(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", packet, re.DOTALL)
    if title and (said := str(entry(info, "/Title") or "")):
        written = unescape(title[1].decode("utf-8", "replace"))
        if written != said:
            yield Finding(BY_KEY["SYNC"], _FILE, f"title: “{written}” and “{said}”")
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        one, other = moment(str(entry(info, key) or "")), moment(said_in(packet, name))
        if one and other and abs(one - other) >= timedelta(seconds=1):
            yield Finding(BY_KEY["SYNC"], _FILE, f"{name[4:]}: {other} and {one}")
    trapped, said = said_in(packet, "pdf:Trapped"), str(entry(info, "/Trapped") or "")[1:]
    if trapped and said in ("True", "False") and trapped != said:
        yield Finding(BY_KEY["SYNC"], _FILE, f"Trapped: {trapped} and {said}")


def moment(text: str) -> datetime | None:
    """A date as PDF or XMP writes it; without a zone it is taken as Greenwich's."""
    match = _DATE.match(text.strip())
    if not match:
        return None
    year, month, day, hour, minute, second = (int(v or 0) for v in match.groups()[:6])
    zone = match[7] if match[7] and match[7] != "Z" else "+00"
    away = timedelta(hours=int(zone[1:]), minutes=int(match[8] or 0))
    try:
        place = timezone(-away if zone[0] == "-" else away)
        return datetime(year, month or 1, day or 1, hour, minute, second, tzinfo=place)
    except ValueError:
        return None
