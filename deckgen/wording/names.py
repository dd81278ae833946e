"""How editions, marks and codes are called on what is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from deckgen.model.deck import CardCode, Section, in_rows
from deckgen.model.edition import Edition, Mark
from deckgen.model.snapshot import INDEX_CODE
from deckgen.model.text import Run, Text, word, words
from deckgen.wording.say import Month, Value, Wording, listed, merged, unbroken

# Of an edition, of one that is not issued yet, and of a draft made after it was issued.
_NAMES = (word("Edition {number}"), word("Edition {number} draft"))
_AFTER = word("Draft after edition {number}")
_INSIDE = (word("edition {number}"), word("edition {number} draft"))
_INSIDE_AFTER = word("draft after edition {number}")
_CALLED = re.compile(
    r"(?P<after>draft after )?(?P<number>[\w.-]{1,20})(?P<draft> draft)?", re.ASCII
)
_SHORT = (word("Ed. {number}"), word("Ed. {number} draft"))
_SHORT_AFTER, _SHORTER_AFTER = word("Draft after ed. {number}"), word("Draft after {number}")

AFTER_LABELS = frozenset({_AFTER, _SHORT_AFTER, _SHORTER_AFTER})
LABELS = (*_NAMES, *_SHORT, *sorted(AFTER_LABELS))
STAMP = word("{edition} · review by {month}")
REVIEWS = (word("Review by {month}"), word("Review {month}"))
LARGE_PRINT = word("{title} (large print)")  # the title of a file in large print
INDEX_NAMES = (word("Index"), word("Index {number}"))


def edition_name(edition: Edition, say: Wording) -> Text:
    """An edition's name: "Edition 2", "Edition 2 draft", "Draft after edition 1"."""
    return _named(edition, say, _NAMES, _AFTER)


def edition_inside(edition: Edition, say: Wording) -> Text:
    """The same inside a sentence: "edition 2"."""
    return _named(edition, say, _INSIDE, _INSIDE_AFTER)


def edition_called_inside(called: str, say: Wording) -> Text:
    """The same for an edition as files carry it: "2", "2 draft", "draft after 2"; () for others."""
    found = _CALLED.fullmatch(called)
    if not found:
        return ()
    number = found["number"]
    return say(_INSIDE_AFTER if found["after"] else _INSIDE[bool(found["draft"])], number=number)


def _named(edition: Edition, say: Wording, names: tuple[str, str], after: str) -> Text:
    key = after if edition.draft and edition.after else names[edition.draft]
    return say(key, number=edition.number)


def edition_stamp(edition: Edition, say: Wording) -> Text:
    """What sheets and pages say: "Edition 1 · review by Nov 2027"."""
    return say(STAMP, edition=edition_name(edition, say), month=Month(edition.review))


@lru_cache(maxsize=1024)
def mark_line(mark: Mark, pattern: str, say: Wording) -> Text:
    """A line of a mark, after a theme's pattern such as "{short} · {code}"."""
    edition = mark.edition
    values: dict[str, Value] = {"code": mark.code, "month": Month(edition.review)}
    # Said of each side of each card: only what the pattern asks for is put into words.
    if "{edition}" in pattern:
        values["edition"] = edition_name(edition, say)
    if "{short}" in pattern:
        values["short"] = _named(edition, say, _SHORT, _SHORT_AFTER)
    if "{shorter}" in pattern:
        values["shorter"] = _named(edition, say, _SHORT, _SHORTER_AFTER)
    return say.given(pattern, **values)


def mark_for_listeners(mark: Mark, code: str, say: Wording) -> Text:
    """What a mark's QR code holds, for people who listen; `code` is the card's."""
    edition = edition_inside(mark.edition, say)
    name = words(code) if not is_index(code) else index_name(code, say)
    return say(
        "QR code: {card}, {edition}, check code {code}",
        card=name,
        edition=edition,
        code=mark.code,
    )


def edition_mark(number: str, code: str, say: Wording) -> Text:
    """A mark in running text, at which no line ends before its code: "Edition 2 · 7Q2M"."""
    return merged((*unbroken(say(_NAMES[0], number=number)), Run(f"\u00a0· {code}")))


def is_index(code: str) -> bool:
    """Whether a code is that of an index card: "Index", "Index 2"."""
    return code.partition(" ")[0] == INDEX_CODE


def index_name(code: str, say: Wording) -> Text:
    """How an index card's code is printed."""
    number = code.partition(" ")[2]
    return say("Index {number}", number=number) if number else say("Index")


def printed_code(code: str, say: Wording) -> Text:
    """A card's code as it is printed: an index card's is a word."""
    return index_name(code, say) if is_index(code) else words(code)


def codes_in_words(codes: Sequence[CardCode], say: Wording) -> Text:
    """Codes as they are printed: "KC1 to KC4", or "K1, K2, K4 to K12"."""
    return listed(rows_in_words(tuple(codes), say))


@lru_cache(maxsize=256)
def rows_in_words(codes: tuple[CardCode, ...], say: Wording) -> tuple[Text, ...]:
    """The unbroken rows of codes, each as it is printed: "K1", "K4 to K12"."""
    return tuple(
        words(str(a)) if a == b else say("{first} to {last}", first=str(a), last=str(b))
        for a, b in in_rows(codes)
    )


def reach_in_words(section: Section, say: Wording) -> Text:
    """Where a section's rows are too many to be printed: "K1 to K40 (12 cards)"."""
    first, last = str(section.codes[0]), str(section.codes[-1])
    return say.many(
        "{first} to {last} ({count} card)",
        "{first} to {last} ({count} cards)",
        section.count,
        first=first,
        last=last,
    )
