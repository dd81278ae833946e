"""Themes and page looks for other sizes: bigger cards, and large print.

A theme is drawn for one size of card. On another, its lengths and display type follow the
card; the words to read follow only as far as they must, and are then broken into lines anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.paper import PaperLook
from deckgen.design.stock import Extent
from deckgen.design.theme import AnyPart, Parts, Point, Theme, Tiles, TypeStyle
from deckgen.model.deck import SMALLEST_PT

# The smallest type in large print: UKAAF, "Creating clear print and large print documents",
# asks for 16 points at least and holds 18 to be best.
LARGE_PT = 18.0

_READ_UP_TO_PT = 16.0  # larger type in a template is there to be seen, not to be read
_DISPLAY_ON_PAGES = 1.2  # how much headings of pages grow for large print
_SAFE_MM = 4.7
_NEARLY_A_ROW = 0.15  # a picture may be this share of a row higher than it was
_CLASS_STEP_PT = 1.0  # from a size class to the next, below those of the theme
_PEN_ROOM = 1.25  # and the space between writing lines


class Sizing(Struct, frozen=True):
    """How much larger things are than the templates say.

    `card`: lengths and display type on cards. `reading`: words to read on cards, and the gaps
    between them. `page`: words to read on pages. `floor_pt`: the smallest type that the deck
    allows. `least_class_pt`: the theme's own smallest size class, in this size.
    """

    large_print: bool = False
    card: float = 1.0
    reading: float = 1.0
    page: float = 1.0
    floor_pt: float = SMALLEST_PT
    least_class_pt: float = SMALLEST_PT

    @property
    def smallest_pt(self) -> float:
        """No words are smaller than this."""
        return LARGE_PT if self.large_print else self.floor_pt


def sizing_for(
    theme: Theme,
    paper: PaperLook,
    card: Extent,
    floor_pt: float = SMALLEST_PT,
    *,
    large_print: bool,
) -> Sizing:
    """How much a theme drawn for one card has to grow for another, and pages with it."""
    scale = min(card.width / theme.card.width, card.height / theme.card.height)
    smallest = min(size for size, _ in theme.size_classes)
    if not large_print:
        reading = max(1.0, scale)
        least = max(floor_pt, smallest * reading)
        return Sizing(card=scale, reading=reading, floor_pt=floor_pt, least_class_pt=least)
    body = paper.styles["body"].size
    reading, page = max(1.0, LARGE_PT / smallest), max(1.0, LARGE_PT / body)
    return Sizing(True, scale, reading, page, floor_pt, max(LARGE_PT, smallest * reading))


def sized_theme(theme: Theme, card: Extent, sizing: Sizing) -> Theme:
    """The theme with all its lengths and type for another card."""
    classes = tuple(
        (max(sizing.smallest_pt, size * sizing.reading), leading * sizing.reading)
        for size, leading in theme.size_classes
    )
    classes = (*classes, *_smaller(classes[-1], _lowest_pt(theme, sizing)))
    styles = {name: _on_card(style, sizing) for name, style in theme.styles.items()}
    front, back = (_side(parts, theme, card, sizing) for parts in (theme.front, theme.back))
    fronts, backs = (
        {name: _side(parts, theme, card, sizing) for name, parts in others.items()}
        for others in (theme.fronts, theme.backs)
    )
    theme = replace(theme, front=front, back=back, fronts=fronts, backs=backs)
    margin = theme.margin * sizing.card
    return replace(theme, margin=margin, size_classes=classes, styles=styles)


def _lowest_pt(theme: Theme, sizing: Sizing) -> float:
    """What is not allowed to be small is no smaller than its theme wants it on its own card."""
    allowed, wanted = sizing.smallest_pt, theme.size_classes[-1][0]
    return allowed if allowed < SMALLEST_PT else max(allowed, wanted)


def _smaller(size_class: Point, floor_pt: float) -> Iterator[Point]:
    """Further size classes, from one that has grown with the card or that is above the deck's floor
    down to it; their leading keeps its proportion.
    """
    size, leading = size_class
    while size > floor_pt:
        smaller = max(floor_pt, size - _CLASS_STEP_PT)
        size, leading = smaller, leading * smaller / size
        yield size, leading


def in_class(style: TypeStyle, class_pt: float, sizing: Sizing) -> TypeStyle:
    """A style beside words that are smaller than any of the theme's own classes: it goes with them,
    down to the floor.
    """
    share = class_pt / sizing.least_class_pt
    return style if share >= 1 else _grown(style, share, sizing.smallest_pt)


def sized_paper(paper: PaperLook, sizing: Sizing) -> PaperLook:
    """The look of pages with large print, if that is wanted; pages keep their size."""
    if not sizing.large_print:
        return paper
    styles = {name: _on_page(style, sizing) for name, style in paper.styles.items()}
    return replace(paper, styles=styles, writing_pitch=paper.writing_pitch * _PEN_ROOM)


def _on_card(style: TypeStyle, sizing: Sizing) -> TypeStyle:
    reading = style.size < _READ_UP_TO_PT
    return _grown(style, sizing.reading if reading else sizing.card, sizing.smallest_pt)


def _on_page(style: TypeStyle, sizing: Sizing) -> TypeStyle:
    reading = style.size <= _READ_UP_TO_PT
    return _grown(style, sizing.page if reading else _DISPLAY_ON_PAGES, sizing.smallest_pt)


def _grown(style: TypeStyle, factor: float, smallest_pt: float) -> TypeStyle:
    """A style in another size; its leading keeps its proportion."""
    if not style.size:
        return style
    size = max(smallest_pt, style.size * factor)
    return replace(style, size=size, leading=style.leading * size / style.size)


def _side(parts: Parts, theme: Theme, card: Extent, sizing: Sizing) -> Parts:
    """The parts of one side. What stands below the picture stays as near to it as it was."""
    picture = next((part for part in parts if isinstance(part, Tiles)), None)
    if picture is None:
        return tuple(_part(part, sizing.card, 0.0, 0.0) for part in parts)
    before = picture.rows * theme.card.width / picture.columns
    side = card.width / picture.columns
    rows = max(1, int(before * sizing.card / side + _NEARLY_A_ROW))
    resized = replace(picture, rows=rows)
    return tuple(
        resized if part is picture else _part(part, sizing.card, before, rows * side)
        for part in parts
    )


def _part(part: AnyPart, factor: float, before: float, after: float) -> AnyPart:
    """A part with its millimetres multiplied; counts and words stay.

    Places below the picture's lower edge, `before` mm from the top, are counted from it, and it
    has moved to `after` mm.
    """
    changed: dict[str, object] = {}
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if isinstance(value, float):
            changed[name] = value * factor
        elif isinstance(value, tuple) and value and isinstance(value[0], float):
            x, y = value
            below = after + (y - before) * factor if y > 0 and before else y * factor
            if y < 0:  # words at the foot stay out of what the cut may take
                below = min(below, max(y, -_SAFE_MM))
            changed[name] = (x * factor, below)
    return replace(part, **changed)
