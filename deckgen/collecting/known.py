"""The workbooks of a project, of today and of all its editions: what came back is known by them."""

from __future__ import annotations

from msgspec import Struct

from deckgen.answers.asked import Settled, all_asked, asked_today, settle
from deckgen.model.answers import Asked, Copy, Question
from deckgen.options import Options
from deckgen.problem import Problem, blocks, in_order
from deckgen.products.job import Job
from deckgen.project import Project
from deckgen.proof.proof import Proof


class Known(Struct, frozen=True):
    """All workbooks that were `asked` to be filled in, of whatever edition, and those of today."""

    deck: str
    asked: tuple[Asked, ...]
    todays: tuple[Asked, ...]

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

    def settled(self, copy: Copy) -> Settled:
        """Which of the workbooks a copy is, and its answers at today's questions."""
        return settle(copy, self.asked, self.todays)


def known_of(project: Project) -> tuple[Known | None, list[Problem]]:
    """The workbooks of a project; None, with what is in the way, if they can't be laid out."""
    proof = Proof(project)
    content = proof.read[0]
    if content is None:
        return None, proof.read[1]
    roles = [book.key for book in content.books] or [""]
    found = [p for role in roles for p in Job(proof, Options(role=role)).problems("workbook")]
    if blocks(found):
        return None, in_order(found)
    todays = tuple(one for role in roles if (one := asked_today(proof, role)))
    return Known(content.deck.title, all_asked(proof), todays), []
