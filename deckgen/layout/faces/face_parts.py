"""The parts a theme can put on a card face, apart from the flowing words."""

from __future__ import annotations

from deckgen.design import theme
from deckgen.geometry import Matrix, Rect, mm
from deckgen.layout.faces.chips import chip, chip_width_pt
from deckgen.layout.faces.face import Face, artifact, paragraph
from deckgen.layout.faces.icon import icon_shapes
from deckgen.layout.faces.tiles import Tile, card_tiles, into_bleed, mosaic, tile_shapes
from deckgen.layout.faces.uses import uses_forms
from deckgen.layout.setting.shapes import arrow, circle, filled, rectangle, rounded
from deckgen.model.drawing import Clip, Element, Mark, Role, Shape
from deckgen.model.text import ended, words
from deckgen.wording.say import merged

_CAPITAL = 0.75  # from a baseline to the tops of letters, in sizes
_CHIP_GAP_PT = 5.0
_MANY_LINES = 3
_RISE = 0.15  # of a line


def fill(face: Face, part: theme.Fill) -> tuple[Element, ...]:
    """A ground of colour that runs over the bleed."""
    height = mm(part.height) if part.height else face.size.height_pt + face.bleed_pt
    bottom = face.size.height_pt - height
    ground = Rect(
        -face.bleed_pt, bottom, face.size.width_pt + 2 * face.bleed_pt, height + face.bleed_pt
    )
    colour = face.colour(part.colour)
    shapes = [filled(rectangle(ground), colour)] if colour != "#FFFFFF" else []
    if face.outline and part.height:
        rule = Rect(-face.bleed_pt, bottom, ground.width_pt, 1.4)
        shapes.append(filled(rectangle(rule), face.colour("mid")))
    return (artifact(*shapes),) if shapes else ()


def tiles(face: Face, part: theme.Tiles) -> tuple[Element, ...]:
    """The picture, from the top edge down, with room left for the code plate."""
    side = face.size.width_pt / part.columns
    bottom = face.size.height_pt - part.rows * side
    grid = Matrix(f=bottom)
    free = frozenset((0, c) for c in range(plate_columns(face, side)))
    if face.words.listed:
        return (artifact(*_mosaic(face, part, side, grid, free)),)
    shapes: list[Shape] = []
    if not face.outline:
        ground = Rect(
            -face.bleed_pt,
            bottom,
            face.size.width_pt + 2 * face.bleed_pt,
            part.rows * side + face.bleed_pt,
        )
        shapes.append(filled(rectangle(ground), face.colour("band")))
    words, pattern = face.words, face.palette.pattern
    drawn = card_tiles(words.code, part.rows, part.columns, words.number, free, pattern)
    tones = [tone.srgb for tone in face.palette.tiles]
    for tile in drawn:
        tone = tones[tile.tone]
        if tile.strong:
            tone = face.colour("deep" if face.outline else "count")
        elif face.outline:
            tone = face.colour("mid")
        outline = face.outline and not tile.strong
        shapes += _with_bleed(tile, part, side, grid, tone, outline)
    return (artifact(*shapes),)


def _with_bleed(
    tile: Tile, part: theme.Tiles, side: float, grid: Matrix, tone: str, outline: bool
) -> list[Shape]:
    """A tile and, where it touches the trim, its mirror images over the bleed."""
    shapes = list(tile_shapes(tile, side, grid, tone, outline=outline))
    if not outline:
        for mirrored in into_bleed(tile.cell, part.rows, part.columns, side, grid):
            shapes += tile_shapes(tile, side, mirrored, tone, outline=False)
    return shapes


def _mosaic(
    face: Face, part: theme.Tiles, side: float, grid: Matrix, free: frozenset[tuple[int, int]]
) -> list[Shape]:
    """The index card's picture: every section's colours side by side."""
    palettes = {s.palette: face.design.palettes.sections[s.palette] for s in face.words.listed}
    keys = tuple(palettes)
    grounds: list[Shape] = []
    marks: list[Shape] = []
    for key, tile in mosaic(face.words.code, part.rows, part.columns, keys, (1.0,) * len(keys)):
        if tile.cell in free and face.outline:
            continue
        palette = palettes[key]
        row, column = tile.cell
        cell = Rect(column * side, grid.f + row * side, side, side)
        cell = _to_bleed(cell, face, row == part.rows - 1)
        if face.outline:
            marks += tile_shapes(tile, side, grid, palette.srgb("mid"), outline=True)
            continue
        grounds.append(filled(rectangle(cell), palette.srgb("band")))
        tones = (*(t.srgb for t in palette.tiles), palette.srgb("count"))
        marks += _with_bleed(tile, part, side, grid, tones[tile.tone], False)
    return [*grounds, *marks]


def _to_bleed(cell: Rect, face: Face, top_row: bool) -> Rect:
    """A cell of ground, grown over the bleed where it touches the trim, and a hair elsewhere."""
    left = cell.x_pt - (face.bleed_pt if cell.x_pt < 1 else 0.1)
    right = cell.right_pt + (face.bleed_pt if cell.right_pt > face.size.width_pt - 1 else 0.1)
    top = cell.top_pt + (face.bleed_pt if top_row else 0.1)
    return Rect(left, cell.y_pt, right - left, top - cell.y_pt)


def plate_columns(face: Face, side_pt: float) -> int:
    """How many tiles the code plate covers."""
    code = face.setter.width_pt(face.code, face.type("code"))
    needed = mm(face.design.theme.margin) + code + mm(2)
    return max(2, -int(-needed // side_pt))


def heading(face: Face, part: theme.Heading) -> tuple[Element, ...]:
    """Code and title: the card's heading."""
    code, title = face.type(part.code_style), face.type(part.title_style)
    elements = []
    if part.plate:
        elements += _plate(face, part)
    indent = _title_indent(face, part)
    x = face.x(part.title[0]) + indent * (not face.setter.rtl)
    y = face.y(part.title[1]) + title_rise(face, part)
    lines = face.setter.column(words(face.words.title), title, x, y, face.column_pt - indent)
    code_line = face.setter.line(
        face.code, code, face.x(part.code[0]) - code.size_pt * 0.045, face.y(part.code[1])
    )
    return (*elements, Element(Role.H1, (code_line, *lines)))


def _plate(face: Face, part: theme.Heading) -> list[Element]:
    """The white plate under the code, as wide as the tiles it replaces."""
    grids = [p for p in face.layout("front") if isinstance(p, theme.Tiles)]
    if face.outline or not grids:
        return []
    side = face.size.width_pt / grids[0].columns
    bottom = face.size.height_pt - grids[0].rows * side
    width = plate_columns(face, side) * side
    plate = Rect(-face.bleed_pt, bottom - 1, width + face.bleed_pt, side + 1)
    return [artifact(filled(rounded(plate, 12, "tr"), face.colour("white")))]


def _title_indent(face: Face, part: theme.Heading) -> float:
    """How far right of its place the title begins: beside the code, if that is wanted."""
    code = face.type(part.code_style)
    return face.setter.width_pt(face.code, code) + face.grown(9) if part.beside else 0.0


def title_rise(face: Face, part: theme.Heading) -> float:
    """How much higher a title begins that takes three lines or more, away from what is below."""
    full = part.max_lines >= _MANY_LINES and heading_lines(face, part) >= part.max_lines
    return face.type(part.title_style).leading_pt * _RISE if full else 0.0


def heading_lines(face: Face, part: theme.Heading) -> int:
    """How many lines the title takes."""
    room = face.column_pt - _title_indent(face, part)
    return face.setter.count(words(face.words.title), face.type(part.title_style), room)


def printed_as(face: Face, part: theme.PrintedAs) -> tuple[Element, ...]:
    """What an older printed pack calls this card."""
    if not face.words.printed_as:
        return ()
    note = face.say("Printed as {name} in older packs", name=words(face.words.printed_as))
    return (paragraph(face.setter.line(note, face.type("note"), *_at(face, part.at))),)


def see_also(face: Face, part: theme.SeeAlso) -> tuple[Element, ...]:
    """Chips in the colours of the cards that go with this one."""
    if not face.words.see_also:
        return ()
    x, y = _at(face, part.at)
    label, said = face.type("small"), face.say.given(part.label)
    kids: list[Element | Mark] = [face.setter.line(ended(said, " "), label, x, y)]
    x += face.setter.width_pt(said, label) + face.grown(9)
    for text, name in face.words.see_also:
        palette = face.design.palettes.sections[name]
        kids += chip(face.setter, palette, text, x, y, label.size_pt, outline=face.outline)
        x += chip_width_pt(face.setter, text, label.size_pt) + face.grown(_CHIP_GAP_PT)
    return (Element(Role.P, tuple(kids)),)


def section(face: Face, part: theme.SectionName) -> tuple[Element, ...]:
    """The section's icon and name; counted from the right, the icon comes last."""
    x, y = _at(face, part.at)
    look = face.type(part.style)
    side = mm(part.icon)
    right = part.at[0] < 0
    elements = []
    if side:
        left = x - side if right else x
        icon = face.design.icons[face.words.icon]
        low = y + look.size_pt * 0.33 - side / 2
        elements.append(artifact(*icon_shapes(icon, left, low, side, look.colour, face.pale())))
    step = side + face.grown(6) if side else 0.0
    align = "right" if right else "left"
    text_x = x - step if right else x + step
    line = face.setter.line(face.words.group_name, look, text_x, y, align)
    return (*elements, artifact(line) if right else paragraph(line))


def watermark(face: Face, part: theme.Watermark) -> tuple[Element, ...]:
    """A large icon that the band's edges cut."""
    side = mm(part.size)
    ground = face.colour("band")
    deep = face.colour("on_band")
    blended = face.design.palettes.blended
    lines = face.colour("mid") if face.outline else blended(ground, deep, 0.2)
    pale = None if face.outline else blended(ground, face.colour("white"), 0.3)
    icon = face.design.icons[face.words.icon]
    x, y = face.x(part.at[0]), face.y(part.at[1])
    shapes = icon_shapes(icon, x, y, side, lines, pale, weight=0.9)
    band = Rect(
        -face.bleed_pt,
        face.size.height_pt - mm(part.height),
        face.size.width_pt + 2 * face.bleed_pt,
        mm(part.height) + face.bleed_pt,
    )
    return (artifact(Clip(band, shapes)),)


def pips(face: Face, part: theme.Pips) -> tuple[Element, ...]:
    """As many dots as the card's number, the last one filled and larger.

    They don't say how many cards the section has: another card in it would change all the others.
    """
    count = face.words.number
    radius, gap, colour = face.grown(2.5), face.grown(8.2), face.colour(part.colour)
    if count < 1 or count * gap > face.column_pt - mm(part.reserve):
        return ()  # nobody counts so many
    x, y = _at(face, part.at)
    start = x - radius - (count - 1) * gap if part.at[0] < 0 else x + radius
    shapes = []
    for i in range(count):
        here = i + 1 == count
        path = circle(start + i * gap, y + face.grown(4), radius + 0.4 if here else radius - 0.4)
        shapes.append(
            Shape(path, fill=colour) if here else Shape(path, stroke=colour, width_pt=1.0)
        )
    return (artifact(*shapes),)


def signpost(face: Face, part: theme.Signpost) -> tuple[Element, ...]:
    """A word and an arrow for people with paper in their hands."""
    x, y = _at(face, part.at)
    look, text = face.type("uses"), face.say.given(part.text)
    length, gap = face.grown(10), face.grown(6)
    word = face.setter.width_pt(text, look)
    left = x - word - gap - length if part.at[0] < 0 else x
    shape = Shape(
        arrow(left + word + gap, y + look.size_pt * 0.33, length),
        stroke=look.colour,
        width_pt=face.grown(1.4),
        round_ends=True,
    )
    return (artifact(face.setter.line(text, look, left, y), shape),)


def tab(face: Face, part: theme.Tab) -> tuple[Element, ...]:
    """A thumb tab: in a stack, each section shows at its own height."""
    top = face.size.height_pt - mm(part.top + part.step * face.slot)
    width, height = mm(part.width) + face.bleed_pt, mm(part.height)
    left = -face.bleed_pt if part.edge == "left" else face.size.width_pt - mm(part.width)
    corners = "tr br" if part.edge == "left" else "tl bl"
    path = rounded(Rect(left, top - height, width, height), 5, corners)
    return (artifact(filled(path, face.colour("deep"))),)


def uses(face: Face, part: theme.Uses) -> tuple[Element, ...]:
    """The workbook activities that lay this card out, in the first form that has room."""
    if not face.words.uses:
        return ()
    x, y = _at(face, part.at)
    look = face.type("uses")
    width = face.column_pt - mm(part.reserve)
    foot = min((mm(b.bottom) for b in face.layout("back") if isinstance(b, theme.Body)), default=0)
    free = max(1, 1 + int((foot - y - _CAPITAL * look.size_pt) / look.leading_pt))
    for named in uses_forms(face.words.uses):
        text = merged([*face.say.given(part.label), *words(named)])
        lines = face.setter.count(text, look, width)
        if lines <= free:
            break
    rise = (lines - 1) * look.leading_pt
    return (paragraph(*face.setter.column(text, look, x, y + rise, width)),)


def _at(face: Face, at: theme.Point) -> tuple[float, float]:
    return face.x(at[0]), face.y(at[1])
