"""Bytes → text, whatever the editor wrote: UTF-8 with or without mark, UTF-16, Windows-1252."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from deckgen.letters import plainly
from deckgen.problem import Place, Problem, problem

_MB = 1024 * 1024
EDITIONS = "content/editions/"
PICTURES = "content/pictures/"
ICONS = ("content/icons/", "templates/icons/")  # drawings of sections' icons
# Letters that draw nothing; old editions were read without them.
_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# Control characters but for tabs, what overrides a direction (UAX 9), signs of Word's symbol fonts
# but for those that are bullets, and what Unicode keeps free for programs themselves (23.7), as
# `content/markup` needs it.
_HIDDEN = "\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
_FORBIDDEN = re.compile(f"[{_HIDDEN}\ufffc\ufffd\uf020-\uf0ff]")
# Which of them it is: few files have any, and these patterns are compiled for those.
_UNSEEN = f"[\n{_HIDDEN}]"
_LOST = "[\ufffc\ufffd]+"
_SYMBOLS = "(?<=[^ \t\u00a0])[ \t\u00a0]*([\uf020-\uf0ff])"
# How files of other programs begin.
_PROGRAMS = {
    b"{\\rtf": "rich text (RTF)",
    b"PK\x03\x04": "a Word, OpenOffice or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"%PDF-": "a PDF",
}
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read_source(raw: bytes, file: str, most_bytes: int = 0) -> tuple[str | None, list[Problem]]:
    """Decode a text file; lines end in \\n and letters are what they mean (`plainly`).

    None if it can't be read. Control characters and marks that reorder letters are Problems.
    `most_bytes` is for files that may be larger than others of their name.
    """
    if len(raw) > (most_bytes or largest_bytes(file)):
        return None, [_too_large(file)]
    text, found = _decoded(raw, file)
    if text is None:
        return None, found
    text = _with_ends(text)
    old = file.startswith(EDITIONS)
    text = unicodedata.normalize("NFC", text.translate(_DROPPED)) if old else plainly(text)
    if not _FORBIDDEN.search(text):
        return text, found
    lines = text.split("\n")
    unfit = [p for n, line in enumerate(lines, start=1) for p in forbidden(line, file, n)]
    if unfit:  # in words, all else that is wrong can be said as well
        text = plainly("\n".join(map(_blanked, lines))) if file.endswith(".md") else None
    return text, found + unfit


def as_typed(found: Iterable[Problem], files: Mapping[str, bytes]) -> list[Problem]:
    """Problems with the columns of the files as they are, not of the letters that were read."""
    lines: dict[str, list[str]] = {}
    return [replace(p, place=_typed_place(p.place, files, lines)) for p in found]


def _typed_place(place: Place, files: Mapping[str, bytes], lines: dict[str, list[str]]) -> Place:
    file = place.file
    if place.column < 2 or file not in files:
        return place
    if file not in lines:
        lines[file] = _with_ends(_decoded(files[file], file)[0] or "").split("\n")
    if place.line > len(lines[file]):
        return place
    typed = lines[file][place.line - 1]
    if plainly(typed) == typed:
        return place
    ends = range(1, len(typed) + 1)
    column = bisect_left(ends, place.column, key=lambda end: len(plainly(typed[:end], typed)))
    return replace(place, column=column + 1)


def as_saved(raw: bytes, file: str) -> tuple[str, bytes, str]:
    """The letters of a file that can be read, with its own ends of lines; the mark and the encoding
    in which it can be saved again. What was guessed is saved as UTF-8.
    """
    mark, encoding = next((m for m in _MARKS if raw.startswith(m[0])), (b"", "utf-8"))
    return _decoded(raw, file)[0] or "", mark, encoding


def largest_bytes(file: str) -> int:
    """How large a text may be: 4 MB are 999 cards of two-byte letters, with much to spare.

    A lock holds a whole deck, and deckgen writes it: 10,000 cards take 7 MB.
    """
    return (64 if file.startswith(EDITIONS) else 4) * _MB


def _with_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    if raw.startswith(tuple(_PROGRAMS)):
        return None, [_not_text(file, raw)]
    mark, encoding = next((m for m in _MARKS if raw.startswith(m[0])), (b"", "utf-8"))
    try:
        if mark or b"\0" not in raw:
            return raw[len(mark) :].decode(encoding), []
    except UnicodeDecodeError as fault:
        if not mark:
            return _guessed(raw, file, fault.start)
    return _without_mark(raw, file)


def _without_mark(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """UTF-16 whose mark at the start was lost: every other byte of ordinary words is 0."""
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if raw[first::2].count(0) > len(raw) // 4 and not raw[1 - first :: 2].count(0):
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                break
            said = "This file is saved as UTF-16, without the mark that says so."
            todo = "Look whether accents and quotes are right; then save the file as UTF-8."
            return text, [problem("encoding-guessed", Place(file, 1, 1), said, todo)]
    return None, [_not_text(file, raw)]


def _guessed(raw: bytes, file: str, at: int) -> tuple[str | None, list[Problem]]:
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return None, [_not_text(file, raw)]
    place = Place(file, raw.count(b"\n", 0, at) + 1, at - raw.rfind(b"\n", 0, at))
    said = f'This file is not saved as UTF-8. "{text[at]}" was read as in older Windows files.'
    todo = "Look whether accents and quotes are right; then save the file as UTF-8."
    return text, [problem("encoding-guessed", place, said, todo)]


def forbidden(words: str, file: str, line: int, column: int = 1) -> Iterator[Problem]:
    """Control and direction marks in words that begin at a column, each with its place."""
    for match in re.finditer(_UNSEEN, words):
        said = f"An invisible character (U+{ord(match.group()):04X}) stands here."
        todo = "Delete it: put the cursor behind it and press Backspace."
        yield problem("character-forbidden", Place(file, line, column + match.start()), said, todo)
    for match in re.finditer(_LOST, words):
        said = f"A letter or a picture was lost here, when this was saved or copied ({match[0]})."
        place = Place(file, line, column + match.start())
        yield problem("character-forbidden", place, said, "Write again what belongs here.")
    for match in re.finditer(_SYMBOLS, words) if not words.isascii() else ():
        number = ord(match[1])
        said = f"A sign from Word's font Symbol or Wingdings (U+{number:04X}) stands here."
        todo = "No other font has it. Delete it, or type what it shows, such as • or –."
        place = Place(file, line, column + match.start(1))
        yield problem("character-forbidden", place, said, todo)


def _blanked(line: str) -> str:
    """A line with spaces in place of what is forbidden in it."""
    seen = re.sub(_LOST, lambda lost: " " * len(lost[0]), re.sub(_UNSEEN, " ", line))
    return re.sub(_SYMBOLS, lambda sign: sign[0][:-1] + " ", seen)


def _too_large(file: str) -> Problem:
    found = f"This file is larger than {largest_bytes(file) // _MB} MB."
    todo = "Take out what does not belong to the deck."
    if file.startswith("content/cards/"):
        todo = "Move some of its cards to another section, or make a second section for them."
    return problem("file-too-large", Place(file), found, todo)


def _not_text(file: str, raw: bytes) -> Problem:
    for start, what in _PROGRAMS.items():
        if raw.startswith(start):
            said = f"This file was saved as {what}, not as plain text."
            todo = "Open it in the program that made it; choose Save As, Plain Text, UTF-8."
            return problem("file-not-text", Place(file), said, todo)
    todo = "Open it in the program that made it and save it as plain text, UTF-8."
    return problem("file-not-text", Place(file), "This is not a text file, or it is damaged.", todo)
