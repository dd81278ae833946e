"""The words that a field's appearance draws: where an answer is, if nothing else holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

from deckgen.pdf.objects import Indirect, Name
from deckgen.readback.box_words import LOST, cleaned
from deckgen.readback.document import entry, listed, raw, text, unpacked

_TOKEN = re.compile(
    rb"(?P<string>\((?:[^\\()]++|\\.|\((?:[^\\()]++|\\.)*+\))*+\))|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|/(?P<name>[^\s()<>\[\]{}/%]*)|(?P<number>[+-]?\d*\.?\d+)|(?P<word>[A-Za-z'\"*]+)|[\[\]]",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\r\n])|(.))", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ROWS = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEXES = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_GAP = -180  # thousandths of the letters' size: so much between two letters is a blank
_LONGEST, _DEEPEST, _MOST_LETTERS = 1 << 20, 4, 1 << 17
_MOVES, _SHOWS = ("Td", "TD", "T*", "Tm"), ("Tj", "TJ", "'", '"')


class _Font(Struct, frozen=True):
    """What a font's codes mean, and how many bytes a code has."""

    letters: dict[int, str]
    width: int

    def said(self, codes: bytes) -> str:
        """The letters of a string. `LOST` stands for one that nobody can tell."""
        wide = self.width
        each = (int.from_bytes(codes[i : i + wide]) for i in range(0, len(codes), wide))
        return "".join(self.letters.get(code, LOST) for code in each)


def drawn_words(widget: Any, form: Any) -> str:
    """What a widget's normal appearance says; `form` is the file's /AcroForm, for its fonts."""
    look = entry(widget, "AP")
    look = raw(look, "N") if type(look) is dict else None
    if not isinstance(look, Indirect) or look.stream is None:
        return ""
    fonts = [entry(look, "Resources", "Font"), entry(form, "DR", "Font")]
    return cleaned("".join(_said(look, fonts, 0)))


def _said(look: Indirect, fonts: list[Any], deep: int) -> Iterator[str]:
    try:
        code = unpacked(look)[:_LONGEST]
    except ValueError:
        return
    font, before = _font(None), list[Any]()
    for token in _TOKEN.finditer(code):
        kind, word = token.lastgroup, token[0]
        if kind != "word":
            before.append((kind, word if kind != "name" else token["name"].decode("latin-1")))
            continue
        operator = word.decode()
        names = [value for kind, value in before if kind == "name"]
        if operator == "Tf" and names:
            font = _font(next((raw(f, names[-1]) for f in fonts if raw(f, names[-1])), None))
        elif operator in _MOVES:
            yield _moved(operator, before)
        elif operator in _SHOWS:
            yield "\n" * (operator in ("'", '"'))
            yield from _shown(before, font)
        elif operator == "Do" and names and deep < _DEEPEST:
            inner = raw(entry(look, "Resources", "XObject"), names[-1])
            if isinstance(inner, Indirect) and inner.stream is not None and inner is not look:
                yield from _said(inner, [entry(inner, "Resources", "Font"), *fonts], deep + 1)
        before = []


def _moved(operator: str, before: list[Any]) -> str:
    """A line's end, unless the place moves along the line."""
    numbers = [float(value) for kind, value in before if kind == "number"]
    along = operator in ("Td", "TD") and len(numbers) >= 2 and not numbers[-1]
    return "" if along else "\n"


def _shown(before: list[Any], font: _Font) -> Iterator[str]:
    for kind, value in before:
        if kind == "string":
            yield font.said(_ESCAPE.sub(_unescaped, value[1:-1]))
        elif kind == "hex":
            yield font.said(_hex(value.strip(b"<>")))
        elif kind == "number" and float(value) < _GAP:
            yield " "


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 255])
    return b"" if found[2] else _ESCAPES.get(found[3], found[3])


def _hex(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())


def _font(found: Any) -> _Font:
    """A font's letters, by its own map, or by its encoding."""
    wide = 2 if entry(found, "Subtype") == "Type0" else 1
    own = raw(found, "ToUnicode")
    if isinstance(own, Indirect) and own.stream is not None:
        letters = _mapped(unpacked(own))
        if letters:
            return _Font(letters, wide)
    if wide == 2:
        return _Font({}, 2)
    encoding = entry(found, "Encoding")
    base = text(encoding) if isinstance(encoding, Name) else text(raw(encoding, "BaseEncoding"))
    mac = base == "MacRomanEncoding"
    plain = bytes(range(256)).decode("mac-roman" if mac else "cp1252", "replace")
    return _Font(dict(enumerate(plain)) | _differences(raw(encoding, "Differences")), 1)


def _differences(rows: Any) -> dict[int, str]:
    """What an encoding says of single codes, by the names of letters."""
    if not (names := listed(rows)):
        return {}
    from pypdf._codecs.adobe_glyphs import adobe_glyphs

    made, code = dict[int, str](), 0
    for item in map(entry, names):
        if type(item) is int:
            code = item
        else:
            by_number = re.fullmatch(r"u(?:ni)?([0-9A-F]{4,6})", str(item))
            letter = chr(int(by_number[1], 16) % 0x110000) if by_number else ""
            made[code] = letter or adobe_glyphs.get(f"/{item}", LOST)
            code += 1
    return made


@lru_cache(maxsize=32)
def _mapped(code: bytes) -> dict[int, str]:
    """The letters of a font's own map."""
    letters, told = dict[int, str](), 0
    for kind, rows in _ROWS.findall(code[:_LONGEST]):
        if told > _MOST_LETTERS:
            break
        words = [(found[1], found[2] or found[3]) for found in _HEXES.finditer(rows)]
        if kind == b"char":
            values = [_hex(word) for word, bracket in words if not bracket]
            pairs = zip(values[::2], values[1::2], strict=False)
            letters |= {int.from_bytes(a): _utf16(b) for a, b in pairs}
            continue
        some = _ranges(words)
        letters, told = letters | some, told + len(some)
    return letters


def _ranges(words: list[tuple[bytes, bytes]]) -> dict[int, str]:
    """Ranges of codes: of each the first letter is told, or, in brackets, every one."""
    letters, outside, inside, told = dict[int, str](), list[int](), -1, 0
    for word, bracket in words:
        if bracket == b"[":
            inside = outside[-2] if len(outside) > 1 else 0
        elif bracket == b"]":
            inside, outside = -1, []
        elif inside >= 0:
            letters[inside] = _utf16(_hex(word))
            inside += 1
        else:
            outside.append(int.from_bytes(_hex(word)))
            if len(outside) == 3:
                first, last, to = outside
                some = range(first, min(last, first + 0xFFFF) + 1)
                told += len(some)
                if told > _MOST_LETTERS:
                    break
                letters |= {c: _utf16(_bytes(to + c - first)) for c in some}
                outside = []
    return letters


def _bytes(number: int) -> bytes:
    """A letter's UTF-16: two bytes, or four."""
    return number.to_bytes(4 if number > 0xFFFF else 2) if number < 1 << 32 else b""


def _utf16(found: bytes) -> str:
    return found.decode("utf-16-be", "replace")
