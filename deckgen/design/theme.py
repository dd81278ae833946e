"""Themes are data: which parts a card face has, where, and in which style."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from deckgen.design.stock import Extent
from deckgen.model.edition import EDITION_NAMES, MARK_NAMES, names_in

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
    """One dot a card of the section, this card's filled; none if they leave too little room.

    `reserve` mm are kept free for words beside them.
    """

    part: Literal["pips"]
    at: Point
    reserve: Length = 0.0
    colour: str = "deep"


def _known_names(forms: tuple[str, ...]) -> tuple[str, ...]:
    for form in forms:
        known = ", ".join(f"{{{name}}}" for name in sorted(MARK_NAMES))
        left = form
        for name in MARK_NAMES:
            left = left.replace(f"{{{name}}}", "")
        if "{" in left or "}" in left:
            raise ValueError(f"between braces write one of {known}")
    return forms


def _with_edition(forms: tuple[str, ...]) -> tuple[str, ...]:
    if not all(names_in(form) & EDITION_NAMES for form in forms):
        raise ValueError('write {edition} in each, or "{short}" or "{shorter}"')
    return forms


def _with_month(forms: tuple[str, ...]) -> tuple[str, ...]:
    if not all("month" in names_in(form) for form in forms):
        raise ValueError("write {month} in each")
    return forms


_Forms = Annotated[tuple[str, ...], Field(min_length=1), AfterValidator(_known_names)]


class EditionMark(_Strict):
    """The edition, so that old and new cards can be told apart.

    The first of the forms in `text` that is at most `room` mm wide (0: what margins and a QR
    code leave) is printed, else the last.
    Names between braces stand for the mark's words: {edition} as in "Draft after edition 2",
    {short} "Draft after ed. 2", {shorter} "Draft after 2", and {code}.
    """

    part: Literal["edition"]
    at: Point
    text: Annotated[_Forms, AfterValidator(_with_edition)] = ("{edition} · {code}",)
    room: Length = 0.0


class ReviewMark(_Strict):
    """The month in which the deck is looked at again; forms as in EditionMark, with {month}."""

    part: Literal["review"]
    at: Point
    text: Annotated[_Forms, AfterValidator(_with_month)] = ("Review by {month}",)
    room: Length = 0.0


class QrCode(_Strict):
    """The mark as a QR code of `size` mm, if it is asked for; `at` is its nearest corner.

    It takes the place of the parts `instead_of`.
    """

    part: Literal["qr"]
    at: Point
    size: Length
    instead_of: tuple[Literal["pips", "signpost"], ...] = ()


class Signpost(_Strict):
    """A fixed word with an arrow, such as "Turn over"; from the right, the arrow's tip counts."""

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
    | ReviewMark
    | QrCode
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
