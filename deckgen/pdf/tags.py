"""The structure tree: what screen readers and reflowing viewers follow (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from deckgen.geometry import Matrix
from deckgen.model.drawing import Drawing, Element, Field, Link, Role
from deckgen.pdf.extent import Box, extent, first_label
from deckgen.pdf.objects import Indirect, Name
from deckgen.pdf.paint import Node
from deckgen.pdf.trees import balanced

_AS_IS = Matrix()
_NAMES = {str(name): Name(name) for name in (*Role, "Span")}
_MCR, _OBJR = Name("MCR"), Name("OBJR")


class Surface(Struct, frozen=True):
    """What a Drawing lies on: a page, or a form XObject (`stream`) that is drawn on the page.

    `annotate` makes the annotation of a field or a link; None where there can be none.
    """

    page: Indirect
    matrix: Matrix = _AS_IS
    stream: Indirect | None = None
    annotate: Callable[[Field | Link], Indirect] | None = None


class Tree:
    """The structure tree of one document in the making."""

    def __init__(self) -> None:
        self.root = Indirect({"Type": Name("StructTreeRoot")})
        self._document = Indirect({"S": Name("Document"), "P": self.root, "K": []})
        self._groups: dict[tuple[str, ...], Indirect] = {(): self._document}
        self._parents: list[Indirect] = []
        self._attribute_sets: dict[str, Indirect] = {}

    def add(self, drawing: Drawing, nodes: Iterable[Node], surface: Surface) -> int:
        """Hang a Drawing's structure into the tree; returns its StructParents number."""
        number, parent = len(self._parents), self.group(drawing)
        self._parents.append(Indirect([]))  # the owner of each piece of marked content
        parent["K"] += self._elements(nodes, parent, surface, self._parents[-1].value)
        return number

    def finish(self) -> Indirect:
        """The root, complete with its parent tree."""
        self.root.value |= {
            "K": self._document,
            "ParentTree": balanced("Nums", list(enumerate(self._parents))),
            "ParentTreeNextKey": len(self._parents),
        }
        return self.root

    def group(self, drawing: Drawing) -> Indirect:
        """A Drawing's innermost group. Groups are read in the order in which they are asked for."""
        path: tuple[str, ...] = ()
        for group in drawing.groups:
            parent, path = self._groups[path], (*path, group.key)
            if path not in self._groups:
                made = Indirect({"S": Name("Sect"), "T": group.title, "P": parent, "K": []})
                parent["K"].append(made)
                self._groups[path] = made
        return self._groups[path]

    def _elements(
        self, nodes: Iterable[Node], parent: Indirect, surface: Surface, owners: list[Indirect]
    ) -> list[Indirect]:
        """Elements for nodes, without those of fields where there can be none."""
        elements = []
        for node in nodes:
            if node.element.role is Role.FORM and not surface.annotate:
                continue
            made, kids = Indirect(self._entries(node.element, parent, surface)), list[Any]()
            for kid in node.kids:
                if isinstance(kid, Node):
                    kids += self._elements((kid,), made, surface, owners)
                elif isinstance(kid, int):
                    owners.append(made)
                    inside = {"Type": _MCR, "Stm": surface.stream, "MCID": kid}
                    kids.append(inside if surface.stream else kid)
                elif surface.annotate:
                    kids.append(self._annotation(surface.annotate(kid), made))
            if any(not isinstance(kid, Indirect) for kid in kids):
                made["Pg"] = surface.page  # content and annotations lie on their element's page
            made["K"] = kids[0] if len(kids) == 1 else kids
            elements.append(made)
        return elements

    def _entries(self, element: Element, parent: Indirect, surface: Surface) -> dict[str, Any]:
        """What is there only: a large deck has hundreds of thousands of elements."""
        # On paper nothing can be clicked.
        link = element.role is Role.LINK and surface.annotate is None
        entries: dict[str, Any] = {"S": _NAMES["Span" if link else element.role], "P": parent}
        if element.alt:
            entries["Alt"] = element.alt
        if element.language:
            entries["Lang"] = element.language
        if attributes := self._attributes(element, surface.matrix):
            entries["A"] = attributes
        return entries

    def _attributes(self, element: Element, matrix: Matrix) -> Any:
        if element.role is Role.HEAD_CELL:
            return self._shared("Table", "Scope", element.scope or "Column")
        if element.role is Role.FIGURE:
            box = _placed(extent(element), matrix)
            return {"O": Name("Layout"), "Placement": Name("Block"), "BBox": box}
        if element.role is Role.LIST and (label := first_label(element)):
            numbering = "Decimal" if label[0].isdigit() else "Disc"
            return self._shared("List", "ListNumbering", numbering)
        return None

    def _shared(self, owner: str, key: str, value: str) -> Indirect:
        """Attributes that many elements have, written once."""
        if value not in self._attribute_sets:
            self._attribute_sets[value] = Indirect({"O": Name(owner), key: Name(value)})
        return self._attribute_sets[value]

    def _annotation(self, annotation: Indirect, element: Indirect) -> dict[str, Any]:
        annotation["StructParent"] = len(self._parents)
        self._parents.append(element)
        return {"Type": _OBJR, "Obj": annotation}


def _placed(box: Box, matrix: Matrix) -> list[float]:
    corners = [matrix.apply(x, y) for x in box[0::2] for y in box[1::2]]
    xs, ys = zip(*corners, strict=True)
    return [min(xs), min(ys), max(xs), max(ys)]
