"""Colours as measured pairs, and how far apart two of them are to the eye."""

from __future__ import annotations

from msgspec import Struct


class Colour(Struct, frozen=True):
    """One colour for both worlds: "#RRGGBB" for screens, CMYK per cent for presses."""

    srgb: str
    cmyk: tuple[float, float, float, float]

    @property
    def ink_percent(self) -> float:
        """Total ink: the sum of the four plates."""
        return sum(self.cmyk)


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """A tone between two colours, in both worlds; `share` of the second, 0 to 1."""
    inks = (a * (1 - share) + b * share for a, b in zip(one.cmyk, other.cmyk, strict=True))
    cyan, magenta, yellow, black = (round(ink, 1) for ink in inks)
    return Colour(mix(one.srgb, other.srgb, share), (cyan, magenta, yellow, black))


def channels(srgb: str) -> tuple[float, float, float]:
    """Red, green and blue of "#RRGGBB", each 0 to 1."""
    red, green, blue = (int(srgb[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def linear(channel: float) -> float:
    """The light of a channel, 0 to 1 (IEC 61966-2-1)."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def luminance(srgb: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = map(linear, channels(srgb))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, success criterion 1.4.3)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """A tone between two sRGB colours; `share` of the second, 0 to 1."""
    tones = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round((a * (1 - share) + b * share) * 255):02X}" for a, b in tones)
