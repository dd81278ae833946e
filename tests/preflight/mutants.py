"""Files with one fault each. Every mutant takes a sound file, breaks it and names the rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

Break = Callable[[Pdf], None]


def draw(code: bytes, **resources: Any) -> Break:
    """Put something on the first page, with what it needs."""

    def spoil(document: Pdf) -> None:
        page = document.pages[0]
        for kind, things in resources.items():
            held = page.Resources.get(f"/{kind}", Dictionary())
            for name, make in things.items():
                held[f"/{name}"] = make(document) if callable(make) else make
            page.Resources[f"/{kind}"] = held
        page.Contents = document.make_stream(page.Contents.read_bytes() + b"\n" + code)

    return spoil


def put(path: str, value: Any) -> Break:
    """Set an entry, such as "Root/OpenAction"; None takes it out. "0" is the first page."""

    def spoil(document: Pdf) -> None:
        *way, last = path.split("/")
        on_page = path[0].isdigit()
        node: Any = document.pages[int(way.pop(0))].obj if on_page else document.trailer
        for step in way:
            node = node[int(step)] if step.isdigit() else node[f"/{step}"]
        made = value(document) if callable(value) else value
        if made is None:
            del node[f"/{last}"]
        else:
            node[f"/{last}"] = made

    return spoil


def stream(data: bytes = b"", **entries: Any) -> Callable[[Pdf], Stream]:
    def make(document: Pdf) -> Stream:
        held = {key: v(document) if callable(v) else v for key, v in entries.items()}
        return document.make_indirect(Stream(document, data, **held))

    return make


def image(**entries: Any) -> Callable[[Pdf], Stream]:
    usual = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": 300,
        "Height": 300,
        "BitsPerComponent": 8,
        "ColorSpace": Name.DeviceGray,
    }
    return stream(b"\x80" * 90000, **{**usual, **entries})


def form(code: bytes = b"", **entries: Any) -> Callable[[Pdf], Stream]:
    usual = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 9, 9])}
    return stream(code, **{**usual, **entries})


def note(kind: str, *rect: float) -> Break:
    def spoil(document: Pdf) -> None:
        made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array(rect))
        document.pages[0].obj.Annots = Array([document.make_indirect(made)])

    return spoil


def profile(change: Callable[[bytes], bytes]) -> Break:
    def spoil(document: Pdf) -> None:
        held = document.Root.OutputIntents[0].DestOutputProfile
        held.write(change(held.read_bytes()))

    return spoil


def packet(old: bytes, new: bytes) -> Break:
    def spoil(document: Pdf) -> None:
        held = document.Root.Metadata
        data = held.read_bytes()
        assert old in data, old
        held.write(data.replace(old, new))

    return spoil


def no_font_file(document: Pdf) -> None:
    font = next(iter(document.pages[0].Resources.Font.values()))
    del font.FontDescriptor.FontFile2


def second_intent(document: Pdf) -> None:
    document.Root.OutputIntents.append(document.Root.OutputIntents[0])


def resize_a_page(document: Pdf) -> None:
    page = document.pages[3].obj
    page.TrimBox = Array([float(v) + (5 if i > 1 else 0) for i, v in enumerate(page.TrimBox)])
    for box in ("/MediaBox", "/BleedBox"):
        page[box] = Array([float(v) + (5 if i > 1 else 0) for i, v in enumerate(page[box])])


def narrow_bleed(document: Pdf) -> None:
    for page in document.pages:
        trim = [float(v) for v in page.obj.TrimBox]
        page.obj.BleedBox = Array([trim[0] - 3, trim[1] - 3, trim[2] + 3, trim[3] + 3])


def trim_outside(document: Pdf) -> None:
    for page in document.pages:
        page.obj.TrimBox = Array([-20, 0, 200, 300])


def art_and_trim(document: Pdf) -> None:
    page = document.pages[0].obj
    page.ArtBox = page.TrimBox


def attach(document: Pdf) -> None:
    document.attachments["words.txt"] = b"Hello"


def state(**entries: Any) -> Break:
    return draw(b"/S gs", ExtGState={"S": Dictionary(**entries)})


def shown(**entries: Any) -> Break:
    """A picture, small enough to have dots to spare."""
    return draw(b"q 40 0 0 40 50 50 cm /I Do Q", XObject={"I": image(**entries)})


JS = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))
LIGHT = Name.DeviceRGB
CALIBRATED = Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))])
LAB = Array([Name.Lab, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))])

# For both standards.
COMMON: dict[str, tuple[Break, str]] = {
    "no output intent": (put("Root/OutputIntents", None), "INTENT"),
    "two output intents": (second_intent, "INTENT"),
    "an intent for archives": (put("Root/OutputIntents/0/S", Name.GTS_PDFA1), "INTENT"),
    "no condition": (put("Root/OutputIntents/0/OutputConditionIdentifier", None), "INTENT"),
    "no profile": (put("Root/OutputIntents/0/DestOutputProfile", None), "PROFILE"),
    "a profile cut short": (profile(lambda data: data[:-100]), "PROFILE"),
    "a profile of a screen": (profile(lambda d: d[:12] + b"mntrRGB " + d[20:]), "PROFILE"),
    "a profile read as text": (
        profile(lambda d: d.decode("latin-1").encode()),
        "PROFILE",
    ),
    "a profile of three inks": (put("Root/OutputIntents/0/DestOutputProfile/N", 3), "PROFILE"),
    "no title": (put("Info/Title", None), "INFO"),
    "no date": (put("Info/CreationDate", None), "INFO"),
    "no date of change": (put("Info/ModDate", None), "INFO"),
    "nothing on trapping": (put("Info/Trapped", None), "TRAPPED"),
    "unsure of trapping": (put("Info/Trapped", Name.Unknown), "TRAPPED"),
    "no trim": (put("0/TrimBox", None), "BOXES"),
    "trim and art": (art_and_trim, "BOXES"),
    "trim outside the sheet": (trim_outside, "BOXES"),
    "one page larger": (resize_a_page, "SIZE"),
    "a millimetre of bleed": (narrow_bleed, "BLEED"),
    "another area to print": (
        put("Root/ViewerPreferences", Dictionary(PrintArea=Name.TrimBox)),
        "VIEW",
    ),
    "a note on the page": (note("Text", 50, 50, 70, 70), "NOTES"),
    "a link on the page": (note("Link", 50, 50, 70, 70), "NOTES"),
    "a field on the page": (note("Widget", 50, 50, 70, 70), "NOTES"),
    "a note on the bleed": (note("Text", -5, -5, 2, 2), "NOTES"),
    "a form": (put("Root/AcroForm", Dictionary(Fields=Array())), "FORM"),
    "an opening action": (put("Root/OpenAction", JS), "ACTIONS"),
    "actions of the file": (put("Root/AA", Dictionary(WC=JS)), "ACTIONS"),
    "actions of a page": (put("0/AA", Dictionary(O=JS)), "ACTIONS"),
    "a script": (
        put("Root/Names", Dictionary(JavaScript=Dictionary(Names=Array()))),
        "ACTIONS",
    ),
    "an attachment": (attach, "FILES"),
    "data elsewhere": (shown(F=String("other.dat")), "FILES"),
    "a font left out": (no_font_file, "FONTS"),
    "a base font": (
        draw(
            b"BT /H 12 Tf (x) Tj ET",
            Font={"H": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)},
        ),
        "FONTS",
    ),
    "red, green and blue": (draw(b"1 0 0 rg 0 0 9 9 re f"), "COLOUR"),
    "a line in RGB": (draw(b"1 0 0 RG 0 0 m 9 9 l S"), "COLOUR"),
    "RGB by name": (draw(b"/DeviceRGB cs 1 0 0 sc 0 0 9 9 re f"), "COLOUR"),
    "RGB in a form": (draw(b"/F Do", XObject={"F": form(b"0 1 0 rg 0 0 9 9 re f")}), "COLOUR"),
    "a calibrated space": (draw(b"", ColorSpace={"C": CALIBRATED}), "COLOUR"),
    "a palette of RGB": (
        draw(b"", ColorSpace={"C": Array([Name.Indexed, LIGHT, 1, String("abcdef")])}),
        "COLOUR",
    ),
    "a picture in RGB": (shown(ColorSpace=LIGHT, Width=150, Height=200), "COLOUR"),
    "a shading in RGB": (
        draw(b"", Shading={"G": Dictionary(ShadingType=2, ColorSpace=LIGHT)}),
        "COLOUR",
    ),
    "a picture in the page": (
        draw(b"q 5 0 0 5 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q"),
        "COLOUR",
    ),
    "a transfer curve": (state(TR=Name.Other), "CURVES"),
    "a halftone": (state(HT=Dictionary(HalftoneType=6)), "CURVES"),
    "PostScript": (draw(b"", XObject={"P": form(Subtype=Name.PS)}), "POSTSCRIPT"),
    "a stand-in": (shown(OPI=Dictionary()), "STAND-INS"),
    "alternates": (shown(Alternates=Array()), "STAND-INS"),
    "an unknown operator": (draw(b"1 2 frobnicate"), "OPERATORS"),
    "too much ink": (draw(b"1 1 1 0.2 k 0 0 9 9 re f"), "INK"),
    "too much ink in a line": (draw(b"1 1 0.9 0.2 K 0 0 m 9 9 l S"), "INK"),
    "a hair line": (draw(b"0 0 0 1 K 0.1 w 0 0 m 9 9 l S"), "LINES"),
    "a line made thin": (draw(b"q .1 0 0 .1 0 0 cm 1 w 0 0 m 9 9 l S Q"), "LINES"),
    "small type in two inks": (
        draw(b"BT 0 1 0 1 k /regular 6 Tf (x) Tj ET"),
        "SMALL",
    ),
    "overprinting": (state(OP=True, op=True, OPM=1), "OVERPRINT"),
    "a coarse picture": (
        draw(b"q 300 0 0 300 0 0 cm /I Do Q", XObject={"I": image(Width=100, Height=900)}),
        "PICTURES",
    ),
    "another unit": (put("0/UserUnit", 2), "UNIT"),
}
ONLY_X4: dict[str, tuple[Break, str]] = {
    "no claim": (put("Info/GTS_PDFXVersion", String("PDF/X-3:2003")), "CLAIM"),
    "no packet": (put("Root/Metadata", None), "XMP"),
    "no identity": (packet(b"xmpMM:DocumentID", b"xmpMM:Other"), "XMP"),
    "no rendition": (packet(b"xmpMM:RenditionClass", b"xmpMM:Other"), "XMP"),
    "no date in the packet": (packet(b"xmp:MetadataDate", b"xmp:Other"), "XMP"),
    "another title": (packet(b"cards for the print shop", b"posters"), "SYNC"),
    "another file's content": (
        draw(b"/F Do", XObject={"F": form(Ref=Dictionary())}),
        "FILES",
    ),
}

ONLY_X1A: dict[str, tuple[Break, str]] = {
    "no conformance": (put("Info/GTS_PDFXConformance", None), "CLAIM"),
    "a colour in Lab": (draw(b"", ColorSpace={"C": LAB}), "LAB"),
    "a colour by profile": (
        draw(b"", ColorSpace={"C": lambda d: Array([Name.ICCBased, stream(b"x", N=1)(d)])}),
        "LAB",
    ),
    "half transparent": (state(ca=0.5), "CLEAR"),
    "half transparent lines": (state(CA=0.5), "CLEAR"),
    "a blend mode": (state(BM=Name.Multiply), "CLEAR"),
    "a soft mask": (state(SMask=Dictionary(S=Name.Alpha)), "CLEAR"),
    "a transparent page": (
        put("0/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)),
        "CLEAR",
    ),
    "a transparency group": (
        draw(b"/F Do", XObject={"F": form(Group=Dictionary(S=Name.Transparency))}),
        "CLEAR",
    ),
    "a masked picture": (shown(SMask=image()), "CLEAR"),
    "layers": (put("Root/OCProperties", Dictionary(OCGs=Array())), "LAYERS"),
    "something on a layer": (
        draw(b"/F Do", XObject={"F": form(OC=Dictionary(Type=Name.OCG))}),
        "LAYERS",
    ),
}
