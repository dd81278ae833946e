"""A snapshot: what a deck said and looked like at one moment, in a form that can be compared.

It comes from the content of today or from the lock of an edition, and the two are alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

INDEX_ID, INDEX_CODE = "index", "Index"


def index_code(number: int) -> str:
    """What is printed on an index card: "Index", "Index 2" … With a space, as no card's code."""
    return f"{INDEX_CODE} {number}" if number > 1 else INDEX_CODE


def marked_as(code: str) -> str:
    """The code that a card's mark goes by: all index cards of a deck share one."""
    return INDEX_CODE if code.startswith(f"{INDEX_CODE} ") else code


class WordsPart(Struct, frozen=True, gc=False):
    """A named stretch of words, such as a card's lead; a list has an entry for each point."""

    name: str
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words in one line, with a bullet before each point but the first."""
        return " • ".join(self.texts)


class CardState(Struct, frozen=True, gc=False):
    """A card: its words, and fingerprints of its faces.

    `links` are the permanent ids of the cards it goes with. `look` is the fingerprint of both
    faces without the edition's mark, `face` with it. `edition` is the number of the edition in
    which the card came to be as it is, and `check` the code that its mark shows.
    """

    id: str
    code: str
    section: str
    parts: tuple[WordsPart, ...]
    links: tuple[str, ...] = ()
    look: str = ""
    face: str = ""
    edition: str = ""
    check: str = ""

    @property
    def title(self) -> str:
        return next((part.text for part in self.parts if part.name == "title"), "")

    @property
    def name(self) -> str:
        """How people call it: "K1 Feedback that changes things"."""
        return f"{self.code} {self.title}".strip()


class PageState(Struct, frozen=True, gc=False):
    """An activity or a page of a workbook, or the deck's own words. `key` is stable.

    `look` is the fingerprint of what is drawn, where the page stands for something drawn.
    """

    key: str
    name: str
    parts: tuple[WordsPart, ...]
    look: str = ""


class LookFact(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Something that faces depend on: what it is, whom it concerns ("" for all), its value."""

    name: str
    section: str
    value: str

    @property
    def shown(self) -> bool:
        """Whether people can read the value: it is no fingerprint of files."""
        return len(self.value) <= 40 and not self.name.endswith("files")


# What no lock says if it is so: what is said for the first time is a change all the same.
SMALLEST_TYPE = "smallest type"
_UNSAID = LookFact(SMALLEST_TYPE, "", "12 pt")


class Snapshot(Struct, frozen=True, dict=True):
    """A deck at one moment. Cards are in printing order, index cards left out."""

    title: str
    edition: str
    issued: date
    review: date
    cards: tuple[CardState, ...]
    pages: tuple[PageState, ...]
    looks: tuple[LookFact, ...] = ()
    language: str = "en"

    @cached_property
    def _by_id(self) -> dict[str, CardState]:
        return {card.id: card for card in self.cards}

    @cached_property
    def _by_code(self) -> dict[str, CardState]:
        return {card.code: card for card in reversed(self.cards)}

    @cached_property
    def known_looks(self) -> tuple[LookFact, ...]:
        """The facts, with what goes without saying; none if the look is not known."""
        said = not self.looks or any(fact.name == SMALLEST_TYPE for fact in self.looks)
        return self.looks if said else (*self.looks, _UNSAID)

    @cached_property
    def _facts(self) -> dict[str, list[LookFact]]:
        facts: dict[str, list[LookFact]] = {}
        for fact in self.known_looks:
            facts.setdefault(fact.section, []).append(fact)
        return facts

    def facts_of(self, concerned: str) -> Sequence[LookFact]:
        """What the looks of a section or of a card depend on, by its prefix or code; "" for all."""
        return self._facts.get(concerned, ())

    @property
    def english(self) -> bool:
        """Whether its words can be looked up among English ones."""
        return self.language.partition("-")[0] == "en"

    def card(self, card_id: str) -> CardState | None:
        """The card with a permanent id."""
        return self._by_id.get(card_id)

    def coded(self, code: str) -> CardState | None:
        """The card with a printed code."""
        return self._by_code.get(code)
