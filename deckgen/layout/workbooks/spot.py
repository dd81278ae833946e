"""Where a block is set: its page, what its fields are called, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from deckgen.geometry import mm
from deckgen.layout.setting.page import Page
from deckgen.layout.workbooks.corner_codes import QUIET_MM
from deckgen.layout.workbooks.workbook_page import WorkbookPages
from deckgen.model.drawing import Element, Field, Role
from deckgen.model.text import Text, Worded, as_text
from deckgen.model.workbook import Block, field_name
from deckgen.wording.say import listed, spoken

TICK_PT = 17.0  # the side of a box to tick
CLEAR_PT = mm(3.0)  # around what is marked: a pen's tick is larger than its box
LABEL_SHARE = 0.5  # of a line; a longer label stands above it


class Spot(Struct, frozen=True):
    """`names` starts the names of fields, `said` what a screen reader says for them.

    In an activity a heading keeps its capital behind the colon; on a part's page it `lowers` it.
    """

    pages: WorkbookPages
    page: Page
    names: str
    said: Text
    lowers: bool = False

    def name(self, block: Block, end: str = "") -> str:
        """The full name of one of a block's fields."""
        return field_name(f"{self.names}.{block.id}".rstrip("."), end)

    def spoken(self, *what: Worded, between: str = ": ") -> Text:
        """What is said for a field: it must make sense without the page."""
        said = listed(filter(None, what), between)
        said = self.inside(said) if self.lowers else said
        return self.pages.spoken(listed(filter(None, (self.said, said)), ": "))

    def spoken_in(self, what: Worded, which: Worded) -> Text:
        """The same for one of several in a block: "Feedback, who gives it: name"."""
        start = listed(filter(None, (self.said, self.inside(what))), ", ")
        return self.pages.spoken(listed((start, self.inside(which)), ": "))

    def inside(self, title: Worded) -> Text:
        """A heading inside an English sentence: its first letter is small, unless its second is
        none.
        """
        text = as_text(title)
        begins = text[0].text if text and self.pages.say.english else ""
        if not begins or begins[1:2].isupper():
            return text
        return (replace(text[0], text=begins[:1].lower() + begins[1:]), *text[1:])


class Sort(Struct, frozen=True):
    """How a sort of block is set.

    `height` is what it takes in points, or more than a page holds if it flows. `above` is the gap
    above one with a title, `bare` above one without, `below` the gap below.
    """

    height: Callable[[Page, Any], float]
    draw: Callable[[Spot, Any], None]
    above: float = 12.0
    bare: float = 2.0
    below: float = 8.0


def form(field: Field, said: Text) -> Element:
    """The element of a field, for which that is said."""
    tooltip, language = spoken(said)
    return Element(Role.FORM, (replace(field, tooltip=tooltip),), language=language)


def heading_height(page: Page, block: Block, near: float, after: float) -> float:
    """What the title and the hint take, with the gaps behind them."""
    title = page.height_of(block.title, "h2") if block.title else 0.0
    if block.hint:
        return title + (near if block.title else 0.0) + page.height_of(block.hint, "hint") + after
    return title + after if block.title else 0.0


def heading(page: Page, block: Block, near: float = 2.0, after: float = 8.0) -> None:
    """The title and the hint, if there are any; `near` is the gap between them."""
    if block.title:
        page.text(block.title, "h2", Role.H3)
        page.drop(near if block.hint else after)
    if block.hint:
        page.text(block.hint, "hint")
        page.drop(after)


def pitch_of(page: Page) -> float:
    """From one writing line to the next."""
    return mm(page.look.writing_pitch)


def page_height(page: Page) -> float:
    """The room on an empty page."""
    return page.start - page.floor


def begin(page: Page, whole_pt: float, first_pt: float) -> None:
    """Room for all of a block, or if no page holds it, for what must stand together."""
    page.need(whole_pt if whole_pt <= page_height(page) else first_pt)


def keep_off_codes(page: Page) -> None:
    """What is marked stands farther from the codes above it than words do."""
    if page.y >= page.top:
        page.drop(CLEAR_PT - mm(QUIET_MM) + 2)


def labelled_line(
    page: Page, label: Worded, name: str, said: Worded, width: float, label_width: float = 0.0
) -> None:
    """A label with a line, or above it if it is long: then the page has moved down meanwhile."""
    if label_width or page.label_width(label) <= width * LABEL_SHARE:
        page.line_field(label, name, said, page.left, width, label_width)
        return
    page.text(label, "label", width=width)
    page.line_field("", name, said, page.left, width, 0.01)
