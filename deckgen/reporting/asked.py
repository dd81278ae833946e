"""What each field of a deck's workbooks asks, and which fields belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from deckgen.model.answers import Asks, Option, Question
from deckgen.model.text import as_text, plain
from deckgen.model.workbook import (
    Activity,
    Block,
    Checklist,
    Choice,
    Column,
    Date,
    Part,
    Rating,
    Signature,
    Summary,
    Table,
    TimeFrame,
    Workbook,
    field_name,
)

_COVER = "cover."


class Sort(StrEnum):
    """What sort of answer a field takes. `NAME` is a short line, in which names stand."""

    WORDS = "words"
    NAME = "name"
    DAY = "day"
    TICK = "tick"
    CHOICE = "choice"
    RATING = "rating"


class Field(Struct, frozen=True):
    """A field, and what people read beside it.

    `row` names the row of a table that it is in, with all the others of that row; "" elsewhere.
    `block` names its block in the same way. `workbook` is that which has it, "" if nobody knows.
    """

    name: str
    sort: Sort
    title: str
    frame: str = ""
    activity: str = ""
    column: str = ""
    block: str = ""
    row: str = ""
    row_title: str = ""
    workbook: str = ""
    options: tuple[Option, ...] = ()
    order: int = 0

    @property
    def heading(self) -> tuple[str, str]:
        """What its answers stand under: time frame and activity, or the name of a part."""
        return self.frame, self.activity

    def option(self, value: str) -> int | None:
        """Which of the options an answer is; None for another."""
        bare = value.strip().casefold()
        for number, option in enumerate(self.options):
            if bare in (option.value.casefold(), option.words.casefold()):
                return number
        return None

    def said(self, value: str) -> str:
        """An answer as people read it."""
        number = self.option(value)
        return value if number is None else self.options[number].words


class Asked(Struct, frozen=True):
    """All fields of the workbooks, by name."""

    fields: dict[str, Field]

    def rows(self) -> dict[str, tuple[Field, ...]]:
        """The rows of tables, each with its fields."""
        found: dict[str, list[Field]] = {}
        for field in self.fields.values():
            if field.row:
                found.setdefault(field.row, []).append(field)
        return {row: tuple(fields) for row, fields in found.items()}


class Roles(Struct, frozen=True):
    """Which fields of a row say what is to be done, by whom, by when, and how far it is."""

    what: str
    day: str
    who: str = ""
    status: str = ""


def asked_in(books: Iterable[Workbook], questions: Iterable[Question]) -> Asked:
    """What the workbooks ask today; a table's own `questions` say what their options are."""
    found: dict[str, Field] = {}
    for book in books:
        for field in _fields_of(book):
            found.setdefault(field.name, replace(field, order=len(found)))
    for question in questions:
        known = found.get(question.field)
        if known is None:
            found[question.field] = replace(_unknown(question), order=len(found))
        else:
            found[question.field] = _with(known, question)
    return Asked(found)


def roles_in(row: Iterable[Field]) -> Roles | None:
    """What the fields of a row are for, by their kinds; None if it is no row of actions.

    A row of actions has a day. What is to be done are the words with the most room; who does it is
    the next short line, and how far it is, what is chosen or ticked.
    """
    fields = tuple(row)
    days = [f for f in fields if f.sort is Sort.DAY]
    words = [f for f in fields if f.sort is Sort.WORDS]
    if not days or not words:
        return None
    names = [f for f in fields if f.sort is Sort.NAME] + words[1:]
    states = [f for f in fields if f.sort in (Sort.CHOICE, Sort.TICK)]
    states.sort(key=lambda f: f.sort is Sort.TICK)
    who, status = (fields[0].name for fields in ([*names, _NOBODY], [*states, _NOBODY]))
    return Roles(words[0].name, days[0].name, who, status)


_NOBODY = Field("", Sort.NAME, "")


def _fields_of(book: Workbook) -> Iterator[Field]:
    for name, label in zip(
        _ids(book, "cover_ids", book.cover_fields), book.cover_fields, strict=True
    ):
        key = book.key
        yield Field(f"{_COVER}{name}", Sort.NAME, label, column=label, block=_COVER, workbook=key)
    frames = {frame.key: frame.name for frame in book.frames}
    for part in book.parts:
        yield from _of_part(part, book.key, frames)


def _of_part(part: Part | TimeFrame, book: str, frames: dict[str, str]) -> Iterator[Field]:
    if isinstance(part, Part):
        for block in part.blocks:
            yield from _of_block(block, Field(part.fields, Sort.WORDS, part.title, part.title,
                                              workbook=book), frames)  # fmt: skip
        return
    for block in part.blocks:
        start = Field(part.key, Sort.WORDS, part.name, part.name, workbook=book)
        yield from _of_block(block, start, frames)
    for activity in part.activities:
        yield from _of_activity(activity, part, book, frames)


def _of_activity(
    activity: Activity, frame: TimeFrame, book: str, frames: dict[str, str]
) -> Iterator[Field]:
    start = Field(activity.key, Sort.WORDS, "", frame.name, activity.title, workbook=book)
    for block in activity.blocks:
        yield from _of_block(block, start, frames)


def _of_block(block: Block, start: Field, frames: dict[str, str]) -> Iterator[Field]:
    """The fields of a block; `start` says where it stands, and what it is called without a name."""
    name = f"{start.name}.{block.id}".rstrip(".")
    title = plain(as_text(block.title)) or start.title
    known = replace(start, name=name, title=title, block=name)
    if isinstance(block, Table | Summary):
        yield from _of_rows(block, known, frames)
    elif isinstance(block, Signature):
        for line in block.lines:
            said, at = plain(as_text(line.title)), field_name(name, line.id)
            yield replace(known, name=at, sort=Sort.NAME, column=said)
    elif isinstance(block, Checklist):
        ends = block.field_names(tuple(frames))
        for end, item in zip(ends, block.items, strict=True):
            at, words = field_name(name, end), _words_of(item)
            yield replace(known, name=at, sort=Sort.TICK, column=words)
    else:
        sort, options = _alone(block)
        for end in block.field_names(tuple(frames)):
            yield replace(known, name=field_name(name, end), sort=sort, options=options)


def _alone(block: Block) -> tuple[Sort, tuple[Option, ...]]:
    """What a block with one answer asks."""
    if isinstance(block, Rating):
        return Sort.RATING, _options(block.steps, _ids(block, "ids", block.steps))
    if isinstance(block, Choice):
        return Sort.CHOICE, _options(block.options, _ids(block, "ids", block.options))
    return (Sort.DAY if isinstance(block, Date) else Sort.WORDS), ()


def _of_rows(block: Table | Summary, known: Field, frames: dict[str, str]) -> Iterator[Field]:
    titles = list(frames.values())
    if isinstance(block, Table):
        each = plain(as_text(block.each))
        titles = [f"{each} {number}" for number in range(1, block.rows + 1)]
    columns = tuple(zip(block.columns, _sorts(block.columns), strict=True))
    ends = block.field_names(tuple(frames))  # row by row
    for end, (title, (column, sort)) in zip(ends, product(titles, columns), strict=True):
        name = field_name(known.name, end)
        yield replace(
            known,
            name=name,
            sort=sort,
            column=plain(as_text(column.title)),
            row=name.rpartition(".")[0],
            row_title=title,
            options=_options(column.options),
        )


_SORTS = {"wide": Sort.WORDS, "date": Sort.DAY, "tick": Sort.TICK, "choice": Sort.CHOICE}


def _sorts(columns: tuple[Column, ...]) -> list[Sort]:
    """What each column takes; the first one takes words, unless another has more room."""
    sorts = [_SORTS.get(column.kind, Sort.NAME) for column in columns]
    if Sort.WORDS not in sorts and Sort.NAME in sorts:
        sorts[sorts.index(Sort.NAME)] = Sort.WORDS
    return sorts


def _ids(of: object, name: str, things: Sequence[object]) -> Sequence[str]:
    """What the things that a block has go by: Ids of their own, or else their numbers."""
    known: Sequence[str] = getattr(of, name, ())
    return known or [f"{number}" for number in range(1, len(things) + 1)]


def _options(given: Iterable[object], ids: Sequence[str] = ()) -> tuple[Option, ...]:
    """Options by what they are kept as in a file: their Ids, or their words."""
    said = [_words_of(option) for option in given]
    return tuple(Option(*pair) for pair in zip(ids or said, said, strict=True))


def _words_of(given: object) -> str:
    """The words of an option, a step or a tick, whichever way a block holds them."""
    if isinstance(given, str):
        return given
    if isinstance(given, tuple):
        return plain(given)
    return _words_of(getattr(given, "words", None) or getattr(given, "text", ""))


def _with(known: Field, question: Question) -> Field:
    options = question.options or known.options
    return replace(known, options=options)


def _unknown(question: Question) -> Field:
    """A question that no workbook of today has: its answers are words."""
    sort = Sort.NAME if question.asks is Asks.LINE else Sort.WORDS
    if question.asks is Asks.OPTION:
        sort = Sort.CHOICE
    return Field(
        question.field,
        Sort.TICK if question.asks is Asks.TICK else sort,
        question.words,
        question.frame,
        question.activity,
        block=question.field,
        options=question.options,
    )
