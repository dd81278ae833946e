"""Lines such as "See also: K2": which of them are labels."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from deckgen.problem import Place, Problem, problem

_CODES = re.compile(r"(?:[A-Za-z]{1,6}\s?\d{1,3}|and|to|\W)+")
_LABEL = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z' -]{1,24}?)[ \t]*:(?:[ \t\u00a0]+|\Z|(?=\S))(?P<value>.*)\Z"
)


def known_label(written: str, labels: Collection[str]) -> str:
    """The label that a name stands for, whatever its capitals and hyphens; "" if none."""
    return _by_bare(frozenset(labels)).get(_bare(written), "")


@lru_cache(maxsize=64)
def _by_bare(labels: frozenset[str]) -> dict[str, str]:
    return {_bare(name): name for name in sorted(labels)}


@lru_cache(maxsize=1 << 12)
def _bare(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())


def name_and_value(line: str, labels: Collection[str]) -> tuple[str, str]:
    """The two halves of a line that may be a label: its name has few letters, unless it is known.

    Both are empty if it can't be one.
    """
    if match := _LABEL.match(line):
        return match["name"], match["value"]
    name, colon, value = line.partition(":")
    known = colon and known_label(name, labels)
    return (known, value.lstrip(" \t\u00a0")) if known else ("", "")


def lacks_colon(
    line: str, place: Place, labels: Collection[str], *, after_blank: bool
) -> list[Problem]:
    """What is said of a line that is a label but for its colon: "see also K2". None of words.

    Labels of one word may begin any sentence, so what follows must look like no sentence.
    """
    low = line.lower().replace("-", " ")
    if not low.startswith(_begun(frozenset(labels))):
        return []
    for name in labels:
        rest = line[len(name) :].strip()
        if not (low.startswith(name.lower()) and line[len(name) : len(name) + 1] == " " and rest):
            continue
        if _CODES.fullmatch(rest) or (
            not after_blank and (" " in name or re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)+", rest))
        ):
            said = f"“{line[: len(name)]}” has no colon behind it."
            todo = f"Did you mean “{name}: {rest[:40]}”?"
            return [problem("label-unknown", place, said, todo)]
    return []


@lru_cache(maxsize=64)
def _begun(labels: frozenset[str]) -> tuple[str, ...]:
    """What a line begins with that begins with a label and a space."""
    return tuple(f"{name.lower()} " for name in labels)


def nearly_known(name: str, labels: Collection[str], *, after_blank: bool) -> bool:
    """Whether a name is meant for a label: one or two words with a capital, or a slip."""
    from difflib import get_close_matches

    like_one = name[0].isupper() and name.count(" ") < 2
    near = get_close_matches(name, labels, n=1, cutoff=0.8)
    return bool(near) or (like_one and not after_blank)
