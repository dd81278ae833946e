"""What is wrong in a settings file, all of it; loaded only when something is.

msgspec stops at the first fault. So a value is taken apart as its type says, and each part is
given to msgspec alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time
from enum import EnumType
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Meta, Struct, ValidationError
from msgspec.structs import fields

from deckgen.problem import one_of

Path = tuple[str | int, ...]
# A code, the place in the data, what is wrong, what to do.
Fault = tuple[str, Path, str, str]
Check = Callable[[object, Any], object]


def every_fault(kind: Any, value: object, check: Check) -> Iterator[Fault]:
    """All faults of a value; `check` raises msgspec's ValidationError if it is not of a kind."""
    return _faults(kind, value, (), _Asked(check, _names(kind)))


class _Asked(Struct, frozen=True):
    """What is the same for all parts: how one is checked, and the names that the file may have."""

    check: Check
    names: set[str]


def _faults(kind: Any, value: object, path: Path, asked: _Asked) -> Iterator[Fault]:
    """Every fault of a value. A whole is judged only if there is none in its parts."""
    bare, inner = _bare(kind), list[Fault]()
    if get_origin(bare) in (Union, UnionType) and isinstance(value, dict):
        bare, inner = _tagged(bare, value, path)
    sound = not inner
    for fault in inner or _parts_faults(bare, value, path, asked):
        sound = False
        yield fault
    if sound:
        try:
            asked.check(value, kind)
        except ValidationError as refusal:
            setting, todo = getattr(refusal.__cause__, "setting", ""), _wanted(kind, value)
            if setting and isinstance(value, dict):
                written = value.get(setting, getattr(bare, setting, None))
                path, value, todo = (*path, setting), written, str(refusal.__cause__)
            yield "setting-invalid", path, f'"{_dotted(path)}" can\'t be {_shown(value)}.', todo


def _parts_faults(kind: Any, value: object, path: Path, asked: _Asked) -> Iterator[Fault]:
    """Faults in what a table or a list consists of."""
    inner = get_args(kind)
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, Struct):
        known = {field.name: field for field in fields(kind)}
        for name in value:
            if name not in known and name != kind.__struct_config__.tag_field:
                yield _unknown((*path, name), asked.names)
        for name, field in known.items():
            if name in value:
                yield from _faults(field.type, value[name], (*path, name), asked)
            elif field.required:
                yield _missing((*path, name))
    elif isinstance(value, dict) and get_origin(kind) is dict:
        for name, item in value.items():
            yield from _faults(inner[1], item, (*path, name), asked)
    elif isinstance(value, list) and get_origin(kind) is tuple:
        endless = inner[-1] is Ellipsis
        kinds = inner[:1] * len(value) if endless else inner
        for number, (item_kind, item) in enumerate(zip(kinds, value, strict=False)):
            yield from _faults(item_kind, item, (*path, number), asked)
        if len(value) != len(kinds):
            amount = "few" if len(value) < len(kinds) else "many"
            said = f'"{_dotted(path)}" has too {amount} values.'
            yield "setting-invalid", path, said, f"Write {len(kinds)} of them."


def _tagged(union: Any, value: Mapping[str, Any], path: Path) -> tuple[Any, list[Fault]]:
    """Which kind of table the value says that it is."""
    tables: list[Any] = [k for k in get_args(union) if isinstance(k, type(Struct))]
    if len(tables) < 2:
        return (tables or [union])[0], []
    kinds = {kind.__struct_config__.tag: kind for kind in tables}
    setting = tables[0].__struct_config__.tag_field
    if setting not in value:
        return union, [_missing((*path, setting))]
    written = value[setting]
    if isinstance(written, str) and written in kinds:
        return kinds[written], []
    said = f"There is no {setting} called {_shown(written)}."
    return union, [("setting-unknown", (*path, setting), said, one_of(str(written), kinds))]


def _unknown(path: Path, names: set[str]) -> Fault:
    name = _short(str(path[-1]))
    todo = "It belongs to another part of the file: take it out here."
    if name not in names:
        todo = one_of(name, names, "Take it out.", list_all=False)
    return "setting-unknown", path, f'There is no setting called "{name}" here.', todo


def _missing(path: Path) -> Fault:
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


def _dotted(path: Path) -> str:
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
    kinds = [each for each in get_args(bare) if each is not NoneType]
    if get_origin(bare) in (Union, UnionType) and len(kinds) == 1:
        return _wanted(kinds[0], value)
    rules: Sequence[Meta] = getattr(kind, "__metadata__", ())
    if isinstance(bare, EnumType) or get_origin(bare) is Literal:
        names = get_args(bare) or tuple(str(member.value) for member in bare)
        return one_of(str(value), names)
    number = bare in (int, float) and isinstance(value, int | bare) and not isinstance(value, bool)
    for rule in rules if number else ():
        limits = [f"{w} {x:g}" for n, w in _LIMITS.items() if (x := getattr(rule, n)) is not None]
        if limits:
            return f"Write a number that is {' and '.join(limits)}."
    if isinstance(value, list) and get_origin(bare) is tuple:
        return "Write at least one."
    said = [rule.description for rule in rules if rule.description and isinstance(value, str)]
    plain = _WANTED.get(get_origin(bare) or bare, "Write it as a table.")
    return f"Write {said[0]}." if said and bare is str else plain
