"""What each field of a deck's workbooks asks, and which fields belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from deckgen.model.answers import Asks, Option, Question
from deckgen.model.text import Worded, as_text, plain
from deckgen.model.workbook import (
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
    `block` names its block in the same way. `workbooks` are those that have it.
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
    workbooks: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()

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
    """All fields of the workbooks, by name.

    Two workbooks may use a name for two things: `others` has what the second is called here, by
    its workbook and its own name.
    """

    fields: dict[str, Field]
    others: dict[tuple[str, str], str] = {}

    def name_of(self, name: str, workbook: str, heading: tuple[str, str]) -> str:
        """What a field is called here that stands in a workbook, or below a heading."""
        if workbook:
            return self.others.get((workbook, name), name)
        known = self.fields.get(name)
        if known is None or known.heading == heading:
            return name
        named = (other for (_, own), other in self.others.items() if own == name)
        return next((n for n in named if self.fields[n].heading == heading), name)

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
    found, others = dict[str, Field](), dict[tuple[str, str], str]()
    for book in books:
        blocks: dict[str, list[Field]] = {}
        for field in _fields_of(book):
            blocks.setdefault(field.block, []).append(field)
        for fields in blocks.values():
            if any(not _same(found.get(f.name, f), f) for f in fields):
                others |= {(book.key, f.name): _beside(book, f.name) for f in fields}
                fields = [_of_its_own(book, f) for f in fields]
            for field in fields:
                known = found.get(field.name, field)
                both = dict.fromkeys((*known.workbooks, book.key))
                found[field.name] = replace(known, workbooks=tuple(both))
    for question in questions:
        if question.field not in found:
            found[question.field] = _unknown(question)
        elif question.options:
            known = found[question.field]
            found[question.field] = replace(known, options=question.options)
    return Asked(found, others)


def _same(one: Field, other: Field) -> bool:
    """Whether two workbooks ask the same by a name."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("sort", "title", "frame", "activity", "column")
    )


def _beside(book: Workbook, name: str) -> str:
    return f"{book.key}/{name}"


def _of_its_own(book: Workbook, field: Field) -> Field:
    """A field under a name that no other workbook uses."""
    row = _beside(book, field.row) if field.row else ""
    name, block = _beside(book, field.name), _beside(book, field.block)
    return replace(field, name=name, block=block, row=row)


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
    for name, label in zip(_ids(book.cover_ids, book.cover_fields), book.cover_fields, strict=True):
        yield Field(f"{_COVER}{name}", Sort.NAME, label, column=label, block=_COVER)
    frames = {frame.key: frame.name for frame in book.frames}
    for part in book.parts:
        title = part.title if isinstance(part, Part) else part.name
        name = part.fields if isinstance(part, Part) else part.key
        for block in part.blocks:
            yield from _of_block(block, Field(name, Sort.WORDS, title, title), frames)
        for activity in part.activities if isinstance(part, TimeFrame) else ():
            start = Field(activity.key, Sort.WORDS, "", title, activity.title)
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
            at, words = field_name(name, end), plain(item)
            yield replace(known, name=at, sort=Sort.TICK, column=words)
    else:
        sort, options = _alone(block)
        for end in block.field_names(tuple(frames)):
            yield replace(known, name=field_name(name, end), sort=sort, options=options)


def _alone(block: Block) -> tuple[Sort, tuple[Option, ...]]:
    """What a block with one answer asks."""
    if isinstance(block, Rating):
        return Sort.RATING, _options(block.steps, _ids(block.ids, block.steps))
    if isinstance(block, Choice):
        return Sort.CHOICE, _options(block.options, _ids(block.ids, block.options))
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


def _ids(known: Sequence[str], things: Sequence[object]) -> Sequence[str]:
    """What the things that a block has go by: Ids, or else their numbers."""
    return known or [f"{number}" for number in range(1, len(things) + 1)]


def _options(given: Iterable[Worded], ids: Sequence[str] = ()) -> tuple[Option, ...]:
    """Options by what they are kept as in a file: their Ids, or their words."""
    said = [plain(as_text(option)) for option in given]
    return tuple(Option(*pair) for pair in zip(ids or said, said, strict=True))


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
