"""TOML files → checked values, with every fault located by line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from functools import lru_cache, partial
from itertools import islice
from typing import Any, TypeVar

from msgspec import Meta, Struct, ValidationError, convert, to_builtins

from deckgen.problem import Place, Problem, problem
from deckgen.source import EDITIONS, forbidden

Read = TypeVar("Read")
_Path = tuple[str | int, ...]

_check = partial(convert, builtin_types=(datetime, date, time))
_MOST_DOTS = 200  # between words of one line: the time that a.b.c… takes grows with their square
_MOST_FAULTS = 100  # of one file; whoever has more has another sort of file


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a settings file.

    The description in a setting's Meta is for people: what follows on "Write …", in the message
    about a value that won't do and in editors.
    """


class Unfit(ValueError):
    """Raised by a table's __post_init__: one of its settings won't do, and what to write."""

    def __init__(self, setting: str, advice: str) -> None:
        super().__init__(advice)
        self.setting = setting


class _Endless(Struct):
    """Stands for inf and nan, which no setting can be."""

    written: str

    def __repr__(self) -> str:
        return self.written


def like(pattern: str, description: str) -> Meta:
    """Text that has this pattern from end to end; `description` says so in words for people."""
    return Meta(pattern=rf"^(?:{pattern})$(?!\n)", description=description)


def checked(made: Read) -> Read:
    """A table that the program has made, held to what a file is held to. Raises ValueError."""
    held: Read = _check(to_builtins(made, builtin_types=(date,)), type(made))
    return held


def read_settings(text: str, file: str, model: type[Read]) -> tuple[Read | None, list[Problem]]:
    """Parse and check; all faults at once. None if there is any."""
    data, found = _parsed(text, file)
    if data is None:
        return None, found
    try:
        return _check(_gathered(data, model), model), []
    except ValidationError:
        return None, _all_faults(model, _gathered(data, model), text, file)


def _all_faults(model: Any, data: object, text: str, file: str) -> list[Problem]:
    from deckgen.setting_faults import every_fault

    faults = list(islice(every_fault(model, data, _check), _MOST_FAULTS + 1))
    gathered = (getattr(model, "rest", None),)
    found = []
    for code, path, said, todo in faults[:_MOST_FAULTS]:
        written = path[1:] if path[:1] == gathered else path
        found.append(problem(code, Place(file, *locate(text, written)), said, todo))
    if len(faults) > _MOST_FAULTS:
        said = f"This file has more than {_MOST_FAULTS} faults; these are the first."
        found.append(problem("setting-invalid", Place(file), said, "Put these right first."))
    return found


def _gathered(data: dict[str, Any], model: Any) -> dict[str, Any]:
    """The data, with all that the model doesn't name in the setting that is its `rest`, if any."""
    rest = getattr(model, "rest", "")
    if not rest:
        return data
    named = {name: data[name] for name in model.__struct_fields__ if name in data and name != rest}
    return {**named, rest: {name: data[name] for name in data if name not in named}}


def _parsed(text: str, file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The one place where TOML is parsed: whatever the parser raises comes back as a Problem."""
    import tomllib

    if unfit := [*_too_dotted(text, file), *_escaped(text, file)]:
        return None, unfit
    try:
        return tomllib.loads(text, parse_float=_number), []
    except RecursionError:
        lines = [line.count("[") + line.count("{") for line in text.split("\n")]
        return None, [_syntax("Brackets are nested too deep", file, lines.index(max(lines)) + 1, 1)]
    except ValueError as fault:
        return None, _told(_refused(str(fault), text, file), text, file)


def _told(refused: Problem, text: str, file: str) -> list[Problem]:
    """Every usual slip in a file that can't be parsed; if they don't explain it, that as well."""
    from deckgen.toml_slips import slips

    at, at_end = refused.place.line, not refused.place.column
    found = [slip for slip in slips(text, file) if at_end or slip.place.line >= at][:_MOST_FAULTS]
    explained = any(at_end or slip.place.line == at for slip in found)
    return found if explained else [refused, *found]


def _too_dotted(text: str, file: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > _MOST_DOTS < len(re.findall(r"[^\s.]\s*\.(?=\s*[^\s.])", line)):
            yield _syntax("It has too many dots", file, number, 1)


def _escaped(text: str, file: str) -> Iterator[Problem]:
    """Characters that may not stand in a text may not be written by their numbers either.

    Locks hold what was issued, whatever that was.
    """
    if file.startswith(EDITIONS):
        return
    for match in re.finditer(r"\\(?:u([0-9A-Fa-f]{4})|U000([0-9A-Fa-f]{5})|b)", text):
        letter = chr(int(match[1] or match[2] or "8", 16))
        yield from forbidden(letter, file, *_spot(text, match.start()))


def _spot(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _number(written: str) -> object:
    number = float(written)
    return number if abs(number) < float("inf") else _Endless(written)


def _refused(message: str, text: str, file: str) -> Problem:
    """What the parser said, at its place; the one of a number too long to read is looked for."""
    at = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if at:
        return _syntax(message[: at.start()].strip(), file, int(at[1]), int(at[2]))
    if long := re.search(r"[\d_]{4000,}", text):
        return _syntax("A number has thousands of digits", file, *_spot(text, long.start()))
    return _syntax(message.partition(" (at ")[0], file, text.count("\n") + 1, 0)


def _syntax(what: str, file: str, line: int, column: int) -> Problem:
    from deckgen.toml_slips import in_words

    said = f"This line can't be read: {what}."
    todo = 'Write settings as name = "text", name = 5 or name = 2026-11-23.'
    said, todo = in_words(what) or (said, todo)
    return problem("settings-syntax", Place(file, line, column), said, todo)


def locate(text: str, path: Sequence[str | int]) -> tuple[int, int]:
    """Line and column of the deepest part of a path that the text shows.

    Numbers count the tables of an array ([[sections]]).
    """
    places = _places(text)
    paths = (tuple(path[:n]) for n in range(len(path), 0, -1))
    return next((places[p] for p in paths if p in places), (1, 1))


@lru_cache(maxsize=4)
def _places(text: str) -> dict[_Path, tuple[int, int]]:
    """Where each table and each setting begins."""
    part = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
    opens = re.compile(rf"\s*(?P<table>\[\[?)?\s*(?P<keys>{part}(?:\s*\.\s*{part})*)\s*[\]=]")
    here: _Path = ()
    counts: dict[_Path, int] = {}
    places: dict[_Path, tuple[int, int]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        match = opens.match(line)
        if not match:
            continue
        at = () if match["table"] else here
        place = number, len(line) - len(line.lstrip()) + 1
        for key in re.findall(part, match["keys"]):
            if at in counts:
                at = (*at, counts[at])
            at = (*at, key.strip("\"'"))
            places.setdefault(at, place)
        if match["table"] == "[[":
            counts[at] = counts.get(at, -1) + 1
            at = (*at, counts[at])
            places.setdefault(at, place)
        here = at if match["table"] else here
    return places
