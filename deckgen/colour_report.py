"""The colour gate as a table: inks, contrast, and distances to every sight and on the press."""

from __future__ import annotations

from itertools import combinations

from deckgen.colour import channels, contrast
from deckgen.content.deck import load_deck_settings, sections_of
from deckgen.design import vision
from deckgen.design.load_palettes import load_palettes
from deckgen.design.load_press import ink_maker_in
from deckgen.design.palette import Palette, Palettes
from deckgen.design.press_colour import press_eye
from deckgen.design.section_colours import colour_problems, with_section_colours
from deckgen.problem import Place, Problem, blocks, in_order, problem
from deckgen.project import Project


def colour_table(project: Project) -> tuple[str, list[Problem]]:
    """A row for each section's colour; and what is below the floors."""
    deck, toml, problems = load_deck_settings(project.files)
    problems += project.problems
    palettes = load_palettes(project.files, problems)
    if deck is None or palettes is None or blocks(problems):
        return "", in_order(problems)
    sections = sections_of(deck, toml)[0]
    palettes = with_section_colours(palettes, sections, project.files, problems)
    known = [section for section in sections if section.palette in palettes.sections]
    # Sections may share a colour; each colour has a row.
    shown = {palettes.sections[s.palette].srgb("band"): s.palette for s in reversed(known)}
    keys = tuple(s.palette for s in known if s.palette in shown.values())
    keys = tuple(dict.fromkeys(keys))
    maker = ink_maker_in(project.files, [])
    press = maker.profile if maker else b""
    printed = _on_press(palettes, keys, press) if press else {}
    pairs = list(vision.distances(palettes, keys))
    rows = [["colour", "inks (CMYK %)", "ink", "words on it", *vision.SIGHTS, "press", "off"]]
    for key in keys:
        measures, near = _measures(palettes.sections[key]), _nearest(pairs, key)
        rows.append([*measures, *near, *printed.get(key, ())])
    problems += colour_problems(known, palettes, project.files)
    if press:
        problems += _unlike_on_press(palettes, keys, press)
    blocking = [problem for problem in problems if blocks([problem])]
    return f"{_table(rows)}\n\n{_NOTE}\n", in_order(blocking)


_MOST_OFF = 4.0  # how far the two halves of a colour may be from each other
_NOTE = (
    f"Distances are to the nearest other colour: CIEDE2000, {vision.LEAST_APART:g} at least; in "
    f"grey L*, {vision.LEAST_APART_IN_GREY:g} at least.\n"
    f'"press" is the same for inks on paper, "off" how far a colour\'s inks are from its screen '
    f"half, {_MOST_OFF:g} at most."
)


def _measures(palette: Palette) -> list[str]:
    band = palette.colours["band"]
    ratio = contrast(band.srgb, palette.srgb("on_band"))
    inks = " ".join(f"{ink:g}" for ink in band.cmyk)
    return [palette.key, inks, f"{band.ink_percent:g} %", f"{ratio:.1f}:1"]


def _nearest(pairs: list[vision.Apart], key: str) -> list[str]:
    mine = [pair for pair in pairs if key in (pair.one, pair.other)]
    return [_least([p.distance for p in mine if p.sight == sight]) for sight in vision.SIGHTS]


def _least(distances: list[float]) -> str:
    return f"{min(distances):.1f}" if distances else "-"


def _on_press(palettes: Palettes, keys: tuple[str, ...], profile: bytes) -> dict[str, list[str]]:
    """For each colour its nearest neighbour in ink, and how far its two halves are apart."""
    eye, shown = press_eye(profile), {}
    bands = {key: palettes.sections[key].colours["band"] for key in keys}
    seen = {key: eye(band.cmyk) for key, band in bands.items()}
    for key, here in seen.items():
        near = [vision.distance(here, there) for other, there in seen.items() if other != key]
        off = vision.distance(here, vision.lab(channels(bands[key].srgb)))
        shown[key] = [_least(near), f"{off:.1f}"]
    return shown


def _unlike_on_press(palettes: Palettes, keys: tuple[str, ...], profile: bytes) -> list[Problem]:
    """Colours of which one half was changed without the other, or that are alike in ink."""
    eye, found = press_eye(profile), []
    for key in keys:
        for token, colour in palettes.sections[key].colours.items():
            off = vision.distance(eye(colour.cmyk), vision.lab(channels(colour.srgb)))
            only_black = not any(colour.cmyk[:3])  # black ink is as dark as it is
            if off > _MOST_OFF and not only_black:
                said = f'In "{key}", the inks of {token} look unlike {colour.srgb}: '
                said += f"{off:.1f} apart."
                todo = "Change both halves of a colour, or neither."
                found.append(problem("halves-differ", Place(palettes.file), said, todo))
    for one, other in combinations(keys, 2):
        bands = (palettes.sections[key].colours["band"].cmyk for key in (one, other))
        apart = vision.distance(*(eye(inks) for inks in bands))
        if apart < vision.LEAST_APART:
            said = f'"{one}" and "{other}" are too alike in ink: {apart:.1f} apart.'
            todo = f"Make them differ more; {vision.LEAST_APART:g} is the least."
            found.append(problem("colours-alike", Place(palettes.file), said, todo))
    return found


def _table(rows: list[list[str]]) -> str:
    widths = [max(len(row[i]) for row in rows if i < len(row)) for i in range(len(rows[0]))]
    padded = ([f"{c:<{width}}" for c, width in zip(row, widths, strict=False)] for row in rows)
    return "\n".join("  ".join(cells).rstrip() for cells in padded)
