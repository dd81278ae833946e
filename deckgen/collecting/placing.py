"""Which of the deck's workbooks a copy is, and each of its answers at today's question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from deckgen.model.answers import Asked, Copy, Identity, Question, Said

COVER = "cover."


class Placed(Struct, frozen=True):
    """A copy whose workbook is known. `said` go by today's names of fields, as far as they are
    asked; `asked_now` says by these names how questions differ today. `questions` are all that are
    known, by name; `notes` say what is odd about the whole.
    """

    asked: Asked
    identity: Identity
    said: tuple[Said, ...]
    questions: Mapping[str, Question]
    asked_now: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()

    @property
    def team(self) -> str:
        """What stands in the first line of the cover: who worked with the workbook."""
        first = next((q.field for q in self.asked.questions if is_cover(q.field)), "")
        return next((said.value for said in self.said if said.field == first), "")

    def words(self, said: Said) -> str:
        """An answer as people read it: of options their words."""
        question = self.questions.get(said.field)
        options = question.options if question else ()
        return next((o.words for o in options if o.value == said.value), said.value)


def is_cover(field: str) -> bool:
    """Whether a field is on the cover: who fills in the workbook, and no answer to a question."""
    return field.startswith(COVER)


class Known(Protocol):
    """What is known of the deck's workbooks, of all editions. `asked` is what was ever handed out,
    `questions` are today's.
    """

    deck: str
    asked: tuple[Asked, ...]
    questions: tuple[Question, ...]

    def placed(self, copy: Copy) -> Placed | None:
        """A copy at its place; None for one of another deck."""
