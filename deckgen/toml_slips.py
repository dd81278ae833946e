"""What people get wrong in TOML, in their words; loaded only when a file can't be parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deckgen.problem import Place, Problem, problem

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_NAME = r"(?P<name>[A-Za-z][\w.-]*)"
_COLON = re.compile(rf"\s*{_NAME}\s*(?P<sign>[:：])(?!=)\s*(?P<value>[^=]*)\Z")
_NO_SIGN = re.compile(rf"\s*{_NAME}\s+(?P<value>[\"'\d\[].*)\Z")
_VALUE = re.compile(rf"\s*{_NAME}\s*=\s*(?P<value>[^#]*?)\s*(?:#.*)?\Z")
_DATE = re.compile(r"(?P<a>\d{1,4})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{1,4})")
_CURLY = re.compile("[“”„‘’‚«»″]")
_HEADER = re.compile(r"\s*(?P<open>\[+)\s*(?P<name>[\w.-]+)\s*(?P<close>\]*)\s*(?:#.*)?\Z")
_BARE_WORD = re.compile(r"[^\W\d_][^\"'\[\]{}=]*")
Slip = tuple[int, str, str]  # the column (from 0), what is wrong, what to do


def slips(text: str, file: str) -> list[Problem]:
    """Every line that looks like one of the usual slips; none where other lines are at fault."""
    found = []
    inside = ""  # the marks of the string of several lines that goes on
    for number, line in enumerate(text.split("\n"), start=1):
        was = inside
        for marks in ('"""', "'''"):
            if line.count(marks) % 2 and inside in ("", marks):
                inside = "" if inside else marks
        if was or inside or line.lstrip().startswith("#"):
            continue
        slip = next(filter(None, (look(line) for look in _LOOKS)), None)
        if slip:
            column, said, todo = slip
            found.append(problem("settings-syntax", Place(file, number, column + 1), said, todo))
    return found


def _curly(line: str) -> Slip | None:
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), line)
    at = _CURLY.search(bare.partition("#")[0])
    if not at:
        return None
    value = _VALUE.match(line)
    shown = value["value"].strip("“”„«»‘’‚″\"'") if value else "…"
    todo = f'Type straight ones: {value["name"] if value else "name"} = "{shown[:60]}"'
    if value and value["value"].startswith("["):
        todo = 'Type straight ones, as in ["…", "…"].'
    return at.start(), f"These quotation marks are curly: {at[0]}", todo


def _colon(line: str) -> Slip | None:
    bare = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), line)
    at = _COLON.match(bare)
    if not at:
        return None
    value = line[at.start("value") :].strip() or "…"
    todo = f"Write: {at['name']} = {_as_value(value)}"
    return at.start("sign"), "A colon stands where = belongs.", todo


def _no_sign(line: str) -> Slip | None:
    at = _NO_SIGN.match(line)
    if not at or _HEADER.match(line):
        return None
    said = "There is no = between a setting and its value."
    return at.start("value"), said, f"Write: {at['name']} = {_as_value(at['value'].strip())}"


def _header(line: str) -> Slip | None:
    at = _HEADER.match(line)
    if not at or len(at["open"]) == len(at["close"]) or len(at["open"]) > 2:
        return None
    marks = max(len(at["open"]), min(len(at["close"]), 2))
    said = "The square brackets before and behind this name are not as many."
    return at.start("open"), said, f"Write: {'[' * marks}{at['name']}{']' * marks}"


def _value(line: str) -> Slip | None:
    """A value that is none: nothing, a date of another order, words without quotation marks."""
    at = _VALUE.match(line)
    if not at:
        return None
    name, value, column = at["name"], at["value"], at.start("value")
    if not value:
        return column, f"There is no value behind “{name} =”.", f'Write: {name} = "…"'
    date = _DATE.fullmatch(value)
    if date and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return column, f"{value} is no date here.", _dated(name, date)
    if value.lower() in ("true", "false"):
        fine = value.islower()
        said, todo = f"{value} has capitals.", f"Write: {name} = {value.lower()}"
        return None if fine else (column, said, todo)
    if _BARE_WORD.fullmatch(value) and value not in ("inf", "nan"):
        said = "These words have no quotation marks."
        return column, said, f'Write: {name} = "{value[:60]}"'
    if re.fullmatch(r"\d+,\d+", value):
        said, todo = "A number has a comma.", f"Write: {name} = {value.replace(',', '.')}"
        return column, said, todo
    return _quotes(name, value, column)


def _quotes(name: str, value: str, column: int) -> Slip | None:
    """A string that doesn't end, or ends too early."""
    mark = value[0]
    if mark not in "\"'" or value.startswith(3 * mark):
        return None
    whole = _QUOTED.match(value)
    if whole and whole.end() == len(value):
        return None
    inner = value.strip(mark)
    if value.count(mark) == 1 or not value.endswith(mark):
        said = f"These words have no quotation mark {'at the end' if not whole else 'round them'}."
        return column, said, f"Write: {name} = {mark}{inner[:60].replace(mark, '')}{mark}"
    said = "Quotation marks stand inside quotation marks."
    return column + (whole.end() if whole else 0), said, "Write curly ones inside: “…”."


def _dated(name: str, date: re.Match[str]) -> str:
    first, middle, last = (int(date[part]) for part in "abc")
    year, month, day = (first, middle, last) if first > 31 else (last, middle, first)
    if month > 12 >= day:
        month, day = day, month
    certain = first > 31 or max(month, day) > 12 or month == day
    if not certain or not (1 <= month <= 12 and 1 <= day <= 31 and year > 999):
        return f"Write the year, the month and the day: {name} = 2027-05-25"
    return f"Write the year, the month and the day: {name} = {year}-{month:02}-{day:02}"


def _as_value(value: str) -> str:
    """A value as it would be right, if it was not."""
    plain = re.fullmatch(r"[\"'\[].*|[\d.]+|true|false|\d{4}-\d\d-\d\d|…", value)
    return value[:60] if plain else f'"{value[:60]}"'


_LOOKS: tuple[Callable[[str], Slip | None], ...] = (_curly, _header, _colon, _no_sign, _value)

# What the parser says, and how people would.
_IN_WORDS = (
    ("Cannot overwrite a value", "This setting stands a second time.", "Take one of them out."),
    ("Cannot declare", "This part of the file stands a second time.", "Join the two."),
    ("Unescaped '\\'", "A \\ inside quotation marks begins a special sign.", "Write \\\\ for it."),
    ("Unterminated string", "The quotation mark at the end is missing.", 'Write "…" round words.'),
    ("Unclosed array", "A list is not closed.", "Write a ] at its end, and commas between."),
    ("Expected newline", "Something stands behind the value.", "Put each setting on its own line."),
    ("Expected '='", "There is no = behind the name of a setting.", 'Write: name = "…"'),
)


def in_words(message: str) -> tuple[str, str] | None:
    """What is wrong and what to do, for what the parser says of one line."""
    fitting: Iterator[tuple[str, str]] = (
        (said, todo) for start, said, todo in _IN_WORDS if message.startswith(start)
    )
    return next(fitting, None)
