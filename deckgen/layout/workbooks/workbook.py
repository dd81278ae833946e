"""The workbook as Drawings: one a page, in order."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.page import Page
from deckgen.layout.setting.safe import safe_problems
from deckgen.layout.workbooks.activity_pages import frame_pages
from deckgen.layout.workbooks.asked import asked_of, printed_code
from deckgen.layout.workbooks.cover import cover_page
from deckgen.layout.workbooks.part_pages import part_pages
from deckgen.layout.workbooks.workbook_page import WorkbookPages
from deckgen.model.answers import Asked
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing
from deckgen.model.text import ended
from deckgen.model.workbook import Part, Workbook
from deckgen.problem import Place, Problem, blocks
from deckgen.wording.names import edition_stamp

_MOST_ROUNDS = 9


class SetWorkbook(Struct, frozen=True):
    """A workbook's pages, set but for their feet, and as long as `deck` is of no other edition."""

    workbook: Workbook
    design: Design
    deck: Deck
    drawings: tuple[Drawing, ...]
    problems: tuple[Problem, ...]


def set_workbook(workbook: Workbook, deck: Deck, design: Design) -> SetWorkbook:
    """Set the pages. What doesn't fit on one goes on to the next; what can't is a Problem."""
    setter = Setter(design.book, deck.language)
    # A page may say where each activity begins, which is known once all pages have been set. That
    # moves again only if a number has another digit, and with it a line more.
    starts: Mapping[str, int] = _guessed(workbook)
    for _ in range(_MOST_ROUNDS):
        pages = WorkbookPages(workbook, deck, design, setter, starts)
        drawings = _pages(pages)
        if pages.begun == starts:
            break
        starts = pages.begun
    return SetWorkbook(workbook, design, deck, drawings, tuple(pages.problems))


def in_edition(made: SetWorkbook, deck: Deck) -> SetWorkbook:
    """The pages as they are in a deck's edition: set anew only if one of them shows it."""
    shown = any(isinstance(part, Part) and part.shows_edition for part in made.workbook.parts)
    if not shown or deck.edition == made.deck.edition:
        return made
    return set_workbook(made.workbook, deck, made.design)


def asked_in(made: SetWorkbook, deck: Deck) -> Asked:
    """What the pages ask in the deck's edition, and which workbook they are."""
    made = in_edition(made, deck)
    large_print = made.design.sizing.large_print
    return asked_of(made.workbook, deck, made.drawings, large_print=large_print)


def finished(made: SetWorkbook, deck: Deck) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """All pages as they are in the deck's edition."""
    made = in_edition(made, deck)
    design = made.design
    code = asked_in(made, deck).identity.code
    drawings = tuple(_with_foot(page, made, deck, code) for page in made.drawings)
    places = _places(made)
    problems = [*made.problems, *letter_problems(drawings, places, design.book)]
    if not blocks(problems):
        problems += safe_problems(drawings, places, design.book, deck.names)
    return drawings, problems


def _places(made: SetWorkbook) -> list[Place]:
    """Where the words of each page stand."""
    book = made.workbook
    known = {f"workbook-{part.key}": part.place for part in book.parts}
    known |= {f"workbook-{activity.key}": activity.place for _, activity in book.activities}
    return [known.get(drawing.groups[-1].key, book.place) for drawing in made.drawings]


def _guessed(workbook: Workbook) -> dict[str, int]:
    """Where activities begin if each has two pages, and each part one."""
    starts, number = {}, 2
    for part in workbook.parts:
        if isinstance(part, Part):
            number += 1
            continue
        number += workbook.opens(part)
        for activity in part.activities:
            starts[activity.key] = number
            number += 2
    return starts


def _with_foot(drawing: Drawing, made: SetWorkbook, deck: Deck, code: str) -> Drawing:
    """A page with its running foot; what continues a cover has none."""
    maker = Page(made.design, Setter(made.design.book, deck.language))
    stamp = ended(edition_stamp(deck.edition, maker.say), f" · {printed_code(code)}")
    if drawing.name == "workbook-cover":
        count = sum(section.count for section in deck.sections)
        say = maker.say
        use = say.many("Use with the {count} card", "Use with the {count} cards", count)
        foot = maker.foot(stamp, "", use)
    elif drawing.name.startswith("workbook-cover-"):
        return drawing
    else:
        foot = maker.foot(made.workbook.title, stamp, drawing.label)
    return replace(drawing, elements=(*drawing.elements, foot))


def _pages(pages: WorkbookPages) -> tuple[Drawing, ...]:
    """All pages in order."""
    drawings, index = [*cover_page(pages)], 0
    for part in pages.workbook.parts:
        if isinstance(part, Part):
            drawings += part_pages(pages, part)
        else:
            drawings += frame_pages(pages, index, part)
            index += 1
    return tuple(drawings)
