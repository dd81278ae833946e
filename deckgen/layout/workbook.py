"""The workbook as Drawings: one a page, in order."""

from __future__ import annotations

from deckgen.design.load import Design
from deckgen.layout.activity_pages import action_page, talk_page
from deckgen.layout.front_pages import cover_page, frames_page, how_to_page
from deckgen.layout.last_pages import formats_page, overview_page, sign_off_page
from deckgen.layout.letters import letter_problems
from deckgen.layout.lines import Setter
from deckgen.layout.safe import safe_problems
from deckgen.layout.workbook_page import WorkbookPages
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing
from deckgen.model.workbook import Workbook
from deckgen.problem import Problem, blocks


def lay_out_workbook(
    workbook: Workbook, deck: Deck, design: Design
) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """Every page. Words that don't fit on their page are Problems."""
    pages = WorkbookPages(workbook, deck, design, Setter(design.book))
    drawings = [cover_page(pages), how_to_page(pages), frames_page(pages)]
    for index, frame in enumerate(workbook.frames):
        for activity in frame.activities:
            drawings.append(talk_page(pages, index, frame, activity))
            drawings.append(action_page(pages, index, frame, activity))
    drawings += [overview_page(pages), sign_off_page(pages), formats_page(pages)]
    places = [workbook.place] * len(drawings)
    found = pages.problems + letter_problems(drawings, places, design.book)
    if not blocks(found):
        found += safe_problems(drawings, places, design.book)
    return tuple(drawings), found
