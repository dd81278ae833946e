"""Ways into a document: bookmarks, page labels and named destinations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

from msgspec import Struct, field

from deckgen.pdf.objects import Indirect, Name
from deckgen.pdf.trees import balanced


def top_of(page: Indirect) -> list[Any]:
    """A destination: the top of a page, the zoom as it is."""
    return [page, Name("XYZ"), None, page["MediaBox"][3], None]


class _Entry(Struct):
    """A bookmark in the making: what hangs below it, and how many that are, however deep."""

    object: Indirect
    kids: list[_Entry] = field(default_factory=list)
    below: int = 0


def outline(entries: Iterable[tuple[str, int, Indirect]]) -> Indirect | None:
    """An outline from (title, depth, page). A depth that leaves one out counts as the next."""
    top = _Entry(Indirect({"Type": Name("Outlines")}))
    made, path = [top], [top]
    for title, depth, page in entries:
        del path[max(0, depth) + 1 :]
        entry = _Entry(Indirect({"Title": title, "Dest": top_of(page)}))
        path[-1].kids.append(entry)
        path.append(entry)
        made.append(entry)
    for entry in reversed(made):  # what hangs below an entry was made after it
        _tie(entry)
    return top.object if top.kids else None


def _tie(entry: _Entry) -> None:
    """Link an entry with its kids, which are complete."""
    entry.below = sum(kid.below + 1 for kid in entry.kids)
    kids = [kid.object for kid in entry.kids]
    for kid, before, after in zip(kids, [None, *kids], [*kids[1:], None], strict=False):
        kid.value |= {"Parent": entry.object, "Prev": before, "Next": after}
    if kids:
        # Sections start closed: a long deck's outline should fit on a screen.
        count = len(kids) if entry.object.value.get("Type") else -entry.below
        entry.object.value |= {"First": kids[0], "Last": kids[-1], "Count": count}


def tie_parts(parts: Sequence[tuple[str, Indirect, Indirect | None]]) -> Indirect:
    """An outline of outlines: an entry for each part (title, first page, the part's outline)."""
    top = Indirect({"Type": Name("Outlines")})
    made = []
    for title, page, inner in parts:
        entry = Indirect({"Title": title, "Dest": top_of(page), "Parent": top})
        made.append(entry)
        if inner is None or "First" not in inner.value:
            continue
        kid, count = inner["First"], 0
        while kid is not None:
            kid["Parent"] = entry
            count += 1 + max(0, kid.value.get("Count", 0))
            kid = kid.value.get("Next")
        entry.value |= {"First": inner["First"], "Last": inner["Last"], "Count": -count}
    for one, after in pairwise(made):
        one["Next"], after["Prev"] = after, one
    top.value |= {"First": made[0], "Last": made[-1], "Count": len(made)}
    return top


def page_labels(labels: Sequence[str]) -> Indirect:
    """Labels as given, one for every page."""
    return Indirect(balanced("Nums", [(i, {"P": label}) for i, label in enumerate(labels)]))


def destinations(named: Mapping[str, Any]) -> Indirect:
    """The name tree of named destinations, in the order that the format asks for."""
    pairs = sorted(((n.encode(), named[n]) for n in named), key=itemgetter(0))
    return Indirect({"Dests": balanced("Names", pairs)})
