"""The columns of both tables, for whatever writes them or reads them back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from deckgen.model.answers import Answer, AnswerTable, How, Identity, Source, Verdict

Cell = str | int
Cells = Mapping[str, str]
ANSWERS, WORKBOOKS = "Answers", "Workbooks"
NUMBER, FILE, ANSWER, VERDICT = "No.", "File", "Answer", "Verdict"
HANDWRITTEN = "There is handwriting that nobody has typed yet."
# What can't be seen and may mislead: controls, and what turns letters around.
_UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
_YES = "yes"


class Column(Struct, frozen=True):
    """A column: its heading, how wide it is (in letters), and what stands in it."""

    name: str
    width: float
    cell: Callable[..., Cell]


def _note(answer: Answer) -> str:
    typed = answer.value or not answer.crop
    return " ".join(filter(None, [answer.note, "" if typed else HANDWRITTEN]))


OF_ANSWERS = (
    Column(NUMBER, 6, lambda a: a.source),
    Column(FILE, 26, lambda a: a.file),
    Column("Team", 20, lambda a: a.team),
    Column("Role", 18, lambda a: a.role),
    Column("Edition", 8, lambda a: a.edition),
    Column("Time frame", 14, lambda a: a.frame),
    Column("Activity", 24, lambda a: a.activity),
    Column("Question", 44, lambda a: a.question),
    Column("Row", 5, lambda a: a.row or ""),
    Column(ANSWER, 60, lambda a: a.value),
    Column("How", 10, lambda a: str(a.how)),
    Column("Asked now", 20, lambda a: a.asked_now),
    Column("To review", 36, _note),
    Column("Field", 30, lambda a: a.field),
)
OF_WORKBOOKS = (
    Column(NUMBER, 6, lambda s: s.number),
    Column(FILE, 36, lambda s: s.file),
    Column("Team", 24, lambda s: s.team),
    Column("Role", 24, lambda s: s.role),
    Column("Edition", 8, lambda s: s.edition),
    Column(VERDICT, 14, lambda s: str(s.verdict)),
    Column("Reason", 80, lambda s: s.reason),
    Column("Answers", 9, lambda s: s.answers),
    Column("Workbook", 28, lambda s: s.identity.workbook),
    Column("Language", 10, lambda s: s.identity.language),
    Column("Large print", 11, lambda s: _YES if s.identity.large_print else ""),
    Column("Code", 9, lambda s: s.identity.code),
    Column("Deck", 28, lambda s: s.identity.deck),
    Column("Pages", 7, lambda s: s.identity.pages or ""),
)


def rows(columns: Iterable[Column], things: Iterable[object]) -> Iterator[list[Cell]]:
    """What stands in the cells of each row: numbers, and words that can be seen."""
    for thing in things:
        cells = (column.cell(thing) for column in columns)
        yield [_UNSEEN.sub("", c) if isinstance(c, str) else c for c in cells]


def table_of(answers: Iterable[Cells], sources: Iterable[Cells], file: str) -> AnswerTable:
    """A table, as far as its cells tell. Raises ValueError for a cell that says what it can't.

    `file` is the table's own name, which stands for workbooks that nobody tells of.
    """
    known = [_source(cells) for cells in sources]
    found = [_answer(cells) for cells in answers if _is_answer(cells)]
    if not known:
        known = _told_by(found, file)
    deck = next((s.identity.deck for s in known if s.identity.deck), "")
    return AnswerTable(deck, tuple(found), tuple(known))


def _is_answer(cells: Cells) -> bool:
    return any(cells.get(name) for name in (ANSWER, "To review"))


def _number(words: str) -> int:
    return int(float(words)) if words.strip() else 0


def _answer(cells: Cells) -> Answer:
    note = cells.get("To review", "").removesuffix(HANDWRITTEN).strip()
    return Answer(
        source=_number(cells.get(NUMBER, "")),
        file=cells.get(FILE, ""),
        team=cells.get("Team", ""),
        role=cells.get("Role", ""),
        edition=cells.get("Edition", ""),
        frame=cells.get("Time frame", ""),
        activity=cells.get("Activity", ""),
        question=cells.get("Question", ""),
        row=_number(cells.get("Row", "")),
        value=cells.get(ANSWER, ""),
        how=How(cells.get("How", "") or How.TYPED),
        field=cells.get("Field", ""),
        asked_now=cells.get("Asked now", ""),
        note=note,
    )


def _source(cells: Cells) -> Source:
    edition, team = cells.get("Edition", ""), cells.get("Team", "")
    identity = Identity(
        deck=cells.get("Deck", ""),
        workbook=cells.get("Workbook", ""),
        edition=edition,
        language=cells.get("Language", ""),
        large_print=cells.get("Large print", "") == _YES,
        code=cells.get("Code", ""),
        team=team,
        pages=_number(cells.get("Pages", "")),
    )
    return Source(
        number=_number(cells.get(NUMBER, "")),
        file=cells.get(FILE, ""),
        team=team,
        role=cells.get("Role", ""),
        edition=edition,
        verdict=Verdict(cells.get(VERDICT, "") or Verdict.NOTES),
        reason=cells.get("Reason", ""),
        answers=_number(cells.get("Answers", "")),
        identity=identity,
    )


def _told_by(answers: Iterable[Answer], file: str) -> list[Source]:
    """The workbooks that answers come from, where there is no list of them."""
    found = dict[int, Source]()
    for a in answers:
        identity = Identity(edition=a.edition, team=a.team)
        said = (a.file or file, a.team, a.role, a.edition, Verdict.OK, "", 0, identity)
        known = found.setdefault(a.source, Source(a.source, *said))
        found[a.source] = replace(known, answers=known.answers + 1)
    return [found[number] for number in sorted(found)]
