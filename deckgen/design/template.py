"""One template file → a value of its model. Which templates make a look is for others to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from deckgen.problem import Place, Problem, one_of, problem
from deckgen.settings import read_settings
from deckgen.source import read_source

Model = TypeVar("Model")


def read_template(
    files: Mapping[str, bytes], file: str, model: type[Model], found: list[Problem]
) -> Model | None:
    """A settings file checked against its model; None, with Problems in `found`, if it's wrong."""
    if file not in files:
        found.append(problem("file-missing", Place(file), "This file is missing.", "Put it back."))
        return None
    text, faults = read_source(files[file], file)
    value, wrong = read_settings(text, file, model) if text is not None else (None, [])
    found += [*faults, *wrong]
    return value


def read_named(
    files: Mapping[str, bytes],
    kind: str,
    name: str,
    model: type[Model],
    found: list[Problem],
    asked_at: Place | None = None,
) -> Model | None:
    """One of several templates of a kind ("theme"), by its name; `asked_at` is where it stands."""
    start = f"templates/{kind}s/"
    if f"{start}{name}.toml" in files:
        return read_template(files, f"{start}{name}.toml", model, found)
    known = [f[len(start) : -5] for f in files if f.startswith(start) and f.endswith(".toml")]
    said, todo = (
        f'There is no {kind} called "{name}".',
        one_of(name, known, f"Put {name}.toml there."),
    )
    found.append(problem("template-unknown", asked_at or Place(start), said, todo))
    return None
