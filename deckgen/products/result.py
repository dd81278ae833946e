"""What a build gives back, and who is told of its steps. Cheap to import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from deckgen.problem import Problem


class Result(Struct, frozen=True):
    """The files of a build, in the order of the products, and the problems found.

    `unchanged`: they were there already, and nothing was written.
    """

    outputs: tuple[Path, ...]
    problems: tuple[Problem, ...]
    unchanged: bool = False


Progress = Callable[[str], None]


def silent(_step: str) -> None:
    """Progress that nobody watches."""
    return None
