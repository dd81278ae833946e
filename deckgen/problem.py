"""Problems: what is wrong in a person's files, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file; line and column count from 1, 0 means the whole file or line."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


class Severity(StrEnum):
    """An error stops the build; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `code` is stable; `found` says what is wrong, `todo` what to do."""

    code: str
    place: Place
    found: str
    todo: str
    severity: Severity = Severity.ERROR


def in_order(problems: list[Problem]) -> list[Problem]:
    """Problems sorted by place, then code, each once."""
    return sorted(set(problems), key=lambda p: (p.place, p.code, p.found))


def blocks(problems: list[Problem]) -> bool:
    """True if any problem is an error."""
    return any(p.severity is Severity.ERROR for p in problems)
