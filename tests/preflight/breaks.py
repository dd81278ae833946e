"""Ways to change a file: each takes an open PDF and breaks, or only alters, one thing in it."""

from __future__ import annotations

import re
import zlib
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


def empty_font_file(document: Pdf) -> None:
    font = next(iter(document.pages[0].Resources.Font.values()))
    font.FontDescriptor.FontFile2.write(b"")


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


def art_for_trim(document: Pdf) -> None:
    page = document.pages[0].obj
    page.ArtBox = page.TrimBox
    del page.TrimBox


def attach(document: Pdf) -> None:
    document.attachments["words.txt"] = b"Hello"


def state(**entries: Any) -> Break:
    return draw(b"/S gs", ExtGState={"S": Dictionary(**entries)})


def shown(**entries: Any) -> Break:
    """A picture, small enough to have dots to spare."""
    return draw(b"q 40 0 0 40 50 50 cm /I Do Q", XObject={"I": image(**entries)})


def looks(kind: str, *rect: float, code: bytes, state: str = "") -> Break:
    """A note beside the page, with a stream that draws it; in one of its states, if named."""

    def spoil(document: Pdf) -> None:
        drawn = form(code)(document)
        normal = Dictionary({f"/{state}": drawn}) if state else drawn
        made = Dictionary(
            Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array(rect), AP=Dictionary(N=normal)
        )
        document.pages[0].obj.Annots = Array([document.make_indirect(made)])

    return spoil


def tile(code: bytes = b"", **entries: Any) -> Callable[[Pdf], Stream]:
    usual = {
        "Type": Name.Pattern,
        "PatternType": 1,
        "PaintType": 1,
        "TilingType": 1,
        "BBox": Array([0, 0, 9, 9]),
        "XStep": 9,
        "YStep": 9,
        "Resources": Dictionary(),
    }
    return stream(code, **{**usual, **entries})


def letters(code: bytes, **entries: Any) -> Callable[[Pdf], Dictionary]:
    """A Type 3 font with one letter."""

    def make(document: Pdf) -> Dictionary:
        return Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            FontBBox=Array([0, 0, 750, 750]),
            CharProcs=Dictionary(a=stream(b"1000 0 d0 " + code)(document)),
            Encoding=Dictionary(Differences=Array([97, Name.a])),
            FirstChar=97,
            LastChar=97,
            Widths=Array([1000]),
            **entries,
        )

    return make


def numbered(document: Pdf) -> Dictionary:
    """A font whose codes are numbers of shapes."""
    simple = next(iter(document.pages[0].Resources.Font.values()))
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/AAAAAA+Any"),
        FontDescriptor=simple.FontDescriptor,
        CIDToGIDMap=Name.Identity,
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/AAAAAA+Any"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([document.make_indirect(inner)]),
    )


def with_differences(document: Pdf) -> Dictionary:
    """A font of ours whose encoding has no shape for "b"."""
    simple = next(iter(document.pages[0].Resources.Font.values()))
    made = Dictionary(simple)
    made.Encoding = Dictionary(Differences=Array([97, Name.a, Name("/.notdef")]))
    return made


def deep(code: bytes) -> Callable[[Pdf], Stream]:
    """A form in a form in a form."""

    def make(document: Pdf) -> Stream:
        made = form(code)(document)
        for _ in range(2):
            inner = Dictionary(XObject=Dictionary(F=made))
            made = form(b"/F Do", Resources=inner)(document)
        return made

    return make


def crop_into_the_bleed(document: Pdf) -> None:
    page = document.pages[0].obj
    page.CropBox = page.TrimBox


def a_field(document: Pdf) -> None:
    field = document.make_indirect(Dictionary(FT=Name.Tx, T=String("name")))
    document.Root.AcroForm = Dictionary(Fields=Array([field]))


def leads(action: Dictionary) -> Break:
    """A link beside the page that does something."""

    def spoil(document: Pdf) -> None:
        made = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([-50, -50, -40, -40]), A=action
        )
        document.pages[0].obj.Annots = Array([document.make_indirect(made)])

    return spoil


def profiled(count: int, data: bytes = b"x") -> Callable[[Pdf], Array]:
    """A colour space by a profile."""
    return lambda document: Array([Name.ICCBased, stream(data, N=count)(document)])


def masked(code: bytes) -> Break:
    """A soft mask with a group that draws this."""

    def spoil(document: Pdf) -> None:
        state(SMask=Dictionary(S=Name.Luminosity, G=form(code)(document)))(document)

    return spoil


def unregistered(document: Pdf) -> None:
    intent = document.Root.OutputIntents[0]
    del intent.DestOutputProfile
    del intent.RegistryName


def listed(document: Pdf) -> None:
    """No profile, but a condition that the registry lists."""
    del document.Root.OutputIntents[0].DestOutputProfile


def inherited(document: Pdf) -> None:
    """Resources and the sheet's size stand above the pages."""
    for page in document.pages:
        for key in ("/Resources", "/MediaBox"):
            document.Root.Pages[key] = page.obj[key]
            del page.obj[key]


def as_attributes(document: Pdf) -> None:
    """The packet's plain values as attributes, with a prefix of its own for the claim."""
    held = document.Root.Metadata
    data = held.read_bytes()
    for name in (b"xmp:CreateDate", b"xmp:ModifyDate", b"xmp:MetadataDate", b"pdf:Trapped"):
        data, value = _taken(data, name)
        data = data.replace(b' rdf:about=""', b' rdf:about="" %b="%b"' % (name, value), 1)
    data, value = _taken(data, b"pdfxid:GTS_PDFXVersion")
    data = data.replace(b"xmlns:pdfxid", b"xmlns:px")
    data = data.replace(b' rdf:about=""', b' rdf:about="" px:GTS_PDFXVersion="%b"' % value, 1)
    held.write(data.replace(b"T00:00:00Z", b"T01:00:00+01:00"))
    del document.docinfo["/GTS_PDFXVersion"]


def _taken(data: bytes, name: bytes) -> tuple[bytes, bytes]:
    start, end = b"<%b>" % name, b"</%b>" % name
    value = data.split(start)[1].split(end)[0]
    return data.replace(start + value + end, b""), value


HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
HALF = Dictionary(ca=0.5)
JS = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))
LIGHT = Name.DeviceRGB
CALIBRATED = Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))])
LAB = Array([Name.Lab, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))])
GREY = Array([Name.CalGray, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))])
CURVE = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1)
PLATES = Array(
    [
        Name.DeviceN,
        Array([Name.Cyan, Name.Magenta, Name.Yellow, Name.Black]),
        Name.DeviceCMYK,
        CURVE,
    ]
)
ALL = Array([Name.Separation, Name.All, Name.DeviceCMYK, CURVE])
GOLD = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, CURVE])
FULL = b" 1 .8 .6 0 k 50 50 40 40 re f "


def layers(code: bytes, before: bytes = b"", **resources: Any) -> Break:
    """Something painted after a square in 240 % ink, with states to lay it over."""
    states = {
        "Over": Dictionary(OP=True, op=True, OPM=1),
        "Whole": Dictionary(OP=True, op=True, OPM=0),
        "Multiply": Dictionary(BM=Name.Multiply),
    }
    named = {"ExtGState": states, "ColorSpace": {"Gold": GOLD}, **resources}
    return draw(FULL + before + b" " + code, **named)


def no_pages(document: Pdf) -> None:
    del document.pages[:]


def endless_space(document: Pdf) -> Array:
    made = document.make_indirect(Array([Name.Indexed, Name.DeviceCMYK, 1, String("a")]))
    made[1] = made
    return made


def endless_form(document: Pdf) -> Stream:
    made = form(b"/F Do")(document)
    made.Resources = Dictionary(XObject=Dictionary(F=made))
    return made


def repacked(name: str, pack: Callable[[bytes], bytes]) -> Break:
    """The first page's stream, said to be packed in some way."""

    def spoil(document: Pdf) -> None:
        page = document.pages[0]
        made = Stream(document, pack(page.Contents.read_bytes()))
        made.Filter = Name(f"/{name}")
        page.Contents = document.make_indirect(made)

    return spoil


spoilt_stream = repacked("FlateDecode", lambda data: b"?" + zlib.compress(data))
shortly_packed = repacked("Fl", zlib.compress)


def packet_without_title(document: Pdf) -> None:
    held = document.Root.Metadata
    held.write(re.sub(rb"(<rdf:li xml:lang=.x-default.>)[^<]*", rb"\1", held.read_bytes()))


def leads_by_reference(document: Pdf) -> None:
    """A link whose kind of action is an object of its own."""
    leads(Dictionary(S=Name.Launch))(document)
    action = document.pages[0].obj.Annots[0].A
    action.S = document.make_indirect(Name.Launch)
