"""The teams that workbooks were made for: their names by number, and what each was asked."""

from __future__ import annotations

from msgspec import Struct

from deckgen.model.answers import Asked
from deckgen.options import Options
from deckgen.personal.choices import lay_out
from deckgen.personal.team_list import read_list
from deckgen.personal.understood import Understood
from deckgen.problem import Found, Problem, blocks
from deckgen.proof.proof import Proof


class Teams(Struct, frozen=True):
    """A list of teams. `names` are by number as pages of paper have them, from "1" on; `asked` are
    the workbooks that were made for them, each once.
    """

    names: dict[str, str] = {}
    asked: tuple[Asked, ...] = ()


def teams_in(proof: Proof, data: bytes, file: str) -> tuple[Teams, list[Problem]]:
    """The teams of a list (.csv or .xlsx) from which workbooks were made; none if it has an error.

    Raises NotInstalled.
    """
    found, content = Found(), proof.read[0]
    if content is None or not content.books:
        return Teams(), proof.read[1]
    labels = [label for book in content.books for label in book.cover_fields]
    rows = found.take(read_list(data, file, content.say, labels))
    books = {book.key: book for book in content.books}
    understood = Understood(content.say, books, content.workbook.key, False)
    teams = [team for row in rows if (team := found.take(understood.team(row)))]
    if blocks(found):
        return Teams(), found
    choices = sorted({team.choice for team in teams if team.choice.activities})
    laid = (found.take(lay_out(proof, Options(), choice)) for choice in choices)
    names = {f"{number}": team.name for number, team in enumerate(teams, start=1)}
    return Teams(names, tuple(one.asked for one in laid if one)), found
