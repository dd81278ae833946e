"""A file while it is looked at: what is said of it, and how much more may be looked at."""

from __future__ import annotations

from typing import Any

from pypdf import PdfReader

from deckgen.preflight.report import Preflight
from deckgen.preflight.rules import BY_KEY, MOST_STEPS, X1A, Finding

FILE = "the file"


class TooMuch(Exception):
    """More is in the file than can be looked at."""


class Inspected:
    """A file, and the standard that it is held to. `where` says what is being looked at in it."""

    def __init__(self, reader: PdfReader, standard: str) -> None:
        self.reader, self.standard, self.x1a = reader, standard, standard == X1A
        self.where, self._left = FILE, MOST_STEPS
        self.measured: dict[int, tuple[Any, float | None]] = {}  # pictures by their ids
        self._found: dict[str, dict[tuple[str, str], None]] = {}

    def fails(self, key: str, what: str, wrong: object = True) -> None:
        """The requirement of this key is not met here, if something is wrong."""
        if wrong:
            self.has(key, what, wrong)

    def has(self, key: str, what: str = "", wrong: object = False) -> None:
        """There is something for a requirement to look at; what is wrong with it, if it is."""
        found = self._found.setdefault(key, {})
        if wrong:
            found[self.where, what] = None

    def spend(self, steps: int) -> None:
        """Raises TooMuch when it was enough: a few forms that draw each other last for years."""
        self._left -= steps
        if self._left < 0:
            raise TooMuch(f"it draws more than {MOST_STEPS} things")

    def result(self, claimed: str) -> Preflight:
        """What was found, each thing once; the file itself claims to keep to a standard."""
        found = {k: [Finding(BY_KEY[k], *at) for at in said] for k, said in self._found.items()}
        return Preflight(self.standard, claimed, found)
