"""What inks look like on the press that a profile describes, and which inks a picture needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from itertools import product

from PIL import Image, ImageCms, ImageFilter

Inks = tuple[float, float, float, float]
Lab = tuple[float, float, float]


def press_eye(profile: bytes) -> Callable[[Inks], Lab]:
    """From inks in per cent to L*, a*, b* under D50, relative to the paper.

    Steps of half a unit: good for comparing colours, not for measuring them.
    """
    source, lab = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("LAB")
    to_paper = ImageCms.Intent.RELATIVE_COLORIMETRIC
    seen = ImageCms.buildTransform(source, lab, "CMYK", "LAB", to_paper)

    def eye(inks: Inks) -> Lab:
        patch = Image.new("CMYK", (1, 1), tuple(round(2.55 * ink) for ink in inks))
        made = ImageCms.applyTransform(patch, seen)
        assert made is not None
        lightness, a, b = made.tobytes()  # a* and b* are signed bytes
        return lightness / 2.55, (a ^ 128) - 128.0, (b ^ 128) - 128.0

    return eye


_STEPS = 33  # of each of red, green and blue, between which colours are interpolated
_LIMITED_BY = 18.0  # per cent: packing as JPEG does adds as much to single dots


def to_inks(profile: bytes, ink_limit: float) -> Callable[[Image.Image], Image.Image]:
    """How a picture's colours (sRGB) become inks, none of them together more than a limit.

    `ink_limit` is in per cent. Where it is too much, the three colours make room for the black.
    White is bare paper.
    """
    screen, press = ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(BytesIO(profile))
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    transform = ImageCms.buildTransform(screen, press, "RGB", "CMYK", intent, flags)
    steps = [round(255 * i / (_STEPS - 1)) for i in range(_STEPS)]
    corners = product(steps, steps, steps)  # blue, green and red
    grid = bytes(v for corner in corners for v in corner[::-1])
    made = ImageCms.applyTransform(Image.frombytes("RGB", (_STEPS**2, _STEPS), grid), transform)
    assert made is not None
    flat, most = made.tobytes(), 2.55 * (ink_limit - _LIMITED_BY)
    table = [v for i in range(0, len(flat), 4) for v in _within(flat[i : i + 4], most)]
    table[-4:] = [0.0] * 4
    # Pillow wants values between 0 and 1.
    return partial(_filtered, ImageFilter.Color3DLUT(_STEPS, table, 4, "CMYK"))


def _filtered(table: ImageFilter.Color3DLUT, image: Image.Image) -> Image.Image:
    return image.filter(table)


def _within(inks: bytes, most: float) -> tuple[float, ...]:
    """Inks (0 to 255) that are no more than so much together, as parts of one."""
    *colours, black = inks
    factor = min(1.0, (most - black) / (sum(colours) or 1))
    return *(factor * ink / 255 for ink in colours), black / 255
