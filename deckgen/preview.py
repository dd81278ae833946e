"""Pictures of a deck before it is printed: contact sheets of cards, sheets and pages."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from msgspec import Struct
from PIL import Image, ImageDraw, ImageFilter

from deckgen.design.stock import Stock
from deckgen.design.vision import NORMAL, simulated
from deckgen.disk import said_plainly, save_beside
from deckgen.geometry import Matrix, mm
from deckgen.layout.setting.safe import SAFE_MM
from deckgen.options import Options
from deckgen.problem import Problem, blocks
from deckgen.products.job import Job
from deckgen.project import Project
from deckgen.proof.proof import Proof
from deckgen.sheets.imposition import Turn, mirror_sheet, sheet_count, slot_corner

_GROUND, _GAP = (213, 217, 222), 16
_TRIM, _BLEED, _SAFE = (0, 90, 200), (210, 0, 40), (0, 140, 60)
_LUT_STEPS = 33
VIEWS = {"cards": "screen", "sheets": "sheets", "workbook": "workbook"}


class View(Struct, frozen=True):
    """How pictures are made: dots an inch, columns, guides, and for whose eyes (see `vision`)."""

    dpi: int = 72
    columns: int = 6
    guides: bool = False
    sight: str = NORMAL


def preview(
    project: Project, names: Sequence[str], options: Options, view: View, folder: Path
) -> tuple[list[Path], list[Problem]]:
    """Write a PNG for each of `names` (keys of VIEWS) into `folder`.

    Raises CannotWrite if the folder refuses.
    """
    job = Job(Proof(project), options)
    problems = job.problems(*(VIEWS[name] for name in names))
    if blocks(problems):
        return [], problems
    made = []
    with said_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        image = contact_sheet(job.files(VIEWS[name])[0], view, guides_for(name, job))
        out = BytesIO()
        image.save(out, "PNG", compress_level=6)  # 9 takes twice the time for 2 % fewer bytes
        sight = "" if view.sight == NORMAL else f"-{view.sight}"
        path = folder / f"preview-{name}{sight}.png"
        save_beside(out.getvalue(), path, force=True)
        made.append(path)
    return made, problems


Box = tuple[float, float, float, float]
# A guide: colour, and its box in points from the lower left of the page.
Guide = tuple[tuple[int, int, int], Box]


def contact_sheet(
    data: bytes, view: View, guides: Callable[[int, float, float], list[Guide]]
) -> Image.Image:
    """All pages of a file, row by row; only one of them is in memory beside the whole."""
    document = pdfium.PdfDocument(data)
    try:
        sizes = [document.get_page_size(i) for i in range(len(document))]
        wide, high = (math.ceil(max(side) * view.dpi / 72) for side in zip(*sizes, strict=True))
        columns = min(view.columns, len(sizes))
        rows = -(-len(sizes) // columns)
        size = columns * (wide + _GAP) + _GAP, rows * (high + _GAP) + _GAP
        sheet = Image.new("RGB", size, _GROUND)
        for i, page in enumerate(document):
            row, column = divmod(i, columns)
            at = (_GAP + column * (wide + _GAP), _GAP + row * (high + _GAP))
            sheet.paste(_page(page, i, view, guides), at)
    finally:
        document.close()
    return sheet


def _page(
    page: pdfium.PdfPage,
    number: int,
    view: View,
    guides: Callable[[int, float, float], list[Guide]],
) -> Image.Image:
    scale = view.dpi / 72
    width, height = page.get_size()
    image: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    if view.sight != NORMAL:
        image = as_seen(image, view.sight)
    if view.guides:
        draw = ImageDraw.Draw(image)
        for colour, (left, bottom, right, top) in guides(number, width, height):
            upper, lower = (height - top) * scale, (height - bottom) * scale
            box = (left * scale, upper, right * scale - 1, lower - 1)
            draw.rectangle(box, outline=colour, width=max(1, round(scale)))
    return image


def as_seen(image: Image.Image, sight: str) -> Image.Image:
    """A picture as it looks to a sight of `deckgen.design.vision`."""

    def seen(red: float, green: float, blue: float) -> tuple[float, float, float]:
        return simulated((red, green, blue), sight)

    return image.filter(ImageFilter.Color3DLUT.generate(_LUT_STEPS, seen))


def guides_for(name: str, job: Job) -> Callable[[int, float, float], list[Guide]]:
    """Trim, bleed and safe area on sheets; trim and safe area on cards; nothing on pages.

    By the page's number, width and height in points.
    """
    stock, turn = job.design.stock, job.plan.turn
    sheets = sheet_count(len(job.chosen()), stock, job.plan)

    def on_sheets(number: int, _width: float, _height: float) -> list[Guide]:
        back = number >= sheets if turn is Turn.SINGLE else number % 2 == 1
        trims = _trims(stock, turn, back=back and turn is not Turn.FOLD)
        return [guide for trim in trims for guide in _around(stock, trim)]

    def on_cards(_number: int, width: float, height: float) -> list[Guide]:
        safe = mm(SAFE_MM)
        return [(_TRIM, (0, 0, width, height)), (_SAFE, (safe, safe, width - safe, height - safe))]

    def nowhere(_number: int, _width: float, _height: float) -> list[Guide]:
        return []

    return {"sheets": on_sheets, "cards": on_cards}.get(name, nowhere)


def _trims(stock: Stock, turn: Turn, *, back: bool) -> list[Box]:
    """Where cards are cut on a side; a back lies as its sheet was turned."""
    mirror = mirror_sheet(stock, turn) if back else Matrix()
    trims = []
    for slot in range(stock.per_sheet):
        x, y = slot_corner(stock, slot)
        one = mirror.apply(x, y)
        other = mirror.apply(x + mm(stock.card.width), y + mm(stock.card.height))
        (left, right), (bottom, top) = map(sorted, zip(one, other, strict=True))
        trims.append((left, bottom, right, top))
    return trims


def _around(stock: Stock, trim: Box) -> list[Guide]:
    def grown(by_mm: float) -> Box:
        by = mm(by_mm)
        return trim[0] - by, trim[1] - by, trim[2] + by, trim[3] + by

    return [(_BLEED, grown(stock.grid.bleed)), (_TRIM, trim), (_SAFE, grown(-SAFE_MM))]
