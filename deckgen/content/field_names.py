"""Names of fields that can't be: two blocks would share them, or they are deckgen's own."""

from __future__ import annotations

from deckgen.model.text import as_text, plain
from deckgen.model.workbook import RESERVED, Workbook
from deckgen.problem import Place, Problem, problem

COVER = "cover"  # what the fields of the first page begin with


def alike(workbook: Workbook) -> list[Problem]:
    """Fields of two blocks that would have one name."""
    seen: dict[str, Place] = {}
    found = []
    whole = {name for name, _ in workbook.field_names()}
    for name, block in workbook.field_names():
        above = {name.rsplit(".", cut)[0] for cut in range(1, name.count(".") + 1)}
        taken = name.partition(".")[0] in (COVER, RESERVED)
        if taken or seen.setdefault(name, block.place) != block.place or above & whole:
            title = plain(as_text(block.title)) or "this heading"
            said = f"Answers below “{title}” go by names that are taken."
            todo = "Add a line “Id: …” right below the heading, with a name of its own."
            found.append(problem("id-repeated", block.place, said, todo))
    return list(dict.fromkeys(found))
