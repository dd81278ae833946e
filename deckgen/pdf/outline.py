"""Ways into a document: bookmarks, page labels and named destinations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from deckgen.pdf.objects import Indirect, Name


def top_of(page: Indirect) -> list[Any]:
    """A destination: the top of a page, the zoom as it is."""
    return [page, Name("XYZ"), None, page["MediaBox"][3], None]


@dataclass
class _Entry:
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


def page_labels(labels: Sequence[str]) -> Indirect:
    """Labels as given, one for every page."""
    nums: list[Any] = []
    for i, label in enumerate(labels):
        nums += (i, {"P": label})
    return Indirect({"Nums": nums})


def destinations(pages: Iterable[tuple[str, Indirect]]) -> Indirect:
    """The name tree of named destinations; of pages with one name the first wins."""
    named: dict[str, Indirect] = {}
    for name, page in pages:
        named.setdefault(name, page)
    pairs: list[Any] = []
    for name in sorted(named, key=lambda n: n.encode()):
        pairs += (name.encode(), top_of(named[name]))
    return Indirect({"Dests": {"Names": pairs}})
