"""TOML files → checked values, with every fault located by line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from enum import EnumType
from functools import lru_cache
from itertools import islice
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from msgspec import Meta, Struct, ValidationError, convert
from msgspec.structs import fields

from deckgen.problem import Place, Problem, one_of, problem

Read = TypeVar("Read")

_DATES = (datetime, date, time)
_MOST_DOTS = 500  # on one line: the time that a.b.c… takes to read grows with their square
_MOST_FAULTS = 100  # of one file; whoever has more has another sort of file


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a settings file.

    The description in a setting's Meta is for people: what follows on "Write …", in the message
    about a value that won't do and in editors.
    """


class Unfit(ValueError):
    """Raised by a table's __post_init__: the setting `name` won't do, and what to write."""

    def __init__(self, name: str, advice: str) -> None:
        super().__init__(advice)
        self.name = name


class _Endless(Struct):
    """Stands for inf and nan, which no setting can be."""

    written: str

    def __repr__(self) -> str:
        return self.written


def like(pattern: str, description: str) -> Meta:
    """Text that has this pattern from end to end; `description` says so in words for people."""
    return Meta(pattern=rf"^(?:{pattern})$(?!\n)", description=description)


def read_settings(text: str, file: str, model: type[Read]) -> tuple[Read | None, list[Problem]]:
    """Parse and check; all faults at once. None if there is any."""
    data, found = _parsed(text, file)
    if data is None:
        return None, found
    try:
        return convert(_gathered(data, model), model, builtin_types=_DATES), []
    except ValidationError:
        return None, _all_faults(model, data, text, file)


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

    dotted = next(
        (n for n, line in enumerate(text.split("\n"), 1) if line.count(".") > _MOST_DOTS), 0
    )
    if dotted:
        return None, [_syntax("It has too many dots", file, dotted, 1)]
    try:
        return tomllib.loads(text, parse_float=_number), []
    except RecursionError:
        lines = [line.count("[") + line.count("{") for line in text.split("\n")]
        return None, [_syntax("Brackets are nested too deep", file, lines.index(max(lines)) + 1, 1)]
    except ValueError as fault:
        return None, [_refused(str(fault), text, file)]


def _number(written: str) -> object:
    number = float(written)
    return number if abs(number) < float("inf") else _Endless(written)


def _refused(message: str, text: str, file: str) -> Problem:
    """What the parser said, at its place; the one of a number too long to read is looked for."""
    at = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if at:
        return _syntax(message[: at.start()].strip(), file, int(at[1]), int(at[2]))
    if long := re.search(r"[\d_]{4000,}", text):
        line = text.count("\n", 0, long.start()) + 1
        column = long.start() - text.rfind("\n", 0, long.start())
        return _syntax("A number has thousands of digits", file, line, column)
    return _syntax(message.partition(" (at ")[0], file, text.count("\n") + 1, 0)


def _syntax(what: str, file: str, line: int, column: int) -> Problem:
    return problem(
        "settings-syntax",
        Place(file, line, column),
        f"This line can't be read: {what}.",
        'Write settings as name = "text", name = 5 or name = 2026-11-23.',
    )


_Path = tuple[str | int, ...]
# A code, the place in the data, what is wrong, what to do.
_Fault = tuple[str, _Path, str, str]


def _all_faults(model: Any, data: dict[str, Any], text: str, file: str) -> list[Problem]:
    every = _faults(model, _gathered(data, model), (), _names(model))
    faults = list(islice(every, _MOST_FAULTS + 1))
    rest = getattr(model, "rest", None)
    found = [
        problem(code, Place(file, *locate(text, path[path[:1] == (rest,) :])), said, todo)
        for code, path, said, todo in faults[:_MOST_FAULTS]
    ]
    if len(faults) > _MOST_FAULTS:
        said = f"This file has more than {_MOST_FAULTS} faults; these are the first."
        found.append(problem("setting-invalid", Place(file), said, "Put these right first."))
    return found


def _faults(kind: Any, value: object, path: _Path, names: set[str]) -> Iterator[_Fault]:
    """Every fault of a value. A whole is judged only if there is none in its parts."""
    bare, sound = _bare(kind), True
    if get_origin(bare) in (Union, UnionType) and isinstance(value, dict):
        bare, wrong = _tagged(bare, value, path)
        yield from wrong
        sound = not wrong
    for fault in _parts_faults(bare, value, path, names) if sound else ():
        sound = False
        yield fault
    if sound:
        try:
            convert(value, kind, builtin_types=_DATES)
        except ValidationError as fault:
            cause = fault.__cause__
            if isinstance(cause, Unfit):
                path, value = (*path, cause.name), value[cause.name]  # type: ignore[index]
            todo = str(cause) if isinstance(cause, Unfit) else _wanted(kind, value)
            yield "setting-invalid", path, f'"{_dotted(path)}" can\'t be {_shown(value)}.', todo


def _parts_faults(kind: Any, value: object, path: _Path, names: set[str]) -> Iterator[_Fault]:
    """Faults in what a table or a list consists of."""
    inner = get_args(kind)
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, Struct):
        known = {field.name: field for field in fields(kind)}
        for name in value:
            if name not in known and name != kind.__struct_config__.tag_field:
                yield _unknown((*path, name), names)
        for name, field in known.items():
            if name in value:
                yield from _faults(field.type, value[name], (*path, name), names)
            elif field.required:
                yield _missing((*path, name))
    elif isinstance(value, dict) and get_origin(kind) is dict:
        for name, item in value.items():
            yield from _faults(inner[1], item, (*path, name), names)
    elif isinstance(value, list) and get_origin(kind) is tuple:
        endless = inner[-1] is Ellipsis
        kinds = inner[:1] * len(value) if endless else inner
        for number, (item_kind, item) in enumerate(zip(kinds, value, strict=False)):
            yield from _faults(item_kind, item, (*path, number), names)
        if len(value) != len(kinds):
            amount = "few" if len(value) < len(kinds) else "many"
            said = f'"{_dotted(path)}" has too {amount} values.'
            yield "setting-invalid", path, said, f"Write {len(kinds)} of them."


def _tagged(union: Any, value: Mapping[str, Any], path: _Path) -> tuple[Any, list[_Fault]]:
    """Which kind of table the value says that it is."""
    kinds = {kind.__struct_config__.tag: kind for kind in get_args(union)}
    setting = get_args(union)[0].__struct_config__.tag_field
    if setting not in value:
        return union, [_missing((*path, setting))]
    written = value[setting]
    if isinstance(written, str) and written in kinds:
        return kinds[written], []
    said = f"There is no {setting} called {_shown(written)}."
    return union, [("setting-unknown", (*path, setting), said, one_of(str(written), kinds))]


def _unknown(path: _Path, names: set[str]) -> _Fault:
    name = _short(str(path[-1]))
    todo = "It belongs to another part of the file: take it out here."
    if name not in names:
        todo = one_of(name, names, "Take it out.", list_all=False)
    return "setting-unknown", path, f'There is no setting called "{name}" here.', todo


def _missing(path: _Path) -> _Fault:
    above = f' from "{_dotted(path[:-1])}"' if path[:-1] else ""
    said = f'The setting "{path[-1]}" is missing{above}.'
    return "setting-missing", path, said, f"Add a line {path[-1]} = …"


def _bare(kind: Any) -> Any:
    return kind.__origin__ if get_origin(kind) is Annotated else kind


def _names(kind: Any) -> set[str]:
    """The names of all settings that a file of this kind may have."""
    bare = _bare(kind)
    if isinstance(bare, type) and issubclass(bare, Struct):
        known = {field.name: _names(field.type) for field in fields(bare)}
        return set(known).union(*known.values())
    return set().union(*map(_names, get_args(bare)))


def _dotted(path: _Path) -> str:
    """A path for people, who count from 1: sections 2 cards."""
    return " ".join(f"{part + 1}" if isinstance(part, int) else _short(part) for part in path)


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:60]}…"


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "this list" if value else "empty"
    if isinstance(value, bool | date | time):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**60:
        return "so large a number"
    return _short(repr(value))


_WANTED: Mapping[Any, str] = {
    str: 'Write words in quotation marks: "…".',
    int: "Write a whole number, without quotation marks.",
    float: "Write a number, without quotation marks.",
    bool: "Write true or false.",
    date: "Write a date without quotes, such as 2026-11-23.",
    tuple: "Write a list in square brackets: [ …, … ].",
}
_LIMITS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


def _wanted(kind: Any, value: object) -> str:
    """What to write instead of a value that its kind refuses."""
    bare = _bare(kind)
    rules: Sequence[Meta] = getattr(kind, "__metadata__", ())
    if isinstance(bare, EnumType) or get_origin(bare) is Literal:
        names = get_args(bare) or tuple(str(member.value) for member in bare)
        return one_of(str(value), names)
    if isinstance(value, int | float) and not isinstance(value, bool) and bare in (int, float):
        for rule in rules:
            limits = [
                f"{w} {x:g}" for n, w in _LIMITS.items() if (x := getattr(rule, n)) is not None
            ]
            if limits and (bare is float or isinstance(value, int)):
                return f"Write a number that is {' and '.join(limits)}."
    if isinstance(value, list) and get_origin(bare) is tuple:
        return "Write at least one."
    said = [rule.description for rule in rules if rule.description and isinstance(value, str)]
    plain = _WANTED.get(get_origin(bare) or bare, "Write it as a table.")
    return f"Write {said[0]}." if said and bare is str else plain


def locate(text: str, path: Sequence[str | int]) -> tuple[int, int]:
    """Line and column of the deepest part of a path that the text shows.

    Numbers count the tables of an array ([[sections]]).
    """
    places = _places(text)
    return next(
        (places[p] for n in range(len(path), 0, -1) if (p := tuple(path[:n])) in places), (1, 1)
    )


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
