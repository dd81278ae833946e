"""What a workbook asks, what a file that came back says, and the table of all answers.

A question goes by its field's name, which is made of Ids and never of a place in the file.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from deckgen.geometry import Rect, Size


class Asks(StrEnum):
    """What is answered: words in a line or on several, a tick, one of some options, a day."""

    LINE = "line"
    LINES = "lines"
    TICK = "tick"
    OPTION = "option"
    DAY = "day"


class Option(Struct, frozen=True, gc=False):
    """One of the answers to choose from: how it is kept in the file, and what people read."""

    value: str
    words: str


class Spot(Struct, frozen=True, gc=False):
    """Where a question is answered: page from 1, rectangle in points from its lower left corner.

    `value` is the option that a mark in it means; "" for a box, and for a tick.
    """

    page: int
    rect: Rect
    value: str = ""


class Question(Struct, frozen=True, gc=False):
    """One field of a workbook. `frame`, `activity` and `words` are as people read them.

    `words` name the block, its hint, and where there are several answers the tick or the column;
    `row` counts the rows of a table from 1, 0 elsewhere. `digest` is the fingerprint of the words
    (hint and options included): an answer to other words is marked so. `once` are names that
    the field had in workbooks that were made before it had its own; the last is made of places
    alone. `told` is what its widget says to screen readers.
    """

    field: str
    asks: Asks
    words: str
    frame: str = ""
    activity: str = ""
    row: int = 0
    options: tuple[Option, ...] = ()
    digest: str = ""
    once: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()
    told: str = ""


class Identity(Struct, frozen=True):
    """Which workbook a file is, or was. `workbook` is the name of its content file.

    `code` is printed at the foot and in the corners: six digits that stand for all the others
    but the team, and for where the boxes lie. "" and 0 are what nobody knows.
    """

    deck: str = ""
    workbook: str = ""
    edition: str = ""
    language: str = ""
    large_print: bool = False
    code: str = ""
    team: str = ""
    pages: int = 0


class Asked(Struct, frozen=True):
    """A workbook as it was handed out, by an edition or today: all its questions in order.

    `size` is that of its paper; None if nobody knows.
    """

    identity: Identity
    title: str
    role: str
    questions: tuple[Question, ...]
    size: Size | None = None


class How(StrEnum):
    """How an answer was got: from a field, off a page by its place, or from a person's eyes."""

    TYPED = "typed"
    READ = "read"
    CONFIRMED = "confirmed"


class Said(Struct, frozen=True):
    """What a file says in one field. `others`: what it says as well, where two places disagree.

    `note` says in words what a person should look at; with one, the answer needs review. `crop`
    is the PNG of what stands in the box, if its words were not read.
    """

    field: str
    value: str
    how: How = How.TYPED
    others: tuple[str, ...] = ()
    note: str = ""
    crop: bytes = b""


class Beside(Struct, frozen=True):
    """What a person put into a file beside its fields.

    `kind` is "comment", "text", "ink", "stamp", "drawn" (into the page), "link",
    "attachment" or "page"; `page` counts from 1, 0 for the file; `words` is what it says, or its
    name.
    """

    kind: str
    page: int
    words: str = ""


class Kept(Struct, frozen=True, gc=False):
    """An answer to a question that was another once: with its words and its edition of then.

    If it is `gone`, the answer stands on a page behind the workbook, else in the field. A field
    with a "?" behind it is still there, but can't hold this.
    """

    field: str
    value: str
    question: str
    activity: str = ""
    row: int = 0
    edition: str = ""
    gone: bool = False


class Copy(Struct, frozen=True):
    """One filled-in workbook: what it says of itself, and its answers that are not empty.

    `asked` has the fingerprint of each question's words, by field, as far as the file tells;
    `fields` all fields that were there, and `told` what their tooltips say. `missing` are the pages
    that a file of paper lacks, and `files` those that its pages came in, if they are several.
    `kept` came from editions before the copy's own.
    """

    identity: Identity = Identity()
    said: tuple[Said, ...] = ()
    fields: frozenset[str] = frozenset()
    asked: dict[str, str] = {}
    missing: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    told: dict[str, str] = {}
    files: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()


class Returned(Struct, frozen=True):
    """A file that came back: the workbooks in it, what stands beside their fields, and notes.

    `notes` name what had to be mended or could not be read. `refused` says why the file gives
    no answers at all and what to do. `title` is what it calls itself, which is all that some
    older workbooks say.
    """

    copies: tuple[Copy, ...] = ()
    beside: tuple[Beside, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[str, str] | None = None
    title: str = ""


class Verdict(StrEnum):
    """What became of a workbook that came back."""

    OK = "ok"
    NOTES = "ok with notes"
    REVIEW = "needs review"
    REJECTED = "rejected"


class Answer(Struct, frozen=True):
    """A row of the table: one answer. `source` is the number of its workbook in the other sheet.

    `asked_now` says how today's words of the question differ ("" if they don't): "asked
    differently in edition 1", "no longer asked". `note` says what to review.
    """

    source: int
    file: str
    team: str
    role: str
    edition: str
    frame: str
    activity: str
    question: str
    row: int
    value: str
    how: How
    field: str
    asked_now: str = ""
    note: str = ""
    crop: bytes = b""


class Source(Struct, frozen=True):
    """A row of the other sheet: one workbook that came back, or a file that gave none.

    `unasked` are the fields of the whole workbook that this one was handed out without.
    """

    number: int
    file: str
    team: str
    role: str
    edition: str
    verdict: Verdict
    reason: str
    answers: int = 0
    identity: Identity = Identity()
    unasked: tuple[str, ...] = ()


class AnswerTable(Struct, frozen=True):
    """Everything that came back: the answers in the order of files and questions, and the files.

    `questions` are today's, so that a report can also say what nobody answered.
    """

    deck: str
    answers: tuple[Answer, ...]
    sources: tuple[Source, ...]
    questions: tuple[Question, ...] = ()
