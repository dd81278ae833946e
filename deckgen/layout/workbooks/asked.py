"""What a workbook that is laid out asks, where, and which workbook that makes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from msgspec import Struct, json

from deckgen.model.answers import Asked, Asks, Identity, Kept, Option, Question, Spot
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing, Field
from deckgen.model.edition import Edition
from deckgen.model.text import Worded, as_text, plain
from deckgen.model.workbook import (
    Activity,
    Block,
    Checklist,
    Choice,
    Column,
    Date,
    Lines,
    Part,
    Rating,
    Signature,
    Summary,
    Table,
    TimeFrame,
    Workbook,
    field_name,
)

_COLUMNS = {"date": Asks.DAY, "tick": Asks.TICK, "choice": Asks.OPTION}


def asked_of(
    book: Workbook, deck: Deck, drawings: Sequence[Drawing], *, large_print: bool
) -> Asked:
    """All questions of a workbook in order, and what it is: its pages need no feet for that."""
    spots, told = defaultdict[str, list[Spot]](list), dict[str, str]()
    for number, drawing in enumerate(drawings, start=1):
        for mark in drawing.marks():
            if isinstance(mark, Field):
                group = mark.tooltip.rpartition(":")[0] if mark.value else ""
                told.setdefault(mark.name, group or mark.tooltip)
                spots[mark.name].append(Spot(number, mark.rect, mark.value))
    made = (one.question(tuple(spots[one.field]), told.get(one.field, "")) for one in _asked(book))
    questions = tuple(question for question in made if question.spots)
    identity = Identity(
        deck=deck.title,
        workbook=book.key,
        edition=edition_called(deck.edition),
        language=deck.language,
        large_print=large_print,
        pages=len(drawings),
    )
    size = drawings[0].size if drawings else None
    return Asked(identity_of(identity, questions), book.title, book.role, questions, size)


def edition_called(edition: Edition) -> str:
    """An edition as workbooks carry it: "2", "2 draft", "draft after 2"."""
    if edition.draft and edition.after:
        return f"draft after {edition.number}"
    return edition.number + " draft" * edition.draft


def identity_of(identity: Identity, questions: Iterable[Question]) -> Identity:
    """The same with its code, which stands for all of it but the team, and for every box."""
    of_all = (
        *(identity.deck, identity.workbook, identity.edition, identity.language),
        identity.large_print,
        [(q.field, q.digest, [_place(spot) for spot in q.spots]) for q in questions],
    )
    number = int.from_bytes(sha256(json.encode(of_all)).digest()) % 10**6
    return Identity(
        *(identity.deck, identity.workbook, identity.edition, identity.language),
        *(identity.large_print, f"{number:06}", identity.team, identity.pages),
    )


def printed_code(code: str) -> str:
    """A code as it stands at the foot of a page: "123-456"."""
    return f"{code[:3]}-{code[3:]}"


def carried(asked: Asked, team: str = "", kept: Sequence[Kept] = ()) -> str:
    """What a file says of itself for programs, as JSON; `kept` if it has answers of then."""
    own = asked.identity
    return json.encode(
        {
            "deck": own.deck,
            "workbook": own.workbook,
            "edition": own.edition,
            "language": own.language,
            "large_print": own.large_print,
            "code": own.code,
            "team": team or own.team,
            "pages": own.pages,
            "asked": {question.field: question.digest for question in asked.questions},
            **({"kept": kept} if kept else {}),
        }
    ).decode()


def _place(spot: Spot) -> tuple[int, str, list[float]]:
    return spot.page, spot.value, [round(length, 1) + 0.0 for length in spot.rect.corners]


class _One(Struct, frozen=True):
    """A field before it is known where it lies; `which` is its tick or its column."""

    field: str
    title: str
    hint: str = ""
    which: str = ""
    frame: str = ""
    activity: str = ""
    row: int = 0
    options: tuple[Option, ...] = ()
    asks: Asks = Asks.LINE
    once: tuple[str, ...] = ()

    def question(self, spots: tuple[Spot, ...], told: str) -> Question:
        said = [self.title, self.hint, self.which, *(option.words for option in self.options)]
        named = f"{self.title}: {self.which}" if self.title and self.which else ""
        words = sentences(named or self.title or self.which, self.hint)
        return Question(
            *(self.field, self.asks, words, self.frame, self.activity, self.row, self.options),
            *(sha256(json.encode(said)).hexdigest()[:8], self.once, spots, told),
        )


def sentences(first: str, second: str) -> str:
    """Two pieces of words, the first ended with a full stop if it has no end."""
    if not (first and second):
        return first or second
    return f"{first} {second}" if first[-1] in ".?!:…" else f"{first}. {second}"


def _asked(book: Workbook) -> Iterator[_One]:
    """Every field of a workbook, in order; `once` it was called after its place."""
    for number, (key, label) in enumerate(zip(book.cover_ids, book.cover_fields, strict=True), 1):
        yield _One(f"cover.{key}", label, once=_others(f"cover.{key}", f"cover.{number}"))
    for part in book.parts:
        if isinstance(part, Part):
            for block in part.blocks:
                yield from _of_block(book, block, (part.fields,), _In("", part.title, part.title))
            continue
        for block in part.blocks:
            yield from _of_block(book, block, (part.key,), _In(part.name, "", part.name))
        for activity in part.activities:
            starts = (activity.key, _place_of(part, activity))
            inside = _In(part.name, activity.title, activity.title)
            for block in activity.blocks:
                yield from _of_block(book, block, starts, inside)


def _place_of(frame: TimeFrame, activity: Activity) -> str:
    """What an activity was called when names were places."""
    return f"{frame.key}-{activity.number}"


class _In(Struct, frozen=True):
    """Where a block stands, as people read it; `title` is for one that has none."""

    frame: str
    activity: str
    title: str


def _of_block(book: Workbook, block: Block, starts: tuple[str, ...], inside: _In) -> Iterator[_One]:
    """The fields of one block; `starts` begin their names, today's first."""
    title = _words(block.title) or inside.title
    for end, old, which, more in _ends(book, block):
        names = [
            field_name(f"{start}.{block.id}".rstrip("."), e) for start in starts for e in (end, old)
        ]
        yield _One(
            names[0],
            title,
            _words(block.hint),
            which,
            more.frame or inside.frame,
            inside.activity,
            more.row,
            more.options,
            more.asks,
            _others(*names),
        )


def _others(name: str, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for other in names if other != name))


class _More(Struct, frozen=True):
    """What else there is to say of a field."""

    frame: str = ""
    row: int = 0
    options: tuple[Option, ...] = ()
    asks: Asks = Asks.LINES


_End = tuple[str, str, str, _More]


def _ends(book: Workbook, block: Block) -> Iterator[_End]:
    """What the names of a block's fields end with, today and once, and what each asks for."""
    match block:
        case Rating():
            yield "", "", "", _chosen(block.ids, block.steps)
        case Choice():
            yield "", "", "", _chosen(block.ids, map(plain, block.options))
        case Checklist():
            for number, (key, item) in enumerate(zip(block.ids, block.items, strict=True), 1):
                yield key, f"{number}", _words(item), _More(asks=Asks.TICK)
        case Table():
            for row in range(1, block.rows + 1):
                for column in block.columns:
                    end = f"{row}.{column.id}"
                    yield end, end, _words(column.title), _of_column(column, Asks.LINES, row=row)
        case Signature():
            for line in block.lines:
                yield line.id, line.id, _words(line.title), _of_column(line, Asks.LINE)
        case Summary():
            for frame in book.frames:
                for n, column in enumerate(block.columns):
                    usual = Asks.LINE if n else Asks.LINES
                    end = f"{frame.key}.{column.id}"
                    yield end, end, _words(column.title), _of_column(column, usual, frame.name)
        case Lines():
            for end in block.field_names(()):
                yield end, end, "", _More()
        case _ if block.field_names(()):
            yield "", "", "", _More(asks=Asks.DAY if isinstance(block, Date) else Asks.LINES)


def _chosen(values: Iterable[str], words: Iterable[str]) -> _More:
    return _More(options=_options(values, words), asks=Asks.OPTION)


def _of_column(column: Column, usual: Asks, frame: str = "", row: int = 0) -> _More:
    options = _options(column.options, column.options)
    return _More(frame, row, options, _COLUMNS.get(column.kind, usual))


def _options(values: Iterable[str], words: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(*pair) for pair in zip(values, words, strict=True))


def _words(said: Worded) -> str:
    return " ".join(plain(as_text(said)).split())
