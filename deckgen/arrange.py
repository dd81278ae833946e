"""A project's files become Drawings: every card, the workbook and the printing guide."""

from __future__ import annotations

from dataclasses import dataclass, replace

from deckgen.content.load import Content, load_content
from deckgen.design.load import Design, load_design
from deckgen.design.load_press import load_press, press_problems
from deckgen.design.press import Press, TradeSize
from deckgen.design.printer import FOLDER, PrinterProfile, load_printer
from deckgen.design.stock import Extent
from deckgen.design.vision import vision_problems
from deckgen.layout.deck import CardFaces, lay_out_deck
from deckgen.layout.guide import Printing, lay_out_guide
from deckgen.layout.ticket import lay_out_ticket
from deckgen.layout.workbook import lay_out_workbook
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing
from deckgen.model.selection import Chosen, selected
from deckgen.problem import Place, Problem, blocks, in_order, problem
from deckgen.project import Project
from deckgen.sheets.finishing import words_in_the_hole
from deckgen.sheets.imposition import Order, Plan, Turn, sheet_count


@dataclass(frozen=True, slots=True)
class Options:
    """Choices for one build; None leaves a choice to content/deck.toml."""

    theme: str | None = None
    stock: str | None = None
    ink_saver: bool = False
    large_print: bool = False
    turn: str = ""
    printer: str = ""
    order: str = Order.ROWS.value
    copies: int = 1
    corner_mm: float = 0.0
    hole_mm: float = 0.0
    cards: str = ""
    time_frame: str = ""
    size: str = "a6"
    standard: str = "x-4"
    page_order: str = "front-back"
    booklet_paper: str = "a4"

    @property
    def selects(self) -> bool:
        """Whether only some cards are wanted on the sheets."""
        return bool(self.cards or self.time_frame)

    @property
    def plan(self) -> Plan:
        """How the cards are put on sheets."""
        return Plan(
            Turn(self.turn or Turn.LONG),
            Order(self.order),
            self.copies,
            self.printer,
            self.corner_mm,
            self.hole_mm,
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that is printed, as Drawings. `chosen` are the cards for the sheets."""

    content: Content
    design: Design
    plan: Plan
    cards: tuple[CardFaces, ...]
    chosen: tuple[CardFaces, ...]
    workbook: tuple[Drawing, ...]
    guide: tuple[Drawing, ...]
    printer: PrinterProfile | None = None


@dataclass(frozen=True, slots=True)
class PressLayout:
    """The cards for a print shop, in a trade size."""

    content: Content
    design: Design
    press: Press
    cards: tuple[CardFaces, ...]
    ticket: tuple[Drawing, ...]


def check(project: Project, options: Options | None = None) -> list[Problem]:
    """Every problem that a build would meet, in order of place."""
    return lay_out(project, options or Options())[1]


def lay_out(project: Project, options: Options) -> tuple[Layout | None, list[Problem]]:
    """Content and design to Drawings; None if any problem is an error."""
    content, problems = _content(project)
    if content is None:
        return None, in_order(problems)
    design, found = _design(project, content, options)
    problems += found
    if design is None:
        return None, in_order(problems)
    printer: PrinterProfile | None = None
    if options.printer:
        printer, found = load_printer(project.files, options.printer)
        problems += found
        if printer and not options.turn:
            options = replace(options, turn=printer.turn)
        if printer is None or printer.turn != options.turn:
            problems += [_other_turn(printer, options)] if printer else []
            return None, in_order(problems)
    if options.plan.turn is Turn.FOLD and not design.stock.fold[0]:
        problems.append(_cannot_fold(content, options))
        return None, in_order(problems)
    problems += _alike(content, design)
    chosen, found = _chosen(content, options)
    problems += found
    cards, found = lay_out_deck(content.deck, content.workbook, design)
    problems += found
    if not cards:
        return None, in_order(problems)
    problems += _in_the_hole(content, cards, design, options.hole_mm)
    workbook, found = lay_out_workbook(content.workbook, content.deck, design)
    problems += found
    guide, found = lay_out_guide(
        content.deck, content.workbook, design, _printing(content.deck, design, options.plan)
    )
    problems = in_order(problems + found)
    if blocks(problems):
        return None, problems
    wanted = _dealt(cards, chosen)
    plan = options.plan
    return Layout(content, design, plan, cards, wanted, workbook, guide, printer), problems


def lay_out_press(project: Project, options: Options) -> tuple[PressLayout | None, list[Problem]]:
    """The cards in a trade size; a size that can't hold the words has a Problem for each card."""
    content, problems = _content(project)
    pair, found = load_press(project.files, options.size)
    problems += found
    if content is None or pair is None:
        return None, in_order(problems)
    press, size = pair
    if size.theme and not options.theme:
        options = replace(options, theme=size.theme)
    design, found = _design(project, content, options, size)
    problems += found
    if design is None:
        return None, in_order(problems)
    problems += press_problems(press, design.palettes)
    chosen, found = _chosen(content, options)
    problems += found
    cards, found = lay_out_deck(content.deck, content.workbook, design)
    problems += found
    if not cards or blocks(problems):
        return None, in_order(problems)
    wanted = _dealt(cards, chosen)
    job, wishes = _job(press, size, options, len(wanted))
    ticket, found = lay_out_ticket(content.deck, design, job, wishes)
    problems = in_order(problems + found)
    if blocks(problems):
        return None, problems
    return PressLayout(content, design, press, wanted, ticket), problems


_PAGE_ORDERS = {
    "front-back": "front, back, front, back …",
    "back-front": "back, front, back, front …",
    "fronts-backs": "all fronts, then all backs in the same order",
}


def _job(
    press: Press, size: TradeSize, options: Options, cards: int
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What the ticket says: the job, and what is only suggested."""
    settings = press.settings
    job = [
        ("Cards", f"{cards} cards, each printed on both sides"),
        ("Quantity", f"{options.copies} deck{'s' * (options.copies > 1)} of {cards} cards"),
        ("Size", f"{size.name}: {size.width:g} × {size.height:g} mm after cutting"),
        ("Bleed", f"{settings.bleed:g} mm on every side, with colour in it; no marks"),
        ("Pages", f"{2 * cards}, one face a page: {_PAGE_ORDERS[options.page_order]}"),
        ("Colour", f"4 inks on both sides, {settings.condition}"),
        ("Most ink", f"{settings.ink_limit:g} %"),
        ("Standard", {"x-4": "PDF/X-4", "x-1a": "PDF/X-1a:2003"}[options.standard]),
        ("Black words", "black ink alone; nothing overprints"),
        ("Delivered", "sorted as in the file, one deck after the other"),
    ]
    return job, [("Paper", settings.paper), ("Finish", settings.finish)]


def _content(project: Project) -> tuple[Content | None, list[Problem]]:
    content, found = load_content(project.files)
    return content, [*project.problems, *found]


def _design(
    project: Project, content: Content, options: Options, card: Extent | None = None
) -> tuple[Design | None, list[Problem]]:
    asked_at = {} if options.theme else {"theme": content.theme_place}
    asked_at |= {} if options.stock else {"stock": content.stock_place}
    return load_design(
        project.files,
        options.theme or content.theme,
        options.stock or content.stock,
        ink_saver=options.ink_saver,
        large_print=options.large_print,
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


def _dealt(cards: tuple[CardFaces, ...], chosen: list[Chosen]) -> tuple[CardFaces, ...]:
    """The chosen cards, as often as was asked; all of them if none was named."""
    by_code = {faces.front.name.removesuffix("-front").upper(): faces for faces in cards}
    return tuple(by_code[code] for code, count in chosen for _ in range(count)) or cards


def _chosen(content: Content, options: Options) -> tuple[list[Chosen], list[Problem]]:
    """The cards that were asked for; empty for all of them."""
    if not options.selects:
        return [], []
    return selected(content.deck, content.workbook, options.cards, options.time_frame)


def _cannot_fold(content: Content, options: Options) -> Problem:
    stock = options.stock or content.stock
    return problem(
        "stock-invalid",
        Place(f"templates/stocks/{stock}.toml"),
        "A sheet of this stock holds one card, so it can't be folded to bring its back behind it.",
        "Use a stock with more cards on a sheet, or another --turn.",
    )


def _other_turn(printer: PrinterProfile, options: Options) -> Problem:
    return problem(
        "printer-otherwise",
        Place(f"{FOLDER}{printer.name}.toml"),
        f"This printer was measured with the turn {printer.turn}, not {options.turn}.",
        "Leave --turn out, or calibrate the printer for it.",
    )


def _printing(deck: Deck, design: Design, plan: Plan) -> Printing:
    """What the printing guide has to know of the sheets."""
    sheets = sheet_count(len(deck.cards) + 1, design.stock, plan)
    fold = design.stock.fold[0] if plan.turn is Turn.FOLD else ""
    return Printing(plan.turn.value, plan.order.value, plan.copies, sheets, fold)
