"""What somebody typed or scanned from a card, and which printed versions it may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from deckgen.editions.fingerprint import CODE_LENGTH, CODE_LETTERS
from deckgen.editions.printed_faces import mark_in
from deckgen.editions.printed_versions import Version
from deckgen.editions.printed_words import ENGLISH, Printed
from deckgen.model.lock import Ledger
from deckgen.model.snapshot import INDEX_CODE

_SCANNED = re.compile(
    rf"DG1:([A-Z]{{1,6}}[0-9]+|INDEX):([0-9.]+)([-+]DRAFT)?:([{CODE_LETTERS}]{{{CODE_LENGTH}}})"
)
_INDEX = re.compile(rf"(?i)\b{INDEX_CODE} [1-9][0-9]?(?![\w.])")
_NUMBERED = re.compile(r"([A-Z]{1,6})0*([1-9][0-9]*)\Z")
_MISREAD = str.maketrans("OIL", "011")
MOST_LETTERS = 100


class Asked(Struct, frozen=True):
    """A question about a card: `words` are codes of cards, check codes, or what may be either.

    `draft` and `after` are what a mark says of itself. `edition` is empty if it is not known.
    """

    words: tuple[str, ...]
    edition: str = ""
    draft: bool = False
    after: bool = False

    def fits(self, version: Version) -> bool:
        """Whether all that was said is true of a version; the edition left out."""
        return bool(self.words) and all(_fits(word, version) for word in self.words)


def asked(text: str, edition: str, ledger: Ledger, printed: Printed = ENGLISH) -> Asked | None:
    """Read a question; None if it is no code at all. `edition` is what was said beside it."""
    text = " ".join(text.split())[:MOST_LETTERS]
    text = _INDEX.sub(INDEX_CODE, text)  # all index cards of a deck have one mark
    second = edition.strip()
    if scanned := _SCANNED.fullmatch(text.upper()):
        code, number, draft, check = scanned.groups()
        return Asked((code, check), second or number, bool(draft), draft == "+DRAFT")
    if marked := mark_in(text, printed):
        mark, beside = marked
        words = (*beside.upper().replace("·", " ").split(), *([mark.code] if mark.code else []))
        return _checked(Asked(words, second or mark.edition, mark.draft, mark.after))
    words = tuple(text.upper().split())
    if second and not ledger.lock(second) and is_check(second) and not second.isdigit():
        words, second = (*words, second.upper()), ""
    return _checked(Asked(words, re.sub(r"(?i)^(?:edition|ed\.?) *", "", second)))


def is_check(word: str) -> bool:
    """Whether a word has the form of a check code, however it was misread."""
    plain = as_check(word)
    return len(plain) == CODE_LENGTH and all(letter in CODE_LETTERS for letter in plain)


def as_check(word: str) -> str:
    """A check code as Crockford reads it: small letters count, O is 0, I and L are 1."""
    return word.upper().replace("-", "").translate(_MISREAD)


def as_code(word: str) -> str:
    """A card's code as it is printed: "k03" is K3."""
    found = _NUMBERED.match(word.upper())
    return f"{found[1]}{found[2]}" if found else word.upper()


def near(word: str, versions: Sequence[Version]) -> list[Version]:
    """Versions whose check code differs in one letter from a word: it may be misread."""
    plain = as_check(word)
    return [
        version
        for version in versions
        if len(plain) == len(version.check)
        and sum(a != b for a, b in zip(plain, version.check, strict=True)) == 1
    ]


def _checked(question: Asked) -> Asked | None:
    sound = all(
        is_check(w) or _NUMBERED.match(w) or w == INDEX_CODE.upper() for w in question.words
    )
    return question if question.words and sound else None


def _fits(word: str, version: Version) -> bool:
    return as_code(word) == version.code.upper() or as_check(word) == version.check
