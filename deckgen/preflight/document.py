"""Requirements on a file as a whole: version, identity, intent, properties, what it carries."""

from __future__ import annotations

import re
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from deckgen.preflight.entries import entry, resolved
from deckgen.preflight.inspected import FILE, Inspected
from deckgen.preflight.packet import Packet, claim_of, look_at_packet, moment
from deckgen.preflight.reach import dictionaries, listed
from deckgen.preflight.rules import X1A, X4

_NEWEST = {X4: (1, 6), X1A: (1, 4)}
PACKINGS = frozenset(f"/{n}Decode" for n in "Flate ASCII85 ASCIIHex RunLength CCITTFax DCT".split())
# A leap to another page, as bookmarks make, changes nothing on paper; all else is unwanted.
_ACTIONS = frozenset(
    "/JavaScript /Launch /SubmitForm /ResetForm /ImportData /URI /GoToR /GoToE /Sound /Movie "
    "/Rendition /Hide /SetOCGState /RichMediaExecute".split()
)
_X4_PACKING = frozenset({"/JPXDecode", "/JBIG2Decode"})


def claimed_standard(reader: PdfReader, packet: Packet | None) -> str:
    """The standard that the file names, in its properties or its packet; "" if none."""
    return str(entry(reader.trailer, "/Info", "/GTS_PDFXVersion") or "") or claim_of(packet)


def look_at_document(file: Inspected, packet: Packet | None, data: bytes) -> None:
    """Everything about the file that is not about a page."""
    _structure(file, data)
    _intent(file)
    _properties(file, packet)
    if not file.x1a:
        look_at_packet(file, packet)
    _behaviour(file)
    _objects(file)


def _structure(file: Inspected, data: bytes) -> None:
    header = re.match(rb"%PDF-(\d)\.(\d)", data[:1024].lstrip())
    version = (int(header[1]), int(header[2])) if header else (0, 0)
    named = entry(file.reader.trailer, "/Root", "/Version")
    if named:
        major, _, minor = str(named)[1:].partition(".")
        version = max(version, (int(major), int(minor)))
    newest = _NEWEST[file.standard]
    shown = "{}.{}".format(*version) if header else "none"
    said = f"version {shown}; {file.standard} allows up to {newest[0]}.{newest[1]}"
    file.fails("VERSION", said, not header or version > newest)
    packed = b"/ObjStm" in data or re.search(rb"/Type\s*/XRef\b", data)
    file.fails("XREF", "object streams or a packed table of objects", file.x1a and packed)
    said = "its end is not where it should be, so something may be missing"
    file.fails("READ", said, b"%%EOF" not in data[-2048:])
    identity = resolved(file.reader.trailer.get("/ID")) or ()
    file.fails("ID", "no identifier", len(identity) != 2 or not all(map(bool, identity)))


def _intent(file: Inspected) -> None:
    named = listed(entry(file.reader.trailer, "/Root", "/OutputIntents"))
    intents = [intent for intent in named if entry(intent, "/S") == "/GTS_PDFX"]
    file.fails("INTENT", f"{len(intents)} output intents for PDF/X", len(intents) != 1)
    file.fails("PROFILE", "there is no output intent to hold it", not intents)
    for intent in intents[:1]:
        registry, condition = entry(intent, "/RegistryName"), "/OutputConditionIdentifier"
        if not entry(intent, condition):
            file.fails("INTENT", "the printing condition has no identifier")
        elif not (entry(intent, "/Info") or registry):
            file.fails("INTENT", "neither a registry nor words about the condition")
        profile = entry(intent, "/DestOutputProfile")
        if profile is not None or not (file.x1a and "color.org" in str(registry or "")):
            # PDF/X-1a may leave the profile to the registry that lists the condition.
            _profile(file, profile)


def _profile(file: Inspected, stream: Any) -> None:
    if not isinstance(stream, StreamObject):
        return file.fails("PROFILE", "there is no profile")
    file.has("PROFILE")
    data, inks = stream.get_data(), entry(stream, "/N")
    length, version = int.from_bytes(data[:4], "big"), int.from_bytes(data[8:9], "big")
    faults = {
        "the profile is damaged": data[36:40] != b"acsp" or length != len(data),
        "the profile is not that of a press with four inks": data[12:20] != b"prtrCMYK",
        f"/N is {inks}, not 4": inks != 4,
        f"the profile is of version {version}": version > (2 if file.x1a else 4),
    }
    for fault in [what for what, wrong in faults.items() if wrong][:1]:
        file.fails("PROFILE", fault)


def _properties(file: Inspected, packet: Packet | None) -> None:
    info = entry(file.reader.trailer, "/Info") or DictionaryObject()
    for key in ("/Title", "/CreationDate", "/ModDate"):
        value = entry(info, key)
        file.fails("INFO", f"no {key[1:]}", not value)
        no_date = value and "Date" in key and not moment(str(value))
        file.fails("INFO", f"{key[1:]} is no date: “{value}”", no_date)
    trapped, standard = entry(info, "/Trapped"), file.standard
    said = f"Trapped is {trapped or 'not given'}"
    file.fails("TRAPPED", said, trapped not in ("/True", "/False"))
    claim, packed = claimed_standard(file.reader, packet), claim_of(packet)
    if claim != standard:
        file.fails("CLAIM", f"it says {claim or 'nothing'}, not {standard}")
    elif packed not in ("", standard):
        file.fails("CLAIM", f"its metadata packet says {packed}, not {standard}")
    elif file.x1a and entry(info, "/GTS_PDFXConformance") != X1A:
        file.fails("CLAIM", "GTS_PDFXConformance is missing")


def _behaviour(file: Inspected) -> None:
    catalog = entry(file.reader.trailer, "/Root")
    for key in ("/OpenAction", "/AA"):
        file.fails("ACTIONS", f"the file has {key}", key in catalog)
    names = entry(catalog, "/Names") or {}
    file.fails("ACTIONS", "there is JavaScript in it", "/JavaScript" in names)
    file.fails("FILES", "files are attached", "/EmbeddedFiles" in names or "/AF" in catalog)
    form, layers = entry(catalog, "/AcroForm") or {}, entry(catalog, "/OCProperties")
    file.fails("FORM", "there is a form", entry(form, "/Fields") or "/XFA" in form)
    if file.x1a:
        file.fails("LAYERS", "there are layers", layers is not None)
    elif layers is not None:
        file.has("LAYER-STATES")
        for choice in (entry(layers, "/D"), *listed(entry(layers, "/Configs"))):
            by_themselves = "/AS" in (choice or {})
            file.fails("LAYER-STATES", "layers go on and off by themselves", by_themselves)
    for key in ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip"):
        area = entry(catalog, "/ViewerPreferences", key)
        file.fails("VIEW", f"{key[1:]} is {area}", area not in (None, "/MediaBox", "/BleedBox"))


def _objects(file: Inspected) -> None:
    """Every object that the file uses, wherever it is."""
    allowed = PACKINGS if file.x1a else PACKINGS | _X4_PACKING
    for where, value in dictionaries(file.reader):
        file.where = where
        if isinstance(value, StreamObject):
            for name in listed(entry(value, "/Filter")):
                file.has("PACKING", f"{str(name)[1:]} is not allowed", name not in allowed)
            file.fails("FILES", "its data is in another file", "/F" in value)
        kind, act = entry(value, "/Type"), str(entry(value, "/S"))
        file.fails("FILES", "it names another file", kind == "/Filespec" or "/EF" in value)
        acts = act in _ACTIONS and kind in (None, "/Action")
        file.fails("ACTIONS", f"an action {act[1:]}", acts)
        acts = "/AA" in value and kind not in ("/Catalog", "/Page")
        file.fails("ACTIONS", "something happens when it is used", acts)
    file.where = FILE
