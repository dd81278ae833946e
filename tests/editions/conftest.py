"""A drawn deck, made by hand."""

from __future__ import annotations

import pytest

from deckgen.layout.faces.deck import CardFaces
from tests.layout.made_up import deck, design, faces_of, files, workbook

__all__ = ["deck", "design", "files", "workbook"]


@pytest.fixture
def cards(deck, design, workbook) -> tuple[CardFaces, ...]:  # type: ignore[no-untyped-def]
    return faces_of(deck, workbook, design)[0]
