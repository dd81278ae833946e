"""The pack's own pages: a cover, and how to print, cut and sort what follows."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.design.stock import Stock
from deckgen.layout.papers.cutting import cutting_height, cutting_plan
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.page import Page
from deckgen.layout.setting.safe import safe_problems
from deckgen.layout.setting.steps import numbered_steps
from deckgen.layout.workbooks.cover import begin_cover
from deckgen.model.deck import Deck
from deckgen.model.drawing import Bookmark, Drawing, Group, Role
from deckgen.model.snapshot import index_code
from deckgen.model.text import Text, plain, word, words
from deckgen.model.workbook import NO_WORKBOOK, Step, Workbook
from deckgen.problem import Problem
from deckgen.wording.names import codes_in_words, edition_stamp, index_name
from deckgen.wording.say import Wording, listed, numbered, sentences, unbroken


class Printing(Struct, frozen=True):
    """How the sheets are printed.

    `turn` is the edge about which the printer turns the paper, "long" or "short"; "single" for
    fronts first and backs later, "fold" for sheets that are folded, at a "vertical" or a
    "horizontal" `fold`. `order` is "rows" or "stack". `indexes` are index cards. No workbook
    follows them if they are `alone`.
    """

    turn: str
    order: str
    copies: int
    sheets: int
    fold: str = ""
    indexes: int = 1
    alone: bool = False

    @property
    def sides(self) -> int:
        """Pages in the file."""
        return self.sheets if self.turn == "fold" else 2 * self.sheets


TITLE = word("How to print this pack")


def lay_out_guide(
    deck: Deck, workbook: Workbook, design: Design, printing: Printing
) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """Cover and printing instructions, on whole leaves, so that the sheets begin on a front."""
    setter = Setter(design.book, deck.language)
    printing = replace(printing, alone=workbook == NO_WORKBOOK)
    pages = 2
    while True:
        drawings = (
            *_cover(Page(design, setter), deck, workbook, printing.indexes),
            *_instructions(Page(design, setter), deck, printing, pages),
        )
        if len(drawings) % 2:
            drawings += _blank(Page(design, setter), deck, len(drawings) + 1)
        if len(drawings) == pages:
            break
        pages = len(drawings)
    places = [deck.place] * pages
    found = letter_problems(drawings, places, design.book)
    return drawings, found or safe_problems(drawings, places, design.book, deck.names)


def _cover(page: Page, deck: Deck, workbook: Workbook, indexes: int) -> tuple[Drawing, ...]:
    say = page.say
    whole = word("{cards}, {indexes} and a workbook: {title}")
    contents = say(
        word("{cards} and {indexes}") if workbook == NO_WORKBOOK else whole,
        cards=say.many("{count} card", "{count} cards", len(deck.cards)),
        indexes=say.many("an index card", "{count} index cards", indexes),
        title=words(workbook.title),
    )
    measure = page.measure(420)
    height = page.height_of(deck.title, "display") + page.height_of(contents, "body")
    height += page.height_of(deck.subtitle, "subtitle", measure) + 24
    begin_cover(page, deck.sections, "pack 5", height)
    page.text(deck.title, "display", Role.H1)
    page.drop(4)
    page.text(deck.subtitle, "subtitle", width=measure)
    page.drop(20)
    page.text(contents, "body")
    labels = numbered(say, word("Cover"), word("Cover {number}"), len(page.full) + 1)
    page.footers(edition_stamp(deck.edition, say), "", [deck.publisher] * len(labels))
    group = Group("pack-cover", deck.title)
    return page.drawings("pack-cover", labels, (group,), (Bookmark(deck.title, 0),))


def _instructions(
    page: Page, deck: Deck, printing: Printing, guide_pages: int
) -> tuple[Drawing, ...]:
    title, say = page.say(TITLE), page.say
    page.text(title, "h1", Role.H2)
    page.drop(6)
    summary = _summary(deck, printing, say, one_paper=_one_paper(page.design))
    page.text(summary, "lead", width=page.measure(450))
    page.drop(22)
    numbered_steps(page, _steps(deck, printing, guide_pages + 1, page.design))
    page.drop(16)
    perforated = page.design.stock.perforated
    heading = say("Where the cards are") if perforated else say("Where to cut")
    page.need(page.height_of(heading, "h2") + 22 + cutting_height(page, printing.fold))
    page.text(heading, "h2", Role.H3)
    page.drop(22)
    cutting_plan(page, printing.fold)
    count = len(page.full) + 1
    labels = numbered(say, word("Printing"), word("Printing {number}"), count)
    stamp = edition_stamp(deck.edition, say)
    page.footers(deck.title, stamp, [str(2 + i) for i in range(count)])
    group = Group("pack-printing", plain(title))
    return page.drawings("pack-printing", labels, (group,), (Bookmark(plain(title), 0),))


def _one_paper(design: Design) -> bool:
    """Whether sheets and pages go on paper of the same size, whichever way round."""
    papers = (design.stock.sheet, design.paper.page)
    one, other = (sorted((round(p.width), round(p.height))) for p in papers)
    return one == other


def _summary(deck: Deck, printing: Printing, say: Wording, *, one_paper: bool) -> Text:
    cards = (len(deck.cards) + printing.indexes) * printing.copies
    got = say(
        "{sheets} with {cards}",
        sheets=unbroken(say.many("{count} sheet", "{count} sheets", printing.sheets)),
        cards=unbroken(say.many("{count} card", "{count} cards", cards)),
    )
    if printing.copies > 1:
        sets = unbroken(say.many("{count} set", "{count} sets", printing.copies))
        got = say("{cards} in {sets}", cards=got, sets=sets)
    if printing.turn in ("single", "fold"):
        alone = word("Print the cards on one side of the paper: {cards}.")
        then = word(
            "Print the cards first, on one side of the paper: {cards}. Then print the workbook."
        )
    elif not one_paper:
        alone = word("Print the cards on both sides of the paper: {cards}.")
        then = word(
            "Print the cards first, on both sides of the paper: {cards}. Then print the workbook, "
            "on paper of its own size."
        )
    else:
        alone = word("This file prints in one go, on both sides of the paper. You get {cards}.")
        then = word(
            "This file prints in one go, on both sides of the paper. "
            "You get {cards}, then the workbook."
        )
    return say(alone if printing.alone else then, cards=got)


def _blank(page: Page, deck: Deck, number: int) -> tuple[Drawing, ...]:
    say = page.say
    page.text(say("This page is blank, so that the cards begin on a new sheet."), "hint")
    page.footers(deck.title, edition_stamp(deck.edition, say), [str(number)])
    group = Group("pack-printing", plain(say(TITLE)))
    return page.drawings("pack-blank", [plain(say("Blank {number}", number=number))], (group,))


def _steps(deck: Deck, printing: Printing, first: int, design: Design) -> tuple[Step, ...]:
    stock, say = design.stock, design.say
    last = first + printing.sides - 1
    paper = stock.name.partition(",")[0]
    thin = word("{paper} paper, thin, as two sides are glued: 80 to 120 g/m².")
    heavy = word("{paper} paper, heavy if you have it: 160 to 250 g/m² makes good cards.")
    load = say(heavy, paper=paper)
    if printing.turn == "fold":
        load = say(thin, paper=paper)
    if stock.perforated:
        load = say("Your perforated card, with its printing side where the printer prints.")
    return (
        Step(say("Load the paper"), load),
        *_print_steps(printing, first, last, say),
        _cut_step(stock, say),
        Step(say("Sort them"), _sort(deck, printing, stock, say)),
    )


def _sort(deck: Deck, printing: Printing, stock: Stock, say: Wording) -> Text:
    if printing.order == "stack":
        return sentences(
            say("Break all sheets as one stack.")
            if stock.perforated
            else say("Cut all sheets as one stack."),
            say(
                "Put the piles on each other, in the order of the sheet: top row from the left, "
                "then the next row. That is the deck."
            ),
        )
    names = [codes_in_words(section.codes, say) for section in deck.sections]
    names += [index_name(index_code(number), say) for number in range(1, printing.indexes + 1)]
    return say("Put the cards in this order: {cards}.", cards=listed(names))


def _cut_step(stock: Stock, say: Wording) -> Step:
    if stock.perforated:
        bend = say("Bend the sheet once each way along every perforated line.")
        return Step(say("Break the cards out"), bend)
    how = say("Follow the small marks at the edges, as in the drawing below.")
    if stock.per_sheet == 1:
        how = say("You may leave this out: one card fills a sheet. Small marks show its edges.")
    return Step(say("Cut the cards"), how)


def _print_steps(
    printing: Printing, first: int, last: int, say: Wording
) -> tuple[Step, Step, Step]:
    """Setting the printer, the first sheet, the rest."""
    page = say("Page {page}.", page=first)
    ruler = say("Its ruler must be 100 mm long.")
    light = say("Hold the sheet to the light: the backs must lie behind the fronts.")
    one_side = Step(say("Set the printer"), say("Actual size or 100 %. One side only. Colour."))
    first_title = say("Print one sheet first")
    if printing.turn == "fold":
        fold = say("Fold it on the broken line.")
        rest = say(
            "Pages {first} to {last}. Fold each and glue it together.", first=first, last=last
        )
        first_step = Step(first_title, sentences(page, ruler, fold, light))
        return one_side, first_step, Step(say("Print, fold and glue"), rest)
    if printing.turn == "single":
        middle = first + printing.sheets
        over = say("Turn the sheet over, print page {page} on it.", page=middle)
        rest = say(
            "Fronts are pages {first} to {last}. Put the stack back, then print the backs, "
            "pages {back} to {end}.",
            first=first,
            last=middle - 1,
            back=middle,
            end=last,
        )
        first_step = Step(say("Try one sheet"), sentences(page, ruler, over, light))
        return one_side, first_step, Step(say("Print the rest"), rest)
    set_up = say("Actual size or 100 %. Both sides. Turn on the long edge. Colour.")
    if printing.turn == "short":
        set_up = say("Actual size or 100 %. Both sides. Turn on the short edge. Colour.")
    pages = say("Pages {first} and {second}.", first=first, second=first + 1)
    then = word("Cards are pages {first} to {last}. The workbook follows.")
    alone = word("Cards are pages {first} to {last}.")
    rest = say(alone if printing.alone else then, first=first, last=last)
    return (
        Step(say("Set the printer"), set_up),
        Step(first_title, sentences(pages, ruler, light)),
        Step(say("Print the rest"), rest),
    )
