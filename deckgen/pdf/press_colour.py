"""What inks look like on the press that a profile describes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageCms

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
