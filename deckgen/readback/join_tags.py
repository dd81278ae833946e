"""The structure trees of several files → one tree, with a Part for each."""

from __future__ import annotations

from functools import partial
from typing import Any

from deckgen.pdf.objects import Indirect, Name
from deckgen.pdf.trees import balanced
from deckgen.readback.copying import Copy, name_tree
from deckgen.readback.document import entry, listed, raw, text
from deckgen.readback.ways import tree_pairs

# Where a part's tags go: the Part element, the root that they had, and what hangs below it.
Place = tuple[Indirect, Any, list[Any]]


class JoinedTags:
    """The joined tree in the making."""

    def __init__(self, language: str) -> None:
        self._root = Indirect({"Type": Name("StructTreeRoot")})
        self._document = Indirect({"S": Name("Document"), "P": self._root, "K": []})
        self._parents, self._next_parent = list[tuple[int, Any]](), 0
        self._names, self._language = dict[str, Any](), language
        self._maps: dict[str, dict[str, Any]] = {"RoleMap": {}, "ClassMap": {}}

    def begin(self, title: str, copy: Copy) -> Place | None:
        """Say what stands for a part's root and for its Document before anything is copied."""
        root = raw(copy.document.catalog, "StructTreeRoot")
        if not isinstance(root, Indirect):
            return None
        part = Indirect({"S": Name("Part"), "T": title, "P": self._document, "K": []})
        language = text(raw(copy.document.catalog, "Lang"))
        if language and language != self._language:
            part["Lang"] = language
        copy.objects[root] = self._root
        copy.known |= {self._root, part}
        kids: list[Any] = []
        for kid in listed(raw(root, "K")):
            if entry(kid, "S") != "Document" or not isinstance(kid, Indirect):
                kids.append(copy.value(kid))
                continue
            copy.objects[kid] = part
            part.value |= {k: copy.value(v) for k, v in entry(kid).items() if k in ("Pg", "Lang")}
            kids += [copy.value(k) for k in listed(raw(kid, "K"))]
        return part, root, kids

    def add(self, place: Place | None, copy: Copy, number: int) -> None:
        """Put a part's tags under its Part; its numbers move up behind those in use."""
        offset = self._next_parent if place else None
        for key in ("StructParents", "StructParent"):
            copy.change(key, partial(_renumber, key, offset))
        if place is None:
            return
        part, root, kids = place
        self._document["K"].append(part)
        part["K"] += [Indirect(kid) if type(kid) is dict and "S" in kid else kid for kid in kids]
        for kid in part["K"]:
            if isinstance(kid, Indirect):
                kid["P"] = part
        owners = dict(tree_pairs(raw(root, "ParentTree"), "Nums"))
        self._parents += [(n + self._next_parent, copy.value(to)) for n, to in owners.items()]
        names = {text(n): to for n, to in tree_pairs(raw(root, "IDTree"), "Names")}
        self._map(root, copy, number)
        self._identify(names, copy, number)
        copy.finish()
        self._next_parent += max(owners, default=-1) + 1

    def finish(self) -> Indirect:
        """The root of the joined tree."""
        self._root.value |= {
            "K": self._document,
            "ParentTree": Indirect(balanced("Nums", self._parents)),
            "ParentTreeNextKey": self._next_parent,
            **{key: entries for key, entries in self._maps.items() if entries},
        }
        if self._names:
            self._root["IDTree"] = name_tree(self._names)
        return self._root

    def _map(self, root: Any, copy: Copy, part: int) -> None:
        """Roles and classes. Where a name means something else here, the part's number follows."""
        for kind, key in (("RoleMap", "S"), ("ClassMap", "C")):
            theirs, ours = copy.value(entry(root, kind)) or {}, self._maps[kind]
            new: dict[str, Name] = {}
            while more := {
                name: Name(f"{name}.{part}")
                for name, value in theirs.items()
                if name in ours and name not in new and (ours[name] != value or value in new)
            }:
                new |= more

            if new:
                copy.change(key, partial(_rename, key, new))
            for name, value in theirs.items():
                ours[str(new.get(name, name))] = new.get(value, value) if key == "S" else value

    def _identify(self, names: dict[str, Any], copy: Copy, part: int) -> None:
        """Elements that others call by name: where one is taken, the part's number comes first."""
        above = f"{part}." if self._names.keys() & names.keys() else ""
        self._names |= {above + name: copy.value(to) for name, to in names.items()}

        if above:
            copy.change("S", partial(_prefix, above, set()))


def _renumber(key: str, offset: int | None, made: dict[str, Any]) -> None:
    if offset is None:
        del made[key]
    else:
        made[key] += offset


def _prefix(above: str, seen: set[int], element: dict[str, Any]) -> None:
    if isinstance(element.get("ID"), str | bytes):
        element["ID"] = above + text(element["ID"])
    for one in map(entry, listed(element.get("A"))):
        if type(one) is dict and "Headers" in one and id(one) not in seen:
            seen.add(id(one))
            one["Headers"] = [above + text(name) for name in listed(one["Headers"])]


def _rename(key: str, new: dict[str, Name], made: dict[str, Any]) -> None:
    named = made[key]
    changed = [new.get(n, n) if isinstance(n, Name) else n for n in listed(named)]
    made[key] = changed if type(named) is list else changed[0]
