"""Whose fields are whose: names as the workbook gave them, and the copies that a file holds.

Programs that join files put words before the names of fields ("form1.cover.1"), or numbers behind
any part of them ("cover+1.1", "cover [808].1", "cover.1#1"). Where names come again on other
pages, the file holds several copies.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from deckgen.readback.carriers import HIDDEN_FIELD

_BEHIND = re.compile(r"(?:\+\d+|[ _]?\[\d+\]|#\d+|_\d+|[ ]?\(\d+\)|@\d+|~\d+)+\Z")
# Names of workbooks before their activities had Ids, all in a form of their own.
_ONCE = re.compile(r"cover\.\d+|[^\W_A-Z]+(?:-[^\W_A-Z]+)*-\d+(?:\.[^\W_A-Z]+(?:-[^\W_A-Z]+)*)+")
_MOST_BEFORE, _MOST, _MOST_PREFIXES = 4, 0.5, 1000


Placed = tuple[int, float, float, float, float, str]


class Entry(Struct):
    """A field of a file, as another process found it; pages count from 0, -1 is none.

    `node` and `root` are numbers that tell fields, and the fields above them, apart. `places` are
    its widgets: page, left, bottom, right and top in points, and, of a button, its first state.
    `listed`: the form's list of fields leads to it. `told` is its first tooltip.
    """

    name: str
    kind: str
    pages: tuple[int, ...]
    node: int
    root: int
    value: str = ""
    others: tuple[str, ...] = ()
    note: str = ""
    places: tuple[Placed, ...] = ()
    listed: bool = False
    told: str = ""


class Part(Struct):
    """One copy of a workbook in a file; `mixed` if it begins in the middle."""

    mixed: bool = False
    entries: dict[int, Entry] = {}
    pages: set[int] = set()
    names: dict[str, set[int]] = {}
    pageless: set[str] = set()

    def clashes(self, entries: Iterable[Entry]) -> bool:
        """Whether other fields of this copy have one of the names."""
        return any(self.names.get(e.name, {e.node}) != {e.node} for e in entries)


def plain_names(names: Sequence[str], known: Collection[str] = ()) -> list[str]:
    """Each name as the workbook gave it, as far as that can be told.

    `known` are names that workbooks have; without any, what all names have before them goes.
    """
    bare = [".".join(_BEHIND.sub("", part) or part for part in n.split(".")) for n in names]
    if known:
        return [_known(name, plain, known) for name, plain in zip(names, bare, strict=True)]
    hidden = {n.removesuffix(HIDDEN_FIELD) for n in bare if n.endswith(f".{HIDDEN_FIELD}")}
    before = sorted(hidden | _prefixes(bare), key=len, reverse=True)[:_MOST_PREFIXES]
    return [next((n.removeprefix(p) for p in before if n.startswith(p)), n) for n in bare]


def _known(name: str, bare: str, known: Collection[str]) -> str:
    for way in (name, bare):
        parts = way.split(".")
        for start in range(min(len(parts), _MOST_BEFORE + 1)):
            if (rest := ".".join(parts[start:])) in known or rest == HIDDEN_FIELD:
                return rest
    return bare


def _prefixes(names: Sequence[str]) -> set[str]:
    """What merges put before names: they look like ours without it, and do not with it."""
    after: dict[str, list[str]] = {}
    for name in names:
        first, _, rest = name.partition(".")
        after.setdefault(first, []).append(rest)
    found = {f"{first}." for first, rest in after.items() if share_of_ours(rest) > _MOST}
    with_it = [name for name in names if name.partition(".")[0] + "." in found]
    return found if len(after) == len(found) or share_of_ours(with_it) < _MOST else set()


def share_of_ours(names: Sequence[str]) -> float:
    """How many of the names have the form that names had before activities had Ids (0 to 1)."""
    return sum(bool(_ONCE.fullmatch(name)) for name in names) / max(1, len(names))


def copies_of(entries: Sequence[Entry]) -> list[Part]:
    """The copies of a workbook that fields belong to, in the order of pages."""
    sorter, pages = _Sorter(), dict[int, list[Entry]]()
    for entry in entries:
        for page in set(entry.pages) - {-1}:
            pages.setdefault(page, []).append(entry)
    for page in sorted(pages):
        sorter.put(sorter.home(pages[page]), pages[page], page)
    for entry in (e for e in entries if not set(e.pages) - {-1}):
        sorter.put(sorter.home_without_page(entry), [entry], -1)
    return sorter.parts


class _Sorter:
    """Gives fields to copies; knows to which one a field, and the fields above it, went."""

    def __init__(self) -> None:
        self.parts = list[Part]()
        self._by_node, self._by_root = dict[int, Part](), dict[int, Part]()

    def put(self, part: Part, entries: Sequence[Entry], page: int) -> None:
        """Fields, and the page that they are on, belong to a copy."""
        for entry in entries:
            part.names.setdefault(entry.name, set()).add(entry.node)
            part.entries[entry.node] = entry
            part.pageless |= {entry.name} if page < 0 else set()
            self._by_node[entry.node] = self._by_root[entry.root] = part
        part.pages |= {page} - {-1}

    def home(self, here: Sequence[Entry]) -> Part:
        """The copy of a page's fields: that of the same fields, or of those above, or the last."""
        for entry in here:
            if part := self._by_node.get(entry.node):
                return part
        for root in {entry.root: None for entry in here}:
            if (part := self._by_root.get(root)) and not part.clashes(here):
                return part
        if self.parts and not self.parts[-1].clashes(here):
            return self.parts[-1]
        begins = not self.parts or _first_page(self.parts[0]) & {e.name for e in here}
        self.parts.append(Part(mixed=not begins))
        return self.parts[-1]

    def home_without_page(self, entry: Entry) -> Part:
        """The copy of a field that is on no page: with the same field above, or that lacks it.

        Where it comes a second time in a copy, both values are laid side by side.
        """
        if not self.parts:
            self.parts.append(Part())
        if part := self._by_root.get(entry.root):
            return part
        lacking = (part for part in self.parts if entry.name not in part.names)
        alone = (part for part in self.parts if entry.name not in part.pageless)
        return next(lacking, None) or next(alone, self.parts[0])


def _first_page(part: Part) -> set[str]:
    page = min(part.pages, default=-1)
    return {e.name for e in part.entries.values() if page in e.pages}
