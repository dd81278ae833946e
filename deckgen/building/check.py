"""Everything that is wrong with a project, without building anything."""

from __future__ import annotations

from deckgen.options import Options
from deckgen.problem import Problem
from deckgen.products.job import check as check_proof
from deckgen.project import Project
from deckgen.proof.proof import Proof


def check(project: Project, options: Options | None = None) -> list[Problem]:
    """Every problem that a build would meet, in order of place."""
    return check_proof(Proof(project), options or Options())
