"""Stocks: a paper, a card and the grid of cards on the paper, in millimetres."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from deckgen.problem import Place, Problem, problem

Length = Annotated[float, Field(ge=0, le=2000)]
Positive = Annotated[float, Field(gt=0, le=2000)]
Count = Annotated[int, Field(ge=1, le=50)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Extent(_Strict):
    """Width and height in millimetres."""

    width: Positive
    height: Positive


class Grid(_Strict):
    """Where cards stand: margins from the sheet's left and top, gutters between cards."""

    columns: Count
    rows: Count
    left: Length
    top: Length
    gutter_x: Length
    gutter_y: Length
    bleed: Length


class Stock(_Strict):
    """A sheet of paper and the cards on it. `paper` is what file names say.

    `large_print` names the stock that large print takes instead; itself if it is empty. `theme`
    is the look for its cards if nobody asks for one. `perforated`: cards are broken out, not cut.
    """

    name: str
    paper: Annotated[str, Field(pattern=r"[A-Za-z0-9]")]
    printer_margin: Length
    large_print: str = ""
    theme: str = ""
    perforated: bool = False
    sheet: Extent
    card: Extent
    grid: Grid

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


def stock_problems(stock: Stock, file: str) -> list[Problem]:
    """What makes a grid impossible to print or to cut."""
    faults = []
    grid = stock.grid
    if min(stock.waste) - grid.bleed < stock.printer_margin - 1e-6:
        faults.append(
            (
                "Cards and bleed come nearer to the edge of the sheet than the printer reaches: "
                f"{min(stock.waste) - grid.bleed:.1f} mm, printer margin "
                f"{stock.printer_margin:g} mm.",
                "Use smaller cards, gutters or bleed, or fewer cards a sheet.",
            )
        )
    if 2 * grid.bleed > min(grid.gutter_x, grid.gutter_y) + 1e-6:
        faults.append(
            (
                f"A bleed of {grid.bleed:g} mm runs into the neighbour's half of the gutter.",
                "Make the gutters at least twice as wide as the bleed.",
            )
        )
    return [problem("stock-invalid", Place(file), found, todo) for found, todo in faults]
