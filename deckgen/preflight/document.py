"""Requirements on a file as a whole: version, identity, intent, properties, what it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from deckgen.preflight.packet import Packet, claim_of, moment, packet_findings
from deckgen.preflight.reach import dictionaries
from deckgen.preflight.rules import BY_KEY, X1A, X4, Finding
from deckgen.readback.parsed import entry, resolved

_NEWEST = {X4: (1, 6), X1A: (1, 4)}
_FILE = "the file"
ALLOWED_PACKING = frozenset(
    "/FlateDecode /ASCII85Decode /ASCIIHexDecode /RunLengthDecode /CCITTFaxDecode "
    "/DCTDecode".split()
)
# A leap to another page, as bookmarks make, changes nothing on paper; all else is unwanted.
_ACTIONS = frozenset(
    "/JavaScript /Launch /SubmitForm /ResetForm /ImportData /URI /GoToR /GoToE /Sound /Movie "
    "/Rendition /Hide /SetOCGState /RichMediaExecute".split()
)
_X4_PACKING = frozenset({"/JPXDecode", "/JBIG2Decode"})


def found(key: str, where: str, what: str) -> Finding:
    """A failed requirement by its short name."""
    return Finding(BY_KEY[key], where, what)


def looked(*keys: str) -> Iterator[Finding]:
    """Word that there was something for these requirements to look at."""
    return (found(key, "", "") for key in keys)


def claimed_standard(reader: PdfReader, packet: Packet | None) -> str:
    """The standard that the file names, in its properties or its packet; "" if none."""
    return str(entry(reader.trailer, "/Info", "/GTS_PDFXVersion") or "") or claim_of(packet)


def standard_of(claim: str) -> str:
    """What a file with this claim is checked for: its own standard, or the nearest one here."""
    return X1A if claim.startswith("PDF/X-1") else X4


def document_findings(
    reader: PdfReader, packet: Packet | None, data: bytes, standard: str
) -> Iterator[Finding]:
    """Everything about the file that is not about a page."""
    yield from _structure(reader, data, standard)
    yield from _intent(reader, standard)
    yield from _properties(reader, packet, standard)
    if standard == X4:
        yield from packet_findings(reader, packet)
    yield from _behaviour(reader, standard)
    yield from _objects(reader, standard)


def _structure(reader: PdfReader, data: bytes, standard: str) -> Iterator[Finding]:
    header = re.match(rb"%PDF-(\d)\.(\d)", data[:1024].lstrip())
    version = (int(header[1]), int(header[2])) if header else (0, 0)
    named = entry(reader.trailer, "/Root", "/Version")
    if named:
        major, _, minor = str(named)[1:].partition(".")
        version = max(version, (int(major), int(minor)))
    if not header or version > _NEWEST[standard]:
        newest = ".".join(map(str, _NEWEST[standard]))
        shown = ".".join(map(str, version)) if header else "none"
        yield found("VERSION", _FILE, f"version {shown}; {standard} allows up to {newest}")
    if standard == X1A and (b"/ObjStm" in data or re.search(rb"/Type\s*/XRef\b", data)):
        yield found("XREF", _FILE, "object streams or a packed table of objects")
    if b"%%EOF" not in data[-2048:]:
        yield found("READ", _FILE, "its end is not where it should be, so something may be missing")
    identity = reader.trailer.get("/ID")
    if not identity or len(resolved(identity)) != 2 or not all(map(bool, resolved(identity))):
        yield found("ID", _FILE, "no identifier")


def _intent(reader: PdfReader, standard: str) -> Iterator[Finding]:
    listed = entry(reader.trailer, "/Root", "/OutputIntents") or ()
    intents = [i for i in map(resolved, listed) if entry(i, "/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield found("INTENT", _FILE, f"{len(intents)} output intents for PDF/X")
    if not intents:
        yield found("PROFILE", _FILE, "there is no output intent to hold it")
    for intent in intents[:1]:
        if not entry(intent, "/OutputConditionIdentifier"):
            yield found("INTENT", _FILE, "the printing condition has no identifier")
        elif not (entry(intent, "/Info") or entry(intent, "/RegistryName")):
            yield found("INTENT", _FILE, "neither a registry nor words about the condition")
        named = standard == X1A and "color.org" in str(entry(intent, "/RegistryName") or "")
        if not (named and entry(intent, "/DestOutputProfile") is None):
            # PDF/X-1a may leave the profile to the registry that lists the condition.
            yield from _profile(entry(intent, "/DestOutputProfile"), standard)


def _profile(stream: Any, standard: str) -> Iterator[Finding]:
    if not isinstance(stream, StreamObject):
        yield found("PROFILE", _FILE, "there is no profile")
        return
    yield from looked("PROFILE")
    data = stream.get_data()
    if data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") != len(data):
        yield found("PROFILE", _FILE, "the profile is damaged")
    elif data[12:16] != b"prtr" or data[16:20] != b"CMYK":
        yield found("PROFILE", _FILE, "the profile is not that of a press with four inks")
    elif entry(stream, "/N") != 4:
        yield found("PROFILE", _FILE, f"/N is {entry(stream, '/N')}, not 4")
    elif data[8] > (2 if standard == X1A else 4):
        yield found("PROFILE", _FILE, f"the profile is of version {data[8]}")


def _properties(reader: PdfReader, packet: Packet | None, standard: str) -> Iterator[Finding]:
    info = entry(reader.trailer, "/Info") or DictionaryObject()
    for key in ("/Title", "/CreationDate", "/ModDate"):
        if not entry(info, key):
            yield found("INFO", _FILE, f"no {key[1:]}")
        elif "Date" in key and not moment(str(entry(info, key))):
            yield found("INFO", _FILE, f"{key[1:]} is no date: “{entry(info, key)}”")
    if entry(info, "/Trapped") not in ("/True", "/False"):
        yield found("TRAPPED", _FILE, f"Trapped is {entry(info, '/Trapped') or 'not given'}")
    claim, packed = claimed_standard(reader, packet), claim_of(packet)
    if claim != standard:
        yield found("CLAIM", _FILE, f"it says {claim or 'nothing'}, not {standard}")
    elif packed not in ("", standard):
        yield found("CLAIM", _FILE, f"its metadata packet says {packed}, not {standard}")
    elif standard == X1A and entry(info, "/GTS_PDFXConformance") != X1A:
        yield found("CLAIM", _FILE, "GTS_PDFXConformance is missing")


def _behaviour(reader: PdfReader, standard: str) -> Iterator[Finding]:
    catalog = entry(reader.trailer, "/Root")
    for key in ("/OpenAction", "/AA"):
        if key in catalog:
            yield found("ACTIONS", _FILE, f"the file has {key}")
    names = entry(catalog, "/Names") or {}
    if "/JavaScript" in names:
        yield found("ACTIONS", _FILE, "there is JavaScript in it")
    if "/EmbeddedFiles" in names or "/AF" in catalog:
        yield found("FILES", _FILE, "files are attached")
    form = entry(catalog, "/AcroForm")
    if entry(form, "/Fields") or "/XFA" in (form or {}):
        yield found("FORM", _FILE, "there is a form")
    layers = entry(catalog, "/OCProperties")
    if standard == X1A and layers is not None:
        yield found("LAYERS", _FILE, "there are layers")
    elif layers is not None:
        yield from looked("LAYER-STATES")
    for choice in (entry(layers, "/D"), *map(resolved, entry(layers, "/Configs") or ())):
        if standard == X4 and "/AS" in (choice or {}):
            yield found("LAYER-STATES", _FILE, "layers go on and off by themselves")
    preferences = entry(catalog, "/ViewerPreferences") or {}
    for key in ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip"):
        if entry(preferences, key) not in (None, "/MediaBox", "/BleedBox"):
            yield found("VIEW", _FILE, f"{key[1:]} is {entry(preferences, key)}")


def _objects(reader: PdfReader, standard: str) -> Iterator[Finding]:
    """Every object that the file uses, wherever it is."""
    allowed = ALLOWED_PACKING | (_X4_PACKING if standard == X4 else frozenset())
    for where, value in dictionaries(reader):
        if isinstance(value, StreamObject):
            filters = entry(value, "/Filter") or ()
            for name in [filters] if isinstance(filters, str) else map(resolved, filters):
                yield from looked("PACKING")
                if name not in allowed:
                    yield found("PACKING", where, f"{str(name)[1:]} is not allowed")
            if "/F" in value:
                yield found("FILES", where, "its data is in another file")
        kind, act = entry(value, "/Type"), str(entry(value, "/S"))
        if kind == "/Filespec" or "/EF" in value:
            yield found("FILES", where, "it names another file")
        if act in _ACTIONS and kind in (None, "/Action"):
            yield found("ACTIONS", where, f"an action {act[1:]}")
        if "/AA" in value and kind not in ("/Catalog", "/Page"):
            yield found("ACTIONS", where, "something happens when it is used")
