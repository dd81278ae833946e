"""What all workbook pages share: numbering, running head and foot, and room on the page."""

from __future__ import annotations

from deckgen.design.load import Design
from deckgen.design.palette import Palette
from deckgen.geometry import Rect, mm
from deckgen.layout.lines import Setter
from deckgen.layout.page import Page, frame_disc
from deckgen.layout.shapes import filled, line, rounded, stroked
from deckgen.model.deck import CardCode, Deck
from deckgen.model.drawing import Bookmark, Drawing, Group, Mark
from deckgen.model.workbook import Activity, TimeFrame, Workbook
from deckgen.problem import Place, Problem, problem

_RAIL_MM = 14.5  # baseline of the rail below the top edge


class WorkbookPages:
    """Makes pages in order and collects what goes wrong on them."""

    def __init__(self, workbook: Workbook, deck: Deck, design: Design, setter: Setter) -> None:
        self.workbook, self.deck, self.design, self.setter = workbook, deck, design, setter
        self.problems: list[Problem] = []
        self.number = 0

    def new(self) -> Page:
        """The next page."""
        self.number += 1
        return Page(self.design, self.setter)

    def close(self, page: Page, name: str, groups: tuple[Group, ...], *marks: Bookmark) -> Drawing:
        """Finish a page; the cover carries no footer."""
        if self.number > 1:
            page.footer(self.workbook.title, self.deck.edition.label, str(self.number))
        return page.drawing(f"workbook-{name}", str(self.number), groups, marks)

    def palette_of(self, code: CardCode) -> Palette:
        """The colours of the section that a card is in."""
        return self.design.palettes.sections[self.deck.section_of(code).palette]

    def check_room(self, page: Page, title: str, place: Place) -> None:
        """A Problem if the words have run into the footer."""
        if page.y < page.floor - 0.01:
            lines = int((page.floor - page.y) / page.type("body").leading_pt) + 1
            self.problems.append(
                problem(
                    "text-too-long",
                    place,
                    f'Page {self.number} of the workbook, "{title}", is {lines} '
                    f"line{'s' * (lines > 1)} too long.",
                    f"Take out about {lines * 12} words.",
                )
            )


def group_of(title: str) -> Group:
    """A page's own section of the document."""
    return Group("workbook-" + title, title)


def activity_group(frame: TimeFrame, activity: Activity) -> tuple[Group, ...]:
    """The section that an activity's pages share."""
    title = f"{frame.name}, activity {activity.number}: {activity.title}"
    return (Group("workbook-" + activity.key, title),)


def rail(page: Page, frames: tuple[TimeFrame, ...], here: int) -> None:
    """The three time frames across the top with the present one filled, and a thumb tab."""
    y, x = page.size.height_pt - mm(_RAIL_MM), page.left
    marks: list[Mark] = []
    for index, frame in enumerate(frames):
        current = index == here
        look = page.type("rail_here" if current else "rail")
        fill = page.colour("amber" if current else "white")
        ring = page.colour("teal" if current else "rule")
        marks += frame_disc(x + 7, y + 4.4, 6.4, index, fill, ring)
        marks.append(page.setter.line(frame.name, look, x + 20, y))
        x += 20 + page.setter.width_pt(frame.name, look)
        if index < len(frames) - 1:
            joint = line(x + 8, y + 4.4, x + 30, y + 4.4)
            marks.append(stroked(joint, page.colour("hair"), 1.2))
            x += 38
    marks.append(stroked(line(page.left, y - 13, page.right, y - 13), page.colour("teal"), 1.6))
    page.decorate(*marks)
    top = page.size.height_pt - mm(53 + 39 * here)
    tab = rounded(Rect(page.size.width_pt - 15, top - 90, 30, 90), 7, "tl bl")
    page.decorate(filled(tab, page.colour("teal")))
    page.y = y - 13 - 30
