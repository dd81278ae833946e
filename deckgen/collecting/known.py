"""The workbooks of a project, of today and of all its editions: what came back is known by them."""

from __future__ import annotations

from msgspec import Struct

from deckgen.answers.asked import Settled, all_asked, asked_today, settle
from deckgen.collecting.teams import Teams, teams_in
from deckgen.model.answers import Asked, Copy, Question
from deckgen.options import Options
from deckgen.problem import Found, Problem, blocks, in_order
from deckgen.products.job import Job
from deckgen.project import Project
from deckgen.proof.proof import Proof


class Known(Struct, frozen=True):
    """All workbooks that were `asked` to be filled in, of whatever edition, and those of today.

    `teams` are names by the numbers that pages of paper have.
    """

    deck: str
    asked: tuple[Asked, ...]
    todays: tuple[Asked, ...]
    teams: dict[str, str] = {}

    @property
    def questions(self) -> tuple[Question, ...]:
        """Today's, each once: workbooks of several roles share some."""
        found = {q.field: q for one in reversed(self.todays) for q in one.questions}
        ordered = dict.fromkeys(q.field for one in self.todays for q in one.questions)
        return tuple(found[field] for field in ordered)

    @property
    def edition(self) -> str:
        """Today's, as workbooks carry it."""
        return next((one.identity.edition for one in self.todays), "")

    def unasked(self, copy: Copy, was: Asked) -> tuple[str, ...]:
        """The fields that a team's own workbook lacks of the whole one of that edition."""
        own, there = was.identity, set(copy.asked)
        if not there or copy.identity.code == own.code:  # a page of paper knows only its own
            there = {q.field for q in was.questions}
        alike = (one for one in self.asked if one.identity.workbook == own.workbook)
        whole = [one for one in alike if one.identity.edition == own.edition]
        most = max((one.questions for one in whole), key=len, default=())
        return tuple(q.field for q in most if q.field not in there)

    def settled(self, copy: Copy) -> Settled:
        """Which of the workbooks a copy is, and its answers at today's questions."""
        return settle(copy, self.asked, self.todays)


def known_of(
    project: Project, teams: tuple[str, bytes] | None = None
) -> tuple[Known | None, list[Problem]]:
    """The workbooks of a project, also those of a list of teams, given as its name and bytes.

    None, with what is in the way, if they can't be laid out. Raises NotInstalled for an .xlsx list.
    """
    proof = Proof(project)
    content = proof.read[0]
    if content is None:
        return None, proof.read[1]
    roles = [book.key for book in content.books] or [""]
    found = Found(p for role in roles for p in Job(proof, Options(role=role)).problems("workbook"))
    if blocks(found):
        return None, in_order(found)
    made_for = found.take(teams_in(proof, teams[1], teams[0])) if teams else Teams()
    if blocks(found):
        return None, in_order(found)
    todays = tuple(one for role in roles if (one := asked_today(proof, role)))
    asked = (*all_asked(proof), *made_for.asked)
    return Known(content.deck.title, asked, todays, made_for.names), []
