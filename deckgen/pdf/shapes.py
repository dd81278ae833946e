"""Shapes that come again, such as the tiles of cards' pictures: drawn once, then put in place.

Which those are depends on the shape alone, and their names on how they look: so a face's
operators depend on nothing but the face. Colours and lines are those in force where it is put.
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from collections.abc import Iterable
from math import ceil, floor

from deckgen.model.drawing import Segment
from deckgen.pdf.notation import number, point
from deckgen.pdf.objects import Indirect, form

_Key = tuple[str, str, float, bytes]
# Numbers of single precision from 512 to 2,048 are less than 0.00013 apart: the same shape is the
# same there, whatever a place far away has done to the last digits.
_FAR = 1024.0


def segments(path: Iterable[Segment]) -> str:
    """A path's operators."""
    return "\n".join([" ".join([point(v) for v in s[1:]]) + f" {s[0]}" for s in path])


class Shapes:
    """The forms of shapes, by name."""

    def __init__(self) -> None:
        self.forms: dict[str, Indirect] = {}
        self._names: dict[_Key, str] = {}

    def place(self, path: tuple[Segment, ...], paint: str, width_pt: float) -> tuple[str, str]:
        """The operators that put a shape in place and paint it, and its name.

        The name is "" if the shape is no form, but a path: what is not round and closed, or has
        straight sides (of a box with round corners each is as long as its words).
        """
        kinds = "".join([segment[0] for segment in path])  # type: ignore[misc]
        if "c" not in kinds or kinds.count("l") > 1 or kinds[-1] != "h":
            return f"{segments(path)}\n{paint}", ""
        flat: list[float] = [v for segment in path for v in segment[1:]]  # type: ignore[misc]
        (x, across, right, *_), (y, up, top, *_) = xs, ys = flat[0::2], flat[1::2]
        dx, dy = across - x, up - y
        left = 1 if dx * (top - y) >= dy * (right - x) else -1  # where the path turns to
        # Turned by quarters and mirrored, so that it sets off to the right and turns left.
        if abs(dx) >= abs(dy):
            ahead = 1 if dx > 0 else -1
            aside = ahead * left
            turn = f"{ahead} 0 0 {aside} {point(x)} {point(y)}"
        else:
            ahead = 1 if dy > 0 else -1
            aside = -ahead * left
            turn = f"0 {ahead} {aside} 0 {point(x)} {point(y)}"
            x, y, xs, ys = y, x, ys, xs
        points = [_FAR + (v - x) * ahead for v in xs] + [_FAR + (v - y) * aside for v in ys]
        key = kinds, paint, width_pt, array("f", points).tobytes()
        name = self._names.get(key) or self._named(key)
        return f"{turn} cm /{name} Do", name

    def _named(self, key: _Key) -> str:
        kinds, paint, width_pt, points = key
        flat = [v - _FAR for v in array("f", points)]
        xs, ys = flat[: len(flat) // 2], flat[len(flat) // 2 :]
        values = (f"{number(x)} {number(y)} " for x, y in zip(xs, ys, strict=True))
        count = {"m": 1, "l": 1, "c": 3, "h": 0}
        code = "".join("".join(next(values) for _ in range(count[k])) + k + "\n" for k in kinds)
        code += paint
        room = 5 * width_pt + 1  # no mitre is longer
        box = [floor(v - room) for v in (min(xs), min(ys))]
        box += [ceil(v + room) for v in (max(xs), max(ys))]
        digest = hashlib.md5(f"{box} {code}".encode(), usedforsecurity=False).hexdigest()
        name = self._names[key] = f"s.{digest[:8]}"
        self.forms[name] = form(zlib.compress(code.encode(), 9), box, {})
        return name
