"""A project laid out, with the parts that tests look at under plain names."""

from __future__ import annotations

from deckgen.options import Options
from deckgen.problem import Problem, blocks
from deckgen.products.job import Job, check
from deckgen.project import Project
from deckgen.proof.proof import Proof


class Layout(Job):
    """A job whose problems have been looked at."""

    @property
    def cards(self):  # type: ignore[no-untyped-def]
        return self.proof.cards(self.options.look)[0]

    @property
    def workbook(self):  # type: ignore[no-untyped-def]
        return self.pages()


def lay_out(project: Project, options: Options) -> tuple[Layout | None, list[Problem]]:
    """Everything that a usual build shows; None if any problem is an error."""
    layout = Layout(Proof(project), options)
    problems = check(layout.proof, options)
    return (None if blocks(problems) else layout), problems
