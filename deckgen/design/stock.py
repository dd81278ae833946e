"""Stocks: a paper, a card and the grid of cards on the paper, in millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from msgspec import Meta

from deckgen.problem import Place, Problem, problem
from deckgen.settings import Settings, locate

Length = Annotated[float, Meta(ge=0, le=2000)]
Positive = Annotated[float, Meta(gt=0, le=2000)]
Count = Annotated[int, Meta(ge=1, le=50)]

MOST_BLEED_MM = 6.0  # pictures run on so far over the trim, and no further
MARK_OFF_MM = 1.0  # the least gap between a cut line's end and its crop mark
RULER_AND_LINE_MM = 3.7  # what stands above the cards, from their bleed to the printer's margin
_NEAR_MM = 1e-6


class Extent(Settings, frozen=True):
    """Width and height in millimetres."""

    width: Positive
    height: Positive


class OfficePaper(Extent, frozen=True):
    """Pages of another size than the template's, with margins of their own where they are given."""

    margin: Length | None = None
    top: Length | None = None
    footer: Length | None = None


class Grid(Settings, frozen=True):
    """Where cards stand: margins from the sheet's left and top, gutters between cards."""

    columns: Count
    rows: Count
    left: Length
    top: Length
    gutter_x: Length
    gutter_y: Length
    bleed: Annotated[float, Meta(ge=0, le=MOST_BLEED_MM)]


class Stock(Settings, frozen=True):
    """A sheet of paper and the cards on it. `paper` is what file names say.

    `large_print` names the stock that large print takes instead; itself if it is empty. `theme`
    is the look for its cards if nobody asks for one. `perforated`: cards are broken out, not cut.
    `page` is the paper of the office where it is used: workbook, guide and all other pages have it;
    without it that of the workbook's template.
    """

    name: str
    paper: Annotated[str, Meta(pattern="[A-Za-z0-9]", description="a name with letters or digits")]
    printer_margin: Length
    sheet: Extent
    card: Extent
    grid: Grid
    large_print: str = ""
    theme: str = ""
    perforated: bool = False
    page: OfficePaper | None = None

    @property
    def per_sheet(self) -> int:
        return self.grid.columns * self.grid.rows

    @property
    def block(self) -> Extent:
        """The whole grid, from the first card's edge to the last one's."""
        grid, card = self.grid, self.card
        return Extent(
            width=grid.columns * card.width + (grid.columns - 1) * grid.gutter_x,
            height=grid.rows * card.height + (grid.rows - 1) * grid.gutter_y,
        )

    @property
    def waste(self) -> tuple[float, float, float, float]:
        """Paper left of, above, right of and below the grid."""
        right = self.sheet.width - self.grid.left - self.block.width
        below = self.sheet.height - self.grid.top - self.block.height
        return self.grid.left, self.grid.top, right, below

    @property
    def fold(self) -> tuple[str, float]:
        """Where a sheet is folded so that backs come behind fronts.

        "vertical" and millimetres from the left, or "horizontal" and millimetres from the top;
        "" and 0 if there is only one card. Of three columns, the third stays empty.
        """
        grid, card = self.grid, self.card
        if grid.columns > 1 and (grid.columns % 2 == 0 or grid.rows % 2):
            return "vertical", grid.left + _half(grid.columns, card.width, grid.gutter_x)
        if grid.rows > 1:
            return "horizontal", grid.top + _half(grid.rows, card.height, grid.gutter_y)
        return "", 0.0


def _half(count: int, size_mm: float, gutter_mm: float) -> float:
    """From the first card's edge to the middle of the gutter between two halves."""
    return count // 2 * (size_mm + gutter_mm) - gutter_mm / 2


def stock_file(name: str) -> str:
    """The file of a stock."""
    return f"templates/stocks/{name}.toml"


def setting_place(files: Mapping[str, bytes], file: str, *path: str) -> Place:
    """The line of a setting, or of the nearest one above it."""
    text = files[file].decode("utf-8", "replace") if file in files else ""
    return Place(file, *locate(text, path))


# The setting to look at, what is wrong, what to do.
_Fault = tuple[str, str, str]


def stock_problems(stock: Stock, file: str, files: Mapping[str, bytes]) -> list[Problem]:
    """What makes a grid impossible to print or to cut, each at the line to change."""
    return [
        problem("stock-invalid", setting_place(files, file, "grid", name), found, todo)
        for name, found, todo in (*_near_the_edge(stock), *_no_room_above(stock), *_touching(stock))
    ]


def _near_the_edge(stock: Stock) -> Iterator[_Fault]:
    names = ("left", "top", "columns", "rows")
    sides = ("on the left", "at the top", "on the right", "at the bottom")
    for name, side, waste in zip(names, sides, stock.waste, strict=True):
        free = waste - stock.grid.bleed
        if waste < -_NEAR_MM:
            said = f"The cards leave the sheet by {-waste:.1f} mm {side}."
            yield name, said, "Use smaller cards or gutters, or fewer cards a sheet."
        elif free < stock.printer_margin - _NEAR_MM:
            said = "Cards and bleed come nearer to the edge of the sheet than the printer reaches: "
            said += f"{free:.1f} mm {side}, printer margin {stock.printer_margin:g} mm."
            yield name, said, "Use smaller cards, gutters or bleed, or fewer cards a sheet."


def _no_room_above(stock: Stock) -> Iterator[_Fault]:
    """Above the cards run a ruler and the line that names the sheet."""
    least = stock.printer_margin + max(stock.grid.bleed, MARK_OFF_MM) + RULER_AND_LINE_MM
    if least - _NEAR_MM > stock.grid.top >= stock.printer_margin + stock.grid.bleed - _NEAR_MM:
        said = "There is no room above the cards for the ruler and the line that names the sheet: "
        said += f"{stock.grid.top:g} mm, and {least:.1f} mm are needed."
        yield "top", said, f"Move the cards down: top = {least:.1f} or more."


def _touching(stock: Stock) -> Iterator[_Fault]:
    grid = stock.grid
    gutters = (("gutter_x", grid.gutter_x, grid.columns), ("gutter_y", grid.gutter_y, grid.rows))
    for name, gutter, count in gutters:
        if count > 1 and 2 * grid.bleed > gutter + _NEAR_MM:
            said = f"A bleed of {grid.bleed:g} mm runs into the neighbour's half of the gutter, "
            said += f"which is {gutter:g} mm wide."
            yield name, said, "Make the gutters at least twice as wide as the bleed."
