"""Problems, outputs and progress, in words for a person or as JSON for a program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from msgspec import to_builtins

from deckgen.problem import Problem, Severity

_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1"}
_INDENT = "    "


def wants_colour(stream: TextIO, env: Mapping[str, str]) -> bool:
    """Colour only for eyes: a terminal that has it, and a person who hasn't declined."""
    return stream.isatty() and not env.get("NO_COLOR") and env.get("TERM") != "dumb"


def problems_text(problems: Sequence[Problem], *, colour: bool = False) -> str:
    """Every problem with its place, what was found and what to do; then a count."""
    if not problems:
        return "No problems found.\n"
    lines = [line for problem in problems for line in _lines(problem, colour)]
    return "\n".join((*lines, "", count_line(problems))) + "\n"


def _lines(problem: Problem, colour: bool) -> Iterable[str]:
    severity = str(problem.severity)
    if colour:
        severity = f"\x1b[{_COLOURS[problem.severity]}m{severity}\x1b[0m"
    yield f"{one_line(str(problem.place))}  {severity}  {problem.code}"
    yield f"{_INDENT}{one_line(problem.found)}"
    yield f"{_INDENT}→ {one_line(problem.todo)}"


def count_line(problems: Sequence[Problem]) -> str:
    """ "2 errors and 1 warning in 2 files"."""
    count = Counter(p.severity for p in problems)
    counts = [plural(count[severity], severity.value) for severity in Severity if count[severity]]
    files = {p.place.file for p in problems if not p.place.file.startswith("--")}
    where = f" in {plural(len(files), 'file')}" if files else ""  # options are in no file
    return f"{' and '.join(counts)}{where}."


def as_json(problems: Sequence[Problem], outputs: Sequence[Path]) -> str:
    """The same as an object: {"problems": [...], "outputs": [...]}."""
    return json_text(problems=[*map(problem_record, problems)], outputs=[*map(str, outputs)])


def json_text(**record: object) -> str:
    """What a command says to a program: one object, in letters that people can read too."""
    return json.dumps(to_builtins(record), indent=2, ensure_ascii=False) + "\n"


def picked(thing: object, *names: str) -> dict[str, object]:
    """Some attributes of a value, for a record."""
    return {name: getattr(thing, name) for name in names}


def problem_record(found: Problem) -> dict[str, object]:
    """A Problem for JSON."""
    place = picked(found.place, "file", "line", "column")
    place |= {"spot": found.place.spot} if found.place.spot else {}
    return place | picked(found, "severity", "code", "found", "todo")


def outputs_text(outputs: Sequence[Path], start: Path) -> str:
    """The files written, named as seen from the folder the person is in."""
    return "".join(f"Wrote {_near(path, start)}\n" for path in outputs)


def unchanged_text(output: Path, start: Path) -> str:
    """That there was nothing to do."""
    where = _near(output, start)
    return f"Nothing has changed since the last build; the files in {where} are up to date.\n"


def progress_line(stream: TextIO | None) -> Callable[[str], None]:
    """Show one step at a time on a terminal, on a line that the next one overwrites.

    An empty step clears the line. Silent when nobody is watching.
    """

    def show(step: str) -> None:
        if stream and stream.isatty():
            stream.write(f"\r\x1b[K{step + ' …' if step else ''}")
            stream.flush()

    return show


def one_line(text: str) -> str:
    """Text from a file, safe on a terminal: no line breaks and no control characters."""
    return "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))


def plural(count: int, noun: str) -> str:
    """A count with its noun: "1 card", "2 cards"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _near(path: Path, start: Path) -> Path:
    return path.relative_to(start) if path.is_relative_to(start) else path
