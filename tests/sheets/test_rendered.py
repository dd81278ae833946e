"""Proof on pictures: printed, turned and laid on each other, backs cover fronts.

Every face is a plain block of colour as large as its card, with a corner cut out, so that a
picture shows place, size and direction. An independent renderer draws them.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageOps

from deckgen.design.load import Design
from deckgen.design.printer import PrinterProfile
from deckgen.geometry import Size, mm
from deckgen.layout.deck import CardFaces
from deckgen.model.drawing import Drawing, Element, Role, Shape
from deckgen.pdf.write import write_sheets
from deckgen.sheets.imposition import Plan, Turn, front_slots, impose, mirror_sheet
from deckgen.sheets.registration import corrected, displacement
from deckgen.sheets.sheet import SheetSide
from tests.layout.made_up import design_of
from tests.sheets.test_imposition import FOLDABLE, STOCKS, info
from tests.sheets.test_registration import printed

pytestmark = pytest.mark.slow

DPI = 254  # a tenth of a millimetre is a pixel


def block(name: str, design: Design, *, bleed_mm: float, turned: bool) -> Drawing:
    """A dark card whose upper outer corner is missing; on backs the other upper corner."""
    width, height = mm(design.stock.card.width), mm(design.stock.card.height)
    notch, out = mm(20), mm(bleed_mm)
    left, right, low, high = -out, width + out, -out, height + out
    if turned:
        path = (
            ("m", left + notch, high),
            ("l", right, high),
            ("l", right, low),
            ("l", left, low),
            ("l", left, high - notch),
            ("h",),
        )
    else:
        path = (
            ("m", left, high),
            ("l", right - notch, high),
            ("l", right, high - notch),
            ("l", right, low),
            ("l", left, low),
            ("h",),
        )
    shape = Shape(path, fill="#000000")
    return Drawing(name, name, Size(width, height), mm(3), (Element(Role.ARTIFACT, (shape,)),))


def blocks(count: int, design: Design, bleed_mm: float = 0.0) -> list[CardFaces]:
    return [
        CardFaces(
            block(f"C{n}-front", design, bleed_mm=bleed_mm, turned=False),
            block(f"C{n}-back", design, bleed_mm=bleed_mm, turned=True),
        )
        for n in range(1, count + 1)
    ]


def pictures(design: Design, turn: Turn, count: int) -> list[Image.Image]:
    """The pages, black and white, without the marks in the waste."""
    sides = impose(blocks(count, design), design.stock, Plan(turn), "Edition 7", design.book)
    return drawn(sides, design)


def drawn(sides: tuple[SheetSide, ...], design: Design) -> list[Image.Image]:
    bare = [type(side)(side.label, side.size, side.placements, ()) for side in sides]
    document = pdfium.PdfDocument(write_sheets(bare, info("long"), design.book))
    made = [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in document]
    document.close()
    return [image.point(lambda grey: 255 * (grey > 127)) for image in made]


def through_paper(front: Image.Image, back: Image.Image, turn: Turn) -> Image.Image:
    """The back as it is seen through the front."""
    upright = front.height >= front.width
    if (turn is not Turn.SHORT) == upright:
        return ImageOps.mirror(back)
    return ImageOps.flip(back)


def thickest(one: Image.Image, other: Image.Image) -> int:
    """By how many pixels two pictures differ, across or along, at most."""
    mask = ImageChops.difference(one, other)
    thick = 0
    while mask.getbbox():
        thick += 1
        small = ImageChops.darker(mask, ImageChops.offset(mask, 1, 0))
        mask = ImageChops.darker(small, ImageChops.offset(small, 0, 1))
    return thick


@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize("turn", [Turn.LONG, Turn.SHORT, Turn.SINGLE])
def test_backs_cover_fronts_on_pictures(stock: str, turn: Turn) -> None:
    """A full sheet and a partly empty one."""
    design = design_of(stock=stock)
    made = pictures(design, turn, design.stock.per_sheet + 3)
    half = len(made) // 2
    fronts, backs = made[::2], made[1::2]
    if turn is Turn.SINGLE:
        fronts, backs = made[:half], made[half:]
    for front, back in zip(fronts, backs, strict=True):
        assert front.histogram()[0] > 1000
        assert thickest(front, through_paper(front, back, turn)) <= 1


# A printer that is off in every way at once.
OFF = {
    **{"x_mm": 0.6, "y_mm": -0.8, "rotation_deg": 0.3},
    **{"x_percent": 0.15, "y_percent": -0.2},
}


@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize("turn", [Turn.LONG, Turn.SHORT, Turn.SINGLE])
def test_through_its_profile_a_printers_backs_cover_fronts_on_pictures(
    stock: str, turn: Turn
) -> None:
    """Backs are moved against what the printer does; then it does it."""
    design = design_of(stock=stock)
    sheet = (design.stock.sheet.width, design.stock.sheet.height)
    known = PrinterProfile(
        name="office", measured=date(2026, 3, 2), turn=turn.value, sheet_mm=sheet, **OFF
    )  # type: ignore[arg-type]
    count = design.stock.per_sheet
    sides = impose(blocks(count, design), design.stock, Plan(turn), "Edition 7", design.book)
    mirror = mirror_sheet(design.stock, turn)
    does = mirror.then(displacement(known, design.stock)).then(mirror)

    def worst(made: tuple[SheetSide, ...]) -> int:
        front, back = drawn(printed(made, does), design)
        return thickest(front, through_paper(front, back, turn))

    assert worst(corrected(sides, known, design.stock)) <= 1
    assert worst(sides) > 3


@pytest.mark.parametrize("stock", FOLDABLE)
@pytest.mark.parametrize("partial", [False, True], ids=["full", "partial"])
def test_folded_halves_cover_each_other_on_pictures(stock: str, partial: bool) -> None:
    design = design_of(stock=stock)
    count = len(front_slots(design.stock, Turn.FOLD)) - partial
    (image,) = pictures(design, Turn.FOLD, max(1, count))
    axis, at_mm = design.stock.fold
    assert axis == "vertical"
    shift = round((2 * at_mm - design.stock.sheet.width) * 10)
    assert thickest(image, ImageChops.offset(ImageOps.mirror(image), shift, 0)) <= 2


def test_a_shift_of_a_third_of_a_millimetre_shows() -> None:
    design = design_of()
    front, back = pictures(design, Turn.LONG, 4)[:2]
    assert thickest(front, ImageChops.offset(through_paper(front, back, Turn.LONG), 3, 0)) >= 3


def test_the_wrong_turn_shows() -> None:
    design = design_of()
    front, back = pictures(design, Turn.LONG, 4)[:2]
    assert thickest(front, through_paper(front, back, Turn.SHORT)) > 20


@pytest.mark.parametrize("stock", STOCKS)
def test_colour_covers_the_bleed_and_no_more(stock: str) -> None:
    """Ink 1.4 mm or 2.9 mm beyond each cut; none beyond the stock's own bleed."""
    design = design_of(stock=stock)
    bleed = design.stock.grid.bleed
    faces = blocks(1, design, bleed_mm=3.0)
    side = impose(faces, design.stock, Plan(), "Edition 7", design.book)[0]
    bare = type(side)(side.label, side.size, side.placements, ())
    document = pdfium.PdfDocument(BytesIO(write_sheets([bare], info("long"), design.book)))
    image = document[0].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    document.close()
    box = ImageOps.invert(image.point(lambda grey: 255 * (grey > 127))).getbbox()
    assert box is not None
    grid, card = design.stock.grid, design.stock.card
    wanted = (grid.left - bleed, grid.top - bleed, grid.left + card.width + bleed)
    for found, mm_from_edge in zip(box, wanted, strict=False):
        assert abs(found - 10 * mm_from_edge) <= 1.5
