"""The printer that sheets are made for, and how the cards are then put on them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from deckgen.design.printer import FOLDER, PrinterProfile, load_printer
from deckgen.design.stock import Stock
from deckgen.options import Options
from deckgen.problem import Found, Place, Problem, problem
from deckgen.sheets.imposition import Plan, Turn
from deckgen.sheets.registration import fits_sheet

_AS_GOOD_MM = 0.05

# What measured a printer, if there is one, and how the sheets are printed.
PrinterPlan = tuple[PrinterProfile | None, Plan]


def printing_of(
    files: Mapping[str, bytes], options: Options, stock: Stock
) -> tuple[PrinterPlan, list[Problem]]:
    """The printer's profile, and the plan with the turn that it was measured with."""
    found, printer, plan = Found(), None, options.plan
    if options.printer:
        printer = found.take(load_printer(files, options.printer))
    if printer:
        plan = replace(plan, turn=Turn(options.turn or printer.turn))
        found += _unfit(printer, plan.turn, stock)
    if plan.turn is Turn.FOLD and not stock.fold[0]:
        found.append(_cannot_fold(stock))
    return (printer, plan), found


def _unfit(printer: PrinterProfile, turn: Turn, stock: Stock) -> list[Problem]:
    """Why what was measured of a printer doesn't hold for these sheets."""
    place = Place(f"{FOLDER}{printer.name}.toml")
    if printer.turn != turn:
        said = f"This printer was measured with the turn {printer.turn}, not {turn}."
        todo = "Leave --turn out, or calibrate the printer for it."
        return [problem("printer-otherwise", place, said, todo)]
    if not fits_sheet(printer, stock):
        width, height = printer.sheet_mm
        said = (
            f"This printer was measured on paper of {width:g} × {height:g} mm; these sheets are "
            f"{stock.sheet.width:g} × {stock.sheet.height:g} mm."
        )
        todo = "Calibrate it for this stock, under another name: deckgen calibrate --stock NAME."
        return [problem("printer-otherwise", place, said, todo)]
    free = min(stock.waste) - stock.grid.bleed
    if printer.margin_mm > free + _AS_GOOD_MM:
        said = (
            f"This printer leaves {printer.margin_mm:g} mm of each edge white, and cards with "
            f"their bleed come as near as {free:.1f} mm."
        )
        return [problem("printer-otherwise", place, said, "Use another stock or printer.")]
    return []


def _cannot_fold(stock: Stock) -> Problem:
    return problem(
        "stock-invalid",
        Place("--turn"),
        f"A sheet of “{stock.name}” holds one card, so it can't be folded to bring its back "
        "behind it.",
        "Use a stock with more cards on a sheet, or another --turn.",
    )
