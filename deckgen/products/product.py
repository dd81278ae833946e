"""What can be built, and what a build gives back. Cheap to import: nothing is built here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from deckgen.problem import Problem


class Target(StrEnum):
    """What can be built. The pack holds the printing guide, the sheets and the workbook.

    PRINT is for a print shop, and is built only when it is asked for; its TICKET comes along.
    BOOKLET is the workbook on sheets to fold and staple, for pens.
    """

    SHEETS = "sheets"
    SCREEN = "screen"
    WORKBOOK = "workbook"
    PACK = "pack"
    PRINT = "print"
    TICKET = "ticket"
    BOOKLET = "booklet"


SHOP = (Target.PRINT, Target.TICKET)
USUAL = (Target.SHEETS, Target.SCREEN, Target.WORKBOOK, Target.PACK)


def wanted_of(targets: Collection[Target]) -> tuple[Target, ...]:
    """The targets in their order, each once; what a print shop gets comes together."""
    asked = {*targets, *SHOP} if set(SHOP) & set(targets) else set(targets)
    return tuple(target for target in Target if target in asked)


class Result(Struct, frozen=True):
    """The files of a build, in the order of the targets, and the problems found.

    `unchanged`: they were there already, and nothing was written.
    """

    outputs: tuple[Path, ...]
    problems: tuple[Problem, ...]
    unchanged: bool = False


Progress = Callable[[str], None]


def silent(_step: str) -> None:
    """Progress that nobody watches."""
    return None
