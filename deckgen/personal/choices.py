"""Workbooks as they are handed out: whose, with which activities, in which print."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.geometry import Rect
from deckgen.layout.workbooks.corner_codes import without_page_code
from deckgen.layout.workbooks.workbook import SetWorkbook, asked_in, finished, set_workbook
from deckgen.model.answers import Asked
from deckgen.model.bare import without_words
from deckgen.model.drawing import Drawing, Field
from deckgen.model.workbook import Part, TimeFrame, Workbook
from deckgen.options import Options
from deckgen.problem import Found, Problem, blocks
from deckgen.products.job import Job
from deckgen.proof.proof import Proof

COVER = "cover."


class Choice(Struct, frozen=True, order=True):
    """A workbook by the name of its file, which activities it has (none named: all), its print."""

    role: str
    activities: tuple[str, ...] = ()
    large_print: bool = False


class LaidOut(Struct, frozen=True, eq=False):
    """The finished pages of a choice without their page codes, and where these stand.

    `asked` says which workbook it is, `cover` has the lines of its cover with their fields' names.
    """

    job: Job
    made: SetWorkbook
    codes: tuple[Rect | None, ...]
    asked: Asked
    cover: tuple[tuple[str, str], ...]
    fields: dict[str, tuple[Field, ...]]

    @property
    def code(self) -> str:
        """The six digits that stand for the workbook."""
        return self.asked.identity.code

    @property
    def book(self) -> Workbook:
        """The words of the workbook."""
        return self.made.workbook

    @property
    def design(self) -> Design:
        """How it looks."""
        return self.made.design

    @property
    def pages(self) -> tuple[Drawing, ...]:
        """The pages without their codes."""
        return self.made.drawings


def lay_out(proof: Proof, options: Options, choice: Choice) -> tuple[LaidOut | None, list[Problem]]:
    """The pages of a choice; None if there is an error. The role must be there."""
    large = choice.large_print or options.large_print
    job = Job(proof, replace(options, role=choice.role, large_print=large))
    found = Found(job.problems("workbook"))
    if blocks(found):
        return None, found
    content, design = job.content, job.design
    book = _only(content.workbook, choice.activities) if choice.activities else content.workbook
    deck = without_words(content.deck)
    made = set_workbook(book, deck, design)
    drawings = found.take(finished(made, deck))
    if blocks(found):
        return None, found
    parted = [without_page_code(drawing) for drawing in drawings]
    pages = tuple(page for page, _ in parted)
    fields: dict[str, tuple[Field, ...]] = {}
    for field in (m for page in pages for m in page.marks() if isinstance(m, Field)):
        fields[field.name] = (*fields.get(field.name, ()), field)
    lines = [name for name in fields if name.startswith(COVER)]
    cover = tuple(zip(book.cover_fields, lines, strict=True))
    spots = tuple(spot for _, spot in parted)
    asked, made = asked_in(made, deck), SetWorkbook(book, design, deck, pages, ())
    return LaidOut(job, made, spots, asked, cover, fields), found


def _only(book: Workbook, keys: Collection[str]) -> Workbook:
    """A workbook with these activities alone, and without time frames that have none left.

    What stays is called as before: numbers and names of fields are the same.
    """
    parts: list[Part | TimeFrame] = []
    for part in book.parts:
        if isinstance(part, TimeFrame):
            part = replace(part, activities=tuple(a for a in part.activities if a.key in keys))
            if not part.activities:
                continue
        parts.append(part)
    return replace(book, parts=tuple(parts))
