"""A project's files become the print shop's Drawings: the cards in a trade size, and a ticket."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from deckgen.content.load import Content
from deckgen.design.load import Design
from deckgen.design.load_press import load_press, press_problems
from deckgen.design.press import Press, TradeSize
from deckgen.layout.faces.deck import CardFaces
from deckgen.layout.papers.ticket import lay_out_ticket
from deckgen.model.drawing import Drawing
from deckgen.options import Options
from deckgen.problem import Problem, blocks, in_order
from deckgen.project import Project
from deckgen.proof.marks import cards_of, edition_state
from deckgen.proof.proof import chosen_cards, content_of, dealt_cards, design_of, for_role


class PressLayout(Struct, frozen=True):
    """The cards for a print shop, in a trade size."""

    content: Content
    design: Design
    press: Press
    cards: tuple[CardFaces, ...]
    ticket: tuple[Drawing, ...]


def lay_out_press(project: Project, options: Options) -> tuple[PressLayout | None, list[Problem]]:
    """The cards in a trade size; a size that can't hold the words has a Problem for each card."""
    content, problems = content_of(project)
    pair, found = load_press(project.files, options.size)
    problems += found
    state, found = edition_state(project, content) if content else (None, [])
    problems += found
    if state is None or pair is None:
        return None, in_order(problems)
    content, (press, size) = state.content, pair
    if size.theme and not options.theme:
        options = replace(options, theme=size.theme)
    design, found = design_of(project, content, options, size)
    problems += found
    if design is None:
        return None, in_order(problems)
    problems += press_problems(press, design.palettes)
    wanted_by, found = for_role(content, options)
    problems += found
    chosen, found = chosen_cards(wanted_by, options)
    problems += found
    cards, found = cards_of(state, design, options, press=True)
    problems += found
    if not cards or blocks(problems):
        return None, in_order(problems)
    wanted = dealt_cards(cards, chosen)
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
