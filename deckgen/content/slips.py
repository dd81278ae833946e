"""Lines that are meant for the heading of a card, but lack their #, or have too many of them."""

from __future__ import annotations

import re
from collections.abc import Collection

from deckgen.content.labels import known_label, name_and_value
from deckgen.problem import Place, Problem, problem

_HEADING = re.compile(
    r"(?P<marks>\s*#*)[ \t\u00a0]*(?:\*\*)?"
    r"(?P<words>(?P<prefix>[A-Za-z]{1,6})\s?(?P<number>[0-9]{1,3})(?![0-9A-Za-z])[\s:–—-]+\S.*)"
)
_SENTENCE_ENDS = ".!?,;:…"


def card_headings_mended(
    text: str, file: str, prefix: str, labels: Collection[str]
) -> tuple[str, list[Problem]]:
    """The text of a section's file with one # before each line that looks like a card.

    Such a line begins with a code of the section that no other card has, and stands alone between
    blank lines, or above a label.
    """
    if prefix.lower() not in text.lower():
        return text, []
    lines, found = text.split("\n"), list[Problem]()
    matches = [_HEADING.match(line) for line in lines]
    there = {m["number"] for m in matches if m and m["marks"].strip() == "#"}
    for at, match in enumerate(matches):
        if not match or match["prefix"].upper() != prefix or match["number"] in there:
            continue
        marks, words = match["marks"].strip(), match["words"].rstrip().removesuffix("**")
        if marks or _alone(lines, at, labels):
            place = Place(file, at + 1, len(lines[at]) - len(lines[at].lstrip()) + 1)
            lines[at] = f"# {words}"
            found.append(_meant_for_a_card(marks, words, place))
    return ("\n".join(lines) if found else text), found


def like_a_card(line: str) -> bool:
    """Whether a line between blank ones may be meant for a heading, in the file of some section."""
    return bool(_HEADING.match(line)) and line.rstrip()[-1] not in _SENTENCE_ENDS


def _alone(lines: list[str], at: int, labels: Collection[str]) -> bool:
    """Whether a line without # can't be words of a card: a label follows, or nothing near it."""
    above, below = lines[at - 1 : at], "".join(lines[at + 1 : at + 2])
    if "".join(above).strip():
        return False
    if known_label(name_and_value(below.strip(), labels)[0], labels):
        return True
    return not below.strip() and lines[at].rstrip()[-1] not in _SENTENCE_ENDS


def _meant_for_a_card(marks: str, words: str, place: Place) -> Problem:
    shown = words[:60]
    if marks:
        said = f"“{marks} {shown}” looks like a card, but has {len(marks)} signs # before it."
        return problem("heading-unknown", place, said, f"Write one: # {shown}")
    said = f"“{shown}” looks like a card, but has no # before it."
    return problem("text-stray", place, said, f"Write: # {shown}")
