"""How colours look to others: to people with a colour-vision deficiency, and on a grey printer.

Section colours must stay apart for all of them. The deficiencies are simulated after Machado,
Oliveira and Fernandes (2009), severity 1.0; distances are CIEDE2000 (CIE 142, ISO/CIE 11664-6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

from msgspec import Struct

from deckgen.colour import channels, linear
from deckgen.design.palette import Palettes
from deckgen.problem import Place, Problem, problem

Triple = tuple[float, float, float]
Rows = tuple[Triple, Triple, Triple]

NORMAL, GREY = "normal", "grey"
_MACHADO: Mapping[str, Rows] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
SIGHTS = (NORMAL, *_MACHADO, GREY)

# The least distance of two section colours: CIEDE2000, and of lightness in grey.
LEAST_APART, LEAST_APART_IN_GREY = 9.0, 8.0

# sRGB under D50, the light in which prints are judged (ICC.1:2010, by the Bradford method).
_TO_XYZ: Rows = (
    (0.4360747, 0.3850649, 0.1430804),
    (0.2225045, 0.7168786, 0.0606169),
    (0.0139322, 0.0971045, 0.7141733),
)
_FROM_XYZ: Rows = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)
_WHITE: Triple = (0.96422, 1.0, 0.82521)


def simulated(rgb: Triple, sight: str) -> Triple:
    """How a colour (red, green, blue, 0 to 1) looks to a sight of SIGHTS."""
    if sight == NORMAL:
        return rgb
    light = tuple(map(linear, rgb))
    if sight == GREY:
        grey = _dot(_TO_XYZ[1], light)
        return (_encoded(grey),) * 3
    red, green, blue = (_encoded(_dot(row, light)) for row in _MACHADO[sight])
    return red, green, blue


def lab(rgb: Triple) -> Triple:
    """CIE L*, a*, b* under D50."""
    light = tuple(map(linear, rgb))
    x, y, z = (_dot(row, light) / white for row, white in zip(_TO_XYZ, _WHITE, strict=True))
    fx, fy, fz = (_cube_root(v) for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def rgb_of(colour: Triple) -> Triple:
    """Red, green and blue of an L*, a*, b*; no screen shows it if one is below 0 or above 1."""
    fy = (colour[0] + 16) / 116
    xyz = (
        white * (v**3 if v**3 > 216 / 24389 else (116 * v - 16) * 27 / 24389)
        for v, white in zip((fy + colour[1] / 500, fy, fy - colour[2] / 200), _WHITE, strict=True)
    )
    light = tuple(xyz)
    red, green, blue = (_dot(row, light) for row in _FROM_XYZ)
    return _coded(red), _coded(green), _coded(blue)


def _coded(light: float) -> float:
    return _encoded(light) if 0 <= light <= 1 else light


def _dot(row: Triple, values: tuple[float, ...]) -> float:
    return sum(a * b for a, b in zip(row, values, strict=True))


def _encoded(c: float) -> float:
    c = min(1.0, max(0.0, c))
    return 12.92 * c if c <= 0.0031308 else float(1.055 * c ** (1 / 2.4) - 0.055)


def _cube_root(v: float) -> float:
    return float(v ** (1 / 3)) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116


def distance(one: Triple, other: Triple) -> float:
    """CIEDE2000 of two L*a*b* colours (ISO/CIE 11664-6, all weights 1)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean7 = ((hypot(a1, b1) + hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * sqrt(mean7 / (mean7 + 25**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dl, dc = l2 - l1, c2 - c1
    dh = 2 * sqrt(c1 * c2) * sin(radians(turn) / 2)
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    weight = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    off = (lightness - 50) ** 2
    sl = 1 + 0.015 * off / sqrt(20 + off)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * weight
    chroma7 = chroma**7
    rotation = -2 * sqrt(chroma7 / (chroma7 + 25**7))
    rotation *= sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    parts = dl / sl, dc / sc, dh / sh
    return sqrt(sum(part * part for part in parts) + rotation * parts[1] * parts[2])


class Apart(Struct, frozen=True):
    """How far two sections' colours are from each other, to one sight."""

    sight: str
    one: str
    other: str
    distance: float

    @property
    def least(self) -> float:
        """What it must be."""
        return LEAST_APART_IN_GREY if self.sight == GREY else LEAST_APART

    @property
    def share(self) -> float:
        """How much of that it is: below 1, somebody can't tell the two apart."""
        return self.distance / self.least

    def __str__(self) -> str:
        return f"{self.distance:.1f} apart, {self.least:g} are needed."


@lru_cache(maxsize=8192)
def seen(srgb: str) -> tuple[Triple, ...]:
    """L*, a*, b* of "#RRGGBB" to each sight of SIGHTS."""
    rgb = channels(srgb)
    return tuple(lab(simulated(rgb, sight)) for sight in SIGHTS)


def apart(one: str, other: str) -> Iterator[tuple[str, float]]:
    """How far two colours are from each other to every sight, grey first: it is quickest."""
    there = dict(zip(SIGHTS, zip(seen(one), seen(other), strict=True), strict=True))
    for sight in (GREY, *SIGHTS[:-1]):
        a, b = there[sight]
        yield sight, abs(a[0] - b[0]) if sight == GREY else distance(a, b)


def distances(palettes: Palettes, keys: tuple[str, ...]) -> Iterator[Apart]:
    """Every pair of these sections' bands, to every sight."""
    bands = {key: palettes.sections[key].srgb("band") for key in dict.fromkeys(keys)}
    for one, other in combinations(bands, 2):
        for sight, far in apart(bands[one], bands[other]):
            yield Apart(sight, one, other, far)


def vision_problems(palettes: Palettes, keys: tuple[str, ...]) -> list[Problem]:
    """Sections that somebody could not tell apart: one Problem a pair, its worst sight."""
    worst: dict[tuple[str, str], Problem] = {}
    todo = "Make one of them lighter or darker, or choose another palette; "
    todo += "deckgen colours shows all distances."
    for a in sorted(distances(palettes, keys), key=lambda a: a.share):
        if a.share < 1:
            said = f'"{a.one}" and "{a.other}" are too alike for {WHO[a.sight]}: {a}'
            alike = problem("colours-alike", Place(palettes.file), said, todo)
            worst.setdefault((a.one, a.other), alike)
    return list(worst.values())


WHO = {
    NORMAL: "everybody",
    "protan": "people who can't see red",
    "deutan": "people who can't see green",
    "tritan": "people who can't see blue",
    GREY: "a grey printer",
}
