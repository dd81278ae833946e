"""Section icons, read from templates/icons.toml: paths on a 24 x 24 grid, y downwards."""

from __future__ import annotations

import re
from typing import Annotated

from msgspec import Meta, Struct

from deckgen.model.drawing import Segment
from deckgen.settings import Settings

GRID = 24.0
_TOKEN = re.compile(r"[MLCZ]|-?\d+(?:\.\d+)?")
_TAKES = {"M": 2, "L": 2, "C": 6, "Z": 0}

Circle = tuple[float, float, Annotated[float, Meta(gt=0)]]


class IconFile(Settings, frozen=True):
    """One icon as it is written in the file."""

    fills: tuple[str, ...] = ()
    fill_circles: tuple[Circle, ...] = ()
    circles: tuple[Circle, ...] = ()
    dots: tuple[Circle, ...] = ()
    lines: tuple[str, ...] = ()


class Icon(Struct, frozen=True):
    """One icon as paths on the grid: pale fills, round-ended lines, dots and filled shapes."""

    fills: tuple[tuple[Segment, ...], ...]
    fill_circles: tuple[Circle, ...]
    circles: tuple[Circle, ...]
    dots: tuple[Circle, ...]
    lines: tuple[tuple[Segment, ...], ...]
    solids: tuple[tuple[Segment, ...], ...] = ()


def icon_of(file: IconFile) -> Icon:
    """Parse the paths (ValueError where one can't be read)."""
    fills, lines = (tuple(map(parse_path, paths)) for paths in (file.fills, file.lines))
    return Icon(fills, file.fill_circles, file.circles, file.dots, lines)


def parse_path(written: str) -> tuple[Segment, ...]:
    """Read "M x y L x y C … Z" with absolute coordinates (ValueError if it is anything else)."""
    tokens = _TOKEN.findall(written)
    left = _TOKEN.sub("", written).replace(",", "").split()
    if left or tokens[:1] != ["M"]:
        raise ValueError(f"{written!r} must begin with M and have only M, L, C, Z and numbers")
    segments: list[Segment] = []
    for operator, after in re.findall(r"([MLCZ])([^MLCZ]*)", " ".join(tokens)):
        numbers = tuple(map(float, after.split()))
        if len(numbers) > _TAKES[operator]:
            raise ValueError(f"{written!r}: a letter M, L, C or Z was expected")
        if len(numbers) < _TAKES[operator]:
            raise ValueError(f"{written!r}: {operator} needs {_TAKES[operator]} numbers")
        segments.append(("h",) if operator == "Z" else (operator.lower(), *numbers))
    return tuple(segments)
