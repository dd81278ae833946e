"""The workbook as Drawings: one a page, in order."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.page import Page
from deckgen.layout.setting.safe import safe_problems
from deckgen.layout.workbooks.activity_pages import action_pages, talk_pages
from deckgen.layout.workbooks.front_pages import cover_page, frames_page, how_to_page
from deckgen.layout.workbooks.last_pages import formats_page, overview_page, sign_off_page
from deckgen.layout.workbooks.workbook_page import WorkbookPages
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing
from deckgen.model.workbook import Workbook
from deckgen.problem import Problem, blocks
from deckgen.wording.names import edition_stamp


class SetWorkbook(Struct, frozen=True):
    """A workbook's pages, set but for what an edition decides: their feet, and the last page."""

    workbook: Workbook
    design: Design
    drawings: tuple[Drawing, ...]
    problems: tuple[Problem, ...]


def set_workbook(workbook: Workbook, deck: Deck, design: Design) -> SetWorkbook:
    """Set the pages. What doesn't fit on one goes on to the next; what can't is a Problem."""
    setter = Setter(design.book, deck.language)
    # Page 3 says where each activity begins, which is known once all pages have been set. The
    # first guess is right if nothing flows on to a further page.
    starts = {activity.key: 4 + 2 * i for i, (_, activity) in enumerate(workbook.activities)}
    while True:
        pages = WorkbookPages(workbook, deck, design, setter, starts)
        drawings, found = _pages(pages)
        if found == starts:
            return SetWorkbook(workbook, design, drawings, tuple(pages.problems))
        starts = found


def finished(made: SetWorkbook, deck: Deck) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """All pages as they are in the deck's edition."""
    design = made.design
    drawings, found = last_page(made, deck)
    drawings = tuple(_with_foot(page, made, deck) for page in (*made.drawings, *drawings))
    places = [made.workbook.place] * len(drawings)
    problems = [*made.problems, *found, *letter_problems(drawings, places, design.book)]
    if not blocks(problems):
        problems += safe_problems(drawings, places, design.book)
    return drawings, problems


def last_page(made: SetWorkbook, deck: Deck) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """The page that names the edition, without its foot."""
    setter, number = Setter(made.design.book, deck.language), len(made.drawings)
    pages = WorkbookPages(made.workbook, deck, made.design, setter, number=number)
    return formats_page(pages), pages.problems


def _with_foot(drawing: Drawing, made: SetWorkbook, deck: Deck) -> Drawing:
    """A page with its running foot; what continues a cover has none."""
    maker = Page(made.design, Setter(made.design.book, deck.language))
    stamp = edition_stamp(deck.edition, maker.say)
    if drawing.name == "workbook-cover":
        count = sum(section.count for section in deck.sections)
        foot = maker.foot(stamp, "", f"Use with the {count} cards")
    elif drawing.name.startswith("workbook-cover-"):
        return drawing
    else:
        foot = maker.foot(made.workbook.title, stamp, drawing.label)
    return replace(drawing, elements=(*drawing.elements, foot))


def _pages(pages: WorkbookPages) -> tuple[tuple[Drawing, ...], dict[str, int]]:
    """All pages but the last in order, and the number of each activity's first page."""
    drawings = [*cover_page(pages), *how_to_page(pages), *frames_page(pages)]
    starts = {}
    for index, frame in enumerate(pages.workbook.frames):
        for activity in frame.activities:
            starts[activity.key] = len(drawings) + 1
            drawings += talk_pages(pages, index, frame, activity)
            drawings += action_pages(pages, index, frame, activity)
    return (*drawings, *overview_page(pages), *sign_off_page(pages)), starts
