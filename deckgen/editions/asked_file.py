"""What workbooks ask, in a lock: short, as there are many questions and most are alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from deckgen.editions.toml_text import string, table
from deckgen.geometry import Rect, Size
from deckgen.model.answers import Asked, Asks, Identity, Option, Question, Spot
from deckgen.settings import Settings

_PLACE = re.compile(r"[0-9]{1,6}(?: -?[0-9]{1,6}(?:\.[0-9])?){4}")
_Row = tuple[str, ...]  # field, what is asked and the row, digest, words, then options in pairs


class _Look(Settings, frozen=True):
    """A workbook as it was printed: `spots` has one entry for each question, in order.

    `paper` is the width and the height of a page, in points.
    """

    large_print: bool
    code: str
    pages: int
    paper: tuple[float, float]
    spots: tuple[str, ...]


class _Group(Settings, frozen=True):
    """The questions of an activity, or of a part. Words that stood there before are left out."""

    frame: str
    activity: str
    asked: tuple[_Row, ...]


class WorkbookTable(Settings, frozen=True):
    """A workbook in a lock."""

    workbook: str
    title: str
    role: str
    looks: tuple[_Look, ...]
    groups: tuple[_Group, ...]


def rounded(asked: Asked) -> Asked:
    """What a lock keeps of it: places to a tenth of a point, and no names from before."""
    questions = (
        replace(q, once=(), told="", spots=tuple(_spot(_said(spot)) for spot in q.spots))
        for q in asked.questions
    )
    size = asked.size and Size(*(round(n, 1) for n in (asked.size.width_pt, asked.size.height_pt)))
    return replace(asked, questions=tuple(questions), size=size)


def asked_lines(asked: Sequence[Asked]) -> Iterator[str]:
    """The tables of all workbooks; those of one workbook's looks stand behind each other."""
    for _, looks in groupby(asked, key=lambda one: one.identity.workbook):
        first, *others = looks
        head = {"workbook": first.identity.workbook, "title": first.title, "role": first.role}
        yield from table("\n[[workbooks]]", head)
        for look in (first, *others):
            own = look.identity
            values = {"large_print": own.large_print, "code": own.code, "pages": own.pages}
            yield from table("[[workbooks.looks]]", values)
            paper = (look.size.width_pt, look.size.height_pt) if look.size else (0.0, 0.0)
            yield f"paper = [{', '.join(f'{length:.1f}' for length in paper)}]"
            places = ["; ".join(map(_said, q.spots)) for q in look.questions]
            yield f"spots = {_list(map(string, places))}"
        of_all = groupby(first.questions, key=lambda q: (q.frame, q.activity))
        for (frame, activity), questions in of_all:
            yield from table("[[workbooks.groups]]", {"frame": frame, "activity": activity})
            yield f"asked = {_list(_rows(questions))}"


def asked_in_lock(
    tables: Iterable[WorkbookTable], deck: str, edition: str, language: str
) -> tuple[Asked, ...]:
    """The workbooks of an edition, one for each look. Spots that are no spots are left out."""
    made = []
    for book in tables:
        questions = tuple(_questions(book.groups))
        for look in book.looks:
            own = Identity(deck, book.workbook, edition, language, look.large_print, look.code)
            own = replace(own, pages=look.pages)
            placed = tuple(
                replace(q, spots=tuple(_spot(said) for said in spots.split("; ") if said))
                for q, spots in zip(questions, look.spots, strict=False)
            )
            size = Size(*look.paper) if all(look.paper) else None
            made.append(Asked(own, book.title, book.role, placed, size))
    return tuple(made)


def _list(items: Iterable[str]) -> str:
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _rows(questions: Iterable[Question]) -> Iterator[str]:
    seen = set[str]()
    for q in questions:
        row = [q.field, f"{q.asks} {q.row}" if q.row else str(q.asks), q.digest]
        if q.digest not in seen:
            row += [q.words, *(said for o in q.options for said in (o.value, o.words))]
        seen.add(q.digest)
        yield f"[{', '.join(map(string, row))}]"


def _questions(groups: Iterable[_Group]) -> Iterator[Question]:
    for group in groups:
        seen = dict[str, tuple[str, tuple[Option, ...]]]()
        for field, asks, digest, *rest in (row for row in group.asked if len(row) > 2):
            kind, _, row = asks.partition(" ")
            if rest:
                words, *flat = rest
                pairs = zip(flat[::2], flat[1::2], strict=False)
                seen[digest] = words, tuple(Option(*pair) for pair in pairs)
            words, options = seen.get(digest, ("", ()))
            known = Asks(kind) if kind in list(Asks) else Asks.LINES
            number = int(row) if row.isdecimal() else 0
            yield Question(
                *(field, known, words, group.frame, group.activity, number, options, digest)
            )


def _said(spot: Spot) -> str:
    """A spot as "4 60.7 380 473.9 105": page, left, bottom, width, height; an option before it."""
    box = spot.rect
    lengths = (box.x_pt, box.y_pt, box.width_pt, box.height_pt)
    said = " ".join([f"{spot.page}", *(f"{length:.1f}".removesuffix(".0") for length in lengths)])
    return f"{spot.value}@{said}" if spot.value else said


def _spot(said: str) -> Spot:
    value, _, place = said.rpartition("@")
    if not _PLACE.fullmatch(place):
        return Spot(0, Rect(0, 0, 0, 0), value)
    page, *lengths = map(float, place.split())
    return Spot(int(page), Rect(*lengths), value)
