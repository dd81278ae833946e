"""The deck laid out: read once, its marks known, each look of it set at most once.

Everything that is made in one command is made of one Proof. What was asked for before is there;
problems go with the value that they concern, so that each product is held up by its own alone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

from msgspec.structs import replace

from deckgen.content.load import Content
from deckgen.design.load import Design
from deckgen.design.load_press import load_press
from deckgen.design.press import Press, TradeSize
from deckgen.design.section_colours import colour_problems
from deckgen.editions.ledger import ledger_of
from deckgen.layout.faces.deck import CardFaces, deck_problems, set_deck, stamped
from deckgen.layout.workbooks.workbook import (
    SetWorkbook,
    asked_in,
    finished,
    in_edition,
    set_workbook,
)
from deckgen.model.answers import Asked
from deckgen.model.bare import without_words
from deckgen.model.drawing import Drawing
from deckgen.options import Look
from deckgen.problem import Found, Problem, blocks
from deckgen.project import Project
from deckgen.proof.choice import for_role
from deckgen.proof.marks import (
    EditionState,
    as_issued,
    beside_latest,
    by_looks,
    by_words,
    marks_in,
)
from deckgen.proof.read import about_workbook_but, content_of, design_of
from deckgen.source import EDITIONS, ICONS

_Value = TypeVar("_Value")
Step = tuple[_Value, list[Problem]]
Cards = tuple[CardFaces, ...]
OWN = Look()


class Proof:
    """A project, and all that was made of it so far.

    What is as it was in a proof `before`, such as that of the last save, is taken from there.
    """

    def __init__(self, project: Project, before: Proof | None = None) -> None:
        self.project = project
        self._made: dict[Hashable, Any] = {}
        self._before = before._made if before else {}

    def _once(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        if key not in self._made:
            self._made[key] = make()
        made: _Value = self._made[key]
        return made

    def _again(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """The same for what depends on nothing but its key: it may be there from before."""
        return self._once(key, lambda: self._before[key] if key in self._before else make())

    def _files(self, *folders: str) -> frozenset[tuple[str, bytes]]:
        """The files in some folders, with their bytes."""
        files = self.project.files.items()
        return frozenset(file for file in files if file[0].startswith(folders))

    @cached_property
    def read(self) -> Step[Content | None]:
        """The words; None if they can't be understood. Their problems are everybody's."""
        return content_of(self.project)

    @cached_property
    def by_words(self) -> Step[EditionState | None]:
        """Where the words stand beside the editions; nothing is drawn for it."""
        found = Found()
        content = found.take(self.read)
        locks = ("locks", self._files(EDITIONS))
        ledger = self._again(locks, lambda: ledger_of(self.project.files))
        return found.take(by_words(content, ledger)) if content else None, found

    @cached_property
    def state(self) -> Step[EditionState | None]:
        """Where the deck stands. Faces are drawn only if there is an edition to compare them with.

        The problems are those of the folder, of all words, and of the editions.
        """
        state, found = self.by_words
        if state and state.ledger.latest:
            state = self._drawn(state) or state
        return state, [*found, *beside_latest(self.project, state)] if state else found

    @cached_property
    def drawn(self) -> EditionState | None:
        """The state with fingerprints of all that is drawn; None if it can't be."""
        state = self.state[0]
        return state if state is None or state.drawn else self._drawn(state)

    @cached_property
    def as_issued(self) -> EditionState | None:
        """The state once this deck is issued."""
        cards, design = self._set_cards(OWN)[0], self.design(OWN)[0]
        return as_issued(self.drawn, cards) if self.drawn and design else None

    def _drawn(self, state: EditionState) -> EditionState | None:
        """The same with the looks; a look that can't be drawn has its Problems told elsewhere."""
        cards, design = self._set_cards(OWN)[0], self.design(OWN)[0]
        if design is None or not cards:
            return None
        content = state.content
        books = [self._set_book(b.key, OWN) for b in content.books]
        return by_looks(self.project, state, design, cards, [b for b in books if b])

    def own(self, look: Look) -> Look:
        """A look with its trade size's theme, and without choices that are the deck's own."""
        content, pair = self.read[0], self.press(look.size)[0] if look.size else None
        if pair and not look.theme:
            look = replace(look, theme=pair[1].theme or None)
        theme = None if content and look.theme == content.theme else look.theme
        stock = None if content and look.stock == content.stock else look.stock
        return replace(look, theme=theme, stock=stock)

    def press(self, size: str) -> Step[tuple[Press, TradeSize] | None]:
        """The print shop's press, and a trade size of cards."""
        return self._once(("press", size), lambda: load_press(self.project.files, size))

    def design(self, look: Look) -> Step[Design | None]:
        """The templates and fonts of a look."""
        look = self.own(look)
        return self._once(("design", look), lambda: self._design(look))

    def _design(self, look: Look) -> Step[Design | None]:
        content, found = self.read[0], Found()
        if content is None:
            return None, found
        press = None
        if look.size:
            press = found.take(self.press(look.size))
            if press is None:
                return None, found
        asked = (content.theme, content.stock, content.theme_place, content.stock_place)
        looks = tuple(
            (s.prefix, s.name, s.palette, s.icon, s.colour) for s in content.deck.sections
        )
        files = self._files("templates/", "fonts/", *ICONS)
        smallest_pt = content.deck.smallest_pt
        key = ("design of", look, asked, content.say, smallest_pt, looks, files)
        # Problems have places, which may be others by now.
        take = self._once if self._before.get(key, (None, ()))[1] else self._again
        made = take(key, lambda: design_of(self.project, content, look, press))
        return found.take(made), found

    def cards(self, look: Look) -> Step[Cards]:
        """All faces with their marks; none if the look can't be drawn."""
        look = self.own(look)
        return self._once(("cards", look), lambda: self._cards(look))

    def _cards(self, look: Look) -> Step[Cards]:
        state, found = self.state[0], Found()
        cards, design = found.take(self._set_cards(look)), self.design(look)[0]
        if state is None or design is None or not cards:
            return (), found
        content = state.content
        cards = stamped(cards, state.marks if look == OWN else marks_in(state, look))
        found += colour_problems(content.deck.sections, design.palettes, self.project.files)
        fit = not blocks(found)
        return cards, [*found, *deck_problems(content.deck, cards, design, fit=fit)]

    def _set_cards(self, look: Look) -> Step[Cards]:
        """All faces, with the marks that words alone give them."""
        return self._once(("set cards", look), lambda: self._lay_out_cards(look))

    def _lay_out_cards(self, look: Look) -> Step[Cards]:
        (state, faults), design = self.by_words, self.design(look)[0]
        if state is None or design is None:
            return (), []
        content = state.content
        if blocks(p for p in faults if not about_workbook_but(content.workbook.key, p)):
            return (), []
        before: Step[Cards] = self._before.get(("set cards", look), ((), []))
        return set_deck(content.deck, content.workbook, design, state.marks, before[0])

    def workbook(self, role: str, look: Look) -> Step[tuple[Drawing, ...]]:
        """The pages of a role's workbook ("" for the deck's own)."""
        state, found = self.state[0], Found()
        if state is None:
            return (), found
        book = found.take(for_role(state.content, role)).workbook
        made = None if found else self._in_edition(state, book.key, look)
        if made is None:
            return (), found
        bare = without_words(state.content.deck)
        return self._once(("pages", book.key, self.own(look)), lambda: finished(made, bare))

    def asked(self, role: str, look: Look) -> Asked | None:
        """What a role's workbook asks; None if it can't be laid out."""
        state = self.state[0]
        book = for_role(state.content, role)[0].workbook if state else None
        made = self._in_edition(state, book.key, look) if state and book else None
        if state is None or made is None:
            return None
        bare = without_words(state.content.deck)
        key = ("asked", made.workbook.key, self.own(look))
        return self._once(key, lambda: asked_in(made, bare))

    @cached_property
    def asked_as_issued(self) -> tuple[Asked, ...]:
        """What each workbook asks once this deck is issued, in its own look and in large print."""
        issued, made = self.as_issued, list[Asked]()
        for book in issued.content.books if issued else ():
            for look in (OWN, Look(large_print=True)):
                pages = self._set_book(book.key, self.own(look))
                if issued and pages:
                    made.append(asked_in(pages, without_words(issued.content.deck)))
        return tuple(made)

    def _in_edition(self, state: EditionState, key: str, look: Look) -> SetWorkbook | None:
        """A workbook's pages as they are in the deck's edition, but for their feet."""
        look = self.own(look)
        made, bare = self._set_book(key, look), without_words(state.content.deck)
        if made is None:
            return None
        return self._once(("in edition", key, look), lambda: in_edition(made, bare))

    def _set_book(self, key: str, look: Look) -> SetWorkbook | None:
        """A workbook's pages as they are in any edition; no page sees the words of a card."""
        content, design = self.read[0], self.design(look)[0]
        book = content.workbook_of(key) if content else None
        if content is None or book is None or design is None:
            return None
        if blocks(p for p in self.read[1] if p.place.file == book.place.file):
            return None  # it may lack what its pages need
        bare = without_words(content.deck)
        # A design is known by its id: it lives at least as long as what was made in it.
        made_of = ("book", book, bare, id(design))
        return self._again(made_of, lambda: set_workbook(book, bare, design))
