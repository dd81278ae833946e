"""One job: a proof, what is asked for, and what all products that are made of it share."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from msgspec.structs import replace

from deckgen.content.deck import FILE
from deckgen.content.load import Content, about_cards
from deckgen.design.load import Design
from deckgen.design.load_press import press_setting_problems
from deckgen.layout.faces.deck import CardFaces
from deckgen.layout.papers.guide import Printing, lay_out_guide
from deckgen.layout.workbooks.asked import carried
from deckgen.model.answers import Asked, Kept
from deckgen.model.bare import without_words
from deckgen.model.drawing import Drawing
from deckgen.model.text import plain, words
from deckgen.model.workbook import NO_WORKBOOK
from deckgen.options import Look, Options
from deckgen.problem import Found, Place, Problem, in_order, problem
from deckgen.products.result import Progress, silent
from deckgen.products.table import BY_NAME, USUAL, wanted_of
from deckgen.proof.choice import chosen_cards, dealt_cards, for_role
from deckgen.proof.printer import PrinterPlan, printing_of
from deckgen.proof.proof import Proof
from deckgen.proof.read import about_workbook_but
from deckgen.sheets.finishing import words_in_the_hole
from deckgen.sheets.imposition import Plan, Turn, impose, sheet_count
from deckgen.sheets.registration import corrected
from deckgen.sheets.sheet import SheetSide
from deckgen.wording.names import LARGE_PRINT, edition_stamp
from deckgen.wording.say import Value

if TYPE_CHECKING:
    from deckgen.pdf.metadata import DocumentInfo

_Value = TypeVar("_Value")


class Job:
    """What is made in one command. Each product's files are drawn once, whoever asks for them.

    Products ask for values only when nothing that they need `blocks`. What is asked for is in the
    look of the options; a product with a look of its own goes on with the job `seen` in that.
    """

    def __init__(
        self,
        proof: Proof,
        options: Options,
        progress: Progress = silent,
        look: Look | None = None,
    ) -> None:
        self.proof, self.options, self.progress = proof, options, progress
        self.look = look or options.look
        self._drawn: dict[str, tuple[bytes, ...]] = {}

    def problems(self, *names: str) -> list[Problem]:
        """What the products of these names have to say of the project, each once."""
        found = [p for name in names for p in BY_NAME[name].maker.needs(self)]
        if not found:
            return []
        from deckgen.proof.letters import letters_placed  # which nobody needs whose deck is sound

        return in_order(letters_placed(found, self.proof.project.files))

    def files(self, name: str) -> tuple[bytes, ...]:
        """A product's files."""
        if name not in self._drawn:
            product = BY_NAME[name]
            self.progress(product.step)
            self._drawn[name] = product.maker.draw(self)
        return self._drawn[name]

    def seen(self, look: Look) -> Job:
        """The same job in another look."""
        return Job(self.proof, self.options, self.progress, look)

    def made_of(self, names: Collection[str]) -> tuple[str, ...]:
        """What of the usual products can be made; whatever else was asked for is all wanted."""
        wanted = wanted_of(names)
        left_out = wanted == USUAL and not self.has_workbook
        return tuple(n for n in wanted if not (left_out and BY_NAME[n].of_workbook))

    # What products need.

    def of_words(self) -> Found:
        """The problems of the folder, of the deck's settings and of its editions."""
        return Found(p for p in self.proof.state[1] if not self._apart(p))

    def _apart(self, found: Problem) -> bool:
        content = self.proof.read[0]
        if content is None or about_cards(found):
            return about_cards(found)
        book = for_role(content, self.options.role)[0].workbook
        return about_workbook_but(book.key, found)

    def of_cards(self) -> Found:
        """The problems of the cards, of those that were chosen, and of what they look like."""
        found = self.of_words()
        found += filter(about_cards, self.proof.state[1])
        found.take(self.proof.design(self.look))
        if self.proof.state[0]:
            found += self._choice[1]
            cards = found.take(self.proof.cards(self.look))
            found += self._in_the_hole(cards)
        return found

    def of_sheets(self) -> Found:
        """Those of cards, and of how they are put on sheets."""
        found = self.of_cards()
        if self.proof.design(self.look)[0]:
            found.take(self._printing)
        return found

    def of_pages(self) -> Found:
        """The problems of a workbook, which shows no words of a card; that there is none, too."""
        found = self.of_words()
        if not self.has_workbook:
            said = "This deck has no workbook."
            todo = "Name one as workbook = …, as docs/workbooks.md shows, or build something else."
            found.append(problem("file-missing", Place(FILE), said, todo))
        found.take(self.proof.design(self.look))
        found.take(self.proof.workbook(self.options.role, self.look))
        return found

    @property
    def has_workbook(self) -> bool:
        """Whether there is a workbook: a deck may do without one."""
        content = self.proof.read[0]
        role = self.options.role
        return content is None or for_role(content, role)[0].workbook != NO_WORKBOOK

    def of_guide(self) -> list[Problem]:
        """The problems of the printing guide, once those of the sheets don't block."""
        return self._guide[1]

    def _in_the_hole(self, cards: tuple[CardFaces, ...]) -> list[Problem]:
        """Words that the hole would cut; one Problem is enough, as faces are alike."""
        hole_mm = self.options.hole_mm
        for face in (side for faces in cards for side in (faces.front, faces.back) if hole_mm):
            cut = words_in_the_hole(face, hole_mm, self.design.book)
            if cut:
                found = f"On {face.label}, “{cut.strip()}” stands where the hole would be."
                todo = "Use another theme, such as gallery, or leave --hole out."
                return [problem("hole-in-words", self.content.deck.place, found, todo)]
        return []

    # What they are made of.

    @cached_property
    def _choice(self) -> tuple[Any, list[Problem]]:
        found = Found()
        content = found.take(for_role(_there(self.proof.state[0]).content, self.options.role))
        return (content, found.take(chosen_cards(content, self.options))), found

    @property
    def content(self) -> Content:
        """The words, with the workbook of the role that was asked for."""
        content: Content = self._choice[0][0]
        return content

    @property
    def design(self) -> Design:
        """The look that was asked for."""
        return _there(self.proof.design(self.look)[0])

    def chosen(self) -> tuple[CardFaces, ...]:
        """The cards that were asked for, as often as they were."""
        return dealt_cards(self.proof.cards(self.look)[0], self._choice[0][1])

    def pages(self) -> tuple[Drawing, ...]:
        """The workbook."""
        return self.proof.workbook(self.options.role, self.look)[0]

    @cached_property
    def _printing(self) -> tuple[PrinterPlan, list[Problem]]:
        return printing_of(self.proof.project.files, self.options, self.design.stock)

    @property
    def plan(self) -> Plan:
        """How the cards are put on sheets."""
        return self._printing[0][1]

    def sides(self, cards: tuple[CardFaces, ...] | None = None) -> tuple[SheetSide, ...]:
        """The sides of the sheets as they are printed, backs moved as the printer needs it."""
        stock, say = self.design.stock, self.design.say
        stamp = edition_stamp(self.content.deck.edition, say)
        printer, plan = self._printing[0]
        sides = impose(cards or self.chosen(), stock, plan, stamp, self.design.book, say)
        return corrected(sides, printer, stock) if printer else sides

    @property
    def guide(self) -> tuple[Drawing, ...]:
        """How to print, cut and sort what follows."""
        return self._guide[0]

    @cached_property
    def _guide(self) -> tuple[tuple[Drawing, ...], list[Problem]]:
        bare, plan = without_words(self.content.deck), self.plan
        cards = len(self.proof.cards(self.look)[0])
        sheets = sheet_count(cards, self.design.stock, plan)
        fold = self.design.stock.fold[0] if plan.turn is Turn.FOLD else ""
        indexes = cards - len(bare.cards)
        printing = Printing(plan.turn.value, plan.order.value, plan.copies, sheets, fold, indexes)
        return lay_out_guide(bare, self.content.workbook, self.design, printing)

    def said(self, key: str, **values: Value) -> str:
        """Words of deckgen's own, for a place that takes letters alone."""
        return plain(self.design.say(key, **values))

    def titled(self, key: str, title: str = "", **values: Value) -> str:
        """The title of a file, made of the deck's, or of another `title`."""
        return self.said(key, title=words(title or self.content.deck.title), **values)

    def info(self, title: str, subject: str = "", *, printed: bool = False) -> DocumentInfo:
        """What a file says about itself; `printed` ones are for an office printer."""
        from deckgen.pdf.metadata import DocumentInfo

        deck = self.content.deck
        if self.design.sizing.large_print:
            title = self.titled(LARGE_PRINT, title)
        return DocumentInfo(
            title=title,
            author=deck.publisher,
            subject=subject or deck.subtitle,
            language=deck.language,
            issued=self.proof.project.date_of(deck.edition.issued),
            edition=deck.edition.number,
            duplex=_duplex(self.plan.turn) if printed else None,
            actual_size=printed,
        )

    def book_info(self, team: str = "", kept: Sequence[Kept] = ()) -> DocumentInfo:
        """What a workbook's file says about itself: which one it is, whose, and what it `kept`."""
        book = self.content.workbook
        own = carried(self.asked, team, kept)
        return replace(self.info(book.title, book.subtitle), carried=own)

    @property
    def asked(self) -> Asked:
        """What the workbook asks, once it can be laid out."""
        return _there(self.proof.asked(self.options.role, self.look))

    @property
    def paper(self) -> str:
        """The sheets' paper, as it stands in names of files."""
        return re.sub(r"[^a-z0-9]+", "-", self.design.stock.paper.lower()).strip("-")

    def made_for(self) -> str:
        """The part of a name of sheets that says for which printer they are."""
        turn = self.plan.turn
        named = f"-{turn}" * (turn in (Turn.SINGLE, Turn.FOLD))
        return named + f"-for-{self.options.printer}" * bool(self.options.printer)

    @property
    def role(self) -> str:
        """The part of a name that says whose workbook it is."""
        return f"-{self.content.workbook.key}" * bool(self.options.role)

    @property
    def variant(self) -> str:
        """The part of a name that sets cards in large print, and some cards, apart."""
        return self.large + "-selection" * self.options.selects

    @property
    def large(self) -> str:
        """The part of a name that says so of large print."""
        return "-large-print" * self.design.sizing.large_print


def check(proof: Proof, options: Options) -> list[Problem]:
    """Every problem that a build of the usual products would meet, and those of the other
    workbooks and of the press's settings, in order of place.
    """
    job, press = Job(proof, options), press_setting_problems(proof.project.files)
    return in_order([*proof.state[1], *press, *job.problems(*job.made_of(USUAL))])


def _there(value: _Value | None) -> _Value:
    assert value is not None, "asked for before its problems were"
    return value


def _duplex(turn: Turn) -> Literal["long", "short"] | None:
    """What the print window should propose; nothing for sheets that are printed on one side."""
    if turn is Turn.SHORT:
        return "short"
    return "long" if turn is Turn.LONG else None
