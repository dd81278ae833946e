"""A table of answers without names: of teams, of people, and of files.

What stands in boxes for words stays as it is, but for the names that the table itself knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from deckgen.model.answers import Answer, AnswerTable, Identity, Source
from deckgen.model.text import plain
from deckgen.reporting.asked import Asked, Sort
from deckgen.reporting.teams import team_key
from deckgen.wording.say import Wording

_FEWEST = 3  # letters of a name that is looked for in other words


def without_names(
    table: AnswerTable, asked: Asked, expected: Iterable[str], say: Wording
) -> tuple[AnswerTable, tuple[str, ...]]:
    """The same table with numbers for teams and files, and so the teams that were expected.

    Short lines (on covers, in signatures, in columns for a name) are left out, and with them all
    notes and pictures of handwriting: they may name somebody.
    """
    expected = tuple(expected)
    teams = _numbered(
        [source.team or f"\0{source.number}" for source in table.sources] + list(expected),
        lambda number: plain(say("Team {number}", number=number)),
    )
    files = _numbered(
        [source.file for source in table.sources],
        lambda number: plain(say("File {number}", number=number)),
    )
    sources = tuple(_source(source, teams, files) for source in table.sources)
    names = _names(table, asked, expected)
    of = {source.number: source for source in sources}
    answers = tuple(
        _answer(answer, of.get(answer.source), names, say)
        for answer in table.answers
        if _stays(answer, asked)
    )
    cleaned = replace(table, answers=answers, sources=sources)
    return cleaned, tuple(teams[team_key(name)] for name in expected if name.strip())


def _numbered(names: Iterable[str], called: Callable[[int], str]) -> dict[str, str]:
    """A number for each name, in the order in which they come."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(team_key(name), called(len(found) + 1))
    return found


def _source(source: Source, teams: Mapping[str, str], files: Mapping[str, str]) -> Source:
    known = source.identity
    return replace(
        source,
        team=teams[team_key(source.team or f"\0{source.number}")],
        file=files[team_key(source.file)],
        reason="",
        identity=Identity(workbook=known.workbook, edition=known.edition),
    )


def _answer(
    answer: Answer, source: Source | None, names: re.Pattern[str] | None, say: Wording
) -> Answer:
    note = plain(say("Look at it in the table of answers.")) if answer.note else ""
    value = names.sub("…", answer.value) if names else answer.value
    team, file = (source.team, source.file) if source else ("", "")
    return replace(answer, team=team, file=file, value=value, note=note, crop=b"")


def _stays(answer: Answer, asked: Asked) -> bool:
    """Whether an answer can't be a name by its place. A question that is gone has lost its place
    in a table, or on the cover.
    """
    field = asked.fields[answer.field]
    if field.sort is Sort.NAME:
        return False
    return bool(field.workbooks) or not (answer.row or not any(field.heading))


def _names(table: AnswerTable, asked: Asked, expected: Iterable[str]) -> re.Pattern[str] | None:
    """What finds the names that the table knows: of teams, of files, and of people if they are
    written in two words or more, as a name is.
    """
    found = {source.team.strip() for source in table.sources} | {n.strip() for n in expected}
    found |= {_stem(source.file) for source in table.sources}
    for answer in table.answers:
        value = " ".join(answer.value.split())
        if not _stays(answer, asked) and len(value.split()) > 1 and value.istitle():
            found.add(value)
    known = sorted((name for name in found if len(name) >= _FEWEST), key=lambda n: (-len(n), n))
    if not known:
        return None
    either = "|".join(map(re.escape, known))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _stem(file: str) -> str:
    """A file's name without its folder and its ending."""
    return re.sub(r"\.\w{1,5}$", "", re.split(r"[/\\]", file)[-1]).strip()
