"""Fonts by role ("bold"), measured with HarfBuzz: widths, kerning and which letters exist.

Kerning is on and ligatures are off, so that every letter stays one character of the text
that a search, a copy or a screen reader gets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from hashlib import sha256

from msgspec import Struct

from deckgen.design.stand_ins import stand_ins
from deckgen.model.drawing import TextRun

_FEATURES = {"kern": True, "liga": False, "clig": False, "calt": False}


_TABLES = frozenset((b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"))


def is_whole_truetype(data: bytes) -> bool:
    """True for a font with TrueType outlines whose tables all lie inside the file.

    The table directory is that of ISO/IEC 14496-22, 4.3.
    """
    if data[:4] not in (b"\x00\x01\x00\x00", b"true") or len(data) < 12:
        return False
    count = int.from_bytes(data[4:6], "big")
    records = [data[12 + 16 * i : 28 + 16 * i] for i in range(count)]
    ends = (int.from_bytes(r[8:12], "big") + int.from_bytes(r[12:16], "big") for r in records)
    return {r[:4] for r in records} >= _TABLES and all(end <= len(data) for end in ends)


class Shaped(Struct, frozen=True):
    """A word as set: its width in em, and by letter what kerning adds after it (em)."""

    width_em: float
    kerns_em: tuple[float, ...]


class Face:
    """One font file. All lengths are in em, so they scale with the size."""

    def __init__(self, name: str, file: str, data: bytes) -> None:
        self.name, self.file, self.data = name, file, data
        import uharfbuzz as hb  # loaded by those who measure words, and by nobody else

        self._face = hb.Face(data)
        self._font = hb.Font(self._face)
        self._upem = self._face.upem
        self._advance = lru_cache(maxsize=None)(self._font.get_glyph_h_advance)
        self.shape = lru_cache(maxsize=None)(self._shape)

    @cached_property
    def digest(self) -> str:
        """Fingerprint of the file: letters of another file may look different."""
        return sha256(self.data).hexdigest()[:16]

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every character the font can draw."""
        return frozenset(map(chr, self._face.unicodes))

    def _shape(self, word: str) -> Shaped:
        """Measure a word, kerning included."""
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, _FEATURES)
        upem = self._upem
        advances = [position.x_advance for position in buffer.glyph_positions]
        infos = buffer.glyph_infos
        width = sum(advances) / upem
        if [info.cluster for info in infos] != list(range(len(word))):
            return Shaped(width, ())  # a composed letter: drawn without kerning
        bare = [self._advance(info.codepoint) for info in infos]
        kerns = [(a - b) / upem if a != b else 0.0 for a, b in zip(advances, bare, strict=True)]
        return Shaped(width, tuple(kerns))


class FontBook:
    """The faces of a project, by the names that templates use, and the letters it writes with."""

    def __init__(self, faces: Mapping[str, Face], letters: Iterable[str] = ()) -> None:
        self.faces, self.letters = dict(faces), frozenset(letters)
        self._stand_ins: dict[str, dict[int, str]] = {}
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
        return set(text) - self.faces[face].letters
