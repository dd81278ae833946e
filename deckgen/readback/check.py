"""Finished files, checked by reading them back: what they hold, what is wrong, what is lost."""

from __future__ import annotations

from deckgen.readback.facts import Facts, FieldFact, PageFact, facts_of
from deckgen.readback.faults import faults_of
from deckgen.readback.losses import pack_losses
from deckgen.readback.reading import read

__all__ = ["Facts", "FieldFact", "PageFact", "file_faults", "pack_losses", "read_facts"]


def file_faults(data: bytes) -> list[str]:
    """A sentence for everything that is wrong with a file by itself; empty if all is well."""
    return faults_of(read(data))


def read_facts(data: bytes) -> Facts:
    """Everything that a person could miss in a file."""
    return facts_of(read(data))
