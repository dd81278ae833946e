"""An icon from an SVG file: its lines and shapes, on our grid and in the section's colours.

What is drawn is a safe subset of SVG. Whatever else could change the picture is refused where it
stands, for a part left out in silence would be another icon.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import cos, isfinite, radians, sin, tan
from typing import Any
from xml.parsers import expat

from deckgen.design.icons import GRID, Icon
from deckgen.design.svg_path import even_odd_as_nonzero, mapped_path, path_of, shape_as_path
from deckgen.geometry import Matrix
from deckgen.model.drawing import Segment
from deckgen.problem import Place, Problem, problem

_MOST_BYTES, _MOST_SEGMENTS, _DEEPEST = 256 * 1024, 4000, 40
_BEYOND = 1.0  # how far a line may leave the grid
_SVG = "http://www.w3.org/2000/svg "
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_WORDS = {"title", "desc", "metadata"}
_INHERITED = ("fill", "stroke", "fill-rule", "opacity", "fill-opacity")
_REFUSED = ("filter", "mask", "clip-path", "href", "marker-start", "marker-mid", "marker-end")
_WHITE = {"#fff", "#ffffff", "white"}
_PALE_BELOW = 0.6  # opacity up to which a shape is one of the pale ones behind
_TODO = "Draw it with paths and plain shapes alone; drawing programs can turn the rest into paths."


class _Unfit(Exception):
    """Why a file is no icon."""

    def __init__(self, found: str, todo: str = _TODO) -> None:
        super().__init__(found)
        self.found, self.todo = found, todo


def svg_icon(data: bytes, file: str) -> tuple[Icon | None, list[Problem]]:
    """The icon in an SVG file; None and a Problem, with its place in the file, if it is none."""
    reader = _Reader()
    try:
        icon = reader.read(data)
    except _Unfit as unfit:
        found, todo = unfit.found, unfit.todo
    except expat.ExpatError as fault:
        place = Place(file, fault.lineno, fault.offset + 1)
        said = f"This is no SVG file: {expat.errors.messages[fault.code]}."
        return None, [problem("icon-invalid", place, said, "Save it as a plain SVG file.")]
    else:
        return icon, []
    return None, [problem("icon-invalid", Place(file, *reader.at), found, todo)]


class _Reader:
    """Reads one file from top to bottom."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.CharacterDataHandler = None
        self.at = (1, 1)
        self._looks: list[dict[str, str]] = []
        self._places: list[Matrix] = []
        self._passed_over = 0
        self._segments = 0
        self._pale: list[tuple[Segment, ...]] = []
        self._solids: list[tuple[Segment, ...]] = []
        self._lines: list[tuple[Segment, ...]] = []

    def read(self, data: bytes) -> Icon:
        """The icon (_Unfit or ExpatError if there is none)."""
        if len(data) > _MOST_BYTES:
            raise _Unfit(f"An icon has {_MOST_BYTES >> 10} KB at most.", "Use a simpler drawing.")
        self.parser.Parse(data, True)
        pale, solids, lines = map(tuple, (self._pale, self._solids, self._lines))
        if not (pale or solids or lines):
            raise _Unfit("This icon draws nothing.", "Give its shapes a fill or a stroke.")
        return Icon(pale, (), (), (), lines, solids)

    def _doctype(self, *_: object) -> None:
        raise _Unfit("An icon may not have a DOCTYPE or entities.", "Delete that line.")

    def _start(self, tag: str, written: dict[str, str]) -> None:
        self.at = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        name = tag.removeprefix(_SVG)
        if self._passed_over or (self._places and (" " in name or name in _WORDS)):
            self._passed_over += 1
            return
        if not self._places and name != "svg":
            raise _Unfit(f"This file begins with <{name[-40:]}>, not with <svg>.")
        if self._places and name not in {"g", "defs", *_SHAPES}:
            raise _Unfit(f"<{name[:40]}> can't be part of an icon.")
        if len(self._places) >= _DEEPEST:
            raise _Unfit(f"Its groups are nested more than {_DEEPEST} deep.")
        if name == "defs":  # nothing here can ask for what is in it
            self._passed_over += 1
            return
        look, place = self._look(written), _transform(written.get("transform", ""))
        self._places.append(place.then(self._places[-1]) if self._places else _fitted(written))
        self._looks.append(look)
        if name in _SHAPES and look.get("display") != "none":
            self._draw(name, written, look)

    def _end(self, _: str) -> None:
        if self._passed_over:
            self._passed_over -= 1
        else:
            self._places.pop()
            self._looks.pop()

    def _look(self, written: Mapping[str, str]) -> dict[str, str]:
        """What an element is drawn with: its own, and what it takes from its groups."""
        style = (pair.partition(":") for pair in written.get("style", "").split(";"))
        own = {**written, **{name.strip(): value.strip() for name, _, value in style}}
        own = {name.rpartition(" ")[2]: value for name, value in own.items()}
        for name, value in own.items():
            if name in _REFUSED and value != "none":
                raise _Unfit(f"{name} can't be part of an icon.")
            if name.startswith("on"):
                raise _Unfit("An icon may not have a script.", "Delete it.")
            if "url(" in value or value.startswith("var("):
                raise _Unfit(f"{name} asks for something outside its shape: {value[:40]}.")
        above = self._looks[-1] if self._looks else {}
        look = {name: own.get(name, above.get(name, "")) for name in _INHERITED}
        if "display" in own or "display" in above:
            look["display"] = "none" if above.get("display") == "none" else own.get("display", "")
        return look

    def _draw(self, name: str, written: Mapping[str, str], look: Mapping[str, str]) -> None:
        try:
            raw = path_of(shape_as_path(name, written))
            path = mapped_path(raw, self._places[-1])
            pale = min(_number(look[n] or "1") for n in ("opacity", "fill-opacity")) < _PALE_BELOW
        except ValueError as fault:
            raise _Unfit(f"<{name}> can't be drawn: {str(fault)[:80]}.", "Draw it anew.") from None
        self._segments += len(path)
        if self._segments > _MOST_SEGMENTS:
            raise _Unfit(
                f"It has more than {_MOST_SEGMENTS} lines and curves.", "Use a simpler one."
            )
        _held_to_grid(path)
        if not path:
            return
        fill = look["fill"].lower()
        if fill not in ("none", "transparent") and name != "line":
            whole = even_odd_as_nonzero(path) if look["fill-rule"] == "evenodd" else path
            if pale or fill.replace(" ", "") in _WHITE:
                if self._solids:
                    said = "A white or pale shape lies on a filled one."
                    raise _Unfit(said, "Cut a hole instead: a path with fill-rule evenodd.")
                self._pale.append(whole)
            else:
                self._solids.append(whole)
        if look["stroke"].lower() not in ("", "none", "transparent"):
            self._lines.append(path)


def _held_to_grid(path: Sequence[Segment]) -> None:
    for segment in path:
        for value in segment[1:]:
            if not isfinite(float(value)) or not -_BEYOND <= float(value) <= GRID + _BEYOND:
                todo = "Make the drawing's page (viewBox) as large as what is drawn on it."
                raise _Unfit("Something is drawn outside the icon's frame.", todo)


def _fitted(written: Mapping[str, str]) -> Matrix:
    """From the file's own measures to our grid, in the middle of it."""
    try:
        if "viewBox" in written:
            x, y, wide, high = _numbers(written["viewBox"])
        else:
            x, y = 0.0, 0.0
            wide, high = (_number(written[name].removesuffix("px")) for name in ("width", "height"))
        if not (0 < wide < 1e6 and 0 < high < 1e6):
            raise ValueError
    except (ValueError, KeyError):
        todo = 'Give <svg> its measures, as in viewBox="0 0 24 24".'
        raise _Unfit("It doesn't say how large it is.", todo) from None
    k = GRID / max(wide, high)
    return Matrix(k, 0, 0, k, (GRID - k * wide) / 2 - k * x, (GRID - k * high) / 2 - k * y)


_TRANSFORM = re.compile(r"\s*,?\s*(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")


def _transform(written: str) -> Matrix:
    made, at = Matrix(), 0
    while written[at:].strip():
        match = _TRANSFORM.match(written, at)
        try:
            if match is None:
                raise ValueError
            made, at = _one_transform(match[1], _numbers(match[2])).then(made), match.end()
        except (ValueError, TypeError):
            raise _Unfit(f"This transform can't be read: {written[:60]}.") from None
    return made


def _one_transform(kind: str, n: list[float]) -> Matrix:
    if kind == "matrix":
        a, b, c, d, e, f = n
        return Matrix(a, b, c, d, e, f)
    if kind == "translate":
        return Matrix(e=n[0], f=[*n, 0.0][1]) if len(n) in (1, 2) else _wrong()
    if kind == "scale":
        return Matrix(a=n[0], d=n[-1]) if len(n) in (1, 2) else _wrong()
    if kind == "rotate":
        angle, x, y = n if len(n) == 3 else (*n, 0.0, 0.0)
        turn = radians(angle)
        turned = Matrix(cos(turn), sin(turn), -sin(turn), cos(turn))
        return Matrix(e=-x, f=-y).then(turned).then(Matrix(e=x, f=y))
    (angle,) = n
    slant = tan(radians(angle))
    return Matrix(c=slant) if kind == "skewX" else Matrix(b=slant)


def _wrong() -> Any:
    raise ValueError


def _numbers(written: str) -> list[float]:
    return [_number(part) for part in re.split(r"[\s,]+", written.strip()) if part]


def _number(written: str) -> float:
    number = float(written.rstrip("%")) / (100 if written.endswith("%") else 1)
    if not isfinite(number):
        raise ValueError(f"{written[:20]} is no number")
    return number
