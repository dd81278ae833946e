"""A plan of a reissue: what would be printed anew, and the file that `reissue` can be held to."""

from __future__ import annotations

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from deckgen.layout.papers.swap_slip import Sums
from deckgen.model.change import Kind
from deckgen.model.snapshot import INDEX_CODE
from deckgen.model.swap import Swaps
from deckgen.options import Options
from deckgen.report import json_text, picked

PLAN_FORMAT = 1
PLAIN = Options()
REPRINT_ALL_ABOVE = 0.6  # where loose-leaf publishers issue a whole new edition instead


class Plan(Struct, frozen=True):
    """What a supplement would hold. `content` is the fingerprint of all that it was made from."""

    swaps: Swaps
    sums: Sums
    options: Options
    leave_out: tuple[Kind, ...]
    content: str
    issued: bool

    @property
    def name(self) -> str:
        """What its folder and its file are called after."""
        large = "-large-print" * self.options.large_print
        return f"reissue-{self.swaps.since}-to-{self.swaps.edition}{large}"

    @property
    def reprint_all(self) -> bool:
        """Whether the whole deck is better printed anew."""
        return self.swaps.share > REPRINT_ALL_ABOVE


def plan_text(plan: Plan) -> str:
    """A plan as a file, which `reissue` can be held to."""
    return json_text(
        format=PLAN_FORMAT,
        **picked(plan.swaps, "since", "edition"),
        content=plan.content,
        options={k: v for k, v in asdict(plan.options).items() if v != getattr(PLAIN, k)},
        leave_out=plan.leave_out,
        put_in=[*plan.swaps.put_in, INDEX_CODE],
        take_out=[swap.old.code for swap in plan.swaps.swaps if swap.old],
        same=plan.swaps.same,
        sheets=plan.sums.sheets,
    )


MOST_COPIES = 500


class NoPlan(Exception):
    """A file that is no plan of ours, or of another version."""


class SavedPlan(Struct, frozen=True):
    """What a plan's file says."""

    format: int
    since: str
    options: Options
    leave_out: tuple[Kind, ...]
    content: str


def read_plan(data: bytes) -> SavedPlan:
    """A plan from its file. Raises NoPlan."""
    try:
        said = msgspec.json.decode(data, type=SavedPlan)
        fits = said.options.plan and 1 <= said.options.copies <= MOST_COPIES
    except (ValueError, RecursionError):
        raise NoPlan("it was not made by deckgen reissue --plan") from None
    if said.format != PLAN_FORMAT:
        raise NoPlan("it is of another version of deckgen")
    if not fits:
        raise NoPlan("it asks for a number of decks that can't be")
    return said
