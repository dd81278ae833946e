"""Headings and labels that can't stand where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deckgen.content.blocks import Block
from deckgen.model.text import plain
from deckgen.problem import Problem, one_of, problem


def unknown_heading(block: Block, known: Sequence[str]) -> Problem:
    """A heading that can't stand here, with the nearest that can."""
    said = f"The heading “{plain(block.text)}” is not known."
    todo = one_of(plain(block.text), known, "Take it out.")
    return problem("heading-unknown", block.place, said, todo)


def unknown_label(block: Block, known: Iterable[str]) -> Problem:
    """A label that is not known, with the nearest that is."""
    todo = one_of(f"{block.name}:", [f"{name}:" for name in known], "There are none here.")
    todo += " Ordinary text goes below a blank line."
    return problem("label-unknown", block.place, f"“{block.name}:” is not a label.", todo)


def repeated_label(block: Block) -> Problem:
    """A label that stands a second time."""
    said = f"“{block.name}:” stands here a second time."
    return problem("label-repeated", block.place, said, "Put everything on one line.")
