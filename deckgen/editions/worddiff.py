"""Words that went and came between two versions of a text, and whether they look like a slip."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from deckgen.editions.fingerprint import as_meant
from deckgen.model.change import WordChange
from deckgen.model.snapshot import WordsPart

# Words that turn or bend a rule: a change in one of them is never a slip.
_WEIGHTY = frozenset(
    "no not never none nobody nothing neither nor without except unless until only cannot "
    "must may might can could shall should will would need needs ought have has "
    "all any some every each both either always often sometimes seldom rarely "
    "most least more less few fewer many much before after above below over under "
    "first second third once twice half double today now immediately "
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty "
    "hundred thousand and or if yes".split()
)
_MOST_SLIPS = 4
_SHORTEST_SLIP = 4


def word_changes(old: Sequence[WordsPart], new: Sequence[WordsPart]) -> tuple[WordChange, ...]:
    """What changed, part by part, in the order of the new version."""
    before = {part.name: part.text for part in old}
    after = {part.name: part.text for part in new}
    names = dict.fromkeys((*after, *before))
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(WordChange(name, pieces(one, other)) for name, one, other in pairs if one != other)


def pieces(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """One text turned into another, word by word: ("=", …), ("-", …), ("+", …)."""
    one, other = old.split(), new.split()
    made: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(("=", " ".join(one[a:b])))
            continue
        if b > a:
            made.append(("-", " ".join(one[a:b])))
        if d > c:
            made.append(("+", " ".join(other[c:d])))
    return tuple(made)


def looks_like_slips(old: Sequence[WordsPart], new: Sequence[WordsPart]) -> bool:
    """Whether all that differs are a few misspelt, doubled or badly parted words.

    Careful: whatever could change the sense is not taken for a slip.
    """
    slips = 0
    before = {part.name: part for part in old}
    for part in new:
        was = before.pop(part.name, WordsPart(part.name, ()))
        if len(was.texts) != len(part.texts):
            return False
        for one, other in zip(was.texts, part.texts, strict=True):
            found = _slips(as_meant(one), as_meant(other))
            if found is None:
                return False
            slips += found
    return not any(part.texts for part in before.values()) and slips <= _MOST_SLIPS


def _slips(old: Sequence[str], new: Sequence[str]) -> int | None:
    """How many slips turn one into the other; None if it takes more than slips."""
    count = 0
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[a:b], new[c:d]
        if _weighty(gone) or _weighty(come):
            return None
        doubled = tag == "delete" and b - a == 1 and gone[0] in (*old[a - 1 : a], *old[b : b + 1])
        parted = "".join(gone) == "".join(come)
        misspelt = len(gone) == len(come) and all(map(_near, gone, come))
        if not (doubled or parted or misspelt):
            return None
        count += max(len(gone), len(come))
    return count


def _weighty(words: Sequence[str]) -> bool:
    return any(
        word in _WEIGHTY or word.endswith("n't") or any(c.isdigit() for c in word) for word in words
    )


def _near(one: str, other: str) -> bool:
    """One letter more, less, other or swapped, not the first, in a word of some length."""
    if min(len(one), len(other)) < _SHORTEST_SLIP or one[0] != other[0]:
        return False
    if len(one) == len(other):
        apart = [i for i in range(len(one)) if one[i] != other[i]]
        swapped = (
            len(apart) == 2
            and apart[1] == apart[0] + 1
            and one[apart[0]] == other[apart[1]]
            and one[apart[1]] == other[apart[0]]
        )
        return len(apart) == 1 or swapped
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(
        long[:i] + long[i + 1 :] == short for i in range(len(long))
    )
