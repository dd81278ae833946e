"""Ways into a document: bookmarks, page labels and named destinations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from deckgen.pdf.objects import Indirect, Name
from deckgen.pdf.trees import balanced


def top_of(page: Indirect) -> list[Any]:
    """A destination: the top of a page, the zoom as it is."""
    return [page, Name("XYZ"), None, page["MediaBox"][3], None]


def outline(entries: Iterable[tuple[str, int, Indirect]]) -> Indirect | None:
    """An outline from (title, depth, page). A depth that leaves one out counts as the next."""
    top = Indirect({"Type": Name("Outlines")})
    path, kids, below = [top], {top: list[Indirect]()}, dict[Indirect, int]()
    for title, depth, page in entries:
        del path[max(0, depth) + 1 :]
        made = Indirect({"Title": title, "Dest": top_of(page)})
        kids[path[-1]].append(made)
        kids[made] = []
        path.append(made)
    for entry in reversed(kids):  # what hangs below an entry was made after it
        below[entry] = sum(below[kid] + 1 for kid in kids[entry])
        # Sections start closed: a long deck's outline should fit on a screen.
        _tie(entry, kids[entry], len(kids[top]) if entry is top else -below[entry])
    return top if kids[top] else None


def _tie(above: Indirect, kids: Sequence[Indirect], count: int) -> None:
    """Link an entry with its kids; how many show is negative if it is closed."""
    for kid, before, after in zip(kids, [None, *kids], [*kids[1:], None], strict=False):
        kid.value |= {"Parent": above, "Prev": before, "Next": after}
    if kids:
        above.value |= {"First": kids[0], "Last": kids[-1], "Count": count}


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
    _tie(top, made, len(made))
    return top


def page_labels(labels: Sequence[str]) -> Indirect:
    """Labels as given, one for every page."""
    return Indirect(balanced("Nums", [(i, {"P": label}) for i, label in enumerate(labels)]))


def destinations(named: Mapping[str, Any]) -> Indirect:
    """The name tree of named destinations, in the order that the format asks for."""
    pairs = sorted(((n.encode(), named[n]) for n in named), key=itemgetter(0))
    return Indirect({"Dests": balanced("Names", pairs)})
