"""Drawings made by hand with every kind of mark, and the snapshot of a deck that has them.

They depend on no template and no font, so that fingerprints of them stay the same for ever.
"""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.editions.fingerprint import face_prints
from deckgen.geometry import Rect, Size
from deckgen.model.drawing import (
    Clip,
    Drawing,
    Element,
    Field,
    FieldKind,
    Link,
    Role,
    Shape,
    TextLine,
    TextRun,
)
from deckgen.model.snapshot import LookFact, Snapshot
from tests.editions.made_up import card, page, snapshot

FONTS = {"regular": "0a1b2c", "bold": "3d4e5f", "medium": "never used"}
_PATH = (
    ("m", -0.0004, 10),
    ("l", 1 / 3, -1e-9),
    ("c", 1.0005, 2.0015, -3.25, 4.5, 99.9999, 7),
    ("h",),
)
_LINE = TextLine(
    14.173228,
    20.5,
    12.0,
    "#1B242B",
    (TextRun("Ask ", "bold"), TextRun("dŵr", "regular", "cy")),
    True,
)


def drawings(x_pt: float = 0.0) -> tuple[Drawing, Drawing]:
    """Two sides; `x_pt` moves one shape."""
    ring = Shape(_PATH, stroke="#003040", width_pt=1.4, round_ends=True, dash_pt=(4.0, 3.0))
    moved = Shape((("m", x_pt, 0.0), ("l", x_pt + 5, 7.5)), fill="#AABBCC")
    field = Field(
        FieldKind.CHOICE, "a.b", "Choose", Rect(1, 2.5, 3, 4), options=("", "x"), value="x"
    )
    link = Link(Rect(-0.0001, 0, 10, 11.0004), "#there", "Go there")
    front = (
        Element(Role.ARTIFACT, (ring, moved, Clip(Rect(0, 0, 50, 60), (ring, moved)))),
        Element(Role.H1, (_LINE, replace(_LINE, y_pt=-8.0, wraps=False))),
        Element(Role.LIST, (Element(Role.ITEM, (Element(Role.BODY, (_LINE,)),)),), language="cy"),
        Element(Role.P, (_LINE,), stamp=True),
    )
    back = (
        Element(Role.ROW, (Element(Role.HEAD_CELL, (_LINE,), scope="Column"),)),
        Element(Role.FORM, (field,)),
        Element(Role.LINK, (link,)),
        Element(Role.FIGURE, (moved,), alt="A code", stamp=True),
    )
    size = Size(269.291339, 388.346457)
    return Drawing("K1-front", "K1", size, 8.5, front), Drawing("K1-back", "K1", size, 8.5, back)


def drawn(x_pt: float = 0.0) -> Snapshot:
    """A deck of one card that looks as these drawings do, and so does its page."""
    look, face = face_prints(drawings(x_pt), FONTS)
    one = replace(card(edition="1", check="7Q2M"), look=look, face=face)
    told = replace(page(), look=face_prints(drawings(x_pt)[:1], FONTS)[0])
    facts = (LookFact("theme", "", "gallery"), LookFact("section colour", "K", "#AABBCC"))
    return snapshot(one, pages=(told,), looks=facts)
