"""What inks look like on the press that a profile describes; which make a colour, or a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from io import BytesIO
from itertools import product
from typing import Any

from PIL import Image, ImageCms, ImageFilter

from deckgen.colour import channels
from deckgen.design.vision import distance, lab

Inks = tuple[float, float, float, float]
Lab = tuple[float, float, float]

LEAST_SEEN = 2.0  # CIEDE2000 up to which a build is taken for the colour that was wanted
# Relative to the paper: white is no ink, and a screen's white is the card's.
_TO_PAPER = ImageCms.Intent.RELATIVE_COLORIMETRIC
_STEPS = 33  # of each of red, green and blue, between which a picture's colours are interpolated
_LIMITED_BY = 18.0  # per cent: packing as JPEG does adds as much to single dots
_BLACK_FROM, _BLACK_SPAN = 80.0, 30.0  # L* below which black ink begins to stand in for the others


@lru_cache(maxsize=4)
def press_eyes(profile: bytes) -> Callable[[Sequence[Inks]], list[Lab]]:
    """From builds of inks in per cent to L*, a*, b* under D50, relative to the paper.

    Steps of half a unit: good for comparing colours, not for measuring them.
    """
    source, lab = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("LAB")
    seen = _transform(source, lab, "CMYK", "LAB")

    def eyes(builds: Sequence[Inks]) -> list[Lab]:
        made = _through(seen, "CMYK", map(_bytes, builds))
        triples = zip(made[::3], made[1::3], made[2::3], strict=True)
        # a* and b* are signed bytes
        return [(light / 2.55, (a ^ 128) - 128.0, (b ^ 128) - 128.0) for light, a, b in triples]

    return eyes


def press_eye(profile: bytes) -> Callable[[Inks], Lab]:
    """The same for one build."""
    eyes = press_eyes(profile)
    return lambda inks: eyes([inks])[0]


class NoProfile(Exception):
    """The bytes of a profile from which no transform can be made."""


class InkMaker:
    """Makes builds of inks, in whole per cent and within a limit, and tells how they look.

    Whole numbers go in and come out, so that every machine makes the same ones.
    """

    def __init__(self, profile: bytes, limit_percent: float) -> None:
        self.profile, self.limit_percent = profile, limit_percent
        screen = ImageCms.createProfile("sRGB")
        try:
            press = ImageCms.ImageCmsProfile(BytesIO(profile))
            self._shown = _transform(press, screen, "CMYK", "RGB")
            self._made = _transform(screen, press, "RGB", "CMYK")
            press_eyes(profile)
        except (OSError, ImageCms.PyCMSError) as fault:
            raise NoProfile from fault

    def screen(self, builds: Sequence[Inks]) -> list[str]:
        """The screen colour of each build, "#RRGGBB"."""
        made = _through(self._shown, "CMYK", map(_bytes, builds))
        return [f"#{made[i : i + 3].hex().upper()}" for i in range(0, len(made), 3)]

    def inks(self, srgb: str) -> Inks:
        """The build that looks most like a screen colour.

        In dark colours black ink stands in for most of the grey that the other three would make:
        such a build drifts less on the press.
        """
        wanted = lab(channels(srgb))
        cyan, magenta, yellow, black = self._separated(srgb)
        share = min(0.8, max(0.0, (_BLACK_FROM - wanted[0]) / _BLACK_SPAN))
        moved = round(min(cyan, magenta, yellow) * share)
        start = (cyan - moved, magenta - moved, yellow - moved, min(100, black + moved))
        return self._nearest(wanted, self.within(start))

    def reaches(self, srgb: str) -> bool:
        """Whether inks can come near a screen colour at all: a quick look."""
        made = self._separated(srgb)
        return self._off(lab(channels(srgb)), [made])[0] <= 2 * LEAST_SEEN

    def beyond_screen(self, builds: Sequence[Inks]) -> bool:
        """Whether a screen can't show one of these builds as the press prints it."""
        builds = [self.within(build) for build in builds]
        pairs = zip(self.screen(builds), press_eyes(self.profile)(builds), strict=True)
        return any(distance(lab(channels(srgb)), ink) > LEAST_SEEN for srgb, ink in pairs)

    def _separated(self, srgb: str) -> Inks:
        """What the profile itself makes of a screen colour."""
        made = _through(self._made, "RGB", [bytes.fromhex(srgb[1:])])
        cyan, magenta, yellow, black = (float(round(value / 2.55)) for value in made)
        return cyan, magenta, yellow, black

    def within(self, build: Inks) -> Inks:
        """The build in whole per cent, with less of the three colours if it has too much ink."""
        *colours, black = build
        over = sum(map(round, build)) - self.limit_percent
        if over > 0:
            kept = (sum(colours) - over) / sum(colours)
            colours = [float(int(ink * kept)) for ink in colours]
        cyan, magenta, yellow = map(float, map(round, colours))
        return cyan, magenta, yellow, float(round(black))

    def _nearest(self, wanted: Lab, start: Inks) -> Inks:
        """From `start` downhill to the build that looks most like `wanted`."""
        best, step = start, 8
        least = self._off(wanted, [best])[0]
        while step:
            near = [build for build in _moved(best, step) if sum(build) <= self.limit_percent]
            off, build = min(zip(self._off(wanted, near), near, strict=True))
            if off < least:
                best, least = build, off
            else:
                step //= 2
        return best

    def _off(self, wanted: Lab, builds: Sequence[Inks]) -> list[float]:
        """How far builds are from a colour, on the screen; in ink as well, if that is much more:
        a screen shows the nearest that it can.
        """
        off = []
        inks = press_eyes(self.profile)(builds)
        for srgb, ink in zip(self.screen(builds), inks, strict=True):
            shown = distance(wanted, lab(channels(srgb)))
            off.append(round(max(shown, distance(wanted, ink) - LEAST_SEEN / 2), 6))
        return off


@lru_cache(maxsize=4)
def ink_maker(profile: bytes, limit_percent: float) -> InkMaker:
    """The maker of a press: the same one as long as its profile and its limit are the same."""
    return InkMaker(profile, limit_percent)


def _moved(build: Inks, step: int) -> Iterable[Inks]:
    """Builds near one: an ink more or less, or black in place of the other three and back."""
    moves = [tuple(step * (i == j) for j in range(4)) for i in range(4)]
    moves.append((-step, -step, -step, step))
    for move in moves:
        for sign in (1, -1):
            cyan, magenta, yellow, black = (
                min(100.0, max(0.0, ink + sign * by)) for ink, by in zip(build, move, strict=True)
            )
            yield cyan, magenta, yellow, black


def to_inks(profile: bytes, ink_limit: float) -> Callable[[Image.Image], Image.Image]:
    """How a picture's colours (sRGB) become inks, none of them together more than a limit.

    `ink_limit` is in per cent. Where it is too much, the three colours make room for the black.
    White is bare paper.
    """
    screen, press = ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(BytesIO(profile))
    made = _transform(screen, press, "RGB", "CMYK", ImageCms.Flags.BLACKPOINTCOMPENSATION)
    steps = [round(255 * i / (_STEPS - 1)) for i in range(_STEPS)]
    corners = product(steps, steps, steps)  # blue, green and red
    flat = _through(made, "RGB", (bytes(corner[::-1]) for corner in corners))
    most = 2.55 * (ink_limit - _LIMITED_BY)
    table = [v for i in range(0, len(flat), 4) for v in _limited(flat[i : i + 4], most)]
    table[-4:] = [0.0] * 4
    # Pillow wants values between 0 and 1.
    return partial(_filtered, ImageFilter.Color3DLUT(_STEPS, table, 4, "CMYK"))


def _filtered(table: ImageFilter.Color3DLUT, image: Image.Image) -> Image.Image:
    return image.filter(table)


def _limited(inks: bytes, most: float) -> tuple[float, ...]:
    """Inks (0 to 255) that are no more than so much together, as parts of one."""
    *colours, black = inks
    factor = min(1.0, (most - black) / (sum(colours) or 1))
    return *(factor * ink / 255 for ink in colours), black / 255


class _Unnamed:
    """Stands for the profile that Pillow would copy into every picture it makes."""

    def tobytes(self) -> bytes:
        return b""


def _transform(
    source: Any, to: Any, mode: str, to_mode: str, flags: ImageCms.Flags = ImageCms.Flags.NONE
) -> ImageCms.ImageCmsTransform:
    made = ImageCms.buildTransform(source, to, mode, to_mode, _TO_PAPER, flags)
    vars(made)["output_profile"] = _Unnamed()
    return made


def _bytes(inks: Inks) -> bytes:
    return bytes(round(2.55 * ink) for ink in inks)


def _through(transform: ImageCms.ImageCmsTransform, mode: str, pixels: Iterable[bytes]) -> bytes:
    data = b"".join(pixels)
    patch = Image.frombytes(mode, (len(data) // len(mode), 1), data)
    made = ImageCms.applyTransform(patch, transform)
    assert made is not None
    return bytes(made.tobytes())
