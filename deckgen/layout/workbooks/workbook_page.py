"""What all workbook pages share: numbering, running head and foot, and room on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.design.palette import Palette
from deckgen.geometry import Rect, mm
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.page import Page
from deckgen.layout.setting.shapes import filled, line, rounded, stroked
from deckgen.layout.workbooks.corner_codes import CLEAR_MM, CODE_MM, INSET_MM
from deckgen.layout.workbooks.frame_sign import frame_disc
from deckgen.layout.workbooks.running_foot import BESIDE_MM
from deckgen.model.deck import CardCode, Deck
from deckgen.model.drawing import Bookmark, Drawing, Group, Mark
from deckgen.model.text import Text, ended, plain, word, words
from deckgen.model.workbook import Workbook
from deckgen.problem import Place, Problem, problem
from deckgen.wording.say import Wording

_HOW_TO_MARK = word(
    "With a pen: tick or cross. To take a mark back, fill the box and write NO beside it."
)
_HOW_GAP_PT = 8.0
_RULE_GAP_PT = 16.0  # from the rail's rule to what the page begins with
_JOINT_PT = (8.0, 38.0)  # between one time frame and the next: at least, and at most
_TAB_PT = 90.0
_TABS_MM = (53.0, 39.0, 20.0)  # from the top to the first tab, to the next; below the last


class WorkbookPages:
    """Makes pages in order and collects what goes wrong on them."""

    def __init__(
        self,
        workbook: Workbook,
        deck: Deck,
        design: Design,
        setter: Setter,
        starts: Mapping[str, int] | None = None,
        *,
        behind: bool = False,
    ) -> None:
        """`starts`: on which page each activity begins, by its key, as far as that is known.

        Pages `behind` a workbook have nothing to mark.
        """
        self.workbook, self.deck, self.design, self.setter = workbook, deck, design, setter
        self.problems: list[Problem] = []
        self.number = 0
        self.starts: Mapping[str, int] = starts or {}
        self.begun: dict[str, int] = {}
        self._said: dict[str, int] = {}
        self._names: set[str] = set()
        self._tells = workbook.is_ticked and not behind

    def new(self, head: Callable[[Page], None] | None = None) -> Page:
        """The next page; `head` begins it and every page that continues it."""
        return Page(self.design, self.setter, head, CLEAR_MM)

    @property
    def say(self) -> Wording:
        """The words that are added to those of the workbook."""
        return self.design.say

    def spoken(self, said: Text) -> Text:
        """What is said for a field; a number is added if another field says the same."""
        letters = plain(said)
        self._said[letters] = count = self._said.get(letters, 0) + 1
        return ended(said, f" ({count})") if count > 1 else said

    def close(
        self,
        page: Page,
        name: str,
        title: str,
        place: Place,
        *marks: Bookmark,
        group: Group | None = None,
    ) -> tuple[Drawing, ...]:
        """Finish a page and those that continue it; their feet are drawn at the very end."""
        first = self.number + 1
        if name != "cover":
            self._tell_how_to_mark(page)
        self._check_room(page, title, place)
        self.number += len(page.full) + 1
        folios = [str(number) for number in range(first, self.number + 1)]
        groups = (group or Group(f"workbook-{name}", title),)
        drawings = page.drawings(f"workbook-{name}", folios, groups, marks)
        return tuple(replace(drawing, name=self._unique(drawing.name)) for drawing in drawings)

    def _tell_how_to_mark(self, page: Page) -> None:
        """Once, on the first page that has room for it: it needs no page of its own."""
        said = self.say(_HOW_TO_MARK)
        if self._tells and page.room >= page.height_of(said, "hint") + _HOW_GAP_PT:
            page.drop(_HOW_GAP_PT)
            page.text(said, "hint")
            self._tells = False

    def _unique(self, name: str) -> str:
        """A page's name, which a part that is called "visit-2" may have taken already."""
        while name in self._names:
            name += "-"
        self._names.add(name)
        return name

    def palette_of(self, code: CardCode) -> Palette:
        """The colours of the section that a card is in."""
        return self.design.palettes.sections[self.deck.section_of(code).palette]

    def _check_room(self, page: Page, title: str, place: Place) -> None:
        """A Problem for each page whose words have run into the footer."""
        for number, lowest in enumerate(page.lowest(), start=self.number + 1):
            if lowest < page.floor - 0.01:
                lines = int((page.floor - lowest) / page.type("body").leading_pt) + 1
                self.problems.append(
                    problem(
                        "text-too-long",
                        place,
                        f'Page {number} of the workbook, "{title}", is {lines} '
                        f"line{'s' * (lines > 1)} too long.",
                        f"Take out about {lines * 12} words, or write them as more paragraphs "
                        "or points: each goes on to the next page whole.",
                    )
                )


def rail(page: Page, names: tuple[str, ...], here: int) -> None:
    """The time frames across the top with the present one filled, and a thumb tab."""
    middle, radius = page.size.height_pt - mm(INSET_MM + CODE_MM / 2), page.grown(6.4)
    y = middle - page.type("rail").size_pt * 0.34
    marks, below = _rail_names(page, names, here, y, radius, middle)
    left = mm(BESIDE_MM)
    rule = line(left, below, page.size.width_pt - left, below)
    marks.append(stroked(rule, page.colour("teal"), 1.6))
    page.decorate(*marks)
    first, pitch, foot = _TABS_MM
    room = page.size.height_pt - mm(first + foot) - _TAB_PT
    if mm(pitch) * (len(names) - 1) > room:
        pitch = room / mm(len(names) - 1)
    top = page.size.height_pt - mm(first + pitch * here)
    tab = rounded(Rect(page.size.width_pt - 15, top - _TAB_PT, 30, _TAB_PT), 7, "tl bl")
    page.decorate(filled(tab, page.colour("teal")))
    page.y = below - _RULE_GAP_PT


def _rail_names(
    page: Page, names: tuple[str, ...], here: int, y: float, radius: float, middle: float
) -> tuple[list[Mark], float]:
    """Signs and names on one line, or the present name alone, on more lines if it is long; and
    how high the rule below them is.
    """
    looks = [page.type("rail_here" if index == here else "rail") for index in range(len(names))]
    widths = [page.setter.width_pt(f, k) for f, k in zip(names, looks, strict=True)]
    step = 2 * radius + page.grown(7.2)  # from a disc's left edge to its name
    gaps = max(1, len(names) - 1)
    left = mm(BESIDE_MM)
    wide = page.size.width_pt - 2 * left
    free = wide - sum(widths) - len(names) * step - 2
    whole = free / gaps >= _JOINT_PT[0] or (len(names) == 1 and free >= 0)
    joint = min(_JOINT_PT[1], free / gaps) if whole else 2 * _JOINT_PT[0]
    x, lines, marks = left, 1, list[Mark]()
    room = wide - len(names) * step - gaps * joint
    for index, (name, look, width) in enumerate(zip(names, looks, widths, strict=True)):
        current = index == here
        fill = page.colour("amber" if current else "white")
        ring = page.colour("teal" if current else "rule")
        marks += frame_disc(x + radius + 0.6, middle, radius, index, len(names), fill, ring)
        if whole:
            marks.append(page.setter.line(name, look, x + step, y))
        elif current:
            column = page.setter.column(words(name), look, x + step, y, room)
            marks += column
            lines = len(column)
            width = min(width, room) if lines == 1 else room
        x += step + (width if whole or current else 0)
        if index < len(names) - 1:
            dash = line(x + joint * 0.21, middle, x + joint * 0.79, middle)
            marks.append(stroked(dash, page.colour("hair"), 1.2))
            x += joint
    foot = page.size.height_pt - mm(INSET_MM + CODE_MM)
    return marks, min(foot, foot - (lines - 1) * looks[here].leading_pt)
