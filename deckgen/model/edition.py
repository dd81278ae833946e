"""Editions: what a printed card says of itself, so that old and new can be told apart."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_NAMED = re.compile(r"\{(\w+)\}")

# What a theme may name in the pattern of a mark's line.
EDITION_NAMES = frozenset({"edition", "short", "shorter"})
MARK_NAMES = EDITION_NAMES | {"code", "month"}


class Mark(Struct, frozen=True, gc=False):
    """An edition's mark on a card's face.

    `edition` is in words ("Edition 2", "Edition 2 draft") and that in which this card came to be
    as it is: a card that did not change keeps its mark, so that what is printed stays true.
    `code` is a short check code of its words, such as 7Q2M. `tag` is the edition for machines,
    such as 2.
    """

    edition: str
    review: date
    code: str
    tag: str

    @property
    def label(self) -> str:
        """The first line: "Edition 2 · 7Q2M"."""
        return f"{self.edition} · {self.code}"

    def said(self, pattern: str) -> str:
        """A line with the mark's words in place of names: "{short} · {code}"."""
        short = self.edition.replace("Edition", "Ed.").replace("edition", "ed.")
        words = {
            "edition": self.edition,
            "short": short,
            "shorter": short.replace("after ed. ", "after "),
            "code": self.code,
            "month": short_month(self.review),
        }
        return _NAMED.sub(lambda found: words[found[1]], pattern)

    def payload(self, card_code: str) -> str:
        """What the QR code of a card holds, all capitals so that it stays small."""
        return f"DG1:{card_code}:{self.tag}:{self.code}".upper()

    def payload_in_words(self, card_code: str) -> str:
        """The same for people who listen."""
        edition = self.edition[:1].lower() + self.edition[1:]
        return f"QR code: {card_code}, {edition}, check code {self.code}"


def names_in(pattern: str) -> frozenset[str]:
    """What a pattern names."""
    return frozenset(_NAMED.findall(pattern))


def short_month(day: date) -> str:
    """A month in few letters, in any locale: "Nov 2027"."""
    return f"{_MONTHS[day.month - 1][:3]} {day.year}"


def day_in_words(day: date) -> str:
    """A date as people write it, in any locale: 3 March 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
