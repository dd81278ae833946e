"""The colour of each section: named in deck.toml, chosen there, or found by ourselves.

A chosen or found colour becomes a palette whose key is the section's prefix. Colours that somebody
chose go first; those that are found keep away from them, and from the index card's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from deckgen.colour import Colour, channels
from deckgen.design.load_press import ink_maker_in
from deckgen.design.palette import INDEX_PALETTE, Palette, Palettes
from deckgen.design.vision import (
    GREY,
    LEAST_APART,
    SIGHTS,
    WHO,
    Apart,
    apart,
    distance,
    lab,
    rgb_of,
    seen,
    vision_problems,
)
from deckgen.model.deck import Section
from deckgen.problem import Problem, problem

if TYPE_CHECKING:
    from deckgen.design.press_colour import InkMaker

# As many as differ by 8 in lightness between white paper and the index card's dark teal, each in
# a hue in which it is far from all others to every sight: 14 or more (CIEDE2000).
FOUND = ("#A1DBEE", "#E98898", "#B5C260", "#8C8CC0", "#F8E6BC", "#1F7463", "#AF6933", "#7E3880")
_PAPER = Colour("#FFFFFF", (0, 0, 0, 0))
_MOST_TRIED = 4000  # colours, before we say that there is none


def with_section_colours(
    palettes: Palettes,
    sections: Sequence[Section],
    files: Mapping[str, bytes],
    found: list[Problem],
) -> Palettes:
    """The palettes, and one for each section that has none by name.

    Problems in `found` if the press's profile, through which they get their inks, is no good.
    """
    if not any(section.own_colour for section in sections):
        return palettes
    press = ink_maker_in(files, found)
    if press is None:
        return palettes
    from deckgen.design.tones import palette_from

    made = {s.prefix: palette_from(s.colour, press) for s in sections if s.colour}
    free = [section for section in sections if section.own_colour and not section.colour]
    known = {**palettes.sections, **made}
    named = [known[s.palette] for s in sections if s.palette in known]
    taken = [*_others(palettes), *(palette.colours["band"] for palette in named)]
    pool = _found(len(free), taken, press)
    pool = pool or named or [palette_from(FOUND[0], press)]
    made |= {section.prefix: pool[n % len(pool)] for n, section in enumerate(free)}
    times = Counter(
        known[s.palette].srgb("band") for s in sections if s.palette in palettes.sections
    )
    for section in sorted((s for s in sections if s.own_colour), key=lambda s: not s.colour):
        palette = made[section.prefix]
        pattern, said = times[palette.srgb("band")], f"“{section.name}”"
        made[section.prefix] = replace(palette, key=section.prefix, name=said, pattern=pattern)
        times[palette.srgb("band")] += 1
    return replace(palettes, sections={**palettes.sections, **made})


def _others(palettes: Palettes) -> list[Colour]:
    """What no section may look like, beside the other sections."""
    index = palettes.sections.get(INDEX_PALETTE)
    return [_PAPER, *([index.colours["band"]] if index else [])]


def _found(wanted: int, taken: Sequence[Colour], press: InkMaker) -> list[Palette]:
    """So many palettes that everybody can tell apart; fewer if there are no more."""
    from deckgen.design.tones import palette_from

    made: list[Palette] = []
    while len(made) < wanted:
        around = [*taken, *(palette.colours["band"] for palette in made)]
        fitting = (srgb for srgb in FOUND if works(srgb, around, press))
        nearest = (nearest_that_works(srgb, around, press) for srgb in FOUND)
        fresh = next(fitting, None) or next(filter(None, nearest), None)
        if fresh is None:
            break
        made.append(palette_from(fresh, press))
    return made


def colour_problems(
    sections: Sequence[Section], palettes: Palettes, files: Mapping[str, bytes]
) -> list[Problem]:
    """Sections that somebody could not tell apart, with colours that would do."""
    found = _same(sections, palettes)
    found += vision_problems(palettes, tuple(s.palette for s in sections if not s.own_colour))
    press = ink_maker_in(files, []) if any(section.colour for section in sections) else None
    bands = {s.prefix: palettes.sections[s.palette].colours["band"] for s in sections}
    index = dict(zip(("white paper", "the index card"), _others(palettes), strict=False))
    for here, section in enumerate(sections):
        if not section.colour:
            continue
        mine, before = bands[section.prefix], [s for s in sections[:here] if s.colour]
        others = [*before, *(s for s in sections if not s.own_colour)]
        around = {f'"{other.name}"': bands[other.prefix] for other in others}
        around = {name: band for name, band in around.items() if band.srgb != mine.srgb}
        alike = _alike(mine, index | around)
        at = section.colour_at or section.place
        if not alike and mine.srgb != section.colour:
            said = f'No press prints {section.colour}: "{section.name}" has {mine.srgb} instead.'
            todo = f'Write colour = "{mine.srgb}" if you like it, or choose a quieter colour.'
            found.append(problem("colour-unprintable", at, said, todo))
        if not alike or press is None:
            continue
        rest = [band for band in bands.values() if band.srgb != mine.srgb]
        better = nearest_that_works(mine.srgb, [*index.values(), *rest], press)
        todo = _NONE_LEFT
        if better:
            todo = f'Write colour = "{better}", the nearest that works.'
            bands[section.prefix] = Colour(better, press.inks(better))
        prints = f", which prints as {mine.srgb}," * (mine.srgb != section.colour)
        said = f'"{section.name}" ({section.colour}){prints} is too like {alike}'
        found.append(problem("colours-alike", at, said, todo))
    return found


_NONE_LEFT = "Leave out colour, or give it another section's colour and an icon of its own."


def _alike(mine: Colour, around: Mapping[str, Colour]) -> str:
    """The colour that is most like this one, and to whom; "" if all are far enough."""
    pairs = {
        name: [Apart(s, "", name, far) for s, far in apart(mine.srgb, other.srgb)]
        for name, other in around.items()
    }
    least = {name: min(pair.share for pair in seen) for name, seen in pairs.items()}
    name = min(least, key=lambda name: least[name])
    if least[name] >= 1:
        return ""
    close = sorted((pair for pair in pairs[name] if pair.share < 1), key=lambda p: p.share)
    eyes = [WHO[pair.sight] for pair in close]
    who = (
        WHO["normal"]
        if WHO["normal"] in eyes
        else " and ".join(filter(None, (", ".join(eyes[:-1]), eyes[-1])))
    )
    return f"{name} for {who}: {close[0]}"


def _same(sections: Sequence[Section], palettes: Palettes) -> list[Problem]:
    """Sections of the very same colour: an icon of its own must tell each of them apart."""
    colours, looks = defaultdict[str, list[Section]](list), defaultdict[str, list[Section]](list)
    for section in sections:
        band = palettes.sections[section.palette].srgb("band")
        colours[band].append(section)
        looks[f"{band} {section.icon}"].append(section)
    found = []
    for twins in (group for group in looks.values() if len(group) > 1):
        said = f"These sections have the same colour and the same icon: {_prefixes([twins])}."
        todo = "Give each another icon or another colour, or leave those lines out."
        found.append(problem("sections-alike", twins[1].icon_at or twins[1].place, said, todo))
    shared = [group for group in colours.values() if len(group) > 1]
    if shared and not found:
        said = f"These sections share their colours: {_prefixes(shared)}. "
        said += "Their icons tell them apart, and patterns where the colours are deckgen's own."
        todo = f"Look at their cards. {len(FOUND)} colours can be told apart by everybody."
        found.append(problem("colours-shared", shared[0][1].place, said, todo))
    return found


def _prefixes(groups: Sequence[Sequence[Section]]) -> str:
    return "; ".join(", ".join(section.prefix for section in group) for group in groups)


def works(srgb: str, around: Sequence[Colour], press: InkMaker) -> bool:
    """Whether a colour can be printed as it is, and be told from all others by everybody."""
    if not (_told_from_all(srgb, around) and press.reaches(srgb)):
        return False
    from deckgen.design.press_colour import press_eye
    from deckgen.design.tones import printed

    eye, band = press_eye(press.profile), printed(srgb, press)
    mine = eye(band.cmyk)
    in_ink = all(distance(mine, eye(other.cmyk)) >= LEAST_APART for other in around)
    return in_ink and band.srgb == srgb


def _told_from_all(srgb: str, around: Sequence[Colour]) -> bool:
    pairs = (pair for other in around for pair in apart(srgb, other.srgb))
    return all(Apart(sight, "", "", far).share >= 1 for sight, far in pairs)


def nearest_that_works(chosen: str, around: Sequence[Colour], press: InkMaker) -> str | None:
    """The colour most like a chosen one that everybody can tell from all others; None if there
    is none.
    """
    start = lab(channels(chosen))
    for there in _candidates(start, around):
        far = _between(start, there, 1.0)
        if not far or not works(far, around, press):
            continue
        low, high, nearer = 0.0, 1.0, [far]
        for _ in range(6):  # as near to the chosen one as it goes
            middle = (low + high) / 2
            srgb = _between(start, there, middle)
            if srgb and _told_from_all(srgb, around):
                high = middle
                nearer.append(srgb)
            else:
                low = middle
        return next(srgb for srgb in reversed(nearer) if works(srgb, around, press))
    return None


def _candidates(
    start: tuple[float, float, float], around: Sequence[Colour]
) -> Iterator[tuple[float, float, float]]:
    """Colours in a grid around one, the nearest first, of a lightness that is still free."""
    greys = [seen(other.srgb)[SIGHTS.index(GREY)][0] for other in around]
    edges = (g + by for g in greys for by in (8.2, -8.2))
    free = [n for n in (*range(20, 93), *edges) if n >= 20 and min(abs(n - g) for g in greys) > 8.1]
    steps = [8.0 * n for n in range(-9, 10)]
    grid = [
        (off * off + da * da + db * db, lightness, start[1] + da, start[2] + db)
        for lightness in free
        for off in [lightness - start[0]]
        for da in steps
        for db in steps
    ]
    for _, *there in sorted(grid)[:_MOST_TRIED]:
        yield there[0], there[1], there[2]


def _between(
    start: tuple[float, float, float], there: tuple[float, float, float], share: float
) -> str:
    """A colour on the way from one L*, a*, b* to another; "" if no screen shows it."""
    one, two, three = (a + (b - a) * share for a, b in zip(start, there, strict=True))
    rgb = rgb_of((one, two, three))
    if not all(-0.002 <= value <= 1.002 for value in rgb):
        return ""
    return "#" + "".join(f"{min(255, max(0, round(value * 255))):02X}" for value in rgb)
