"""The colour profile in a picture: how its values are seen on a screen (sRGB)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

ToScreen = Callable[["Image.Image"], "Image.Image"]
_MOST_BYTES, _HEAD_BYTES = 4 << 20, 128
# What a profile is for, and the modes of dots that it can be used for.
_MODES = {b"GRAY": ("L", "LA", "1"), b"CMYK": ("CMYK",), b"Lab ": ("LAB",)}
_MODES[b"RGB "] = ("RGB", "RGBA", "RGBX", "P", "PA", "YCbCr")


def own_colours(image: Image.Image) -> ToScreen | None:
    """How a picture's own profile has its colours seen.

    None if it has no profile, or one that is broken or for dots of another kind.
    """
    profile = image.info.get("icc_profile") or b""
    if not _HEAD_BYTES < len(profile) <= _MOST_BYTES:
        return None
    grey = image.mode.startswith("I;16")
    if ("L" if grey else image.mode) not in _MODES.get(profile[16:20], ()):
        return None
    return by_profile(
        profile, {b"GRAY": "L", b"CMYK": "CMYK", b"Lab ": "LAB"}.get(profile[16:20], "RGB")
    )


def by_profile(profile: bytes, mode: str) -> ToScreen | None:
    """The same by a profile for dots of a mode; None if it can't be used."""
    from PIL import ImageCms

    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    try:
        if int.from_bytes(profile[:4], "big") > len(profile):
            return None
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(source):
            return _as_it_is
        screen = ImageCms.createProfile("sRGB")
        transform = ImageCms.buildTransform(source, screen, mode, "RGB", intent, flags)
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError):
        return None

    def seen(image: Image.Image) -> Image.Image:
        made = ImageCms.applyTransform(image, transform)
        assert made is not None
        return made

    return seen


def lab_colours(image: Image.Image) -> Image.Image:
    """Dots in Lab as they are seen."""
    from PIL import ImageCms

    source, screen = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    made = ImageCms.applyTransform(image, ImageCms.buildTransform(source, screen, "LAB", "RGB"))
    assert made is not None
    return made


def _as_it_is(image: Image.Image) -> Image.Image:
    return image
