"""Headings that need no label: a template says what each stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from msgspec import Meta

from deckgen.content.blocks import Block, BlockKind
from deckgen.content.deck import Words, text_in
from deckgen.content.inline import inline
from deckgen.content.outline import Part
from deckgen.problem import Place, Problem
from deckgen.settings import Settings, read_settings

FILE = "templates/workbook-headings.toml"
_ALIKE = 0.85  # so near to a known heading, another one is a slip

LabelLine = Annotated[str, Meta(pattern=r"^[^:#]+:", description="a label, as in Box: large")]
BlockLine = Annotated[
    str, Meta(pattern=r"^(### |[^:#]+:)", description="a heading with ###, or a label")
]


class KnownHeading(Settings, frozen=True):
    """A heading, how many # it has, the labels below it, and blocks that follow its words."""

    heading: Words
    depth: Annotated[int, Meta(ge=2, le=4)]
    labels: tuple[LabelLine, ...]
    adds: tuple[BlockLine, ...] = ()


class HeadingsFile(Settings, frozen=True):
    """The whole file."""

    headings: tuple[KnownHeading, ...] = ()


Known = Mapping[tuple[int, str], KnownHeading]


def load_known_headings(files: Mapping[str, bytes]) -> tuple[Known, list[Problem]]:
    """By depth and words in small letters. A project may do without the file."""
    if FILE not in files:
        return {}, []
    text, found = text_in(files, FILE)
    read, faults = read_settings(text, FILE, HeadingsFile) if text is not None else (None, [])
    headings = read.headings if read else ()
    return {(h.depth, h.heading.lower()): h for h in headings}, [*found, *faults]


def spell_out(part: Part, known: Known, kinds: frozenset[str]) -> None:
    """Put what known headings stand for below them, in a part and in all that is in it."""
    meant = known.get((part.level, part.title.strip().lower()))
    if meant and kinds.isdisjoint(part.labels):
        for line in meant.labels:
            label = _label(line, part.place)
            part.labels.setdefault(label.name, label)
        if all(kinds.isdisjoint(child.labels) for child in part.parts):
            part.parts[:0] = _blocks(meant.adds, part)
    for child in part.parts:
        spell_out(child, known, kinds)


def nearest(part: Part, known: Known) -> str:
    """The known heading that a part's title is a slip of, if there is one."""
    there: Iterable[str] = [h.heading for (depth, _), h in known.items() if depth == part.level]
    by_letters = {name.lower(): name for name in there}
    from difflib import get_close_matches

    near = get_close_matches(part.title.strip().lower(), by_letters, n=1, cutoff=_ALIKE)
    return by_letters[near[0]] if near else ""


def _label(line: str, place: Place) -> Block:
    name, _, value = line.partition(":")
    return Block(BlockKind.LABEL, inline(value.strip()), place, name=name.strip())


def _blocks(lines: Iterable[str], part: Part) -> list[Part]:
    made: list[Part] = []
    for line in lines:
        if line.startswith("#"):
            title = line.lstrip("# ")
            heading = Block(BlockKind.HEADING, inline(title), part.place, 3, title)
            made.append(Part(title, part.place, part.level + 1, heading, given=True))
        elif made:
            label = _label(line, part.place)
            made[-1].labels[label.name] = label
    return made
