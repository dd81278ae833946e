"""Proof on pictures: printed, turned and laid on each other, backs cover fronts.

Every face is a plain block of colour as large as its card, with a corner cut out, so that a
picture shows place, size and direction. An independent renderer draws them.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageOps

from deckgen.design.load import Design
from deckgen.design.printer import PrinterProfile
from deckgen.geometry import Size, mm
from deckgen.layout.faces.deck import CardFaces
from deckgen.model.drawing import Drawing, Element, Role, Shape
from deckgen.pdf.write import write_sheets
from deckgen.sheets.imposition import (
    Order,
    Plan,
    Turn,
    front_slots,
    impose,
    mirror_sheet,
    slot_corner,
)
from deckgen.sheets.registration import corrected, displacement
from deckgen.sheets.sheet import SheetSide
from tests.layout.made_up import design_of
from tests.sheets.test_imposition import FOLDABLE, STOCKS, WAYS, info
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
    """Backs are moved against what the printer does; then it does it. One sheet is partly empty."""
    design = design_of(stock=stock)
    sheet = (design.stock.sheet.width, design.stock.sheet.height)
    known = PrinterProfile(
        name="office", measured=date(2026, 3, 2), turn=turn.value, sheet_mm=sheet, **OFF
    )  # type: ignore[arg-type]
    count = design.stock.per_sheet + max(1, design.stock.per_sheet // 3)
    sides = impose(blocks(count, design), design.stock, Plan(turn), "Edition 7", design.book)
    mirror = mirror_sheet(design.stock, turn)
    does = mirror.then(displacement(known, design.stock)).then(mirror)

    def worst(made: tuple[SheetSide, ...]) -> int:
        pages = drawn(printed(made, does), design)
        half = len(pages) // 2
        single = turn is Turn.SINGLE
        fronts, backs = (pages[:half], pages[half:]) if single else (pages[::2], pages[1::2])
        assert len(fronts) == len(backs) == 2
        return max(
            thickest(front, through_paper(front, back, turn))
            for front, back in zip(fronts, backs, strict=True)
        )

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


def white_edge_mm(pages: list[Image.Image]) -> float:
    """How wide the edge is that stays white on all sides of all pages."""
    edges = []
    for page in pages:
        box = ImageOps.invert(page.point(lambda grey: 255 * (grey > 200))).getbbox()
        assert box is not None
        edges += [box[0], box[1], page.width - box[2], page.height - box[3]]
    return min(edges) / DPI * 25.4


@pytest.mark.parametrize(("stock", "turn"), WAYS)
def test_nothing_is_printed_within_the_printers_margin(stock: str, turn: Turn) -> None:
    """Cards with all their bleed, marks, ruler and words: the edge of every page stays white."""
    design = design_of(stock=stock)
    cards = blocks(len(front_slots(design.stock, turn)), design, bleed_mm=3.0)
    sides = impose(cards, design.stock, Plan(turn), "Edition 7", design.book)
    assert white_edge_mm(grey_pages(list(sides), design)) >= design.stock.printer_margin - 0.1


def test_ink_in_the_margin_shows() -> None:
    design = design_of()
    reaching = replace(design.stock, printer_margin=4.0)
    sides = impose(blocks(4, design), reaching, Plan(), "Edition 7", design.book)
    assert white_edge_mm(grey_pages(list(sides), design)) < design.stock.printer_margin - 0.1


def piled_up(stock: str, order: Order) -> tuple[list[int], list[int]]:
    """Cards of a grey each; and the greys of the piles, cut from pictures and put on each other."""
    design = design_of(stock=stock)
    count = 2 * design.stock.per_sheet + max(1, design.stock.per_sheet // 3)
    greys = [20 + 200 * n // count for n in range(count)]
    cards = [
        CardFaces(plain(n, grey, design), plain(n, 255, design)) for n, grey in enumerate(greys)
    ]
    sides = impose(cards, design.stock, Plan(order=order), "Edition 7", design.book)
    sheets = grey_pages([side for side in sides if side.label.endswith("front")], design)
    stack = []
    for slot in range(design.stock.per_sheet):
        x, y = slot_corner(design.stock, slot)
        at = round((x + mm(10)) * DPI / 72), round(sheets[0].height - (y + mm(10)) * DPI / 72)
        stack += [sheet.getpixel(at) for sheet in sheets]
    return greys, [grey for grey in stack if grey != 255]  # type: ignore[misc]


@pytest.mark.parametrize("stock", STOCKS)
def test_cut_piles_put_on_each_other_are_the_deck_on_pictures(stock: str) -> None:
    greys, stack = piled_up(stock, Order.STACK)
    assert stack == greys


def test_piles_of_cards_in_rows_are_not_the_deck() -> None:
    greys, stack = piled_up("a4", Order.ROWS)
    assert sorted(stack) == greys and stack != greys


def plain(number: int, grey: int, design: Design) -> Drawing:
    """A face of one grey."""
    width, height = mm(design.stock.card.width), mm(design.stock.card.height)
    path = (("m", 0, 0), ("l", width, 0), ("l", width, height), ("l", 0, height), ("h",))
    side = "back" if grey == 255 else "front"
    shape = Shape(path, fill=f"#{grey:02X}{grey:02X}{grey:02X}")
    name = f"C{number}-{side}"
    return Drawing(name, name, Size(width, height), mm(3), (Element(Role.ARTIFACT, (shape,)),))


def grey_pages(sides: list[SheetSide], design: Design) -> list[Image.Image]:
    document = pdfium.PdfDocument(write_sheets(sides, info("long"), design.book))
    made = [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in document]
    document.close()
    return made


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
    right, low = grid.left + card.width + bleed, grid.top + card.height + bleed
    wanted = (grid.left - bleed, grid.top - bleed, right, low)
    for found, mm_from_edge in zip(box, wanted, strict=True):
        assert abs(found - 10 * mm_from_edge) <= 1.5
