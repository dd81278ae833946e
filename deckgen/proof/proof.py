"""A project's files become Drawings: every card, the workbook and the printing guide."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from deckgen.content.ageing import overdue
from deckgen.content.load import Content, load_content
from deckgen.design.load import Design, load_design
from deckgen.design.printer import FOLDER, PrinterProfile, load_printer
from deckgen.design.stock import Extent, Stock
from deckgen.design.vision import vision_problems
from deckgen.layout.faces.deck import CardFaces
from deckgen.layout.papers.guide import Printing, lay_out_guide
from deckgen.layout.workbooks.workbook import lay_out_workbook
from deckgen.model.bare import without_words
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing
from deckgen.model.selection import Chosen, selected
from deckgen.options import Options
from deckgen.problem import Place, Problem, blocks, in_order, problem
from deckgen.project import Project
from deckgen.proof.marks import cards_of, edition_state
from deckgen.sheets.finishing import words_in_the_hole
from deckgen.sheets.imposition import Plan, Turn, impose, sheet_count
from deckgen.sheets.registration import corrected, fits_sheet
from deckgen.sheets.sheet import SheetSide


class Layout(Struct, frozen=True):
    """Everything that is printed, as Drawings. `chosen` are the cards for the sheets."""

    content: Content
    design: Design
    plan: Plan
    cards: tuple[CardFaces, ...]
    chosen: tuple[CardFaces, ...]
    workbook: tuple[Drawing, ...]
    guide: tuple[Drawing, ...]
    printer: PrinterProfile | None = None


_AS_GOOD_MM = 0.05


def check(project: Project, options: Options | None = None) -> list[Problem]:
    """Every problem that a build would meet, in order of place."""
    return lay_out(project, options or Options())[1]


def lay_out(project: Project, options: Options) -> tuple[Layout | None, list[Problem]]:
    """Content and design to Drawings; None if any problem is an error."""
    content, problems = content_of(project)
    state, found = edition_state(project, content) if content else (None, [])
    problems += found
    if state is None:
        return None, in_order(problems)
    content = state.content
    design, found = design_of(project, content, options)
    problems += found
    if design is None:
        return None, in_order(problems)
    printer, options, found = _with_printer(project, options, design.stock)
    problems += found
    if blocks(found):
        return None, in_order(problems)
    if options.plan.turn is Turn.FOLD and not design.stock.fold[0]:
        problems.append(_cannot_fold(content, options))
        return None, in_order(problems)
    problems += _alike(content, design)
    wanted_by, found = for_role(content, options)
    problems += found
    chosen, found = chosen_cards(wanted_by, options)
    problems += found
    cards, found = cards_of(state, design, options)
    problems += found
    if not cards:
        return None, in_order(problems)
    problems += _in_the_hole(content, cards, design, options.hole_mm)
    bare = without_words(content.deck)  # so that no page can depend on the words of a card
    workbook, found = lay_out_workbook(wanted_by.workbook, bare, design)
    problems += found
    guide, found = lay_out_guide(
        bare, content.workbook, design, _printing(bare, design, options.plan)
    )
    problems = in_order(problems + found)
    if blocks(problems):
        return None, problems
    wanted = dealt_cards(cards, chosen)
    plan = options.plan
    return Layout(wanted_by, design, plan, cards, wanted, workbook, guide, printer), problems


def imposed(layout: Layout) -> tuple[SheetSide, ...]:
    """The sides of the sheets as they are printed, backs moved as the printer needs it."""
    design, edition = layout.design, layout.content.deck.edition.stamp
    sides = impose(layout.chosen, design.stock, layout.plan, edition, design.book)
    return corrected(sides, layout.printer, design.stock) if layout.printer else sides


def content_of(project: Project) -> tuple[Content | None, list[Problem]]:
    """A project's words, with the problems of its folder before theirs."""
    content, found = load_content(project.files)
    aged = overdue(content.deck, project.today) if content and project.today else []
    return content, [*project.problems, *found, *aged]


def design_of(
    project: Project, content: Content, options: Options, card: Extent | None = None
) -> tuple[Design | None, list[Problem]]:
    """The look that the options or content/deck.toml ask for; a `card` overrules the stock's."""
    asked_at = {} if options.theme else {"theme": content.theme_place}
    asked_at |= {} if options.stock else {"stock": content.stock_place}
    return load_design(
        project.files,
        options.theme or content.theme,
        options.stock or content.stock,
        ink_saver=options.ink_saver,
        large_print=options.large_print,
        qr=options.qr,
        card=card,
        asked_at=asked_at,
        any_theme=bool(options.stock and not options.theme and not card),
    )


def _in_the_hole(
    content: Content, cards: tuple[CardFaces, ...], design: Design, hole_mm: float
) -> list[Problem]:
    """Words that the hole would cut; one Problem is enough, as faces are alike."""
    for face in (side for faces in cards for side in (faces.front, faces.back)):
        cut = words_in_the_hole(face, hole_mm, design.book) if hole_mm else ""
        if cut:
            found = f"On {face.label}, “{cut.strip()}” stands where the hole would be."
            todo = "Use another theme, such as gallery, or leave --hole out."
            return [problem("hole-in-words", content.deck.place, found, todo)]
    return []


def _alike(content: Content, design: Design) -> list[Problem]:
    keys = tuple(section.palette for section in content.deck.sections)
    known = tuple(key for key in keys if key in design.palettes.sections)
    return vision_problems(design.palettes, known)


def dealt_cards(cards: tuple[CardFaces, ...], chosen: list[Chosen]) -> tuple[CardFaces, ...]:
    """The chosen cards, as often as was asked; all of them if none was named."""
    by_code = {faces.code.upper(): faces for faces in cards}
    return tuple(by_code[code] for code, count in chosen for _ in range(count)) or cards


def chosen_cards(content: Content, options: Options) -> tuple[list[Chosen], list[Problem]]:
    """The cards that were asked for; empty for all of them."""
    if not options.selects:
        return [], []
    cards, frame = options.cards, options.time_frame
    return selected(content.deck, content.workbook, cards, frame, used=bool(options.role))


def for_role(content: Content, options: Options) -> tuple[Content, list[Problem]]:
    """The content with the workbook of the role that was asked for; faces stay as they are."""
    if not options.role:
        return content, []
    workbook = content.workbook_of(options.role)
    if workbook is None:
        there = sorted(book.key for book in (content.workbook, *content.others))
        found = f"There is no workbook for “{options.role}”."
        todo = f"Use one of: {', '.join(there)}."
        return content, [problem("selection-invalid", Place("--role"), found, todo)]
    return replace(content, workbook=workbook), []


def _cannot_fold(content: Content, options: Options) -> Problem:
    stock = options.stock or content.stock
    return problem(
        "stock-invalid",
        Place(f"templates/stocks/{stock}.toml"),
        "A sheet of this stock holds one card, so it can't be folded to bring its back behind it.",
        "Use a stock with more cards on a sheet, or another --turn.",
    )


def _with_printer(
    project: Project, options: Options, stock: Stock
) -> tuple[PrinterProfile | None, Options, list[Problem]]:
    """The printer's profile, and the options with the turn that it was measured with."""
    if not options.printer:
        return None, options, []
    printer, found = load_printer(project.files, options.printer)
    if printer is None:
        return None, options, found
    options = replace(options, turn=options.turn or printer.turn)
    return printer, options, [*found, *_unfit(printer, options, stock)]


def _unfit(printer: PrinterProfile, options: Options, stock: Stock) -> list[Problem]:
    """Why what was measured of a printer doesn't hold for these sheets."""
    place = Place(f"{FOLDER}{printer.name}.toml")
    if printer.turn != options.turn:
        said = f"This printer was measured with the turn {printer.turn}, not {options.turn}."
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


def _printing(deck: Deck, design: Design, plan: Plan) -> Printing:
    """What the printing guide has to know of the sheets."""
    sheets = sheet_count(len(deck.cards) + 1, design.stock, plan)
    fold = design.stock.fold[0] if plan.turn is Turn.FOLD else ""
    return Printing(plan.turn.value, plan.order.value, plan.copies, sheets, fold)
