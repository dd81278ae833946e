"""What stocks a project has: papers, cards, grids; and how many sheets its deck takes on each."""

from __future__ import annotations

from itertools import zip_longest

from msgspec import Struct

from deckgen.content.deck import load_deck_settings
from deckgen.design.stock import Stock, stock_problems
from deckgen.design.template import read_template
from deckgen.problem import Problem, blocks, in_order
from deckgen.project import Project
from deckgen.sheets.imposition import Plan, sheet_count

FOLDER = "templates/stocks/"


class StockEntry(Struct, frozen=True):
    """A stock under its name, and the sheets that the project's deck takes (0: no deck)."""

    name: str
    stock: Stock
    sheets: int


def list_stocks(project: Project) -> tuple[list[StockEntry], list[Problem]]:
    """Every stock that is sound, by name; faults of the others come back as Problems."""
    deck, _, _ = load_deck_settings(project.files)
    cards = sum(section.cards for section in deck.sections) + 1 if deck else 0
    entries, problems = [], []
    for file in sorted(project.files):
        name = file.removeprefix(FOLDER).removesuffix(".toml")
        if file != f"{FOLDER}{name}.toml":
            continue
        found: list[Problem] = []
        stock = read_template(project.files, file, Stock, found)
        found += stock_problems(stock, file, project.files) if stock else ()
        if stock and not found:
            entries.append(StockEntry(name, stock, sheet_count(cards, stock, Plan())))
        problems += found
    unread = [found for found in project.problems if blocks([found])]
    return entries, in_order([*unread, *problems])


def stocks_text(entries: list[StockEntry]) -> str:
    """For each stock its measures in words and a drawing of its grid."""
    return "\n".join(_entry(entry) for entry in entries)


def _entry(entry: StockEntry) -> str:
    stock, card = entry.stock, entry.stock.card
    paper = f"{stock.sheet.width:g} × {stock.sheet.height:g} mm"
    gutters = f"{stock.grid.gutter_x:g} and {stock.grid.gutter_y:g} mm"
    sheets = f"{entry.sheets} sheet{'s' * (entry.sheets != 1)} for this deck"
    words = [
        f"{entry.name}: {stock.name}",
        f"paper {paper}",
        f"cards {card.width:g} × {card.height:g} mm, {stock.per_sheet} a sheet",
        f"gutters {gutters}, bleed {stock.grid.bleed:g} mm",
        sheets if entry.sheets else "",
    ]
    drawing = _drawing(stock)
    width = max(map(len, drawing))
    rows = zip_longest(drawing, words, fillvalue="")
    return "".join(f"  {drawn:<{width}}   {said}".rstrip() + "\n" for drawn, said in rows)


def _drawing(stock: Stock) -> list[str]:
    """The sheet with a box for each card; a letter is about twice as high as it is wide."""
    wide = max(3, round(stock.card.width / 18))
    high = max(1, round(stock.card.height / 45))
    columns, rows = stock.grid.columns, stock.grid.rows
    edge = "─" * wide
    lines = ["┌" + "┬".join([edge] * columns) + "┐"]
    for row in range(rows):
        lines += ["│" + "│".join([" " * wide] * columns) + "│"] * high
        ends = ("└", "┴", "┘") if row == rows - 1 else ("├", "┼", "┤")
        lines.append(ends[0] + ends[1].join([edge] * columns) + ends[2])
    return lines
