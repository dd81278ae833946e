"""The workbook as Drawings: one a page, in order."""

from __future__ import annotations

from deckgen.design.load import Design
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.safe import safe_problems
from deckgen.layout.workbooks.activity_pages import action_pages, talk_pages
from deckgen.layout.workbooks.front_pages import cover_page, frames_page, how_to_page
from deckgen.layout.workbooks.last_pages import formats_page, overview_page, sign_off_page
from deckgen.layout.workbooks.workbook_page import WorkbookPages
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing
from deckgen.model.workbook import Workbook
from deckgen.problem import Problem, blocks


def lay_out_workbook(
    workbook: Workbook, deck: Deck, design: Design
) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """Every page. What doesn't fit on one goes on to the next; what can't is a Problem."""
    setter = Setter(design.book)
    # Page 3 says where each activity begins, which is known once all pages have been set. The
    # first guess is right if nothing flows on to a further page.
    starts = {activity.key: 4 + 2 * i for i, (_, activity) in enumerate(workbook.activities)}
    while True:
        pages = WorkbookPages(workbook, deck, design, setter, starts)
        drawings, found = _pages(pages)
        if found == starts:
            break
        starts = found
    places = [workbook.place] * len(drawings)
    problems = pages.problems + letter_problems(drawings, places, design.book)
    if not blocks(problems):
        problems += safe_problems(drawings, places, design.book)
    return drawings, problems


def _pages(pages: WorkbookPages) -> tuple[tuple[Drawing, ...], dict[str, int]]:
    """All pages in order, and the number of each activity's first page."""
    drawings = [*cover_page(pages), *how_to_page(pages), *frames_page(pages)]
    starts = {}
    for index, frame in enumerate(pages.workbook.frames):
        for activity in frame.activities:
            starts[activity.key] = len(drawings) + 1
            drawings += talk_pages(pages, index, frame, activity)
            drawings += action_pages(pages, index, frame, activity)
    drawings += [*overview_page(pages), *sign_off_page(pages), *formats_page(pages)]
    return tuple(drawings), starts
