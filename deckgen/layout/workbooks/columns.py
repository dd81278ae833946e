"""How wide the columns of a table are, and whether a page is wide enough for them."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.layout.setting.page import BORDER_PT, Page
from deckgen.layout.workbooks.spot import CLEAR_PT, TICK_PT
from deckgen.model.text import as_text, plain
from deckgen.model.workbook import Column, Table

_WEIGHTS = {"wide": 42, "text": 18, "date": 17, "choice": 23, "tick": 10}  # of the width
_TABLE_EMS = 34.0  # the narrowest page that holds a table, in ems of its type
_NARROWEST_PT = {"wide": 90.0, "text": 60.0, "date": 60.0}  # to write in
CELL_PAD_PT = 9.0
_ARROW_PT = 34.0  # what a drop-down list takes beside its words


def widths_pt(page: Page, table: Table) -> list[float] | None:
    """The usual shares of the page, but each column as wide as its longest word, and each list as
    its longest choice: what that takes comes from the others. None if there is not so much.
    """
    if page.width < _TABLE_EMS * page.type("table_head").size_pt:
        return None
    weights = [_WEIGHTS[column.kind] for column in table.columns]
    usual = [weight / sum(weights) * page.width for weight in weights]
    least = [_least(page, column) for column in table.columns]
    spare = [max(0.0, u - m) for u, m in zip(usual, least, strict=True)]
    wanted = sum(max(0.0, m - u) for u, m in zip(usual, least, strict=True))
    if not wanted:
        return usual
    if wanted > sum(spare):
        return None
    taken = wanted / sum(spare)
    return [max(m, u - taken * s) for u, m, s in zip(usual, least, spare, strict=True)]


def _least(page: Page, column: Column) -> float:
    look = page.type("table_head")
    word = max(page.setter.width_pt(word, look) for word in plain(as_text(column.title)).split())
    least = max(word + 2 * CELL_PAD_PT, choice_pt(page, column.options))
    if column.kind == "tick":
        least = max(least, page.grown(TICK_PT) + 2 * CLEAR_PT + BORDER_PT)
    return max(least, _NARROWEST_PT.get(column.kind, 0.0))


def choice_pt(page: Page, options: Sequence[str]) -> float:
    """The width that a drop-down list needs."""
    look = page.type("label").at(page.typed_pt, page.typed_pt)
    return max((page.setter.width_pt(o, look) + _ARROW_PT for o in options), default=0.0)
