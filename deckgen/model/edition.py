"""Editions: what a printed card says of itself, so that old and new can be told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WHOLE_MONTHS = (
    "January February March April May June July August September October November December"
).split()


@dataclass(frozen=True, slots=True)
class Mark:
    """An edition's mark on a card's face.

    `edition` is in words ("Edition 2", "Edition 2 draft") and that in which this card came to be
    as it is: a card that did not change keeps its mark, so that what is printed stays true.
    `code` is a short check code of its words, such as 7Q2M.
    """

    edition: str
    review: date
    code: str

    @property
    def label(self) -> str:
        """The first line: "Edition 2 · 7Q2M"."""
        return f"{self.edition} · {self.code}"

    @property
    def review_label(self) -> str:
        """The second line: "Review by Nov 2027"."""
        return f"Review by {short_month(self.review)}"


def short_month(day: date) -> str:
    """A month in few letters, in any locale: "Nov 2027"."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def day_in_words(day: date) -> str:
    """A date as people write it, in any locale: 3 March 2026."""
    return f"{day.day} {_WHOLE_MONTHS[day.month - 1]} {day.year}"
