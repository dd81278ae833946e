"""Small workbooks, what they ask, and copies of them that came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import json
from msgspec.structs import replace

from deckgen.answers.older import placed
from deckgen.content.workbook import read_workbook
from deckgen.geometry import Rect, Size
from deckgen.layout.workbooks.asked import asked_of, carried
from deckgen.model.answers import Asked, Copy, Identity, Said
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing, Element, Field, FieldKind, Role
from deckgen.model.edition import Edition
from deckgen.model.workbook import Choice, Rating, Workbook
from deckgen.problem import Place

FILE = "content/workbooks/wardens.md"
_LINES = {
    "box": "#### What do you see?\nBox\n{hint}\n",
    "rating": "#### How well?\nRating\nMark one.\n{steps}",
    "ticks": "#### Before you go\nChecklist\n{ticks}",
    "table": "#### Actions\nTable: What, Who, State (choice: Open, Done)\nRows: 2\n",
}


def activity(
    title: str,
    hint: str = "Look.",
    ticks: Sequence[str] = ("Doors", "Windows"),
    steps: Sequence[str] = ("Badly", "Well"),
) -> str:
    """An activity with a block of each sort; `title` may go on with an Id on a line of its own."""
    said = {
        "hint": hint,
        "ticks": "".join(f"- {tick}\n" for tick in ticks),
        "steps": "".join(f"- {step}\n" for step in steps),
    }
    blocks = "\n".join(lines.format(**said) for lines in _LINES.values())
    return f"### {title}\nGoal: See.\n\n{blocks}\n"


def text_of(frames: Mapping[str, Sequence[str]], cover: str = "Home, Start") -> str:
    """A workbook with these activities in its time frames."""
    head = f"# Safe\nRole: Wardens\nCover fields: {cover}\n\n"
    parts = (f"## {name}\nWhen: soon\n\n{''.join(each)}" for name, each in frames.items())
    return head + "\n".join(parts) + "\n## Signed\nSignature: Name, Day\n\nAll of us.\n"


def book_of(text: str) -> Workbook:
    """The workbook of a text, which may lack Ids."""
    book, found = read_workbook(text, FILE, "wardens")
    assert {problem.code for problem in found} <= {"answer-id-missing"}, found
    return book


def asked(text: str, edition: str = "1", deck: str = "Fire", *, draft: bool = False) -> Asked:
    """What a workbook asks, each field on a page of its own and told to listeners."""
    book = book_of(text)
    fields = [*(f"cover.{key}" for key in book.cover_ids), *(n for n, _ in book.field_names())]
    blocks = dict(book.field_names())
    marks = []
    for number, name in enumerate(fields):
        area, block = Rect(10, 10.0 * number, 100, 9), blocks.get(name)
        if isinstance(block, Rating | Choice):
            kind = FieldKind.RADIO
            marks += [Field(kind, name, "", area, value=value) for value in block.ids]
        else:
            marks.append(Field(FieldKind.LINE, name, "", area))
    page = Drawing("p", "1", Size(600, 800), 0.0, (Element(Role.P, tuple(marks)),), ())
    days = date(2026, 1, 1), date(2027, 1, 1)
    made = Deck(
        *(deck, "", "", "", "en", Edition(edition, *days, draft)), (), (), (), Place("deck.toml")
    )
    return asked_of(book, made, [page], large_print=False)


def copy_of(one: Asked, values: Mapping[str, str], team: str = "") -> Copy:
    """A file of today that came back with all that it says of itself."""
    known = json.decode(carried(one, team))
    questions = known.pop("asked")
    said = tuple(Said(field, value) for field, value in values.items())
    return Copy(Identity(**known), said, frozenset(questions), questions)


def old_copy(one: Asked, values: Mapping[str, str], told: Mapping[str, str] | None = None) -> Copy:
    """A file from when names were places, which says nothing of itself; `values` by today's names,
    options by their numbers.
    """
    names = {question.field: placed(question) for question in one.questions}
    said = tuple(Said(names[field], value) for field, value in values.items())
    return Copy(said=said, fields=frozenset(names.values()), told=dict(told or {}))


def told_by(one: Asked) -> Asked:
    """The same with tooltips as layout writes them: activities are counted in them."""
    counted = {q.field: placed(q).partition(".")[0] for q in one.questions}
    questions = (
        replace(q, told=f"{counted[q.field].replace('-', ', activity ')}: {q.words}")
        for q in one.questions
    )
    return replace(one, questions=tuple(questions))
