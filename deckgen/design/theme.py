"""Themes are data: which parts a card face has, where, and in which style."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from deckgen.design.stock import Extent

Point = tuple[float, float]
Count = Annotated[int, Field(ge=1, le=20)]
Length = Annotated[float, Field(ge=0, le=2000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class TypeStyle(_Strict):
    """Type: a face by role, sizes in points. Without a size, the size class decides."""

    face: str
    colour: str
    size: Length = 0.0
    leading: Length = 0.0
    balance: bool = False


class Fill(_Strict):
    """A block of colour, `height` mm from the top edge (0: the whole face), over the bleed."""

    part: Literal["fill"]
    colour: str
    height: Length = 0.0


class Tiles(_Strict):
    """The picture: quarter, half and whole discs on a grid; dark ones count the number."""

    part: Literal["tiles"]
    rows: Count
    columns: Count


class Heading(_Strict):
    """Code and title. With `plate` the code stands on a plate cut out of the picture."""

    part: Literal["heading"]
    code: Point
    title: Point
    max_lines: Count = 3
    plate: bool = False


class BackHeading(_Strict):
    """Code and title again, small, on the back; `rule` mm from the top, if any."""

    part: Literal["back_heading"]
    at: Point
    rule: Length = 0.0


class PrintedAs(_Strict):
    """What older printed packs call the card."""

    part: Literal["printed_as"]
    at: Point


class SeeAlso(_Strict):
    """Chips of the cards that go with this one."""

    part: Literal["see_also"]
    at: Point
    label: str


class SectionName(_Strict):
    """The section's icon (mm, 0 for none) and name."""

    part: Literal["section"]
    at: Point
    icon: Length = 0.0


class Watermark(_Strict):
    """The section's icon, large, inside a band of `height` mm from the top."""

    part: Literal["watermark"]
    at: Point
    size: Length
    height: Length


class Pips(_Strict):
    """One dot a card of the section, this card's filled."""

    part: Literal["pips"]
    at: Point
    colour: str = "deep"


class EditionMark(_Strict):
    """The edition, so that old and new cards can be told apart."""

    part: Literal["edition"]
    at: Point


class Signpost(_Strict):
    """A fixed word with an arrow, such as "Turn over"."""

    part: Literal["signpost"]
    at: Point
    text: str


class Tab(_Strict):
    """A thumb tab on an outer edge; each section has its own height."""

    part: Literal["tab"]
    top: Length
    step: Length
    width: Length
    height: Length
    edge: Literal["left", "right"]


class Body(_Strict):
    """Words that flow: from `top` mm below the top edge to `bottom` mm above the bottom."""

    part: Literal["body"]
    contents: tuple[Literal["lead", "points", "talk"], ...]
    top: Length
    bottom: Length
    panel: str = "white"


class Uses(_Strict):
    """The workbook activities that lay this card out; grows upwards from its last line."""

    part: Literal["uses"]
    at: Point
    label: str
    reserve: Length = 0.0


Part = Annotated[
    Fill
    | Tiles
    | Heading
    | BackHeading
    | PrintedAs
    | SeeAlso
    | SectionName
    | Watermark
    | Pips
    | EditionMark
    | Signpost
    | Tab
    | Body
    | Uses,
    Field(discriminator="part"),
]


class Saver(_Strict):
    """The low-ink variant: colours exchanged by name, pictures in outline."""

    outline: bool
    colours: dict[str, str]


class Theme(_Strict):
    """A card design for cards of one size; see `deckgen.design.sizing` for others.

    `margin` mm at both sides; `size_classes` are (size, leading) in points.
    """

    name: str
    card: Extent
    margin: Length
    size_classes: tuple[Point, Point, Point]
    styles: dict[str, TypeStyle]
    saver: Saver
    front: tuple[Part, ...]
    back: tuple[Part, ...]
