"""A heading of a workbook and what stands below it → a block: a box, a table, a checklist …"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from deckgen.content.blocks import Block as Piece
from deckgen.content.outline import Part
from deckgen.content.point_ids import points_of
from deckgen.model.text import plain, word
from deckgen.model.workbook import (
    About,
    Block,
    Box,
    Checklist,
    Choice,
    Colours,
    Column,
    Date,
    Frames,
    Lines,
    Rating,
    Signature,
    Step,
    Steps,
    Summary,
    Table,
    Words,
)
from deckgen.problem import Found, Place, Problem, one_of, problem

BLOCK_LABELS = frozenset(
    (word("Id"), word("New page"), word("Rows"), word("Statuses"), word("Each row"))
)
_SIGNED = (word("Name"), word("Role"), word("Signed"), word("Date"))
SMALL = -1
_MOST_ROWS, _MOST_LINES, _MOST_BOX = 60, 200, 40
_RATED = range(2, 11)
_COLUMN = re.compile(r"\s*(?P<title>[^,()]*[^,()\s])\s*(?:\((?P<more>[^()]*)\))?\s*\Z")
_KINDS_OF_COLUMN = ("text", "wide", "date", "tick", "choice")
_ALONE = frozenset("Date Rating Choice Checklist Steps Words Colours About".split())
_ALONE |= {"Time frames", "New page"}  # labels that say all there is to say
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug(title: str) -> str:
    """A heading as a name: small letters, with hyphens between the words."""
    return re.sub(r"\W+", "-", title.lower()).strip("-")


def slug_of(part: Part) -> str:
    """What a part or a block without an Id is called by."""
    return slug(part.title) or f"line-{part.place.line}"


def id_of(part: Part, otherwise: str = "", label: str = "Id") -> tuple[str, list[Problem]]:
    """What a part or a block is called by programs: its Id, or its heading."""
    written, usual = part.label(label), otherwise or slug_of(part)
    if label not in part.labels or _ID.fullmatch(written):
        return written or usual, []
    said = f"“{written[:60]}” can't be an Id."
    todo = "Use small letters a to z, digits, and single hyphens between them."
    return usual, [problem("id-invalid", part.labels[label].place, said, todo)]


def points_only(part: Part) -> list[Problem]:
    """A paragraph where points are taken."""
    return [_stray(piece, part.title, "points", "Begin it with “- ”.") for piece in part.paragraphs]


def sentences_only(part: Part) -> list[Problem]:
    """A list where words are taken."""
    return [_stray(i, part.title, "sentences", "Write it without “- ”.") for i in part.items[:1]]


def _stray(piece: Piece, title: str, what: str, todo: str) -> Problem:
    begins = plain(piece.text)[:40]
    said = f"“{title}” takes {what} here. What doesn't fit begins “{begins}”."
    return problem("text-stray", piece.place, said, todo)


Read = tuple[Block, list[Problem]]


def _box(part: Part) -> Read:
    written = part.label("Box").lower()
    if written in ("", "large", "small"):
        return Box(hint=part.text, lines=SMALL if written == "small" else 0), sentences_only(part)
    lines, found = _number(part, "Box", _MOST_BOX, " lines, or “large” or “small”")
    return Box(hint=part.text, lines=lines), [*found, *sentences_only(part)]


def _lines(part: Part) -> Read:
    if part.label("Lines").lower() in ("page", ""):
        return Lines(hint=part.text, lines=0), sentences_only(part)
    lines, found = _number(part, "Lines", _MOST_LINES, ", or “page” for all that is left of it")
    return Lines(hint=part.text, lines=lines), [*found, *sentences_only(part)]


def _date(part: Part) -> Read:
    return Date(hint=part.text), sentences_only(part)


def _rating(part: Part) -> Read:
    points, ids, found = points_of(part)
    steps = tuple(plain(text).strip() for text in points)
    if len(steps) not in _RATED:
        said = f"The self-rating has {len(steps)} steps; it takes 2 to {_RATED[-1]}."
        todo = "Write one line that begins with “- ” for each step."
        found = [*found, problem("number-invalid", part.place, said, todo)]
    return Rating(hint=part.text, steps=steps, ids=ids), found


def _choice(part: Part) -> Read:
    options, ids, found = points_of(part)
    found = [*_some(part, "to choose from"), *found]
    return Choice(hint=part.text, options=options, ids=ids), found


def _checklist(part: Part) -> Read:
    items, ids, found = points_of(part)
    return Checklist(items=items, ids=ids), [*points_only(part), *_some(part, "to tick"), *found]


def _some(part: Part, what: str) -> list[Problem]:
    said = f"“{part.title}” has nothing {what}."
    todo = "Write lines that begin with “- ”. If it is no such list, add a label, such as “Words”."
    return [] if part.items else [problem("part-empty", part.place, said, todo)]


def _steps(part: Part) -> Read:
    steps, found = [], Found(_some(part, "to do"))
    for item in part.items:
        head, *rest = item.text
        if head.strong and not rest:
            said = "A step needs a bold title and words behind it."
            todo = "Write: - **Do this.** Because of that."
            found.append(problem("part-empty", item.place, said, todo))
        text = (replace(rest[0], text=rest[0].text.lstrip()), *rest[1:]) if rest else ()
        titled = Step(head.text.strip().rstrip(".:"), text)
        steps.append(titled if head.strong else Step("", item.text))
    return Steps(hint=part.text, steps=tuple(steps)), found


def _table(part: Part) -> Read:
    found = Found(sentences_only(part))
    columns = found.take(_columns(part, "Table"))
    rows = found.take(_number(part, "Rows", _MOST_ROWS)) if "Rows" in part.labels else 3
    offered = found.take(pieces_of(part, "Statuses"))
    columns = tuple(
        replace(c, options=c.options or offered) if c.kind == "choice" else c for c in columns
    )
    for column in columns:
        if column.kind == "choice" and not column.options and "Statuses" not in part.labels:
            said = f"The column “{column.title}” of “{part.title}” has nothing to choose from."
            todo = (
                f"Add a line “Statuses: Open, Done”, or write {column.title} (choice: Open, Done)."
            )
            found.append(problem("label-missing", part.place, said, todo))
    if columns and not any(column.kind == "wide" for column in columns):
        first = columns[0]
        columns = (
            replace(first, kind="wide" if first.kind == "text" else first.kind),
            *columns[1:],
        )
    each = part.label("Each row")
    return Table(hint=part.text, columns=columns, rows=rows or 1, each=each), found


def _signature(part: Part) -> Read:
    found = Found(sentences_only(part))
    lines = found.take(_columns(part, "Signature", ", ".join(_SIGNED)))
    return Signature(hint=part.text, lines=lines), found


def _summary(part: Part) -> Read:
    found = Found(sentences_only(part))
    return Summary(hint=part.text, columns=found.take(_columns(part, "Summary"))), found


def _words(part: Part) -> Read:
    found = []
    if not (part.paragraphs or part.items):
        said, todo = f"“{part.title}” has no words.", "Write some below it, or say what it is: "
        todo += "a line such as “Box: large” right below the heading."
        found.append(problem("part-empty", part.place, said, todo))
    return Words(hint=part.text, points=part.points), found


def _listing(kind: type[Block]) -> Callable[[Part], Read]:
    return lambda part: (kind(hint=part.text), sentences_only(part))


KINDS: Mapping[str, Callable[[Part], Read]] = {
    word("Box"): _box,
    word("Lines"): _lines,
    word("Date"): _date,
    word("Rating"): _rating,
    word("Choice"): _choice,
    word("Checklist"): _checklist,
    word("Steps"): _steps,
    word("Table"): _table,
    word("Signature"): _signature,
    word("Summary"): _summary,
    word("Time frames"): _listing(Frames),
    word("Colours"): _listing(Colours),
    word("About"): _listing(About),
    word("Words"): _words,
}


def kind_of(part: Part) -> tuple[str, list[Problem]]:
    """What a heading is by the label below it; "" without one."""
    named = [name for name in KINDS if name in part.labels]
    spoken = [name for name in part.labels if name in _ALONE and part.label(name)]
    if spoken:
        said = f"“{part.label(spoken[0])[:60]}” can't stand behind “{spoken[0]}:”."
        todo = "Take it out, or move it below a blank line."
        place = part.labels[spoken[0]].place
        return named[0] if named else "", [problem("block-invalid", place, said, todo)]
    if len(named) > 1:
        said = f"“{part.title}” can't be {' and '.join(named)} at once."
        todo = "Leave one of these labels, or write two headings."
        return named[0], [problem("block-invalid", part.labels[named[1]].place, said, todo)]
    written = part.label("Kind")
    found = [kind for kind in KINDS if kind.lower() == written.lower()]
    if "Kind" in part.labels and not found:
        said = f"“{written[:60]}” is no kind of block."
        place = part.labels["Kind"].place
        return "", [problem("block-invalid", place, said, one_of(written, KINDS))]
    return (named or found or [""])[0], []


def pieces_of(part: Part, name: str) -> tuple[tuple[str, ...], list[Problem]]:
    """The pieces of a label with commas; none and doubled ones are Problems."""
    pieces = tuple(filter(None, (piece.strip() for piece in part.label(name).split(","))))
    if name not in part.labels or (pieces and len(set(pieces)) == len(pieces)):
        return pieces, []
    code, what = ("repeated", "something twice") if pieces else ("missing", "nothing")
    todo = "Write different words with commas between them."
    place = part.labels[name].place
    return pieces, [problem(f"label-{code}", place, f"“{name}:” names {what}.", todo)]


def _number(part: Part, name: str, most: int, otherwise: str = "") -> tuple[int, list[Problem]]:
    written = part.label(name)
    number = int(written) if re.fullmatch("[1-9][0-9]{0,2}", written) else 0
    if 1 <= number <= most:
        return number, []
    said = f"“{written[:40]}” can't stand behind “{name}:”."
    todo = f"Write a number from 1 to {most}{otherwise}."
    return 0, [problem("number-invalid", part.labels[name].place, said, todo)]


def _columns(part: Part, name: str, usual: str = "") -> tuple[tuple[Column, ...], list[Problem]]:
    """ "Action (id: what), Who, By when (date), Status (choice: Open, Done)"."""
    written = part.label(name) or usual
    place = part.labels[name].place if name in part.labels else part.place
    found, columns = Found(), dict[str, Column]()
    for piece in _outside_brackets(written):
        match = _COLUMN.match(piece)
        column = found.take(_column(match["title"], match["more"] or "", place)) if match else None
        if column is None or column.id in columns:
            said = f"“{piece.strip()[:60]}” can't be one of “{name}:”."
            todo = "Write different names with commas between them, as in: Action, Who, By when."
            found.append(problem("block-invalid", place, said, todo))
        else:
            columns[column.id] = column
    if not columns and not found:
        said = f"“{name}:” of “{part.title}” names nothing."
        todo = f"Write names with commas between them, as in: {name}: What, Who, By when (date)."
        found.append(problem("label-missing", place, said, todo))
    return tuple(columns.values()), found


def _outside_brackets(written: str) -> Iterator[str]:
    """Split at the commas that stand in no brackets."""
    return (m.group() for m in re.finditer(r"(?:[^,(]|\([^)]*\)?)+", written) if m.group().strip())


def _column(title: str, more: str, place: Place) -> tuple[Column, list[Problem]]:
    kind, key, options = "text", slug(title), tuple[str, ...]()
    for piece in filter(None, (said.strip() for said in more.split(";"))):
        name, _, value = (word.strip() for word in piece.partition(":"))
        if name.lower() == "id" and _ID.fullmatch(value):
            key = value
        elif name.lower() in _KINDS_OF_COLUMN and (not value or name.lower() == "choice"):
            kind = name.lower()
            options = tuple(filter(None, (option.strip() for option in value.split(","))))
        else:
            said = f"“{piece[:60]}” can't stand in the brackets behind “{title}”."
            todo = f"Write one of: {', '.join(_KINDS_OF_COLUMN)}; or id: and a name."
            return Column(key, title), [problem("block-invalid", place, said, todo)]
    return Column(key or title, title, kind, options), []
