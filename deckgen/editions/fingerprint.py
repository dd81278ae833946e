"""Fingerprints of words and of faces: what counts as a change, and what doesn't.

Words are read, not files: wrapping, spaces, line ends and the kind of quotation marks that
were typed make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import chain

from msgspec.structs import replace

from deckgen.geometry import Rect
from deckgen.letters import unbroken
from deckgen.model.drawing import Clip, Drawing, Element, Field, Link, Mark, Shape, TextLine
from deckgen.model.picture import Picture
from deckgen.model.snapshot import CardState, WordsPart

# Crockford's base 32: no letters that look like digits, so that a code can be read out.
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 4
_NOWHERE = Rect(0, 0, 0, 0)
_SHOWN = 16  # hexadecimal digits: enough that two never meet by chance, and short to read
_QUOTES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "⁄": "/", "‐": "-", "‑": "-"})
# An address, a number with its sign, a symbol that carries meaning, or a word.
_TOKEN = re.compile(
    r"[^\s()<>]*(?:@|://|www\.)[^\s()<>]*[^\W_]|[^\W_][\w-]*(?:\.[a-z]{2,})+(?:/[\w./-]*\w)?"
    r"|-?\d+(?:[.,:/~]\d+)*|[%‰£$€¥<>≤≥=+±×÷°&#?!]|[^\W_]+(?:'[^\W_]+)*"
)
_ACRONYM = re.compile(r"[A-Z]{2,5}\Z")
# Words whose neighbouring comma or full stop decides what they turn.
TURNING = frozenset(
    "no not never none nobody nothing neither nor cannot "
    "without except unless only if until".split()
)
# A comma before these decides whom they are about: "students, who see" and "students who see".
_HINGES = TURNING | frozenset("who whom whose which where when because".split())
_BREAKS = frozenset(",;:.!?()–—")


def as_printed(text: str) -> str:
    """Words as they count: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", unbroken(text)).split())


@lru_cache(maxsize=1 << 14)
def as_meant(text: str) -> tuple[str, ...]:
    """The bare words and numbers: no capitals, emphasis or punctuation.

    What carries meaning is kept: signs, currencies, per cent, ranges, addresses, question marks,
    short words in capitals ("IT"), and a break beside a word that turns a rule ("no, wait").
    """
    plain = _plain(text)
    tokens = []
    for found in _TOKEN.finditer(plain):
        word = found[0]
        folded = word.casefold()
        if folded in _HINGES or folded.endswith("n't"):
            before, after = plain[: found.start()].rstrip()[-1:], plain[found.end() :].lstrip()[:1]
            breaks = (before if before in _BREAKS else "", after if after in _BREAKS else "")
            tokens.append(folded.join("|" if mark else "" for mark in breaks))
        else:
            tokens.append(word if _ACRONYM.match(word) else folded)
    return tuple(tokens)


def _plain(text: str) -> str:
    """Words in their simplest letters, without emphasis and marks of a language."""
    plain = text
    if not text.isascii():
        whole = unbroken(text)
        apart = "".join(f" {c} " if unicodedata.category(c) == "No" else c for c in whole)
        plain = unicodedata.normalize("NFKC", apart).translate(_QUOTES)
    plain = re.sub(r"\{[a-z]{2,3}(?:-[A-Za-z0-9]+)*: ?|\}|\*\*", "", plain)
    plain = re.sub(r"−\s*(?=\d)", " -", plain)
    plain = re.sub(r"(?<=\d) ?[-–—] ?(?=\d)", "~", plain)  # a range: 4–6
    return re.sub(r"(?<![\w)])[–—](?=\d)", "-", re.sub(r"(?<=[\w)])-(?=\d)", " ", plain))


def words_print(parts: Sequence[WordsPart]) -> str:
    """Fingerprint of words with all their punctuation."""
    return _short(_lines((p.name, *map(as_printed, p.texts)) for p in parts))


def meaning_print(card: CardState) -> str:
    """Fingerprint of what a card says; it goes with cards, not with their numbers."""
    said = [(p.name, *map(_meant, p.texts)) for p in card.parts if p.name != "goes with"]
    return _short(_lines([*said, ("goes with", *card.links)]))


def pages_meaning(parts: Sequence[WordsPart]) -> str:
    """The same of a page."""
    return _short(_lines((p.name, *map(_meant, p.texts)) for p in parts))


def check_code(*what: str) -> str:
    """Four letters and digits that stand for some words: "7Q2M"."""
    number = int.from_bytes(sha256(_lines([what]).encode()).digest()[:8], "big")
    letters = ""
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_LETTERS))
        letters += CODE_LETTERS[place]
    return letters


def face_prints(drawings: Sequence[Drawing], fonts: Mapping[str, str]) -> tuple[str, str]:
    """Fingerprints of drawn faces: without the mark of their edition, and with it.

    `fonts` are fingerprints of font files by the names that runs use ("bold"): the same words in
    other letters are another face. Lengths count to a thousandth of a point, so that no rounding
    of a machine's makes a difference.
    """
    sizes = [_numbers(d.size.width_pt, d.size.height_pt) for d in drawings]
    printed = [[(e.stamp, *_element(e)) for e in d.elements] for d in drawings]

    def print_of(stamps: bool) -> str:
        shown = [[e for e in elements if stamps or not e[0]] for elements in printed]
        used = {font for elements in shown for _, _, found in elements for font in found}
        out = [f"F {name} {fonts[name]}" for name in sorted(used)]
        for size, elements in zip(sizes, shown, strict=True):
            out += [size, *(text for _, text, _ in elements)]
        return _short("\n".join(out))

    return print_of(False), print_of(True)


def _meant(text: str) -> str:
    return " ".join(as_meant(text))


def _lines(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_SHOWN]


def _element(element: Element) -> tuple[str, set[str]]:
    """What an element says in a fingerprint, and the fonts that it uses."""
    out = [f"<{element.role} {element.alt}|{element.scope}|{element.language}"]
    used: set[str] = set()
    for kid in element.kids:
        if isinstance(kid, Element):
            text, found = _element(kid)
            out.append(text)
            used |= found
        else:
            _mark(kid, out)
            if isinstance(kid, TextLine):
                used.update(run.face for run in kid.runs)
    return "\n".join([*out, ">"]), used


def _mark(mark: Mark, out: list[str]) -> None:
    if isinstance(mark, TextLine):
        runs = "|".join(f"{run.face}:{run.language}:{run.text}" for run in mark.runs)
        place = _numbers(mark.x_pt, mark.y_pt, mark.size_pt)
        out.append(f"T {place} {mark.colour} {mark.wraps} {runs}")
    elif isinstance(mark, Shape):
        out.append(_shape(mark))
    elif isinstance(mark, Clip):
        out.append(f"C {_numbers(*mark.rect.corners)}")
        for shape in mark.shapes:
            _mark(shape, out)
    elif isinstance(mark, Picture):
        frame, crop = _numbers(*mark.frame.corners), _numbers(*mark.crop)
        out.append(f"P {frame} {mark.file.digest} {crop} {mark.ground}")
    elif isinstance(mark, Field | Link):
        what = replace(mark, rect=_NOWHERE)
        out.append(f"{_numbers(*mark.rect.corners)} {what!r}")


@lru_cache(maxsize=8192)  # tiles repeat on every card
def _shape(shape: Shape) -> str:
    line, path = _numbers(shape.width_pt, *shape.dash_pt), shape.path
    drawn = _segments(tuple(map(len, path))) % tuple(chain.from_iterable(path))
    drawn = drawn.replace("-0.000", "0.000")
    return f"S {shape.fill} {shape.stroke} {shape.round_ends} {line} {drawn}"


@lru_cache
def _segments(lengths: tuple[int, ...]) -> str:
    """How a path's segments are written, each an operator and lengths."""
    return " ".join("%s" + " %.3f" * (length - 1) for length in lengths)


def _numbers(*values: float) -> str:
    """Lengths to a thousandth of a point; there is only one zero."""
    return (" %.3f" * len(values) % values)[1:].replace("-0.000", "0.000")
