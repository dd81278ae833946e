"""Who sent workbooks: teams with their workbooks, the oldest first, and who sent none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from msgspec import Struct

from deckgen.model.answers import Source, Verdict


class Team(Struct, frozen=True):
    """A team by the name that people read, and its workbooks in time order.

    `sure` says that the order is known: there is one workbook, or their editions tell.
    """

    name: str
    sources: tuple[Source, ...]
    sure: bool = True

    def called(self, source: int) -> str:
        """The name for one of its workbooks: with a number behind it if it sent several."""
        numbers = [s.number for s in self.sources]
        many = len(numbers) > 1
        return f"{self.name} ({numbers.index(source) + 1})" if many else self.name


class Teams(Struct, frozen=True):
    """All teams in the order of the table. `silent` were expected and sent nothing that was read;
    `strange` sent something, and were not expected; `unnamed` may be of anybody.
    """

    teams: tuple[Team, ...]
    silent: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    expected: int = 0

    def of(self, source: int) -> Team:
        """The team that a workbook is from (KeyError if there is none)."""
        for team in self.teams:
            if any(s.number == source for s in team.sources):
                return team
        raise KeyError(source)


def team_key(name: str) -> str:
    """A team's name to compare with others: however it was typed."""
    return " ".join(normalize("NFKC", name).split()).casefold()


def teams_in(sources: Iterable[Source], expected: Sequence[str] = ()) -> Teams:
    """The teams of all workbooks that gave answers, or might have; rejected files are of nobody
    unless they name a team.
    """
    grouped: dict[str, list[Source]] = {}
    for source in sources:
        if source.verdict is not Verdict.REJECTED:
            key = team_key(source.team) or f"\0{source.number}"
            grouped.setdefault(key, []).append(source)
    names = {key: group[0].team.strip() or group[0].file for key, group in grouped.items()}
    seen = Counter(names.values())
    made = []
    for key, group in grouped.items():
        name = names[key]
        if seen[name] > 1:
            name += f" #{group[0].number}"
        made.append(_team(name, group))
    wanted = {team_key(name): name.strip() for name in expected if name.strip()}
    silent = tuple(name for key, name in wanted.items() if key not in grouped)
    others = [key for key in grouped if wanted and key not in wanted]
    strange, unnamed = (
        tuple(names[key] for key in others if key.startswith("\0") is nameless)
        for nameless in (False, True)
    )
    return Teams(tuple(made), silent, strange, unnamed, len(wanted))


def _team(name: str, group: list[Source]) -> Team:
    editions = [_edition(source.edition) for source in group]
    known = None not in editions
    order = range(len(group))
    if known:
        order = sorted(order, key=lambda n: (editions[n], n))  # type: ignore[assignment]
    sure = len(group) < 2 or (known and len(set(editions)) == len(editions))
    return Team(name, tuple(group[n] for n in order), sure)


def _edition(said: str) -> tuple[int, ...] | None:
    """An edition's number to sort by; a draft after edition 1 is later than that."""
    numbers = re.findall(r"\d+", said)
    if not numbers:
        return None
    return (*map(int, numbers), 0 if re.fullmatch(r"[\d.]+", said.strip()) else 1)
