"""QR codes: read back from pictures by a reader that had no part in drawing them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pypdfium2 as pdfium
import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image, ImageFilter

from deckgen.design.load import Design, load_design
from deckgen.layout.faces import face_mark
from deckgen.layout.faces.deck import CardFaces
from deckgen.layout.faces.qr import Modules, modules
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing, Element, Role, Shape
from deckgen.model.edition import Mark
from deckgen.model.text import words
from deckgen.model.workbook import Workbook
from deckgen.pdf.metadata import DocumentInfo
from deckgen.pdf.write import write_pages
from deckgen.problem import Problem
from tests.kinds import with_texts
from tests.layout.made_up import card, deck_of, design_of, lay_out_deck, look_files, mark_of

DPI = 150
LOOKS = {
    "gallery": design_of(qr=True),
    "masthead": design_of("masthead", qr=True),
    "low ink": design_of(ink_saver=True, qr=True),
    "large": design_of(large_print=True, qr=True),
    "poker": design_of("pocket", stock="a4-poker", qr=True),
    "a7": design_of("pocket", stock="a4-a7", qr=True),
}
MARKS = {
    "issued": mark_of("Edition 2", date(2027, 11, 23)),
    "draft": mark_of("Draft after edition 12.10", date(2027, 11, 23)),
}


@pytest.fixture
def deck() -> Deck:
    brief = with_texts(card("A1", "Ask", points=1), lead=(words("Ask."),), points=(words("Now"),))
    other = with_texts(card("B1", "Ask", points=1), lead=(words("Ask."),), points=(words("Now"),))
    return replace(deck_of(brief, other), how_to_use=(words("Pick one."),))


def faces_with(
    deck: Deck, workbook: Workbook, design: Design, mark: Mark
) -> tuple[tuple[CardFaces, ...], list[Problem]]:
    codes = [*(str(each.code) for each in deck.cards), "Index"]
    return lay_out_deck(deck, workbook, design, dict.fromkeys(codes, mark))


def picture(drawing: Drawing, design: Design) -> Image.Image:
    info = DocumentInfo(
        title="Fruit",
        author="The orchard",
        subject="Cards",
        language="en-GB",
        issued=datetime(2026, 1, 2, tzinfo=UTC),
        edition="2",
        duplex=None,
        actual_size=False,
    )
    document = pdfium.PdfDocument(write_pages([drawing], info, design.book))
    drawn = document[0].render(scale=DPI / 72).to_pil()
    document.close()
    return drawn


def read(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


@pytest.mark.parametrize("kind", MARKS)
@pytest.mark.parametrize("look", LOOKS)
def test_a_reader_gets_the_payload(deck: Deck, workbook: Workbook, look: str, kind: str) -> None:
    """From an office scanner's picture, sharp and a little blurred, turned by two degrees."""
    design, mark = LOOKS[look], MARKS[kind]
    faces, problems = faces_with(deck, workbook, design, mark)
    assert not problems
    for face in faces:
        code = face.front.name.removesuffix("-front")
        image = picture(face.front, design)
        blurred = image.filter(ImageFilter.GaussianBlur(0.8))
        turned = blurred.rotate(2, Image.Resampling.BICUBIC, fillcolor="white")
        for seen in (image, blurred, turned):
            assert read(seen) == [mark.payload(code)]


def test_the_reader_notices_another_payload(
    deck: Deck, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_mark, "modules", lambda payload: modules(payload.replace("7", "8")))
    faces, _ = faces_with(deck, workbook, LOOKS["gallery"], MARKS["issued"])
    found = read(picture(faces[0].front, LOOKS["gallery"]))
    assert found and found != [MARKS["issued"].payload("A1")]


def test_the_reader_notices_modules_that_are_wrong(
    deck: Deck, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flipped(payload: str) -> Modules:
        """Half of the rows in the middle, where the words are, are the other way round."""
        rows = modules(payload)
        return tuple(
            tuple(not m if r % 2 and 8 < r < 13 and c > 6 else m for c, m in enumerate(row))
            if r != 10
            else tuple(not m if c > 8 else m for c, m in enumerate(row))
            for r, row in enumerate(rows)
        )

    monkeypatch.setattr(face_mark, "modules", flipped)
    faces, _ = faces_with(deck, workbook, LOOKS["gallery"], MARKS["issued"])
    assert read(picture(faces[0].front, LOOKS["gallery"])) == []


def code_of(drawing: Drawing) -> Element:
    (found,) = (e for e in drawing.elements if e.role is Role.FIGURE)
    return found


def test_it_is_a_figure_with_words_and_of_two_shapes(deck: Deck, workbook: Workbook) -> None:
    faces, _ = faces_with(deck, workbook, LOOKS["gallery"], MARKS["issued"])
    code = code_of(faces[0].front)
    assert code.stamp
    assert code.alt == "QR code: A1, edition 2, check code 7Q2M"
    assert [isinstance(kid, Shape) for kid in code.kids] == [True, True]
    assert not any(e.role is Role.FIGURE for e in faces[0].back.elements)


def test_it_takes_the_place_of_the_dots(deck: Deck, workbook: Workbook) -> None:
    plain, _ = faces_with(deck, workbook, design_of(), MARKS["issued"])
    coded, _ = faces_with(deck, workbook, LOOKS["gallery"], MARKS["issued"])
    assert not any(e.role is Role.FIGURE for e in plain[0].front.elements)
    pair = deck_of(card("A1"), card("A2"), card("B1"))
    plain, _ = faces_with(pair, workbook, design_of(), MARKS["issued"])
    coded, _ = faces_with(pair, workbook, LOOKS["gallery"], MARKS["issued"])
    fewer = [e for e in coded[0].front.elements if not e.stamp]
    more = [e for e in plain[0].front.elements if not e.stamp]
    assert more[:-1] == fewer


@pytest.mark.parametrize(
    ("theme", "stock", "says"),
    [("wide", "a4-business", "no place"), ("pocket", "a4-bridge", "9.0 mm wide")],
)
def test_a_look_without_room_is_refused(theme: str, stock: str, says: str) -> None:
    _, (found,) = load_design(look_files(), theme, stock, ink_saver=False, qr=True)
    assert found.code == "qr-no-room"
    assert found.place.file == f"templates/themes/{theme}.toml"
    assert says in found.found


def test_words_in_its_white_ground_are_a_problem(deck: Deck, workbook: Workbook) -> None:
    named = replace(deck.sections[0], name="Apples, apricots, plums, pears")
    long = replace(deck, sections=(named, *deck.sections[1:]))
    _, problems = faces_with(long, workbook, design_of(), MARKS["issued"])
    assert not problems
    _, problems = faces_with(long, workbook, LOOKS["gallery"], MARKS["issued"])
    assert [p.code for p in problems] == ["qr-no-room"]
    assert "Apples" in problems[0].found and problems[0].place.file == "content/cards/A1.md"


def test_a_chip_in_its_white_ground_is_a_problem(workbook: Workbook) -> None:
    """The words of these chips stand above it, but their ground reaches down into it."""
    files = look_files()
    theme = "templates/themes/masthead.toml"
    assert b"at = [8, -21.2]" in files[theme]
    files[theme] = files[theme].replace(b"at = [8, -21.2]", b"at = [8, -20]")
    low, _ = load_design(files, "masthead", "a4", ink_saver=False, qr=True)
    assert low is not None
    deck = deck_of(replace(card("A1"), see_also=card("A1").see_also * 5), card("B1"))
    _, problems = faces_with(deck, workbook, LOOKS["masthead"], MARKS["issued"])
    assert not problems
    _, problems = faces_with(deck, workbook, low, MARKS["issued"])
    assert [(p.code, p.found) for p in problems] == [
        ("qr-no-room", "On A1 front, “A1” stands too near to the QR code.")
    ]
