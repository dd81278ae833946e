"""Words that went and came between two versions of a text, and whether they look like a slip."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from deckgen.editions.fingerprint import TURNING, as_meant
from deckgen.editions.spelling import is_english
from deckgen.model.change import WordChange
from deckgen.model.snapshot import WordsPart

# Words that turn or bend a rule: a change in one of them is never a slip.
_WEIGHTY = TURNING | frozenset(
    "must may might can could shall should will would need needs needed ought have has "
    "all any some every each both either always often sometimes seldom rarely "
    "most least more less few fewer many much before after above below over under "
    "with within into onto from for the out off upon through during since than then them they "
    "first second third once twice half double today now immediately daily weekly monthly "
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty "
    "hundred thousand and or yes".split()
)
# With these the two halves of a word may be two words that say something else.
_NOT_JOINED = _WEIGHTY | frozenset(
    "extra super inter anti counter sub pre post dis mis ill man her his own mean".split()
)
# What nobody says twice on purpose, though it may not change otherwise.
_OFTEN_DOUBLED = frozenset("the and or for with from than then have has will can should".split())
_JOINED = frozenset(("co", "e"))
_CAPITAL = re.compile(r"[^\W\d_]*[A-ZÀ-ÞĀ-Ž][^\W_]*")
_FOREIGN = re.compile(r"\{[a-z]{2,3}(?:-[A-Za-z0-9]+)*:([^{}]*)\}")
_MOST_SLIPS = 4
_SHORTEST_SLIP = 4


def word_changes(old: Sequence[WordsPart], new: Sequence[WordsPart]) -> tuple[WordChange, ...]:
    """What changed, part by part, in the order of the new version."""
    before = {part.name: part.text for part in old}
    after = {part.name: part.text for part in new}
    names = dict.fromkeys((*after, *before))
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(WordChange(name, pieces(one, other)) for name, one, other in pairs if one != other)


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """How one row of words turns into another: what is done, and where in each."""
    from difflib import SequenceMatcher

    return [*SequenceMatcher(None, old, new, autojunk=False).get_opcodes()]


def pieces(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """One text turned into another, word by word: ("=", …), ("-", …), ("+", …)."""
    one, other = old.split(), new.split()
    made: list[tuple[str, str]] = []
    for tag, a, b, c, d in _steps(one, other):
        gone, come = " ".join(one[a:b]), " ".join(other[c:d])
        made += [("=", gone)] if tag == "equal" else [("-", gone), ("+", come)]
    return tuple(piece for piece in made if piece[1])


def looks_like_slips(
    old: Sequence[WordsPart], new: Sequence[WordsPart], *, english: bool = True
) -> bool:
    """Whether all that differs are a few misspelt, doubled or badly parted words.

    Careful: whatever could change the sense is not taken for a slip. In a language whose words
    are not known, nothing is.
    """
    if not english:
        return False
    slips = 0
    before = {part.name: part for part in old}
    for part in new:
        was = before.pop(part.name, WordsPart(part.name, ()))
        if len(was.texts) != len(part.texts):
            return False
        for one, other in zip(was.texts, part.texts, strict=True):
            found = _slips(one, other)
            if found is None:
                return False
            slips += found
    return not any(part.texts for part in before.values()) and slips <= _MOST_SLIPS


def _slips(one: str, other: str) -> int | None:
    """How many slips turn one text into the other; None if it takes more than slips."""
    old, new = as_meant(one), as_meant(other)
    names = {name.casefold() for text in (one, other) for name in _CAPITAL.findall(text)}
    foreign = {said for text in (one, other) for said in _FOREIGN.findall(text)}
    names |= {word for said in foreign for word in as_meant(said)}
    count = 0
    for tag, a, b, c, d in _steps(old, new):
        if tag == "equal":
            continue
        gone, come = old[a:b], new[c:d]
        doubled = tag == "delete" and gone in (old[a - 1 : a], old[b : b + 1])
        if doubled and (gone[0] in _OFTEN_DOUBLED or not _weighty(gone[0])):
            count += 1
        elif not any(map(_weighty, (*gone, *come))) and (
            _parted(gone, come) or _misspelt(gone, come, names)
        ):
            count += max(len(gone), len(come))
        else:
            return None
    return count


def _weighty(word: str) -> bool:
    """Whether a word may carry more than its letters: numbers, symbols, rules, apostrophes."""
    return word in _WEIGHTY or not word.isalpha()


def _parted(gone: Sequence[str], come: Sequence[str]) -> bool:
    """Whether words were joined or parted without becoming others: front line, frontline."""
    pieces = (*gone, *come)
    short = any(len(piece) < _SHORTEST_SLIP - 1 and piece not in _JOINED for piece in pieces)
    return (
        "".join(gone) == "".join(come)
        and min(len(gone), len(come)) == 1
        and not (short or _NOT_JOINED.intersection(pieces))
    )


def _misspelt(gone: Sequence[str], come: Sequence[str], names: Collection[str]) -> bool:
    """Whether each word was or became a misspelling of the other; names may be spelt anyhow."""
    return len(gone) == len(come) and all(
        _near(*pair)
        and not any(word in names for word in pair)
        and sum(is_english(word) for word in pair) == 1
        for pair in zip(gone, come, strict=True)
    )


def _near(one: str, other: str) -> bool:
    """One letter more, less, other or swapped, in a word of some length."""
    if min(len(one), len(other)) < _SHORTEST_SLIP:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    changed = len(short) == len(long) and (swapped or short[at + 1 :] == long[at + 1 :])
    return changed or short[at:] == long[at + 1 :]
