"""All tones of a section from its one colour, each in inks and on the screen.

A tone is looked for along one line of builds: from the paper through the section's own colour to
black, stronger on the way so that dark tones are no mud. Every tone is the build whose look fits,
so that the press and the screen show the same by construction.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from deckgen.colour import Colour, channels, contrast
from deckgen.design.palette import FLOORS, Palette
from deckgen.design.press_colour import LEAST_SEEN, InkMaker, Inks
from deckgen.design.vision import distance, lab

_TINT, _PALE = 95.5, 97.0  # L* of the wash behind words, and of pale words
_DEEP = 31.0  # L* of headings on it
_MOST_STEPS = 6
_SAMPLE = (5, 15, 30, 45, 60, 80)
_MORE = 1.04  # a little more contrast than must be
_BLACK, _WHITE = Colour("#000000", (0, 0, 0, 100)), Colour("#FFFFFF", (0, 0, 0, 0))
_FLOOR = {(ink, ground): floor * _MORE for ink, ground, floor in FLOORS}


@lru_cache(maxsize=512)
def palette_from(chosen: str, press: InkMaker, pattern: int = 0) -> Palette:
    """The palette of a colour "#RRGGBB"; its band is the colour, or the nearest that prints."""
    band = printed(chosen, press)
    line = _Line(press, band)
    here = line.lightness_of(band)
    tint = line.at(_TINT)
    mid = line.darker_until(36 + 0.22 * here, ((_WHITE, "white"), (tint, "tint")), "mid")
    deep = line.darker_until(_DEEP, ((_WHITE, "white"), (tint, "tint")), "deep")
    on_band = line.darker_until(22.0, ((band, "band"),), "on_band")
    count = line.darker_until(min(38.0, here - 22), ((band, "band"),), "count")
    on_dark = contrast(_WHITE.srgb, band.srgb) > contrast(_BLACK.srgb, band.srgb)
    if on_dark:
        on_band, count = line.paler(_PALE, band, "on_band"), line.paler(93.0, band, "count")
    colours = {
        "band": band,
        "tint": tint,
        "mid": mid,
        "deep": deep,
        "on_band": on_band,
        "count": count,
    }
    # In a dark picture the quiet tiles keep their distance from the pale ones that count.
    share = min(1.0, max(0.0, (here - 35) / 25))
    up = [here + (100 - here) * (dark + (pale - dark) * share) for dark, pale in _LIGHTER]
    tiles = tuple(line.at(goal) for goal in (*up, 0.9 * here, 0.82 * here))
    return Palette(chosen, chosen, colours, tiles, pattern)


_LIGHTER = ((0.2, 0.47), (0.34, 0.75))  # of the way to white: in dark colours, in pale ones


@lru_cache(maxsize=512)
def printed(chosen: str, press: InkMaker) -> Colour:
    """A colour with its inks; one that can't be printed becomes what those inks look like."""
    for _ in range(_MOST_STEPS):
        inks = press.inks(chosen)
        shown = press.screen([inks])[0]
        if distance(lab(channels(chosen)), lab(channels(shown))) <= LEAST_SEEN:
            return Colour(chosen, inks)
        chosen = shown  # which is nearer to what prints, and may have better inks yet
    return Colour(shown, inks)


class _Line:
    """Builds from the paper through a colour to black, 100 steps on either side of it."""

    def __init__(self, press: InkMaker, band: Colour) -> None:
        grey = min(band.cmyk[:3])
        strongest = max(band.cmyk[:3]) - grey
        stronger = min(max(1.7, 75 / strongest), 4.0, (100 - grey) / strongest) if strongest else 1
        # Deep greens and blues in ink are beyond any screen: no stronger than a screen shows them.
        while stronger > 0.4 and press.beyond_screen(_darkened(band.cmyk, stronger, _SAMPLE)):
            stronger *= 0.85
        builds = [_thinned(band.cmyk, step / 100) for step in range(100)]
        builds += _darkened(band.cmyk, stronger, range(101))
        builds = [press.within(build) for build in builds]
        self._tones = [
            Colour(srgb, inks) for srgb, inks in zip(press.screen(builds), builds, strict=True)
        ]
        self._lightness = [self.lightness_of(tone) for tone in self._tones]

    @staticmethod
    def lightness_of(tone: Colour) -> float:
        """L* of its screen half."""
        return lab(channels(tone.srgb))[0]

    def at(self, lightness: float) -> Colour:
        """The tone nearest to an L*."""
        return self._tones[self._step(lightness)]

    def _step(self, lightness: float) -> int:
        off = [round(abs(lightness - here), 6) for here in self._lightness]
        return off.index(min(off))

    def darker_until(
        self, lightness: float, grounds: tuple[tuple[Colour, str], ...], token: str
    ) -> Colour:
        """The tone at an L*, or the first darker one that reads on its grounds; black at last."""
        for tone in self._tones[self._step(lightness) :]:
            if _reads(tone, grounds, token):
                return tone
        return _BLACK

    def paler(self, lightness: float, ground: Colour, token: str) -> Colour:
        """The tone at an L*, or the first paler one that reads on its ground; white at last."""
        for tone in reversed(self._tones[: self._step(lightness) + 1]):
            if _reads(tone, ((ground, "band"),), token):
                return tone
        return _WHITE


def _reads(tone: Colour, grounds: tuple[tuple[Colour, str], ...], token: str) -> bool:
    return all(contrast(tone.srgb, ground.srgb) >= _FLOOR[token, name] for ground, name in grounds)


def _darkened(build: Inks, stronger: float, steps: Iterable[int]) -> list[Inks]:
    """A build with more black, and with its colours so much stronger as soon as may be."""
    *colours, black = build
    grey, made = min(colours), []
    for step in steps:
        more = 1 + (stronger - 1) * min(1.0, step / 35)
        cyan, magenta, yellow = (grey + (ink - grey) * more for ink in colours)
        made.append((cyan, magenta, yellow, black + (100 - black) * step / 100))
    return made


def _thinned(build: Inks, share: float) -> Inks:
    """So much of a build; black and grey go first, or pale tones would be dull."""
    *colours, black = build
    grey = min(colours)
    cyan, magenta, yellow = ((ink - grey + grey * share) * share for ink in colours)
    return cyan, magenta, yellow, black * share * share
