"""Small Drawings with everything in them that a document can hold."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deckgen.design.fonts import Face, FontBook
from deckgen.geometry import Matrix, Rect, Size, moved
from deckgen.model.drawing import (
    Bookmark,
    Drawing,
    Element,
    Field,
    FieldKind,
    Group,
    Link,
    Role,
    Shape,
    TextLine,
    TextRun,
)
from deckgen.pdf.metadata import DocumentInfo
from deckgen.sheets.sheet import Placement, SheetSide

FONTS = Path(__file__).parents[2] / "fonts"
INK = "#1B242B"
PAGE = Size(298, 420)


def load_book() -> FontBook:
    """Two faces are enough for tests."""
    files = {
        "regular": "AtkinsonHyperlegibleNext_400Regular.ttf",
        "bold": "AtkinsonHyperlegibleNext_700Bold.ttf",
    }
    return FontBook({role: Face(role, f, (FONTS / f).read_bytes()) for role, f in files.items()})


@pytest.fixture(scope="session")
def book() -> FontBook:
    """The font book of all tests here."""
    return load_book()


@pytest.fixture(scope="session")
def info() -> DocumentInfo:
    """A document's properties, with letters that need escaping."""
    return DocumentInfo(
        "Cards & more <1>",
        "Tŷ Gwyn",
        "For tests",
        "en-GB",
        datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        "Edition 2",
        duplex="long",
        actual_size=True,
    )


def line(
    text: str, x: float, y: float, size: float = 12, face: str = "regular", wraps: bool = False
) -> TextLine:
    """A line of one run."""
    return TextLine(x, y, size, INK, (TextRun(text, face),), wraps)


def box(x: float, y: float, w: float, h: float, fill: str = "#99C0B4") -> Shape:
    """A filled rectangle."""
    path = (("m", x, y), ("l", x + w, y), ("l", x + w, y + h), ("l", x, y + h), ("h",))
    return Shape(path, fill=fill)


def bullets(*texts: str, y: float) -> Element:
    """A list with drawn labels."""
    return Element(
        Role.LIST,
        tuple(
            Element(
                Role.ITEM,
                (
                    Element(Role.LABEL, (line("•", 20, y - 16 * i),)),
                    Element(Role.BODY, (line(text, 32, y - 16 * i),)),
                ),
            )
            for i, text in enumerate(texts)
        ),
    )


def table(y: float) -> Element:
    """Two by two, with column heads."""
    rows = []
    for i, (role, cells) in enumerate(
        ((Role.HEAD_CELL, ("Who", "When")), (Role.CELL, ("Łucja", "May")))
    ):
        kids = tuple(
            Element(role, (line(text, 20 + 80 * j, y - 16 * i),), scope="Column")
            for j, text in enumerate(cells)
        )
        rows.append(Element(Role.ROW, kids))
    return Element(Role.TABLE, tuple(rows))


def face(name: str, title: str) -> Drawing:
    """A card face with bleed, a picture, a heading, a paragraph over two lines, a list."""
    return Drawing(
        name,
        name,
        Size(200, 280),
        8.5,
        (
            Element(Role.ARTIFACT, (box(-8.5, 200, 217, 88.5),)),
            Element(Role.H1, (line(name, 20, 170, 20, "bold"), line(title, 112, 170, 20, "bold"))),
            Element(
                Role.P,
                (
                    line("An office is a place that learns", 20, 140, wraps=True),
                    line("when people AVATAR ask first.", 20, 124),
                ),
            ),
            Element(Role.FIGURE, (box(150, 20, 30, 30, "#1B8A6B"),), alt="A square"),
            bullets("Waffles fly", "“Quoted” – Tŷ Ŵyn €5 ≈", y=90),
        ),
        groups=(Group("K", "Knowledge"), Group(name[:2], title)),
        bookmarks=(Bookmark("Knowledge", 0), Bookmark(f"{name} {title}", 1)),
    )


def form_element(field: Field) -> Element:
    """A Form element."""
    return Element(Role.FORM, (field,))


def form_page(prefix: str = "immediate-1", name: str = "one") -> Drawing:
    """A workbook page with one field of every kind, and links."""
    said = "" if name == "one" else f"{name}: "

    def field(kind: FieldKind, key: str, words: str, *place: float, **more: Any) -> Field:
        return Field(kind, f"{prefix}.{key}", said + words, Rect(*place), **more)

    statuses = ("Not started", "Begun", "Done")
    fields = (
        field(FieldKind.LINE, "who", "Who will do it", 20, 340, 200, 20),
        field(FieldKind.LINES, "now", "Now", 20, 250, 250, 80, size_pt=13, pitch_pt=20),
        field(
            FieldKind.CHOICE,
            "actions.1.status",
            "Status of action 1",
            *(20, 220, 120, 20),
            options=statuses,
        ),
        field(FieldKind.CHECK, "check.1", "Talked about it", 20, 190, 18, 18),
        field(FieldKind.RADIO, "rating", "Rating: low", 20, 160, 20, 20, value="1"),
        field(FieldKind.RADIO, "rating", "Rating: high", 60, 160, 20, 20, value="2"),
    )
    boxes = tuple(
        Shape(
            (
                ("m", f.rect.x_pt, f.rect.y_pt),
                ("l", f.rect.right_pt, f.rect.y_pt),
                ("l", f.rect.right_pt, f.rect.top_pt),
                ("l", f.rect.x_pt, f.rect.top_pt),
                ("h",),
            ),
            stroke="#8C9CA6",
            width_pt=0.8,
        )
        for f in fields
    )
    links = (
        Element(
            Role.LINK,
            (line("first page", 20, 130), Link(Rect(20, 126, 60, 14), "#one", "To the first page")),
        ),
        Element(
            Role.LINK,
            (
                line("example", 100, 130),
                Link(Rect(100, 126, 60, 14), "https://example.org/", "Example on the web"),
            ),
        ),
    )
    return Drawing(
        name,
        f"{prefix}",
        PAGE,
        0,
        (
            Element(Role.H1, (line(f"Activity {prefix}", 20, 380, 20, "bold"),)),
            Element(Role.ARTIFACT, boxes),
            *(form_element(f) for f in fields),
            Element(Role.P, links),
            Element(Role.H2, (line("Who and when", 20, 104, 14, "bold"),)),
            table(84),
            bullets("One", "Two", y=40),
        ),
        groups=(Group("wb", "Workbook"),),
        bookmarks=(Bookmark(f"Activity {prefix}", 0),),
    )


@pytest.fixture(scope="session")
def workbook() -> tuple[Drawing, ...]:
    """Two pages with fields."""
    return form_page(), form_page("medium-1", "two")


@pytest.fixture(scope="session")
def faces() -> tuple[Drawing, ...]:
    """Two faces."""
    return face("K1-front", "Waves"), face("K1-back", "Waves again")


@pytest.fixture(scope="session")
def sides(faces: tuple[Drawing, ...]) -> tuple[SheetSide, ...]:
    """A sheet of two cards, front and back; the back is upside down."""
    front, back = faces
    cut = Element(Role.ARTIFACT, (box(5, 5, 20, 0.5, INK), line("Sheet 1", 30, 5, 6)))
    turned = Matrix(a=-1, d=-1)
    return (
        SheetSide(
            "Sheet 1 front",
            Size(420, 320),
            (Placement(front, moved(5, 20), 3), Placement(front, moved(212, 20), 3)),
            (cut,),
        ),
        SheetSide(
            "Sheet 1 back",
            Size(420, 320),
            (
                Placement(back, turned.then(moved(205, 300)), 3),
                Placement(back, turned.then(moved(412, 300)), 3),
            ),
            (cut,),
            turned.then(moved(420, 320)),
        ),
    )
