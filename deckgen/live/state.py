"""A deck while somebody writes it: the last good one, and the problems of this moment.

One thread brings in what is in the folder; any number of others ask, or wait for news.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Condition
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from deckgen.live.by_card import Heading, headings_in, mended, problems_by_card
from deckgen.live.pictures import Studio
from deckgen.live.showing import CardShown, DeckShown, SectionShown, Shown, show
from deckgen.model.snapshot import INDEX_CODE, marked_as
from deckgen.options import Options
from deckgen.problem import Place, Problem, Severity, blocks, problem
from deckgen.project import Project
from deckgen.proof.proof import Proof
from deckgen.report import count_line

_TIME = "%H:%M:%S"


class State(Struct, frozen=True):
    """What there is to see. `deck` is from the time `drawn`, and `current` if that is now; but
    cards in `old`, by printed code, have errors and are as they were before.
    """

    number: int = 0
    deck: DeckShown | None = None
    drawn: str = ""
    looked: str = ""
    problems: tuple[Problem, ...] = ()
    headings: tuple[Heading, ...] = ()
    current: bool = False
    old: frozenset[str] = frozenset()

    @property
    def summary(self) -> str:
        """What a person at the terminal is told."""
        return count_line(self.problems) if self.problems else "No problems."


class Live:
    """The state, its pictures, and who waits for the next one."""

    def __init__(self, options: Options) -> None:
        self._options, self._studio = options, Studio()
        self._proof: Proof | None = None  # of the deck that is shown
        self._news = Condition()
        self._closed = False
        self._state = State()
        self.picture = self._studio.picture

    @property
    def state(self) -> State:
        """What there is to see at this moment."""
        return self._state

    def update(self, project: Project | None, folder: Path) -> State:
        """Take in what is in the folder now (None: it is not there), and tell who waits."""
        before, now = self._state, time.strftime(_TIME)
        deck, old, problems = (
            self._look(project) if project else (None, before.old, [_gone(folder)])
        )
        state = State(
            number=before.number + 1,
            deck=deck or before.deck,
            drawn=now if deck else before.drawn,
            looked=now,
            problems=tuple(problems),
            headings=headings_in(project.files) if project else before.headings,
            current=deck is not None,
            old=old,
        )
        if deck:
            self._studio.offer(deck.subjects)
        with self._news:
            self._state = state
            self._news.notify_all()
        return state

    def _look(self, project: Project) -> tuple[DeckShown | None, frozenset[str], list[Problem]]:
        """The deck, which of its cards are old, and all problems; None if errors are elsewhere."""
        old, before, proof = self._state.old, self._proof, Proof(project, self._proof)
        deck, problems = show(proof, self._options)
        if deck:
            old = frozenset()
        elif before and (whole := mended(project.files, before.project.files, problems)):
            proof = Proof(replace(project, files=whole[0]), before)
            deck = show(proof, self._options)[0]
            old = whole[1] | {INDEX_CODE} if deck else old  # it bears a code of all cards' words
        if deck:
            self._proof = proof
        return deck, old, problems

    def wait(self, after: int, timeout_s: float) -> int | None:
        """The number of the first state other than `after`, or that one again; None at the end."""
        with self._news:
            self._news.wait_for(lambda: self._closed or self._state.number != after, timeout_s)
            return None if self._closed else self._state.number

    def close(self) -> None:
        """Send everybody home who waits, and draw nothing more."""
        with self._news:
            self._closed = True
            self._news.notify_all()
        self._studio.close()


def _gone(folder: Path) -> Problem:
    found = "The project's folder is not there any more. Was it renamed, moved or deleted?"
    todo = "Put it back and this goes on; or end this with Ctrl-C and start it in the new place."
    return problem("file-missing", Place(str(folder)), found, todo)


def state_record(state: State) -> str:
    """A state as JSON, for the page."""
    deck = state.deck
    cards, _ = problems_by_card(state.problems, state.headings)
    sections = deck.sections if deck else ()
    prefixes = {section.prefix for section in sections}
    new = {h.code: h for h in state.headings if h.code in cards and _prefix(h.code) in prefixes}
    for card in (card for section in sections for card in section.cards):
        new.pop(card.code, None)
    cards = {code: found for code, found in cards.items() if _prefix(code) in prefixes}
    beside = {found for problems in cards.values() for found in problems}
    places = {heading.code: str(heading.place) for heading in state.headings}
    record = {
        "number": state.number,
        "errors": blocks(state.problems),
        "current": state.current,
        "drawn": state.drawn,
        "looked": state.looked,
        "title": deck.title if deck else "",
        "edition": deck.edition if deck else "",
        "language": deck.language if deck else "",
        "count": count_line(state.problems) if state.problems else "",
        "problems": [_problem(p) for p in state.problems if p not in beside],
        "sections": [_section(s, state, cards, places, new) for s in sections],
        "sheets": [_shown(s, state) for s in deck.sheets] if deck else [],
    }
    return json.dumps(record)


def _prefix(code: str) -> str:
    return code.rstrip("0123456789")


def _section(
    section: SectionShown,
    state: State,
    problems: Mapping[str, tuple[Problem, ...]],
    places: Mapping[str, str],
    new: Mapping[str, Heading],
) -> dict[str, Any]:
    """A section with its cards, and those that have problems and no picture yet."""
    more = [
        CardShown(code, heading.title, ())
        for code, heading in new.items()
        if _prefix(code) == section.prefix
    ]
    return {
        "prefix": section.prefix,
        "name": section.name,
        "colours": section.colours,
        "cards": [
            {
                "code": card.code,
                "title": card.title,
                "place": places.get(card.code, ""),
                "faces": [_shown(face, state) for face in card.faces],
                "problems": [_problem(p) for p in problems.get(card.code, ())],
            }
            for card in (*section.cards, *more)
        ],
    }


def _shown(shown: Shown, state: State) -> dict[str, Any]:
    """A picture; guides are in shares of its width and height, from the upper left."""
    (width, height), size = shown.subject.size, shown.subject.shown.size
    wide, high = size.width_pt, size.height_pt
    return {
        "name": shown.name,
        "alt": shown.alt,
        "current": state.current and state.old.isdisjoint(map(marked_as, shown.codes)),
        "width": width,
        "height": height,
        "guides": [
            {
                "colour": "#{:02x}{:02x}{:02x}".format(*colour),
                "box": [
                    round(share, 5)
                    for share in (
                        left / wide,
                        (high - top) / high,
                        (right - left) / wide,
                        (top - bottom) / high,
                    )
                ],
            }
            for colour, (left, bottom, right, top) in shown.guides
        ],
    }


def _problem(p: Problem) -> dict[str, Any]:
    return {
        "severity": p.severity.value,
        "error": p.severity is Severity.ERROR,
        "code": p.code,
        "place": str(p.place),
        "found": p.found,
        "todo": p.todo,
    }
