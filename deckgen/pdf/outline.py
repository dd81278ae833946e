"""Ways into a document: bookmarks, page labels and named destinations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct, field

from deckgen.pdf.objects import Indirect, Name


def top_of(page: Indirect) -> list[Any]:
    """A destination: the top of a page, the zoom as it is."""
    return [page, Name("XYZ"), None, page["MediaBox"][3], None]


class _Entry(Struct):
    """A bookmark in the making."""

    object: Indirect
    kids: list[_Entry] = field(default_factory=list)


def outline(entries: Iterable[tuple[str, int, Indirect]]) -> Indirect | None:
    """An outline from (title, depth, page). A depth that leaves one out counts as the next."""
    top = _Entry(Indirect({"Type": Name("Outlines")}))
    path = [top]
    for title, depth, page in entries:
        del path[max(0, depth) + 1 :]
        made = _Entry(Indirect({"Title": title, "Dest": top_of(page)}))
        path[-1].kids.append(made)
        path.append(made)
    _tie(top)
    return top.object if top.kids else None


def _tie(entry: _Entry) -> int:
    """Link an entry with its kids; returns how many entries are below it."""
    below = sum(_tie(kid) + 1 for kid in entry.kids)
    kids = [kid.object for kid in entry.kids]
    for kid, before, after in zip(kids, [None, *kids], [*kids[1:], None], strict=False):
        kid.value |= {"Parent": entry.object, "Prev": before, "Next": after}
    if kids:
        # Sections start closed: a long deck's outline should fit on a screen.
        count = len(kids) if entry.object.value.get("Type") else -below
        entry.object.value |= {"First": kids[0], "Last": kids[-1], "Count": count}
    return below


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
    nums: list[Any] = []
    for i, label in enumerate(labels):
        nums += (i, {"P": label})
    return Indirect({"Nums": nums})


def destinations(named: Mapping[str, Any]) -> Indirect:
    """The name tree of named destinations, in the order that the format asks for."""
    pairs: list[Any] = []
    for name in sorted(named, key=lambda n: n.encode()):
        pairs += (name.encode(), named[name])
    return Indirect({"Dests": {"Names": pairs}})
