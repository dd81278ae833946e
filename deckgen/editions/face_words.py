"""Whether a printed face says what its edition's lock says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.editions.fingerprint import as_meant
from deckgen.editions.printed_faces import PrintedFace
from deckgen.model.snapshot import CardState

_OTHERWISE = frozenset({"kind", "goes with", "printed as"})  # not printed as they are written
# Fewer words are too few to be recognised, and less alike than this is something else.
_SHORTEST, _ALIKE = 3, 0.6


def is_headed(face: PrintedFace, code: str, title: str) -> bool:
    """Whether a card's code and title stand together on a face, in either order."""
    code, title = " ".join(as_meant(code)), " ".join(as_meant(title))
    texts = [f" {' '.join(words)} " for words in face.readings]
    return any(f" {code} {title} " in text or f" {title} {code} " in text for text in texts)


def unlike(card: CardState, face: PrintedFace) -> list[str]:
    """How a face differs from its card's words, in words, in that reading which fits best.

    A theme puts some parts on one side and some on the other, so a part that is not there at
    all is no difference; one that is nearly there is, and so is a list that lacks some entries.
    """
    return min((list(_unlike(card, words)) for words in face.readings), key=len)


def _unlike(card: CardState, words: Sequence[str]) -> Iterator[str]:
    parts = [part for part in card.parts if part.name not in _OTHERWISE]
    wanted = {text: as_meant(text) for part in parts for text in part.texts}
    printed = "".join(words)
    there = {text for text, want in wanted.items() if "".join(want) in printed}
    rest = _without([wanted[text] for text in there], words)
    for part in parts:
        lost = [text for text in part.texts if text not in there]
        nearly = {text: _nearly(wanted[text], rest) for text in lost}
        if len(lost) == len(part.texts) and not any(nearly.values()):
            continue
        for text, near in nearly.items():
            yield f"it says “{near}” in place of “{text}”" if near else f"it lacks “{text}”"


def _without(found: Sequence[Sequence[str]], words: Sequence[str]) -> list[str]:
    """Words without those stretches that are as they should be, the longest first."""
    rest = list(words)
    for want in sorted(found, key=len, reverse=True):
        for start in range(len(rest) - len(want) + 1):
            if want and rest[start : start + len(want)] == list(want):
                rest[start : start + len(want)] = [""]
                break
    return rest


def _nearly(want: Sequence[str], words: Sequence[str]) -> str:
    """The words of a face that are most like those it should have; "" if none are."""
    if len(want) < _SHORTEST:
        return ""
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, want, words, autojunk=False).get_matching_blocks()
    best, where = 0, 0
    for block in blocks:
        start = max(0, block.b - block.a)
        end = start + len(want) + 2
        inside = sum(max(0, min(b.b + b.size, end) - max(b.b, start)) for b in blocks)
        if inside > best:
            best, where = inside, start
    if best < _ALIKE * len(want):
        return ""
    return " ".join(filter(None, words[where : where + len(want)]))
