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


class Edition(Struct, frozen=True):
    """What is printed on every face so that old and new can be told apart.

    A `draft` is of an edition that is not issued yet, or made `after` the issued one.
    """

    number: str
    issued: date
    review: date
    draft: bool = False
    after: bool = False

    @property
    def label(self) -> str:
        """What messages call it: "Edition 2", "Edition 2 draft", "Draft after edition 1"."""
        if self.draft and self.after:
            return f"Draft after edition {self.number}"
        return f"Edition {self.number}" + " draft" * self.draft

    @property
    def tag(self) -> str:
        """The number for machines: "2", "2-DRAFT", and "1+DRAFT" after it was issued."""
        return self.number + ("+DRAFT" if self.after else "-DRAFT") * self.draft


class Mark(Struct, frozen=True, gc=False):
    """An edition's mark on a card's face.

    The `edition` is that in which this card came to be as it is: a card that did not change keeps
    its mark, so that what is printed stays true. `code` is a short check code of its words, such
    as 7Q2M. `tag` is the edition for machines, such as 2.
    """

    edition: Edition
    code: str
    tag: str

    @property
    def label(self) -> str:
        """What messages call it: "Edition 2 · 7Q2M"."""
        return f"{self.edition.label} · {self.code}"

    def payload(self, card_code: str) -> str:
        """What the QR code of a card holds, all capitals so that it stays small."""
        return f"DG1:{card_code}:{self.tag}:{self.code}".upper()


def names_in(pattern: str) -> frozenset[str]:
    """What a pattern names."""
    return frozenset(_NAMED.findall(pattern))


def short_month(day: date) -> str:
    """A month in few letters, in any locale: "Nov 2027"."""
    return f"{_MONTHS[day.month - 1][:3]} {day.year}"


def day_in_words(day: date) -> str:
    """A date as people write it, in any locale: 3 March 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
