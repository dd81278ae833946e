"""Several finished files → one, with nothing lost: tags, fields, bookmarks, labels, links.

The usual ways of merging PDFs lose the structure tree and much else. Here all objects that a
part's catalog reaches are copied, and the few trees that there can be only one of are joined.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from deckgen.pdf.metadata import DocumentInfo, describe
from deckgen.pdf.objects import File, Indirect, Name, packed
from deckgen.pdf.outline import destinations, page_labels, tie_parts
from deckgen.readback.parsed import Copy, entry, opened, tree_pairs

BLANK_LABEL = "blank"


class Part(Struct, frozen=True):
    """A finished PDF, and the title of its bookmark in the pack."""

    title: str
    data: bytes


def join(parts: Sequence[Part], info: DocumentInfo) -> bytes:
    """The pack. Every part starts on an odd page, so that it can be printed by itself."""
    pack = _Pack()
    for part in parts:
        pack.add(part)
    return pack.finish(info)


class _Pack:
    """The joined file in the making."""

    def __init__(self) -> None:
        self.pages: list[Indirect] = []
        self.labels: list[str] = []
        self.outlines: list[tuple[str, Indirect, Indirect | None]] = []
        self.names: dict[str, Any] = {}
        self.form = _Form()
        self._root = Indirect({"Type": Name("Pages")})
        self._tags = Indirect({"Type": Name("StructTreeRoot")})
        self._document = Indirect({"S": Name("Document"), "P": self._tags, "K": []})
        self._parents: list[Any] = []
        self._next_parent = 0
        self._font_files: dict[str, Indirect] = {}

    def add(self, part: Part) -> None:
        """Take in a part."""
        if len(self.pages) % 2:
            self._blank_page()
        reader = opened(part.data)
        catalog: Any = reader.trailer["/Root"]
        copy = Copy(reader)
        copy.fill_pages(self._root)
        self.pages += copy.pages
        self.labels += reader.page_labels
        inner = copy.value(catalog.get("/Outlines"))
        self.outlines.append((part.title, copy.pages[0], inner))
        self._name(copy, catalog, len(self.outlines))
        self.form.add(copy.value(catalog.get("/AcroForm")), len(self.outlines))
        self._tag(part.title, copy, catalog)
        self._share_fonts(copy)

    def finish(self, info: DocumentInfo) -> bytes:
        """The bytes of the pack."""
        file = File()
        self._root.value |= {"Count": len(self.pages), "Kids": self.pages}
        self._tags.value |= {
            "K": self._document,
            "ParentTree": Indirect({"Nums": self._parents}),
            "ParentTreeNextKey": self._next_parent,
        }
        file.Catalog.value |= {
            "Pages": self._root,
            "StructTreeRoot": self._tags,
            "PageLabels": page_labels(self.labels),
            "Outlines": tie_parts(self.outlines),
            "PageMode": Name("UseOutlines"),
            "Names": destinations(self.names) if self.names else None,
            "AcroForm": self.form.finish(),
        }
        describe(file, info)
        return file.to_bytes()

    def _blank_page(self) -> None:
        before = self.pages[-1]
        boxes = {k: before.value.get(k) for k in ("MediaBox", "CropBox", "TrimBox", "Rotate")}
        entries = {"Type": Name("Page"), "Parent": self._root, "Resources": {}, **boxes}
        self.pages.append(Indirect({**entries, "Contents": packed(b""), "Tabs": Name("S")}))
        self.labels.append(BLANK_LABEL)

    def _name(self, copy: Copy, catalog: Any, part: int) -> None:
        for name, value in tree_pairs(entry(catalog, "/Names", "/Dests"), "/Names"):
            text = name.decode("latin-1") if isinstance(name, bytes) else str(name)
            key = text if text not in self.names else f"{part}.{text}"
            self.names[key] = copy.value(value)

    def _tag(self, title: str, copy: Copy, catalog: Any) -> None:
        """Put a part's tags under a Part element; its numbers move up behind those in use."""
        root = entry(catalog, "/StructTreeRoot")
        if root is None:
            return
        part = Indirect({"S": Name("Part"), "T": title, "P": self._document, "K": []})
        self._document["K"].append(part)
        highest = -1
        for number, owner in tree_pairs(root.get("/ParentTree"), "/Nums"):
            self._parents += (int(number) + self._next_parent, copy.value(owner))
            highest = max(highest, int(number))
        for kid in _listed(copy.value(root.get("/K"))):
            inside = _listed(kid.value.get("K")) if kid["S"] == "Document" else [kid]
            for element in inside:
                element["P"] = part
            part["K"] += inside
        self._renumber(copy)
        self._next_parent += highest + 1

    def _renumber(self, copy: Copy) -> None:
        for made in copy.objects.values():
            if not isinstance(made.value, dict):
                continue
            for key in ("StructParents", "StructParent"):
                if key in made.value:
                    made[key] += self._next_parent

    def _share_fonts(self, copy: Copy) -> None:
        for made in copy.objects.values():
            file = made.value.get("FontFile2") if isinstance(made.value, dict) else None
            if file is not None:
                digest = hashlib.sha256(file.stream or b"").hexdigest()
                made["FontFile2"] = self._font_files.setdefault(digest, file)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, Indirect) and isinstance(value.value, list):
        return list(value.value)
    return list(value) if isinstance(value, list) else [value]


class _Form:
    """The joined form."""

    def __init__(self) -> None:
        self._fields: list[Indirect] = []
        self._fonts: dict[str, Any] = {}
        self._appearance: Any = None

    def add(self, form: Indirect | None, part: int) -> None:
        """Take in a part's fields. Where a name is taken, the part's number comes before it."""
        if form is None:
            return
        fields = _listed(form.value.get("Fields"))
        taken = {field["T"] for field in self._fields}
        if any(field["T"] in taken for field in fields):
            above = Indirect({"T": f"part-{part}", "Kids": fields})
            for field in fields:
                field["Parent"] = above
            fields = [above]
        self._fields += fields
        self._fonts = {**_plain(form.value.get("DR"), "Font"), **self._fonts}
        self._appearance = self._appearance or form.value.get("DA")

    def finish(self) -> Indirect | None:
        """The form dictionary, or None if no part has fields."""
        if not self._fields:
            return None
        resources = {"Font": self._fonts}
        return Indirect({"Fields": self._fields, "DR": resources, "DA": self._appearance})


def _plain(value: Any, key: str) -> dict[str, Any]:
    """A dictionary inside another, either of which may be an object of its own."""
    for step in (None, key):
        if isinstance(value, Indirect):
            value = value.value
        value = (value or {}).get(step, {}) if step else value
    return dict(value.value if isinstance(value, Indirect) else value or {})
