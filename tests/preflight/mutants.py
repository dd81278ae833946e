"""Files with one fault each. Every mutant takes a sound file, breaks it and names the rule."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, String

from tests.preflight.breaks import (
    ALL,
    CALIBRATED,
    CURVE,
    GREY,
    HALF,
    HELVETICA,
    JS,
    LAB,
    LIGHT,
    PLATES,
    Break,
    a_field,
    art_and_trim,
    attach,
    crop_into_the_bleed,
    deep,
    draw,
    empty_font_file,
    endless_form,
    endless_space,
    form,
    image,
    layers,
    leads,
    leads_by_reference,
    letters,
    looks,
    masked,
    narrow_bleed,
    no_font_file,
    no_pages,
    note,
    numbered,
    packet,
    packet_without_title,
    profile,
    profiled,
    put,
    resize_a_page,
    second_intent,
    shortly_packed,
    shown,
    spoilt_stream,
    state,
    stream,
    tile,
    trim_outside,
    unregistered,
    with_differences,
)

# For both standards.
COMMON: dict[str, tuple[Break, str]] = {
    "no output intent": (put("Root/OutputIntents", None), "INTENT PROFILE"),
    "two output intents": (second_intent, "INTENT"),
    "an intent for archives": (
        put("Root/OutputIntents/0/S", Name.GTS_PDFA1),
        "INTENT PROFILE",
    ),
    "no condition": (put("Root/OutputIntents/0/OutputConditionIdentifier", None), "INTENT"),
    "a profile cut short": (profile(lambda data: data[:-100]), "PROFILE"),
    "a profile of a screen": (profile(lambda d: d[:12] + b"mntrRGB " + d[20:]), "PROFILE"),
    "a profile read as text": (
        profile(lambda d: d.decode("latin-1").encode()),
        "PROFILE",
    ),
    "a profile of three inks": (put("Root/OutputIntents/0/DestOutputProfile/N", 3), "PROFILE"),
    "a date that is none": (put("Info/CreationDate", String("yesterday")), "INFO"),
    "no pages": (no_pages, "BOXES"),
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
    "a form": (a_field, "FORM"),
    "a form in XML": (put("Root/AcroForm", Dictionary(Fields=Array(), XFA=Array())), "FORM"),
    "a printer's mark on the card": (note("PrinterMark", 50, 50, 70, 70), "NOTES"),
    "a trim without size": (put("0/TrimBox", Array([10, 10, 10, 10])), "BOXES"),
    "a crop into the bleed": (crop_into_the_bleed, "BOXES"),
    "a link that leads out": (leads(Dictionary(S=Name.URI, URI=String("http://x"))), "ACTIONS"),
    "a link that starts a program": (leads(Dictionary(S=Name.Launch, F=String("x"))), "ACTIONS"),
    "a script in the outline": (
        put("Root/Outlines", Dictionary(First=Dictionary(Title=String("x"), A=JS))),
        "ACTIONS",
    ),
    "another file's content": (
        draw(b"/F Do", XObject={"F": form(Ref=Dictionary())}),
        "FILES",
    ),
    "a file without a type": (put("Root/Extra", Dictionary(EF=Dictionary())), "FILES"),
    "an empty font": (empty_font_file, "FONTS"),
    "a base font in a form": (
        draw(
            b"/F Do",
            XObject={
                "F": form(
                    b"BT /H 9 Tf (x) Tj ET", Resources=Dictionary(Font=Dictionary(H=HELVETICA))
                )
            },
        ),
        "FONTS",
    ),
    "a base font in a pattern": (
        draw(
            b"/Pattern cs /P scn",
            Pattern={
                "P": tile(
                    b"BT /H 9 Tf (x) Tj ET", Resources=Dictionary(Font=Dictionary(H=HELVETICA))
                )
            },
        ),
        "FONTS",
    ),
    "a base font in a state": (state(Font=Array([HELVETICA, 12])), "FONTS"),
    "RGB deep inside": (draw(b"/F Do", XObject={"F": deep(b"1 0 0 rg 0 0 9 9 re f")}), "COLOUR"),
    "RGB in a pattern": (
        draw(b"/Pattern cs /P scn", Pattern={"P": tile(b"1 0 0 rg 0 0 9 9 re f")}),
        "COLOUR",
    ),
    "an RGB picture in a pattern": (
        draw(
            b"/Pattern cs /P scn",
            Pattern={
                "P": lambda d: tile(
                    b"q 5 0 0 5 0 0 cm /I Do Q",
                    Resources=Dictionary(XObject=Dictionary(I=image(ColorSpace=LIGHT)(d))),
                )(d)
            },
        ),
        "COLOUR",
    ),
    "a pattern that shades in RGB": (
        draw(
            b"/Pattern cs /P scn",
            Pattern={
                "P": Dictionary(PatternType=2, Shading=Dictionary(ShadingType=2, ColorSpace=LIGHT))
            },
        ),
        "COLOUR",
    ),
    "a coloured pattern's base": (
        draw(b"/C cs", ColorSpace={"C": Array([Name.Pattern, LIGHT])}),
        "COLOUR",
    ),
    "letters drawn in RGB": (
        draw(b"BT /L 12 Tf (a) Tj ET", Font={"L": letters(b"1 0 0 rg 0 0 750 750 re f")}),
        "COLOUR",
    ),
    "letters with a base font": (
        draw(
            b"BT /L 12 Tf (a) Tj ET",
            Font={
                "L": letters(
                    b"BT /H 900 Tf (x) Tj ET", Resources=Dictionary(Font=Dictionary(H=HELVETICA))
                )
            },
        ),
        "FONTS",
    ),
    "a note drawn in RGB": (looks("Text", -60, -60, -50, -50, code=b"1 0 0 rg"), "COLOUR"),
    "a mark drawn in RGB": (looks("PrinterMark", -60, -60, -50, -50, code=b"1 0 0 rg"), "COLOUR"),
    "a note's state in RGB": (
        looks("Widget", -60, -60, -50, -50, code=b"1 0 0 RG", state="On"),
        "COLOUR",
    ),
    "a spot colour shown in RGB": (
        draw(
            b"/C cs 1 scn",
            ColorSpace={
                "C": Array([Name.Separation, Name.Gold, LIGHT, Dictionary(FunctionType=2)])
            },
        ),
        "COLOUR",
    ),
    "several inks shown in RGB": (
        draw(
            b"/C cs 1 scn",
            ColorSpace={
                "C": Array([Name.DeviceN, Array([Name.Gold]), LIGHT, Dictionary(FunctionType=2)])
            },
        ),
        "COLOUR",
    ),
    "a palette in the page": (
        draw(b"q .2 0 0 .2 0 0 cm BI /W 1 /H 1 /BPC 8 /CS [/I /RGB 1 <000000FFFFFF>] ID a EI Q"),
        "COLOUR",
    ),
    "LZW in the page": (
        draw(b"q .2 0 0 .2 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID abc EI Q"),
        "PACKING",
    ),
    "a curve in a halftone": (
        state(HT=Dictionary(HalftoneType=1, TransferFunction=Dictionary(FunctionType=2))),
        "CURVES",
    ),
    "PostScript in a form": (
        draw(b"/P Do", XObject={"P": form(PS=stream(b"showpage"))}),
        "POSTSCRIPT",
    ),
    "an operator without numbers": (draw(b"cm"), "OPERATORS"),
    "an unknown operator in a pattern": (
        draw(b"/Pattern cs /P scn", Pattern={"P": tile(b"1 blob")}),
        "OPERATORS",
    ),
    "too much ink by name": (draw(b"/DeviceCMYK cs 1 1 1 0.2 sc 0 0 9 9 re f"), "INK"),
    "too much ink in a pattern": (
        draw(b"/Pattern cs /P scn", Pattern={"P": tile(b"1 1 1 1 k")}),
        "INK",
    ),
    "a hair line in a pattern": (
        draw(b"/Pattern cs /P scn", Pattern={"P": tile(b"0.1 w 0 0 m 9 9 l S")}),
        "LINES",
    ),
    "a shape without number": (
        draw(b"BT /N 12 Tf <00000001> Tj ET", Font={"N": numbered}),
        "LETTERS",
    ),
    "a code without shape": (
        draw(b"BT /D 12 Tf [(a) 20 (ab)] TJ ET", Font={"D": with_differences}),
        "LETTERS",
    ),
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
    "a palette of RGB": (
        draw(b"/C cs", ColorSpace={"C": Array([Name.Indexed, LIGHT, 1, String("abcdef")])}),
        "COLOUR",
    ),
    "a picture in RGB": (shown(ColorSpace=LIGHT, Width=150, Height=200), "COLOUR"),
    "a shading in RGB": (
        draw(b"/G sh", Shading={"G": Dictionary(ShadingType=2, ColorSpace=LIGHT)}),
        "COLOUR",
    ),
    "a picture in the page": (
        draw(b"q .2 0 0 .2 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q"),
        "COLOUR",
    ),
    "a transfer curve": (state(TR=Name.Other), "CURVES"),
    "a curve of the later kind": (state(TR2=CURVE), "CURVES"),
    "a curve for each plate": (state(TR2=Array([CURVE] * 4)), "CURVES"),
    "a curve that undoes the press's own": (state(TR2=Name.Identity), "CURVES"),
    "a curve beside its successor": (state(TR=CURVE, TR2=Name.Default), "CURVES"),
    "the press's own curve by the older key": (state(TR=Name.Default), "CURVES"),
    "a halftone by name": (
        state(HT=Dictionary(HalftoneType=1, HalftoneName=String("Round"))),
        "CURVES",
    ),
    "a halftone": (state(HT=Dictionary(HalftoneType=6)), "CURVES"),
    "PostScript": (draw(b"/P Do", XObject={"P": form(Subtype=Name.PS)}), "POSTSCRIPT"),
    "a stand-in": (shown(OPI=Dictionary()), "STAND-INS"),
    "alternates": (shown(Alternates=Array()), "STAND-INS"),
    "an unknown operator": (draw(b"1 2 frobnicate"), "OPERATORS"),
    "too much ink": (draw(b"1 1 1 0.2 k 0 0 9 9 re f"), "INK"),
    "too much ink on plates by name": (
        draw(b"/C cs 1 1 1 .1 scn 0 0 9 9 re f", ColorSpace={"C": PLATES}),
        "INK",
    ),
    "ink on all plates": (draw(b"/C CS .8 SCN 0 0 m 9 9 l S", ColorSpace={"C": ALL}), "INK"),
    "black over a full colour": (layers(b"/Over gs 0 0 0 1 k 60 60 9 9 re f"), "INK OVERPRINT"),
    "a spot over a full colour": (
        layers(b"/Whole gs /Gold cs 1 scn 60 60 9 9 re f"),
        "INK OVERPRINT",
    ),
    "type over a full colour": (
        layers(b"/Over gs 0 0 0 1 k BT /regular 12 Tf 40 40 Td 20 20 Td (x) Tj ET"),
        "INK OVERPRINT",
    ),
    "a line over a full colour": (
        layers(b"/Over gs 0 0 0 1 K 1 w 40 60 m 99 60 l S"),
        "INK OVERPRINT",
    ),
    "four plates over each other": (
        layers(
            b"/Over gs 1 0 0 0 k 9 9 9 9 re f 0 1 0 0 k 9 9 9 9 re f 0 0 1 0 k 9 9 9 9 re f "
            b"0 0 0 1 k 9 9 9 9 re f"
        ),
        "INK OVERPRINT",
    ),
    "black over a full colour in a form": (
        layers(
            b"q 1 0 0 1 60 60 cm /F Do Q",
            XObject={"F": form(b"0 0 0 1 k 0 0 9 9 re f")},
            before=b"/Over gs",
        ),
        "INK OVERPRINT",
    ),
    "too much ink in a line": (draw(b"1 1 0.9 0.2 K 0 0 m 9 9 l S"), "INK"),
    "a hair line": (draw(b"0 0 0 1 K 0.1 w 0 0 m 9 9 l S"), "LINES"),
    "a line made thin": (draw(b"q .1 0 0 .1 0 0 cm 1 w 0 0 m 9 9 l S Q"), "LINES"),
    "small type in two inks": (
        draw(b"BT 0 1 0 1 k /regular 6 Tf (x) Tj ET"),
        "SMALL",
    ),
    "overprinting": (state(OP=True, op=True, OPM=1), "OVERPRINT"),
    "a thin line by its state": (
        draw(b"/S gs 0 0 m 9 9 l S", ExtGState={"S": Dictionary(LW=0.1)}),
        "LINES",
    ),
    "a picture that is coarse one way": (
        draw(b"q 30 0 0 300 0 0 cm /I Do Q", XObject={"I": image(Width=900, Height=100)}),
        "PICTURES",
    ),
    "a coarse picture in the page": (
        draw(b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q"),
        "PICTURES",
    ),
    "a font that is only named": (draw(b"BT /Nowhere 12 Tf (x) Tj ET"), "FONTS"),
    "a picture that is only named": (draw(b"/Nowhere Do"), "OPERATORS"),
    "a state that is only named": (draw(b"/Nowhere gs"), "OPERATORS"),
    "a space that is only named": (draw(b"/Nowhere cs"), "OPERATORS"),
    "an action by reference": (
        leads_by_reference,
        "ACTIONS",
    ),
    "a palette of itself": (draw(b"/C cs", ColorSpace={"C": endless_space}), "READ"),
    "a form that draws itself": (draw(b"/F Do", XObject={"F": endless_form}), "READ"),
    "a stream that can't be unpacked": (spoilt_stream, "READ"),
    "a short name for how a stream is packed": (shortly_packed, "PACKING READ"),
    "a coarse picture": (
        draw(b"q 300 0 0 300 0 0 cm /I Do Q", XObject={"I": image(Width=100, Height=900)}),
        "PICTURES",
    ),
    "another unit": (put("0/UserUnit", 2), "UNIT"),
}
ONLY_X4: dict[str, tuple[Break, str]] = {
    "a packet that is no XML": (packet(b"</rdf:RDF>", b""), "XMP"),
    "a packet with an unknown prefix": (packet(b"xmlns:xmpMM=", b"xmlns:other="), "XMP"),
    "a packet of other names": (packet(b"ns.adobe.com/pdf/1.3/", b"example.org/pdf/"), "XMP"),
    "a packet with an empty title": (packet_without_title, "XMP"),
    "a date in the packet that is none": (
        packet(b"<xmp:CreateDate>", b"<xmp:CreateDate>c. "),
        "SYNC",
    ),
    "inks by a profile that stands in": (
        draw(b"0 0 0 1 k", ColorSpace={"DefaultCMYK": profiled(4)}),
        "OWN-INKS",
    ),
    "a full colour on a full colour": (layers(b"/Multiply gs 0 .9 .9 1 k 60 60 9 9 re f"), "INK"),
    "a group mixed into a full colour": (
        layers(
            b"/Multiply gs /F Do",
            XObject={
                "F": form(
                    b"0 .9 .9 1 k 60 60 9 9 re f",
                    BBox=Array([0, 0, 99, 99]),
                    Group=Dictionary(S=Name.Transparency),
                )
            },
        ),
        "INK",
    ),
    "no claim": (put("Info/GTS_PDFXVersion", String("PDF/X-3:2003")), "CLAIM"),
    "no packet": (put("Root/Metadata", None), "XMP"),
    "no identity": (packet(b"xmpMM:DocumentID", b"xmpMM:Other"), "XMP"),
    "no rendition": (packet(b"xmpMM:RenditionClass", b"xmpMM:Other"), "XMP"),
    "no date in the packet": (packet(b"xmp:MetadataDate", b"xmp:Other"), "XMP"),
    "another title": (packet(b"cards for the print shop", b"posters"), "SYNC"),
    "no profile": (put("Root/OutputIntents/0/DestOutputProfile", None), "PROFILE"),
    "another date": (packet(b"<xmp:CreateDate>2", b"<xmp:CreateDate>1"), "SYNC"),
    "another date of change": (packet(b"<xmp:ModifyDate>2", b"<xmp:ModifyDate>1"), "SYNC"),
    "another word on trapping": (packet(b"<pdf:Trapped>False", b"<pdf:Trapped>True"), "SYNC"),
    "another claim in the packet": (packet(b">PDF/X-4<", b">PDF/X-3:2003<"), "CLAIM"),
    "a page mixed in RGB": (put("0/Group", Dictionary(S=Name.Transparency, CS=LIGHT)), "COLOUR"),
    "a form mixed in RGB": (
        draw(b"/F Do", XObject={"F": form(Group=Dictionary(S=Name.Transparency, CS=LIGHT))}),
        "COLOUR",
    ),
    "a soft mask drawn in RGB": (masked(b"1 0 0 rg"), "COLOUR"),
    "inks by a profile": (draw(b"/C cs", ColorSpace={"C": profiled(4)}), "OWN-INKS"),
    "a default that is no profile": (
        draw(b"1 0 0 rg", ColorSpace={"DefaultRGB": LIGHT}),
        "COLOUR",
    ),
    "layers that switch": (
        put("Root/OCProperties", Dictionary(OCGs=Array(), D=Dictionary(AS=Array()))),
        "LAYER-STATES",
    ),
}

ONLY_X1A: dict[str, tuple[Break, str]] = {
    "no conformance": (put("Info/GTS_PDFXConformance", None), "CLAIM"),
    "no profile and no registry": (unregistered, "PROFILE"),
    "a profile of a later kind": (profile(lambda d: d[:8] + b"\4" + d[9:]), "PROFILE"),
    "a calibrated space": (draw(b"/C cs", ColorSpace={"C": CALIBRATED}), "LAB"),
    "blend modes": (state(BM=Array([Name.Multiply, Name.Normal])), "CLEAR"),
    "transparency in a pattern": (
        draw(
            b"/Pattern cs /P scn",
            Pattern={"P": tile(b"/S gs", Resources=Dictionary(ExtGState=Dictionary(S=HALF)))},
        ),
        "CLEAR",
    ),
    "a masked picture in a form": (
        draw(
            b"/F Do",
            XObject={
                "F": lambda d: form(
                    b"q 5 0 0 5 0 0 cm /I Do Q",
                    Resources=Dictionary(XObject=Dictionary(I=image(SMask=image())(d))),
                )(d)
            },
        ),
        "CLEAR",
    ),
    "RGB with a profile to read it by": (
        draw(b"1 0 0 rg", ColorSpace={"DefaultRGB": profiled(3)}),
        "COLOUR",
    ),
    "a layer in the page": (draw(b"/OC /Some BDC EMC"), "LAYERS"),
    "a colour in Lab": (draw(b"/C cs", ColorSpace={"C": LAB}), "LAB"),
    "a calibrated grey": (draw(b"/C cs", ColorSpace={"C": GREY}), "LAB"),
    "a calibrated grey that stands in": (
        draw(b"0.5 g 0 0 9 9 re f", ColorSpace={"DefaultGray": GREY}),
        "LAB",
    ),
    "inks by a profile that stand in": (
        draw(b"0 0 0 1 k", ColorSpace={"DefaultCMYK": profiled(4)}),
        "LAB",
    ),
    "a calibrated palette": (
        shown(ColorSpace=Array([Name.Indexed, CALIBRATED, 1, String("abcdef")])),
        "LAB",
    ),
    "a picture that a stand-in reads": (
        draw(
            b"q 40 0 0 40 50 50 cm /I Do Q",
            XObject={"I": image()},
            ColorSpace={"DefaultGray": GREY},
        ),
        "LAB",
    ),
    "a colour by profile": (
        draw(b"/C cs", ColorSpace={"C": lambda d: Array([Name.ICCBased, stream(b"x", N=1)(d)])}),
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
