"""The workbooks of a project, as far as what came back has to be known by them."""

from __future__ import annotations

from deckgen.collecting.placing import Known, Placed
from deckgen.model.answers import Asked, Copy
from deckgen.options import Options
from deckgen.problem import Problem, blocks
from deckgen.products.job import Job
from deckgen.project import Project
from deckgen.proof.proof import Proof


def known_of(project: Project) -> tuple[Known | None, list[Problem]]:
    """All workbooks of a project; None, with what is in the way, if they can't be laid out."""
    proof = Proof(project)
    content = proof.read[0]
    if content is None:
        return None, proof.read[1]
    asked: list[Asked] = []
    for book in content.books:
        job = Job(proof, Options(role=book.key))
        problems = job.problems("workbook")
        if blocks(problems):
            return None, problems
        asked.append(job.asked)
    return _Deck(content.deck.title, tuple(asked)), []


class _Deck:
    """Knows each workbook as it is today."""

    def __init__(self, deck: str, asked: tuple[Asked, ...]) -> None:
        self.deck, self.asked = deck, asked
        questions = {q.field: q for one in asked for q in one.questions}
        self.questions = tuple(questions.values())

    def placed(self, copy: Copy) -> Placed | None:
        """A copy at its place; None for one of another deck."""
        best = max(self.asked, key=lambda a: len(copy.fields & {q.field for q in a.questions}))
        questions = {q.field: q for q in best.questions}
        if copy.fields.isdisjoint(questions):
            return None
        gone = {s.field: "no longer asked" for s in copy.said if s.field not in questions}
        return Placed(best, best.identity, copy.said, questions, gone)
