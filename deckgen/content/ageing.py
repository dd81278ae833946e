"""What a day makes of a deck: an edition to review, references to check again.

These are warnings, so that no deck stops being built because a day has come. They are kept apart
from what is wrong in the files, which is the same on every day.
"""

from __future__ import annotations

from datetime import date

from deckgen.model.deck import Deck, ReferenceEntry
from deckgen.model.edition import day_in_words
from deckgen.problem import Problem, problem


def overdue(deck: Deck, today: date) -> list[Problem]:
    """What should have been done by today, and checks on days that are still to come."""
    found = []
    if today > deck.edition.review:
        found.append(_review_due(deck))
    # An edition is prepared before its day of issue: a check on that day is no slip.
    latest = max(today, deck.edition.issued)
    for entry in deck.references:
        if entry.checked > latest:
            found.append(_to_come(entry))
        elif entry.holds_until < today:
            found.append(_unchecked(entry))
    return found


def _review_due(deck: Deck) -> Problem:
    return problem(
        "review-due",
        deck.review_at or deck.place,
        f"This edition was to be reviewed by {day_in_words(deck.edition.review)}.",
        "Review it, then issue the next edition.",
    )


def _unchecked(entry: ReferenceEntry) -> Problem:
    months = f"{entry.months} month{'s' * (entry.months > 1)}"
    return problem(
        "reference-unchecked",
        entry.checked_at,
        f"{entry.entry} on {entry.card} was last checked on {day_in_words(entry.checked)}, "
        f"more than {months} ago.",
        f"Ask {entry.owner} to check it, then write the new date.",
    )


def _to_come(entry: ReferenceEntry) -> Problem:
    return problem(
        "reference-checked-early",
        entry.checked_at,
        f"{day_in_words(entry.checked)} is still to come, so {entry.entry} on {entry.card} can't "
        "have been checked on it.",
        "Write the day on which it was checked.",
    )
