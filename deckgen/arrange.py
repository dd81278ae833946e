"""A project's files become Drawings: every card, the workbook and the printing guide."""

from __future__ import annotations

from dataclasses import dataclass

from deckgen.content.load import Content, load_content
from deckgen.design.load import Design, load_design
from deckgen.layout.deck import CardFaces, lay_out_deck
from deckgen.layout.guide import Printing, lay_out_guide
from deckgen.layout.workbook import lay_out_workbook
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing
from deckgen.model.selection import Chosen, selected
from deckgen.problem import Place, Problem, blocks, in_order, problem
from deckgen.project import Project
from deckgen.sheets.imposition import Order, Plan, Turn, fold_axis, sheet_count


@dataclass(frozen=True, slots=True)
class Options:
    """Choices for one build; None leaves a choice to content/deck.toml."""

    theme: str | None = None
    stock: str | None = None
    ink_saver: bool = False
    large_print: bool = False
    turn: str = Turn.LONG.value
    order: str = Order.ROWS.value
    copies: int = 1
    cards: str = ""
    time_frame: str = ""

    @property
    def selects(self) -> bool:
        """Whether only some cards are wanted on the sheets."""
        return bool(self.cards or self.time_frame)

    @property
    def plan(self) -> Plan:
        """How the cards are put on sheets."""
        return Plan(Turn(self.turn), Order(self.order), self.copies)


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


def check(project: Project, options: Options | None = None) -> list[Problem]:
    """Every problem that a build would meet, in order of place."""
    return lay_out(project, options or Options())[1]


def lay_out(project: Project, options: Options) -> tuple[Layout | None, list[Problem]]:
    """Content and design to Drawings; None if any problem is an error."""
    problems = list(project.problems)
    content, found = load_content(project.files)
    problems += found
    if content is None:
        return None, in_order(problems)
    theme, stock = options.theme or content.theme, options.stock or content.stock
    asked_at = {} if options.theme else {"theme": content.theme_place}
    asked_at |= {} if options.stock else {"stock": content.stock_place}
    design, found = load_design(
        project.files,
        theme,
        stock,
        ink_saver=options.ink_saver,
        large_print=options.large_print,
        asked_at=asked_at,
    )
    problems += found
    if design is None:
        return None, in_order(problems)
    if options.plan.turn is Turn.FOLD and not fold_axis(design.stock):
        problems.append(_cannot_fold(content, options))
        return None, in_order(problems)
    chosen, found = _chosen(content, options)
    problems += found
    cards, found = lay_out_deck(content.deck, content.workbook, design)
    problems += found
    if not cards:
        return None, in_order(problems)
    workbook, found = lay_out_workbook(content.workbook, content.deck, design)
    problems += found
    guide, found = lay_out_guide(
        content.deck, content.workbook, design, _printing(content.deck, design, options.plan)
    )
    problems = in_order(problems + found)
    if blocks(problems):
        return None, problems
    by_code = {faces.front.name.removesuffix("-front").upper(): faces for faces in cards}
    wanted = tuple(by_code[code] for code, count in chosen for _ in range(count))
    return Layout(content, design, options.plan, cards, wanted or cards, workbook, guide), problems


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
        "A sheet of this stock can't be folded so that backs lie behind fronts.",
        "Use a stock with an even number of columns or rows, or another --turn.",
    )


def _printing(deck: Deck, design: Design, plan: Plan) -> Printing:
    """What the printing guide has to know of the sheets."""
    sheets = sheet_count(len(deck.cards) + 1, design.stock, plan)
    fold = fold_axis(design.stock) if plan.turn is Turn.FOLD else ""
    return Printing(plan.turn.value, plan.order.value, plan.copies, sheets, fold)
