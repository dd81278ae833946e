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
    said = f"This edition was to be reviewed by {day_in_words(deck.edition.review)}."
    todo = "Review it, then issue the next edition."
    return problem("review-due", deck.review_at or deck.place, said, todo)


def _unchecked(entry: ReferenceEntry) -> Problem:
    months = f"{entry.months} month{'s' * (entry.months > 1)}"
    said = (
        f"{entry.entry} on {entry.card} was last checked on {day_in_words(entry.checked)}, "
        f"more than {months} ago."
    )
    todo = f"Ask {entry.owner} to check it, then write the new date."
    return problem("reference-unchecked", entry.checked_at, said, todo)


def _to_come(entry: ReferenceEntry) -> Problem:
    said = (
        f"{day_in_words(entry.checked)} is still to come, so {entry.entry} on {entry.card} can't "
        "have been checked on it."
    )
    todo = "Write the day on which it was checked."
    return problem("reference-checked-early", entry.checked_at, said, todo)
