"""However many activities use a card, its list of them has room."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.layout.faces.uses import uses_forms
from deckgen.model.workbook import Activity, TimeFrame, Workbook
from tests.layout.made_up import activity, card, deck_of, faces_of


def test_forms_get_shorter() -> None:
    uses = ("Now 1", "Now 2", "Now 4", "Much later 1")
    assert [form.replace("\u00a0", " ") for form in uses_forms(uses)] == [
        "Now 1, Now 2, Now 4, Much later 1",
        "Now 1–2, 4, Much later 1",
        "Now, Much later",
        "Now …",
    ]


@pytest.mark.parametrize("count", [1, 3, 4, 15, 99])
@pytest.mark.parametrize("name", ["Now", "In the course of the coming months"])
def test_any_number_of_activities_has_room(
    workbook: Workbook, design: Design, count: int, name: str
) -> None:
    def many(key: str) -> tuple[Activity, ...]:
        return tuple(replace(activity(key, "A1"), number=n) for n in range(1, count + 1))

    parts = tuple(
        replace(part, name=name, activities=many(part.key)) if isinstance(part, TimeFrame) else part
        for part in workbook.parts
    )
    deck = deck_of(card("A1", points=4), card("B1"))
    faces, problems = faces_of(deck, replace(workbook, parts=parts), design)
    assert not problems
    said = " ".join("".join(r.text for r in line.runs) for line in faces[0].back.lines())
    assert name in said.replace("\u00a0", " ")
