"""TOML files → validated values, with every fault located by line and column."""

from __future__ import annotations

import difflib
import re
import tomllib
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from deckgen.problem import Place, Problem, problem

Model = TypeVar("Model", bound=BaseModel)

_SYNTAX = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|.*)\)")
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"""\s*(?P<key>[\w-]+|"[^"]*"|'[^']*')\s*=""")


def read_settings(text: str, file: str, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Parse and validate; all faults at once. None if there is any."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        return None, [_syntax(str(fault), text, file)]
    except ValueError:  # Python reads and writes 4300 digits at most
        return None, [_syntax("A number has too many digits", text, file)]
    except RecursionError:
        return None, [_syntax("Brackets are nested too deep", text, file)]
    try:
        return model.model_validate(data), []
    except ValidationError as fault:
        return None, [_invalid(error, text, file, model) for error in _first_hand(fault)]


def _first_hand(fault: ValidationError) -> list[Any]:
    """The errors without those that follow from another: a list too short for its bad items."""
    errors = fault.errors()
    paths = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if not any(
            len(path) > len(error["loc"]) and path[: len(error["loc"])] == error["loc"]
            for path in paths
        )
    ]


def _syntax(message: str, text: str, file: str) -> Problem:
    match = _SYNTAX.match(message)
    what = match["what"] if match else message
    at_end = (text.count("\n") + 1, 0)
    line, column = (int(match["line"]), int(match["column"])) if match and match["line"] else at_end
    return problem(
        "settings-syntax",
        Place(file, line, column),
        f"This line can't be read: {what}.",
        'Write settings as name = "text", name = 5 or name = 2026-11-23.',
    )


def _invalid(error: Any, text: str, file: str, model: type[BaseModel]) -> Problem:
    path = list(error["loc"])
    name = str(path[-1]) if path else file
    place = Place(file, *locate(text, path))
    if error["type"] == "extra_forbidden":
        return problem(
            "setting-unknown",
            place,
            f'There is no setting called "{name}" here.',
            _nearest(name, _names(model)) or "Take it out.",
        )
    if error["type"] == "missing" and isinstance(path[-1], int):
        return problem(
            "setting-missing",
            place,
            f'"{_dotted(path[:-1])}" has too few values.',
            "Look at the file that came with deckgen for how many there are.",
        )
    if error["type"] == "union_tag_invalid":
        return problem(
            "setting-unknown",
            place,
            f'There is no {error["ctx"]["discriminator"]} called "{error["ctx"]["tag"]}".'.replace(
                "'", ""
            ),
            f"Use one of: {error['ctx']['expected_tags']}.".replace("'", ""),
        )
    if error["type"] in ("missing", "union_tag_not_found"):
        name = "part" if error["type"] != "missing" else name
        return problem(
            "setting-missing",
            place,
            f'The setting "{name}" is missing{_inside(path)}.',
            f"Add a line {name} = …",
        )
    return problem(
        "setting-invalid",
        place,
        f'"{_dotted(path)}" can\'t be {_shown(error["input"])}.',
        _wanted(error),
    )


def _inside(path: list[Any]) -> str:
    above = _dotted(path[:-1])
    return f' from "{above}"' if above else ""


def _dotted(path: list[Any]) -> str:
    """A path for people, who count from 1: sections 2, cards."""
    words = [f"{part + 1}" if isinstance(part, int) else str(part) for part in path]
    return " ".join(words)


def _shown(value: object) -> str:
    try:
        return "a table" if isinstance(value, dict) else f"{value!r}"[:60]
    except ValueError:
        return "a number with so many digits"


_WANTED = {
    "string_type": 'Write words in quotation marks: "…".',
    "string_too_short": "Write something between the quotation marks.",
    "int_type": "Write a whole number, without quotation marks.",
    "int_parsing": "Write a whole number, without quotation marks.",
    "int_from_float": "Write a whole number.",
    "float_type": "Write a number, without quotation marks.",
    "float_parsing": "Write a number, without quotation marks.",
    "bool_type": "Write true or false.",
    "bool_parsing": "Write true or false.",
    "tuple_type": "Write a list in square brackets: [ …, … ].",
    "too_short": "Write at least one.",
    "model_type": "Write it as a table.",
    "dict_type": "Write it as a table.",
}


def _wanted(error: Any) -> str:
    """What to write instead."""
    limits = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    for key, words in limits.items():
        if key in error.get("ctx", {}):
            return f"Write a number that is {words} {error['ctx'][key]:g}."
    message = str(error["msg"]).removeprefix("Value error, ")
    return _WANTED.get(error["type"], message[:1].upper() + message[1:].rstrip(".") + ".")


def _names(model: type[BaseModel]) -> set[str]:
    """The field names of a model and of the models in its schema."""
    schema = model.model_json_schema()
    names = set(schema.get("properties", ()))
    for part in schema.get("$defs", {}).values():
        names |= set(part.get("properties", ()))
    return names


def _nearest(name: str, known: set[str]) -> str:
    if name in known:
        return "It belongs to another part of the file: take it out here."
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f'Did you mean "{close[0]}"?' if close else ""


def locate(text: str, path: list[Any]) -> tuple[int, int]:
    """Line and column of the deepest part of a dotted path that the text shows.

    Numbers count the tables of an array ([[sections]]).
    """
    best = (1, 1)
    here: list[Any] = []
    counts: dict[str, int] = {}
    depth = -1
    for number, line in enumerate(text.split("\n"), start=1):
        header = _HEADER.match(line)
        if header:
            here = [part.strip(" \"'") for part in header[2].split(".")]
            if header[1] == "[[":
                key = ".".join(here)
                counts[key] = counts.get(key, -1) + 1
                here = [*here, counts[key]]
            matched = here
        else:
            key_match = _KEY.match(line)
            if not key_match:
                continue
            matched = [*here, key_match["key"].strip("\"'")]
        if len(matched) > depth and _leads(matched, path):
            depth, best = len(matched), (number, len(line) - len(line.lstrip()) + 1)
    return best


def _leads(matched: list[Any], path: list[Any]) -> bool:
    """True if `matched` is the beginning of `path`, leaving out names of union members.

    A path that ends at an array of tables is led to by the first of them.
    """
    if matched[: len(path)] == path and matched[len(path) :] == [0]:
        return True
    rest = iter(path)
    return all(any(part == other for other in rest) for part in matched)
