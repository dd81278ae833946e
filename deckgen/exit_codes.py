"""The numbers `deckgen` exits with, for scripts that call it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What each exit code means; the meaning is printed by `deckgen --help`."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> ExitCode:
        """Pair a code with the words for it."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    DONE = 0, "done"
    BUG = 1, "a fault in deckgen itself; please report it"
    USAGE = 2, "the command was not understood"
    CONTENT = 3, "errors in the content, templates or fonts; nothing was written"
    DIFFERENCES = 4, "differences were found"
    CANNOT_WRITE = 5, "the files could not be written; the old ones are as they were"
    REJECTS = 6, "done, but something was left out"
    EDITION_CONFLICT = 7, "the edition or the plan does not fit what is there now"
    NOT_MET = 8, "a file does not meet its requirements"
    INTERRUPTED = 130, "stopped before the end; no file is half written"
