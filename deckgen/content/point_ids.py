"""What the points of a workbook that are ticked or chosen are called by: "(id: heard)", or a slug.

A name is made of a point's own words and never of its place, so that no answer moves to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from deckgen.content.ids import letters_of
from deckgen.content.outline import Part
from deckgen.model.text import Text, plain
from deckgen.problem import Place, Problem, problem

_GIVEN = re.compile(r"\s*\(\s*id\s*:(?P<id>[^()]*)\)\s*\Z", re.IGNORECASE)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 40  # letters of a name; also as an option's, which a PDF keeps in 127 bytes at most


class Point(Struct, frozen=True):
    """A point's words without its Id, what it is called by, and whether that was `given`."""

    text: Text
    id: str
    given: bool
    place: Place


def named_points(written: Iterable[tuple[Text, Place]]) -> tuple[tuple[Point, ...], list[Problem]]:
    """Points with what they are called by; two that go by one name are a Problem."""
    made, found, seen = list[Point](), list[Problem](), dict[str, Text]()
    for text, place in written:
        point, faults = _point(text, place)
        found += faults
        if point.id in seen:
            found.append(_repeated(point, seen[point.id]))
        seen.setdefault(point.id, point.text)
        made.append(point)
    return tuple(made), found


def points_in(part: Part) -> tuple[tuple[Point, ...], list[Problem]]:
    """The points below a heading that are to be ticked or chosen."""
    return named_points((item.text, item.place) for item in part.items)


def points_of(part: Part) -> tuple[tuple[Text, ...], tuple[str, ...], list[Problem]]:
    """Their words, what each is called by, and what is wrong with that."""
    points, found = points_in(part)
    return tuple(p.text for p in points), tuple(p.id for p in points), found


def id_in_words(words: str) -> str:
    """Words as a name: letters a to z and digits, with hyphens between them.

    What these can't say, or is too long, a fingerprint says.
    """
    name = letters_of(words)
    lost = sum(c.isalnum() for c in words) > sum(c.isalnum() for c in name)
    if name and not lost and len(name) <= _LONGEST:
        return name
    print_ = sha256(" ".join(words.split()).encode()).hexdigest()[:6]
    return f"{name[: _LONGEST - 7].strip('-') or 'x'}-{print_}"


def _point(text: Text, place: Place) -> tuple[Point, list[Problem]]:
    match = _GIVEN.search(text[-1].text) if text else None
    if match is None:
        return Point(text, id_in_words(plain(text)), False, place), []
    last = replace(text[-1], text=text[-1].text[: match.start()])
    text = (*text[:-1], last) if last.text else text[:-1]
    given = match["id"].strip()
    if _ID.fullmatch(given) and len(given) <= _LONGEST and text:
        return Point(text, given, True, place), []
    said = f"“{given[:60]}” can't be an Id."
    todo = "Use small letters a to z, digits, and single hyphens between them."
    if not text:
        said, todo = "This point has an Id and no words.", "Write its words before the bracket."
    return Point(text, id_in_words(plain(text)), True, place), [
        problem("id-invalid", place, said, todo)
    ]


def _repeated(point: Point, other: Text) -> Problem:
    said = f"“{plain(point.text)[:60]}” stands here a second time."
    if plain(point.text) != plain(other):
        said = f"“{plain(point.text)[:60]}” and “{plain(other)[:60]}” go by one name, “{point.id}”."
    todo = "Write “(id: …)” with a name of its own at the end of one of the two."
    return problem("id-repeated", point.place, said, todo)


def without_ids(activities: Sequence[tuple[str, Place]], points: Sequence[Point]) -> list[Problem]:
    """One Problem for all activities and points that have no Id: their words are their names."""
    places = [place for _, place in activities] + [point.place for point in points]
    if not places:
        return []
    counts = ((len(activities), "activity", "activities"), (len(points), "point", "points"))
    named = " and ".join(f"{n} {one if n == 1 else more}" for n, one, more in counts if n)
    said = f"{named} to answer {'have' if len(places) > 1 else 'has'} no Id. Without one, answers "
    said += "that come back no longer find their question once its words are others."
    todos = [f"“Id: {letters_of(t) or 'name'}” below “{t}”" for t, _ in activities[:1]]
    todos += [f"“(id: {p.id})” at the end of “{plain(p.text)[:60]}”" for p in points[:1]]
    todo = f"Write {', and '.join(todos)}{', and so on' if len(places) > len(todos) else ''}."
    return [problem("answer-id-missing", min(places), said, todo)]
