"""Pictures: a person's file, what a card says of it, and the mark that shows it in a Drawing."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from math import inf

from msgspec import Struct

from deckgen.geometry import Rect
from deckgen.problem import Place

MIDDLE = (50.0, 50.0)
# Left, top, right, bottom of a part of a picture, in per cent of its width and height.
Crop = tuple[float, float, float, float]
WHOLE: Crop = (0.0, 0.0, 100.0, 100.0)


class PictureFile:
    """A picture file that can be drawn. Those that hold the same bytes are equal.

    `width` and `height` are dots, as the picture is seen: turned as the camera says. If it `scales`
    (SVG) they only give its shape. `inks` is the profile by which inks are seen in a file that has
    inks, but no profile of its own.
    """

    __slots__ = ("data", "digest", "height", "inks", "kind", "name", "width")

    def __init__(
        self, name: str, kind: str, size: tuple[float, float], data: bytes, inks: bytes = b""
    ) -> None:
        self.name, self.kind, (self.width, self.height) = name, kind, size
        self.data, self.inks = data, inks
        self.digest = digest_of(data, inks)

    @property
    def scales(self) -> bool:
        """Whether it is drawn sharp in any size."""
        return self.kind == "SVG"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PictureFile) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"PictureFile({self.name!r}, {self.digest!r})"


@lru_cache(maxsize=1)  # who looks at a picture makes a PictureFile of it next
def digest_of(data: bytes, inks: bytes = b"") -> str:
    """What stands for a picture's bytes, and for the profile that its inks need."""
    seal = sha256(data)
    seal.update(inks)
    return seal.hexdigest()[:32]


class Shown(Struct, frozen=True):
    """A picture as the words ask for it. Without `alt` it is decoration, which is not read aloud.

    `focus` is what must stay in the frame, in per cent from the left and from the top.
    """

    file: PictureFile
    alt: str
    place: Place
    focus: tuple[float, float] = MIDDLE


class Picture(Struct, frozen=True, gc=False):
    """A mark: a part of a picture that fills a frame (points; it may reach into the bleed).

    Where the picture is transparent, the `ground` that it lies on is seen.
    """

    file: PictureFile
    frame: Rect
    crop: Crop = WHOLE
    ground: str = "#FFFFFF"

    @property
    def dots(self) -> tuple[float, float]:
        """Width and height of the part that is shown, in dots of the file."""
        left, top, right, bottom = self.crop
        return (right - left) * self.file.width / 100, (bottom - top) * self.file.height / 100

    @property
    def ppi(self) -> float:
        """Dots an inch, in the direction that has fewer."""
        if self.file.scales:
            return inf
        across, down = self.dots
        return 72 * min(across / self.frame.width_pt, down / self.frame.height_pt)
