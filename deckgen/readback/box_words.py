"""The words of an answer as a file stores them: every kind of string, made plain letters."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Any

from deckgen.pdf.objects import Indirect, Name
from deckgen.readback.document import entry, text, unpacked

_MARKS = ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8"))
_LANGUAGE = re.compile("\x1b[A-Za-z]{2,4}\x1b")  # says in which language the next words are
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_BREAKS, _TAGS = re.compile(r"(?i)<(?:br\s*/?|/p|/div)>\s*"), re.compile(r"<[^<>]*>")
# What stands in PDF's own encoding where others have control characters.
_ACCENTS = dict(zip(range(0x18, 0x20), "˘ˇˆ˙˝˛˚˜", strict=True))
_PRIVATE = range(0xE000, 0xF900)
_CUT_EMOJI = range(0xF300, 0xF700)  # the rest of U+1F300 to U+1F6FF, cut to 16 bits
LOST = "\ufffd"
GUESSED = "how its letters are stored was guessed"
_DAMAGED = "letters were damaged by the program that saved them (Chrome does that to emoji)"
_NO_WORDS = "its value can't be read: it is no words"
_BROKEN = "letters were damaged in the file"


def words_of(value: Any) -> tuple[str, str]:
    """What a stored value says, and what is to be looked at in it ("" if nothing).

    Raises ValueError, or what the unpacking library raises, for a stream that can't be read.
    """
    if isinstance(value, Indirect) and value.stream is not None:
        return _decoded(unpacked(value))
    found = entry(value)
    if type(found) is list:
        several = [words_of(one) for one in found]
        notes = next((note for _, note in several if note), "")
        return ", ".join(words for words, _ in several if words), notes
    if isinstance(found, bool):
        return ("Yes" if found else ""), ""
    if isinstance(found, int | float):
        return f"{found:g}", ""
    if type(found) is dict and found:
        return "", _NO_WORDS
    if isinstance(found, bytes):
        return _decoded(found)
    if isinstance(found, str) and found.isascii() and not isinstance(found, Name):
        return _decoded(found.encode()) if "\0" in found else _checked(found.translate(_ACCENTS))
    return _checked(str(found) if isinstance(found, str) else "")


def _decoded(found: bytes) -> tuple[str, str]:
    """A string's bytes: marked as UTF-16 or UTF-8, in PDF's own encoding, or bare UTF-8."""
    for mark, encoding in _MARKS:
        if found.startswith(mark):
            return _checked(found[len(mark) :].decode(encoding, "replace"))
    if found.rstrip(b"\0").count(0) * 6 > len(found) and not len(found) % 2:  # unmarked UTF-16
        low = found[1::2].count(0) > found[::2].count(0)
        said, note = _checked(found.decode("utf-16-le" if low else "utf-16-be", "replace"))
        return said, note or GUESSED
    if not found.isascii():
        try:
            said, note = _checked(found.decode("utf-8"))
            return said, note or GUESSED
        except UnicodeDecodeError:
            pass
    return _checked(text(found))


def rich_words(value: Any) -> tuple[str, str]:
    """What rich text (/RV) says, without its looks."""
    marked, note = words_of(value)
    body = marked.partition("<body")[2]
    inner = body.partition(">")[2].partition("</body>")[0] if body else marked
    return cleaned(unescape(_TAGS.sub("", _BREAKS.sub("\n", inner)))), note


def cleaned(words: str) -> str:
    """One kind of line end, composed letters, nothing that is not seen, no blank at the ends."""
    said = _UNSEEN.sub("", _LINE_ENDS.sub("\n", _LANGUAGE.sub("", words)))
    said = said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", said).strip()


def _checked(words: str) -> tuple[str, str]:
    said = cleaned(words)
    private = [c for c in said if ord(c) in _PRIVATE]
    if not private:
        return said, _BROKEN * (LOST in said)
    if all(ord(c) in _CUT_EMOJI for c in private):
        were = "".join(chr(0x10000 + ord(c)) for c in dict.fromkeys(private))
        return said, f"{_DAMAGED}; they may have been {were}"
    return said, _DAMAGED
