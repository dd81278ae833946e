"""Fonts by role ("bold"), shaped with HarfBuzz: widths, kerning, marks and joined letters.

In Latin, Greek and Cyrillic kerning is on and ligatures are off, so that a letter stays one
character of the text that a search, a copy or a screen reader gets. A word that can't be set a
shape a letter (a mark on its letter, a script that joins) is a row of glyphs in their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from hashlib import sha256
from itertools import groupby
from typing import Any
from unicodedata import normalize

from msgspec import Struct

from deckgen.design.stand_ins import stand_ins
from deckgen.letters import EVERYDAY
from deckgen.model.drawing import TextRun

_MOST_WORDS = 1 << 15  # remembered at a time: a line of Chinese is one word
_FEATURES = {"kern": True, "liga": False, "clig": False, "calt": False}
# Letters whose words stand one shape a letter, unless the shaper says otherwise.
_PLAIN = "[\0-\u058f\u1e00-\u200a\u2010\u2012-\u2027\u2030-\u205e\u2070-\u2e7f]*"
# Letters in a form that a shaper chooses, and others that stand for a letter elsewhere.
_FORMS = "[\u2e80-\u2fdf\uf900-\ufdff\ufe70-\ufefc]"
# Signs that say how their neighbours behave and draw nothing themselves.
UNSEEN = frozenset("\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)
# What is drawn where a font lacks a sign, which keeps words together or ends a broken line.
_STANDS_IN = {"\u2010": "-", "\u2011": "-", "\u00ad": "-", "\u00a0": " "}


class Glyph(Struct, frozen=True):
    """A shape of a font in its place. Lengths are in em.

    `letters` are what it is drawn for; "" for a further shape of the same letters. It stands
    (dx, dy) from the pen, which then moves on by `advance`; the shape's own width is `width`.
    """

    number: int
    letters: str
    width: float
    advance: float
    dx: float = 0.0
    dy: float = 0.0


class Shaped(Struct, frozen=True):
    """A word as set: its width in em, and by letter what kerning adds after it (em).

    `glyphs` are there, from left to right, if the word is not a plain shape a letter.
    """

    width_em: float
    kerns_em: tuple[float, ...]
    glyphs: tuple[Glyph, ...] = ()


class _Nominal(dict[str, int]):
    """The glyph that a font has for a letter by itself; 0 if none."""

    def __init__(self, font: Any) -> None:
        self.font = font

    def __missing__(self, letter: str) -> int:
        number = self[letter] = self.font.get_nominal_glyph(ord(letter)) or 0
        return number


class Face:
    """One font file, or one weight of it. All lengths are in em, so they scale with the size."""

    def __init__(
        self, name: str, file: str, data: bytes, weight: float | None = None, language: str = ""
    ) -> None:
        self.name, self.file, self.data, self.weight = name, file, data, weight
        self.language = language or "und"  # fonts may draw a letter in another way for some of them
        import uharfbuzz as hb  # loaded by those who measure words, and by nobody else

        self._face = hb.Face(data)
        self._font = hb.Font(self._face)
        if weight is not None:
            self._font.set_variations({"wght": weight})
        self._upem = self._face.upem
        self._advance = lru_cache(maxsize=None)(self._font.get_glyph_h_advance)
        self._nominal = _Nominal(self._font)
        self.shape = lru_cache(maxsize=_MOST_WORDS)(self._shape)

    @cached_property
    def digest(self) -> str:
        """Fingerprint of the file: letters of another file may look different."""
        weight = b"" if self.weight is None else b"%g" % self.weight
        return sha256(self.data + weight).hexdigest()[:16]

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every character the font can draw."""
        return frozenset(map(chr, self._face.unicodes))

    @property
    def is_cff(self) -> bool:
        """True if its outlines are those of PostScript, not of TrueType."""
        return self.data[:4] == b"OTTO"

    @property
    def is_plain_truetype(self) -> bool:
        """True if the file can be taken as it is."""
        return not self.is_cff and not self._face.has_var_data

    @property
    def postscript_name(self) -> str:
        """Its name for programs; "" if it has none."""
        return self._face.get_name(6) or ""

    @property
    def plain_letters(self) -> Iterator[str]:
        """Those that are set one shape a letter."""
        return filter(is_plain, self.letters)

    @cached_property
    def letters_of(self) -> dict[int, str]:
        """The letters that a glyph stands for by itself, where the font says so."""
        known: dict[int, str] = {}
        for code in sorted(self._face.unicodes, reverse=True):
            letter = chr(code)
            number = self._nominal[letter]
            form = re.fullmatch(_FORMS, letter) is not None
            if number and not (form and number in known):
                known[number] = normalize("NFKC", letter) if form else letter
        return known

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The scripts that the font has rules for, by OpenType's tags."""
        return frozenset(self._face.get_table_script_tags("GSUB"))

    def ink(self, number: int) -> tuple[float, float, float, float] | None:
        """The box of a glyph (left, bottom, right, top) in em; None if it draws nothing."""
        extents, upem = self._font.get_glyph_extents(number), self._upem
        if not extents or not extents.width:
            return None
        left, top = extents.x_bearing / upem, extents.y_bearing / upem
        return left, top + extents.height / upem, left + extents.width / upem, top

    @cached_property
    def space(self) -> tuple[Glyph, ...]:
        """The word space as a glyph."""
        number = self._nominal[" "]
        width = self._advance(number) / self._upem
        return (Glyph(number, " ", width, width),)

    def glyph_width(self, number: int) -> float:
        """The width of a glyph, in thousandths of an em."""
        width: float = round(1000 * self._advance(number) / self._upem, 3)
        return width

    def _shape(self, word: str, back: bool = False) -> Shaped:
        """Set a word, kerning included; `back` sets it from right to left."""
        if back or not is_plain(word):
            return self._joined(word, back)
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(word)
        self._say_what(buffer)
        hb.shape(self._font, buffer, _FEATURES)
        upem, positions = self._upem, buffer.glyph_positions
        advances = [position.x_advance for position in positions]
        infos = buffer.glyph_infos
        glyphs = [info.codepoint for info in infos]
        if glyphs != list(map(self._nominal.__getitem__, word)):
            return self._joined(word, back)
        # Letters that stand by themselves need not be asked whether they do.
        if not EVERYDAY.issuperset(word) and any(
            info.cluster != at for at, info in enumerate(infos)
        ):
            return self._joined(word, back)
        width = sum(advances) / upem
        bare = list(map(self._advance, glyphs))
        kerns = [(a - b) / upem if a != b else 0.0 for a, b in zip(advances, bare, strict=True)]
        return Shaped(width, tuple(kerns))

    def _say_what(self, buffer: Any) -> None:
        """Tell the shaper script, direction and language, which is never that of the machine."""
        buffer.language = self.language
        buffer.guess_segment_properties()

    def _joined(self, word: str, back: bool) -> Shaped:
        """A word as glyphs: marks on their letters, and what its script joins or turns."""
        parts = [self._glyphs(*part, back) for part in by_script(self._seen(word))]
        glyphs = tuple(glyph for part in (reversed(parts) if back else parts) for glyph in part)
        return Shaped(sum(glyph.advance for glyph in glyphs), (), glyphs)

    def _seen(self, word: str) -> str:
        """A word with what stands in for signs that the font lacks."""
        if self.letters.issuperset(word):
            return word if "\u00ad" not in word else word.replace("\u00ad", "-")
        return "".join(_STANDS_IN.get(c, c) if c not in self.letters else c for c in word)

    def _glyphs(self, part: str, script: str, back: bool) -> Iterator[Glyph]:
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(part)
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        self._say_what(buffer)
        if script:
            buffer.script = script
        if back or not script:
            buffer.direction = "rtl" if back else "ltr"
        hb.shape(self._font, buffer, _FEATURES if is_plain(part) else {})
        infos, upem = buffer.glyph_infos, self._upem
        starts = sorted({info.cluster for info in infos})
        ends = dict(zip(starts, [*starts[1:], len(part)], strict=False))  # or nothing is drawn
        told = set[int]()
        for info, place in zip(infos, buffer.glyph_positions, strict=True):
            at = info.cluster
            letters = "" if at in told else part[at : ends[at]]
            told.add(at)
            lengths = (place.x_advance, place.x_offset, place.y_offset)
            width = self._advance(info.codepoint) / upem
            yield Glyph(info.codepoint, letters, width, *(length / upem for length in lengths))


def is_plain(word: str) -> bool:
    """True for Latin, Greek and Cyrillic, with marks, and for signs of all scripts."""
    if EVERYDAY.issuperset(word):
        return "\u2011" not in word
    return re.fullmatch(_PLAIN, word) is not None


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """The script of a letter by its ISO 15924 tag; "" for what goes with any."""
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str(letter)
    buffer.guess_segment_properties()
    return buffer.script or ""


def by_script(word: str) -> Iterator[tuple[str, str]]:
    """A word cut where its script changes, each part with its script."""
    scripts = list(map(_script, word))
    first = next(filter(None, scripts), "")
    for i, script in enumerate(scripts):
        scripts[i] = script or (scripts[i - 1] if i else first)
    for script, group in groupby(zip(scripts, word, strict=True), lambda pair: pair[0]):
        yield "".join(letter for _, letter in group), script


class FontBook:
    """The faces of a project, by the names that templates use, and the letters it writes with."""

    def __init__(self, faces: Mapping[str, Face], letters: Iterable[str] = ()) -> None:
        self.faces, self.letters = dict(faces), frozenset(letters)
        self._stand_ins: dict[str, dict[int, int | str]] = {}
        self._spaces = {name: face.shape(" ").width_em for name, face in self.faces.items()}

    def space_em(self, face: str) -> float:
        """Width of the word space."""
        return self._spaces[face]

    def width_em(self, text: str, face: str) -> float:
        """Width of a text of one face: kerned words, plain spaces between them."""
        shape, width, parts = self.faces[face].shape, 0.0, text.split(" ")
        for part in parts:
            if part:
                width += shape(part).width_em
        return width + self._spaces[face] * (len(parts) - 1)

    def width_pt(self, runs: Iterable[TextRun], size_pt: float) -> float:
        """Width of a line in points."""
        return size_pt * sum(self.width_em(run.text, run.face) for run in runs)

    def drawable(self, text: str, face: str) -> str:
        """The text, with plainer forms of the signs that a face lacks (’ becomes ')."""
        if text.isascii():
            return text
        if face not in self._stand_ins:
            self._stand_ins[face] = stand_ins(self.faces[face].letters)
        return text.translate(self._stand_ins[face])

    def missing(self, text: str, face: str) -> set[str]:
        """The characters that a face can't draw."""
        missing = set(text) - self.faces[face].letters
        if missing:
            able = {c for c, other in _STANDS_IN.items() if other in self.faces[face].letters}
            missing -= UNSEEN | able
        return missing
