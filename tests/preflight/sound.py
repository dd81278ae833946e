"""Files that are changed and still sound."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, String

from tests.preflight.breaks import (
    ALL,
    CALIBRATED,
    HALF,
    HELVETICA,
    LAB,
    LIGHT,
    PLATES,
    Break,
    art_for_trim,
    as_attributes,
    draw,
    image,
    inherited,
    layers,
    letters,
    listed,
    masked,
    note,
    numbered,
    profiled,
    put,
    shown,
    state,
    tile,
)

# What other programs write and the standard allows: nothing of this may be told as a fault.
SOUND: dict[str, dict[str, Break]] = {
    "PDF/X-4": {
        "resources above the pages": inherited,
        "a packet of attributes": as_attributes,
        "RGB by a profile": draw(b"/C cs 1 0 0 sc", ColorSpace={"C": profiled(3)}),
        "a picture by a profile": shown(ColorSpace=profiled(3), Width=150, Height=200),
        "RGB with a default profile": draw(
            b"1 0 0 rg 0 0 9 9 re f", ColorSpace={"DefaultRGB": profiled(3)}
        ),
        "a calibrated space": draw(b"/C cs", ColorSpace={"C": CALIBRATED}),
        "a colour in Lab": draw(b"/C cs", ColorSpace={"C": LAB}),
        "a transparent page": put("0/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)),
        "light on light": draw(
            b".2 .1 0 0 k 9 9 40 40 re f /M gs 0 .1 .1 1 k 9 9 9 9 re f",
            ExtGState={"M": Dictionary(BM=Name.Multiply)},
        ),
        "mixed beside a full colour": layers(b"/Multiply gs 0 .9 .9 1 k 10 60 9 9 re f"),
        "mixed on paper that hides": layers(
            b"1 g 50 50 30 30 re f /Multiply gs 0 .9 .9 1 k 60 60 9 9 re f"
        ),
        "mixed and cut off": layers(
            b"/Multiply gs 0 .9 .9 1 k q 9 9 9 9 re W n 0 0 200 200 re f Q"
        ),
        "half transparent": state(ca=0.5, BM=Name.Multiply),
        "a soft mask": masked(b"0.5 g 0 0 9 9 re f"),
        "a masked picture": shown(SMask=image()),
        "layers": put("Root/OCProperties", Dictionary(OCGs=Array(), D=Dictionary())),
    },
    "PDF/X-1a:2003": {
        "resources above the pages": inherited,
        "a condition that is listed": listed,
        "a plain blend mode": state(BM=Array([Name.Normal]), ca=1, SMask=Name("/None")),
    },
    "both": {
        "things that nothing draws with": draw(
            b"",
            ColorSpace={
                "C": LAB,
                "D": profiled(4),
                "E": Array([Name.Indexed, LIGHT, 1, String("a")]),
            },
            Font={"H": HELVETICA},
            ExtGState={"S": HALF},
            XObject={"I": image(ColorSpace=LIGHT)},
            Pattern={"P": tile(b"1 0 0 rg")},
        ),
        "an art box for the trim": art_for_trim,
        "a note beside the page": note("Text", -70, -70, -50, -50),
        "a note that touches the bleed": note("Text", -20, 0, 0, 20),
        "a printer's mark in the bleed": note("PrinterMark", 1, 1, 7, 7),
        "a form without fields": put("Root/AcroForm", Dictionary(Fields=Array())),
        "a bookmark": put(
            "Root/Outlines",
            Dictionary(First=Dictionary(Title=String("x"), A=Dictionary(S=Name.GoTo, D=Array()))),
        ),
        "a spot colour": draw(
            b"/C cs 1 scn",
            ColorSpace={
                "C": Array(
                    [Name.Separation, Name.Gold, Name.DeviceCMYK, Dictionary(FunctionType=2)]
                )
            },
        ),
        "a pattern in inks": draw(
            b"/Pattern cs /P scn", Pattern={"P": tile(b"0 1 0 0 k 0 0 9 9 re f")}
        ),
        "letters in ink": draw(
            b"BT /L 12 Tf (a) Tj ET", Font={"L": letters(b"0 w 0 0 m 750 750 l S")}
        ),
        "numbered shapes": draw(b"BT /N 12 Tf <00010002> Tj ET", Font={"N": numbered}),
        "a shading in inks": draw(
            b"/G sh", Shading={"G": Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK)}
        ),
        "a halftone": state(HT=Dictionary(HalftoneType=1, TransferFunction=Name.Identity)),
        "a curve by default": state(TR2=Name.Default),
        "a curve that is none": state(TR=Name.Identity),
        "a plate by name": draw(b"/C cs .9 .9 .9 0 scn 0 0 9 9 re f", ColorSpace={"C": PLATES}),
        "a tint of all plates": draw(b"/C cs .5 scn 0 0 9 9 re f", ColorSpace={"C": ALL}),
        "a stand-in that nothing is read by": draw(b"", ColorSpace={"DefaultGray": CALIBRATED}),
        "a width in a state": draw(
            b"/S gs 0 0 m 9 9 l S", ExtGState={"S": Dictionary(LW=0.5, OP=False)}
        ),
        "inks by name": draw(b"/DeviceCMYK cs 0 0 0 1 sc /DeviceGray CS 0 SC 0 0 9 9 re f"),
        "a picture in the page": draw(
            b"q .2 0 0 .2 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /CMYK /F /AHx ID 00000000> EI Q"
        ),
    },
}

# Overprint fails a requirement of its own, whatever inks come of it: nothing more may be told.
OVER: dict[str, Break] = {
    "black beside a full colour": layers(b"/Over gs 0 0 0 1 k 10 60 9 9 re f"),
    "black that takes the place of all inks": layers(b"/Whole gs 0 0 0 1 k 60 60 9 9 re f"),
    "grey, which takes their place too": layers(b"/Over gs 0 g 60 60 9 9 re f"),
    "type beside a full colour": layers(
        b"/Over gs 0 0 0 1 k BT /regular 12 Tf 1 0 0 1 20 60 Tm (x) Tj ET"
    ),
    "black on a picture that hides": layers(
        b"q 40 0 0 40 50 50 cm /I Do Q /Over gs 0 0 0 1 k 60 60 9 9 re f",
        XObject={"I": image()},
    ),
}
