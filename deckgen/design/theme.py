"""Themes are data: which parts a card face has, where, and in which style."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta, field
from msgspec.structs import force_setattr

from deckgen.design.stock import Extent, Length
from deckgen.model.edition import EDITION_NAMES, MARK_NAMES
from deckgen.settings import Settings, like

Point = tuple[float, float]
Count = Annotated[int, Meta(ge=1, le=20)]


class TypeStyle(Settings, frozen=True):
    """Type: a face by role, sizes in points. Without a size, the size class decides."""

    face: str
    colour: str
    size: Length = 0.0
    leading: Length = 0.0
    balance: bool = False


class Part(Settings, frozen=True, tag_field="part"):
    """A part of a face; its setting `part` says which."""

    @property
    def part(self) -> str:
        return str(self.__struct_config__.tag)


class Placed(Part, frozen=True):
    """A part that stands `at` a point: mm from the left and the top, or if negative the others."""

    at: Point


class Fill(Part, frozen=True, tag="fill"):
    """A block of colour, `height` mm from the top edge (0: the whole face), over the bleed."""

    colour: str
    height: Length = 0.0


class Tiles(Part, frozen=True, tag="tiles"):
    """The picture: quarter, half and whole discs on a grid; dark ones count the number."""

    rows: Count
    columns: Count


class Picture(Part, frozen=True, tag="picture"):
    """The card's own picture, `height` mm from the top edge (0: the whole face), over the bleed."""

    height: Length = 0.0


class Heading(Part, frozen=True, tag="heading"):
    """Code and title, in styles of the theme.

    With `plate` the code stands on a plate cut out of the picture, and with `beside` the title
    begins right of the code.
    """

    code: Point
    title: Point
    max_lines: Count = 3
    plate: bool = False
    code_style: str = "code"
    title_style: str = "title"
    beside: bool = False


class BackHeading(Placed, frozen=True, tag="back_heading"):
    """Code and title again, small, on the back; `rule` mm from the top, if any.

    If they are `together`, they are one text that begins at this place. Each line that it has
    more than one moves the rule, and the words below, down.
    """

    rule: Length = 0.0
    together: bool = False


class PrintedAs(Placed, frozen=True, tag="printed_as"):
    """What older printed packs call the card."""


class SeeAlso(Placed, frozen=True, tag="see_also"):
    """Chips of the cards that go with this one."""

    label: str


class SectionName(Placed, frozen=True, tag="section"):
    """The section's icon (mm, 0 for none) and name, in a style of the theme."""

    icon: Length = 0.0
    style: str = "section"


class Watermark(Placed, frozen=True, tag="watermark"):
    """The section's icon, large, inside a band of `height` mm from the top."""

    size: Length
    height: Length


class Pips(Placed, frozen=True, tag="pips"):
    """One dot a card of the section, this card's filled; none if they leave too little room.

    `reserve` mm are kept free for words beside them.
    """

    reserve: Length = 0.0
    colour: str = "deep"


def _forms(*needed: str) -> Meta:
    """Forms of a mark: words, and names between braces; one of `needed` must be among them."""
    one, known = ("|".join(sorted(names)) for names in (needed, MARK_NAMES))
    described = ", ".join(f"{{{name}}}" for name in sorted(MARK_NAMES))
    wanted = " or ".join(f"{{{name}}}" for name in sorted(needed))
    return like(
        rf"(?=.*\{{(?:{one})\}})(?:[^{{}}]|\{{(?:{known})\}})*",
        f"{wanted} in each form, and between braces only one of {described}",
    )


_EditionForms = Annotated[tuple[Annotated[str, _forms(*EDITION_NAMES)], ...], Meta(min_length=1)]
_ReviewForms = Annotated[tuple[Annotated[str, _forms("month")], ...], Meta(min_length=1)]


class EditionMark(Placed, frozen=True, tag="edition"):
    """The edition, so that old and new cards can be told apart.

    The first of the forms in `text` that is at most `room` mm wide (0: what margins and a QR
    code leave) is printed, else the last.
    Names between braces stand for the mark's words: {edition} as in "Draft after edition 2",
    {short} "Draft after ed. 2", {shorter} "Draft after 2", and {code}.
    """

    text: _EditionForms = ("{edition} · {code}",)
    room: Length = 0.0


class ReviewMark(Placed, frozen=True, tag="review"):
    """The month in which the deck is looked at again; forms as in EditionMark, with {month}."""

    text: _ReviewForms = ("Review by {month}",)
    room: Length = 0.0


class QrCode(Placed, frozen=True, tag="qr"):
    """The mark as a QR code of `size` mm, if it is asked for; `at` is its nearest corner.

    It takes the place of the parts `instead_of`.
    """

    size: Length
    instead_of: tuple[Literal["pips", "signpost"], ...] = ()


class Signpost(Placed, frozen=True, tag="signpost"):
    """A fixed word with an arrow, such as "Turn over"; from the right, the arrow's tip counts."""

    text: str


class Tab(Part, frozen=True, tag="tab"):
    """A thumb tab on an outer edge; each section has its own height."""

    top: Length
    step: Length
    width: Length
    height: Length
    edge: Literal["left", "right"]


class Body(Part, frozen=True, tag="body"):
    """Words that flow: from `top` mm below the top edge to `bottom` mm above the bottom.

    They are the card's parts in the styles that are its `contents`, whatever side these would be
    on; without such, all of this side that are nowhere else. `panel` colours boxes. With
    `below_title` they move up by the lines that a short title leaves. `air` is what is kept free
    above them and below a panel, in mm, where there is room to spare.
    """

    top: Length
    bottom: Length
    contents: tuple[str, ...] = ()
    panel: str = "white"
    below_title: bool = False
    air: Length = 0.0

    def __post_init__(self) -> None:
        if OLD_PANEL in self.contents:  # themes used to name all that is on their backs
            force_setattr(self, "contents", ())


class Uses(Placed, frozen=True, tag="uses"):
    """The workbook activities that lay this card out; grows upwards from its last line."""

    label: str
    reserve: Length = 0.0


_Heads = Fill | Tiles | Picture | Heading | BackHeading | PrintedAs | SeeAlso
_Marks = SectionName | Watermark | Pips | EditionMark | ReviewMark | QrCode | Signpost | Tab
AnyPart = _Heads | _Marks | Body | Uses
Parts = tuple[AnyPart, ...]


OLD_PANEL = "talk"
PANEL = "panel"  # in a body's contents: the parts that are set in a box
USUAL = {"front": "title", "back": "words"}


class Saver(Settings, frozen=True):
    """The low-ink variant: colours exchanged by name, pictures in outline."""

    outline: bool
    colours: dict[str, str]


class Theme(Settings, frozen=True):
    """A card design for cards of one size; see `deckgen.design.sizing` for others.

    `margin` mm at both sides; `size_classes` are (size, leading) in points. A kind of card may
    ask for another layout of a side, of those in `fronts` and `backs`; "title" and "words" stand
    for `front` and `back`. A `short` theme has room for cards' short forms only.
    """

    name: str
    card: Extent
    margin: Length
    size_classes: Annotated[tuple[Point, ...], Meta(min_length=1)]
    styles: dict[str, TypeStyle]
    saver: Saver
    front: Parts
    back: Parts
    fronts: dict[str, Parts] = field(default_factory=dict)
    backs: dict[str, Parts] = field(default_factory=dict)
    short: bool = False

    def layout(self, side: str, name: str) -> Parts | None:
        """A side's layout by its name ("" is the usual one); None if the theme has none."""
        usual, others = (self.front, self.fronts) if side == "front" else (self.back, self.backs)
        return usual if name in ("", USUAL[side]) else others.get(name)

    @property
    def sides(self) -> Iterator[tuple[str, Parts]]:
        """Every layout, and which side it is of."""
        yield from (("front", parts) for parts in (self.front, *self.fronts.values()))
        yield from (("back", parts) for parts in (self.back, *self.backs.values()))
