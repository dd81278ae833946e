"""Stocks: a paper, a card and the grid of cards on the paper, in millimetres."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from deckgen.problem import Place, Problem, problem


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Extent(_Strict):
    """Width and height in millimetres."""

    width: float
    height: float


class Grid(_Strict):
    """Where cards stand: margins from the sheet's left and top, gutters between cards."""

    columns: int
    rows: int
    left: float
    top: float
    gutter_x: float
    gutter_y: float
    bleed: float


class Stock(_Strict):
    """A sheet of paper and the cards on it. `paper` is what file names say."""

    name: str
    paper: str
    printer_margin: float
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


def stock_problems(stock: Stock, file: str) -> list[Problem]:
    """What makes a grid impossible to print or to cut."""
    faults = []
    grid = stock.grid
    if min(grid.columns, grid.rows) < 1 or min(stock.card.width, stock.card.height) <= 0:
        faults.append(("It has no cards on the sheet.", "Give at least one row and column."))
    elif min(stock.waste) - grid.bleed < stock.printer_margin - 1e-6:
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
