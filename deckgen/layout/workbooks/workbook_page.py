"""What all workbook pages share: numbering, running head and foot, and room on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from deckgen.design.load import Design
from deckgen.design.palette import Palette
from deckgen.geometry import Rect, mm
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.page import Page, frame_disc
from deckgen.layout.setting.shapes import filled, line, rounded, stroked
from deckgen.model.deck import CardCode, Deck
from deckgen.model.drawing import Bookmark, Drawing, Group, Mark
from deckgen.model.workbook import Activity, TimeFrame, Workbook
from deckgen.problem import Problem, problem

_RAIL_MM = 14.5  # baseline of the rail below the top edge


class WorkbookPages:
    """Makes pages in order and collects what goes wrong on them."""

    def __init__(
        self,
        workbook: Workbook,
        deck: Deck,
        design: Design,
        setter: Setter,
        starts: Mapping[str, int] | None = None,
        number: int = 0,
    ) -> None:
        """`starts`: on which page each activity begins, by its key, as far as that is known.

        `number` pages are there already.
        """
        self.workbook, self.deck, self.design, self.setter = workbook, deck, design, setter
        self.problems: list[Problem] = []
        self.number = number
        self.starts: Mapping[str, int] = starts or {}

    def new(self, head: Callable[[Page], None] | None = None) -> Page:
        """The next page; `head` begins it and every page that continues it."""
        return Page(self.design, self.setter, head)

    def close(
        self, page: Page, name: str, title: str, groups: tuple[Group, ...], *marks: Bookmark
    ) -> tuple[Drawing, ...]:
        """Finish a page and those that continue it; their feet are drawn at the very end."""
        first = self.number + 1
        self._check_room(page, title)
        self.number += len(page.lowest)
        folios = [str(number) for number in range(first, self.number + 1)]
        return page.drawings(f"workbook-{name}", folios, groups, marks)

    def palette_of(self, code: CardCode) -> Palette:
        """The colours of the section that a card is in."""
        return self.design.palettes.sections[self.deck.section_of(code).palette]

    def _check_room(self, page: Page, title: str) -> None:
        """A Problem for each page whose words have run into the footer."""
        page.lowest.append(page.y)
        for number, lowest in enumerate(page.lowest, start=self.number + 1):
            if lowest < page.floor - 0.01:
                lines = int((page.floor - lowest) / page.type("body").leading_pt) + 1
                self.problems.append(
                    problem(
                        "text-too-long",
                        self.workbook.place,
                        f'Page {number} of the workbook, "{title}", is {lines} '
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
    looks = [page.type("rail_here" if index == here else "rail") for index in range(len(frames))]
    radius = page.grown(6.4)
    names = [page.setter.width_pt(f.name, k) for f, k in zip(frames, looks, strict=True)]
    step = 2 * radius + page.grown(7.2)  # from a disc's left edge to its name
    gaps = max(1, len(frames) - 1)
    joint = min(38.0, (page.width - sum(names) - len(frames) * step - 2) / gaps)
    y, x = page.size.height_pt - mm(_RAIL_MM), page.left
    middle = y + looks[here].size_pt * 0.34
    marks: list[Mark] = []
    for index, (frame, look, width) in enumerate(zip(frames, looks, names, strict=True)):
        current = index == here
        fill = page.colour("amber" if current else "white")
        ring = page.colour("teal" if current else "rule")
        marks += frame_disc(x + radius + 0.6, middle, radius, index, fill, ring)
        marks.append(page.setter.line(frame.name, look, x + step, y))
        x += step + width
        if index < len(frames) - 1:
            dash = line(x + joint * 0.21, middle, x + joint * 0.79, middle)
            marks.append(stroked(dash, page.colour("hair"), 1.2))
            x += joint
    below = y - page.grown(13)
    marks.append(stroked(line(page.left, below, page.right, below), page.colour("teal"), 1.6))
    page.decorate(*marks)
    top = page.size.height_pt - mm(53 + 39 * here)
    tab = rounded(Rect(page.size.width_pt - 15, top - 90, 30, 90), 7, "tl bl")
    page.decorate(filled(tab, page.colour("teal")))
    page.y = below - 30
