"""Everything that a page draws: its own stream, and the patterns, letters and masks in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

from deckgen.preflight.content import State, Walk
from deckgen.preflight.layers import Layers, piles
from deckgen.preflight.reach import Budget, Painter, Uses
from deckgen.preflight.resources import resource_findings
from deckgen.preflight.rules import Finding


def drawing_findings(
    reader: PdfReader, first: list[Painter], where: str, standard: str, budget: Budget
) -> Iterator[Finding]:
    """What streams draw, with the patterns, letters and masks that they use, and those within."""
    uses, waiting, seen = Uses(), list(first), dict[int, Any]()
    walk, layered = Walk(reader, where, standard, uses, budget), False
    for painter in waiting:  # which grows as more are found
        if id(painter.stream) in seen:
            continue
        seen[id(painter.stream)] = painter.stream
        walk.measured = painter.measured
        walk.stream(painter.stream, painter.resources, State(painter.matrix))
        for used in uses.new:
            waiting += used.painters()
            yield from resource_findings(used, where, standard)
            layered = layered or (used.kind == "/ExtGState" and piles(used.thing))
        uses.new.clear()
    yield from walk.findings()
    if layered:
        layers = Layers(reader, where, standard, uses, budget)
        layers.page(first[0].stream, first[0].resources)
        yield from layers.findings()
