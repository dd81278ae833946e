"""SVG pictures: what may not be in one, and dots of it in any size, drawn by another process.

A small file can ask for any amount of time and memory: shapes that use shapes that use shapes,
filters of any size. So resvg draws in a process that has only so much of both (`paint_all`); it is
started with the first SVG and ends with the command.
"""

from __future__ import annotations

import atexit
import re
import struct
import sys
from contextlib import suppress
from math import sqrt
from subprocess import DEVNULL, PIPE, Popen
from threading import Lock
from typing import Any
from xml.parsers import expat

from deckgen import __path__ as _package
from deckgen.model.picture import PictureFile
from deckgen.pictures.opening import Looked, Unfit

_MOST_BYTES, _MOST_ELEMENTS, _DEEPEST = 8 << 20, 100_000, 200
_MOST_DOTS, _NARROWEST, _TRIAL = 60_000_000, 100, 256
_SECONDS, _TRIAL_SECONDS, _MEMORY = 120, 5, 2 << 30
_SVG = "http://www.w3.org/2000/svg "
_POINTS = ("use", "image", "feImage", "textPath", "pattern", "mask", "linearGradient")
_MOVES = frozenset(("animate", "animateMotion", "animateTransform", "set"))
_WORDS = frozenset(("text", "foreignObject", "tspan"))
_ELSEWHERE = re.compile(r"@import|url\(\s*['\"]?\s*(?!['\"#\s]|data:image/)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*\+?([\d.]+(?:[eE][-+]?\d+)?)\s*(px|pt|pc|mm|cm|in|em|ex)?\s*\Z")
_UNITS = {"pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "em": 16, "ex": 8}
_DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ASKED, _GIVEN = struct.Struct(">III"), struct.Struct(">I")
_START = "import sys; sys.path.insert(0, sys.argv[1])"
_START += "; from deckgen.pictures.vector import paint_all; paint_all()"
_OUTSIDE = "names a file outside of it", "Put what it names into the SVG itself (“embed”)."
_NO_XML = "can't be read as SVG", "Get it again, or save it anew as plain SVG."


def look_at_svg(data: bytes) -> Looked:
    """Look at an SVG and try to draw it. Raises Unfit."""
    if len(data) > _MOST_BYTES:
        raise Unfit(f"is larger than {_MOST_BYTES >> 20} MB", "Save it as PNG instead.")
    reader = _Reader()
    reader.read(_text(data))
    width, height = reader.size()
    if max(width, height) > _NARROWEST * min(width, height):
        raise Unfit("is very long and narrow", "Give it a page (viewBox) of another shape.")
    across = min(_TRIAL, round(_TRIAL * width / height) or 1)
    png = _artist.paint(data, across, _TRIAL_SECONDS)
    if not png:
        todo = "Make it simpler (filters, patterns, masks), or save it as PNG."
        raise Unfit("can't be drawn, or not in the time and memory that one picture may take", todo)
    across, down = _png_size(png)
    if abs(across * height - down * width) > 2 * max(width, height):
        width, height = across, down
    return Looked(width, height, several=reader.moves)


def drawn_svg(file: PictureFile, width: int) -> bytes:
    """A PNG of an SVG that was looked at, so many dots wide; fewer if that takes too much."""
    width = min(width, int(sqrt(_MOST_DOTS * file.width / file.height)))
    while not (png := _artist.paint(file.data, width, _SECONDS)):
        if width <= 1:
            raise ValueError("an SVG could be drawn before, and now it can't")
        width //= 2
    return png


def _text(data: bytes) -> str:
    """The letters of a file in UTF-8 or UTF-16."""
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unfit("is not saved in UTF-8", "Save it anew as plain SVG.") from fault


def _png_size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


class _Reader:
    """Goes through an SVG for what it may not hold."""

    def __init__(self) -> None:
        self.moves, self._root = False, dict[str, str]()
        self._path: list[str] = []
        self._elements = 0

    def read(self, text: str) -> None:
        """Look at everything. Raises Unfit."""
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True  # so that no word comes in pieces
        parser.StartElementHandler = self._begins
        parser.EndElementHandler = lambda _: self._path.pop()
        parser.CharacterDataHandler = self._says
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(_DECLARED.sub("", text, count=1).encode(), True)
        except expat.ExpatError as fault:
            raise Unfit(f"{_NO_XML[0]} (line {fault.lineno} of it)", _NO_XML[1]) from fault

    def size(self) -> tuple[float, float]:
        """Width and height in its own units. Raises Unfit."""
        given = [_LENGTH.match(self._root.get(side, "")) for side in ("width", "height")]
        sides = [float(m[1]) * _UNITS.get(m[2] or "", 1) if m else 0.0 for m in given]
        with suppress(ValueError):
            box = [float(v) for v in re.split(r"[\s,]+", self._root.get("viewBox", "").strip())]
            if not all(sides) and len(box) == 4:
                sides = box[2:]
        if not all(0 < side < 1e9 for side in sides):
            raise Unfit("does not say how large it is", "Give it a width, a height and a viewBox.")
        return sides[0], sides[1]

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.removeprefix(_SVG) if name.startswith(_SVG) else ""
        if not self._path:
            if kind != "svg":
                raise Unfit(*_NO_XML)
            self._root = attributes
        self._path.append(kind)
        self._elements += 1
        if self._elements > _MOST_ELEMENTS or len(self._path) > _DEEPEST:
            raise Unfit("has too many parts, or parts in parts too deep", "Save it as PNG instead.")
        if kind:
            self._look_at(kind, attributes)

    def _look_at(self, kind: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if kind == "script" or any(key.lower().startswith("on") for key in plain):
            raise Unfit("has a script in it", "Save it as plain SVG, without scripts.")
        target = plain.get("href", "").strip()
        if kind in _POINTS and target and not target.startswith(("#", "data:image/")):
            raise Unfit(*_OUTSIDE)
        if target.startswith("data:image/svg"):
            raise Unfit("has another SVG in it", "Put its shapes into the SVG itself.")
        if any(_ELSEWHERE.search(value) for key, value in plain.items() if key != "href"):
            raise Unfit(*_OUTSIDE)
        self.moves |= kind in _MOVES

    def _says(self, words: str) -> None:
        if self._path[-1] == "style" and _ELSEWHERE.search(words):
            raise Unfit(*_OUTSIDE)
        if words.strip() and not _WORDS.isdisjoint(self._path):
            todo = "Turn its words into paths (Inkscape: Path > Object to Path), then save it anew."
            raise Unfit("has words in it that other computers would show in other letters", todo)

    def _entity(self, *_: Any) -> None:
        raise Unfit("defines words of its own (entities)", "Save it as plain SVG, without them.")


class _Artist:
    """The process that draws. One that dies over a picture is followed by another."""

    def __init__(self) -> None:
        self._process: Popen[bytes] | None = None
        self._one = Lock()  # a preview reads and draws at once

    def paint(self, data: bytes, width: int, seconds: int) -> bytes:
        """A PNG, or nothing if it can't be drawn within the limits."""
        with self._one:
            return self._painted(data, width, seconds)

    def _painted(self, data: bytes, width: int, seconds: int) -> bytes:
        if self._process is None:
            self._process = self._started()
        come, go = self._process.stdout, self._process.stdin
        assert come and go
        try:
            go.write(_ASKED.pack(len(data), width, seconds) + data)
            go.flush()
            (size,) = _GIVEN.unpack(come.read(_GIVEN.size))
            if len(png := come.read(size)) == size:
                return png
        except (OSError, struct.error):
            pass  # it has ended
        self.close()
        return b""

    def close(self) -> None:
        """Let the process end."""
        process, self._process = self._process, None
        if process:
            process.kill()
            with suppress(OSError):
                process.communicate()

    def _started(self) -> Popen[bytes]:
        atexit.register(self.close)
        root = _package[0].removesuffix("deckgen")
        words = [sys.executable, "-P", "-c", _START, root]
        return Popen(words, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)  # the words are ours


_artist = _Artist()


def paint_all() -> None:
    """The other process: draws what comes in, until nothing comes any more.

    A watch that no library can stop ends it where one picture takes too long.
    """
    import faulthandler
    from importlib import import_module

    import resvg_py

    with suppress(ImportError, ValueError, OSError):  # on Windows only the time is limited
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    come, go = sys.stdin.buffer, sys.stdout.buffer
    while len(asked := come.read(_ASKED.size)) == _ASKED.size:
        size, width, seconds = _ASKED.unpack(asked)
        text, png = _text(come.read(size)), b""
        faulthandler.dump_traceback_later(seconds, exit=True)
        with suppress(ValueError):
            png = resvg_py.svg_to_bytes(text, width=width, dpi=96, skip_system_fonts=True)
        faulthandler.cancel_dump_traceback_later()
        go.write(_GIVEN.pack(len(png)) + png)
        go.flush()
