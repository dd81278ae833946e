"""Several finished files → one, with nothing lost: tags, fields, bookmarks, labels, links.

The usual ways of merging PDFs lose the structure tree and much else. Here all objects that a
part's catalog reaches are copied, and the few trees that there can be only one of are joined.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from deckgen.pdf.metadata import DocumentInfo, describe
from deckgen.pdf.objects import File, Indirect, Name, packed
from deckgen.pdf.outline import page_labels, tie_parts
from deckgen.readback.copying import Copy, name_tree
from deckgen.readback.document import Document, entry, labels_of, listed, names_of, raw, text
from deckgen.readback.document import tree_pairs as pairs_in
from deckgen.readback.join_form import JoinedForm
from deckgen.readback.join_tags import JoinedTags
from deckgen.readback.reading import read

BLANK_LABEL = "blank"
_CLAIM = re.compile(rb"<pdfuaid:part>1</pdfuaid:part>\s*")


class Part(Struct, frozen=True):
    """A finished PDF, and the title of its bookmark in the pack.

    It is `sound` if it passes our own checks. A pack with a part that doesn't claims no PDF/UA.
    """

    title: str
    data: bytes
    sound: bool = True


class Joined(Struct, frozen=True):
    """A pack's bytes, and what is in them."""

    data: bytes
    document: Document


def join(parts: Sequence[Part], info: DocumentInfo) -> Joined:
    """The pack. Every part starts on an odd page, so that it can be printed by itself."""
    pack = _Pack(info.language)
    for part in parts:
        pack.add(part)
    return pack.finish(info)


class _Pack:
    """The joined file in the making."""

    def __init__(self, language: str) -> None:
        self.pages: list[Indirect] = []
        self.labels: list[str] = []
        self.outlines: list[tuple[str, Indirect, Indirect | None]] = []
        self.names: dict[str, dict[str, Any]] = {"Dests": {}, "EmbeddedFiles": {}}
        self.form, self.tags = JoinedForm(), JoinedTags(language)
        self._root = Indirect({"Type": Name("Pages")})
        self._layers: dict[str, Any] = {}
        self._fonts: dict[Any, Indirect] = {}
        self._made: set[Indirect] = {self._root}
        self._taken: set[Indirect] = set()

    def add(self, part: Part) -> None:
        """Take in a part."""
        if len(self.pages) % 2:
            self._blank_page()
        document = read(part.data)
        catalog, number = document.catalog, len(self.outlines) + 1
        copy = Copy(document, self._fonts)
        place = self.tags.begin(part.title, copy)
        copy.fill_pages(self._root)
        self.pages += copy.pages
        self.labels += labels_of(document)
        inner = copy.value(raw(catalog, "Outlines"))
        self.outlines.append((part.title, copy.pages[0], inner))
        attached = pairs_in(entry(catalog, "Names", "EmbeddedFiles"), "Names")
        self._name("Dests", names_of(document), copy, number)
        self._name("EmbeddedFiles", {text(k): v for k, v in attached}, copy, number)
        form = copy.value(entry(catalog, "AcroForm"))
        layers = copy.value(entry(catalog, "OCProperties"))
        copy.finish()
        self.form.add(form, copy, number)
        self._layer(layers or {})
        self.tags.add(place, copy, number)
        self._made.update(copy.objects.values(), copy.pages)
        if not part.sound:
            self._taken |= {*copy.objects.values(), *copy.pages} - copy.known

    def finish(self, info: DocumentInfo) -> Joined:
        """The pack's bytes, and its objects."""
        file = File()
        self._root.value |= {"Count": len(self.pages), "Kids": self.pages}
        names = {kind: name_tree(named) for kind, named in self.names.items() if named}
        file.Catalog.value |= {
            "Pages": self._root,
            "StructTreeRoot": self.tags.finish(),
            "PageLabels": page_labels(self.labels),
            "Outlines": tie_parts(self.outlines),
            "PageMode": Name("UseOutlines"),
            "Names": Indirect(names) if names else None,
            "AcroForm": self.form.finish(),
            "OCProperties": self._layers or None,
        }
        describe(file, info)
        if self._taken:
            packet = file.Catalog["Metadata"]
            packet.stream = _CLAIM.sub(b"", packet.stream)
        objects = dict(enumerate(self._made))
        taken, pages = frozenset(self._taken), tuple(self.pages)
        return Joined(file.to_bytes(), Document(file.Catalog, file.info, pages, objects, taken))

    def _blank_page(self) -> None:
        before = self.pages[-1]
        boxes = {k: before.value.get(k) for k in ("MediaBox", "CropBox", "TrimBox", "Rotate")}
        entries = {"Type": Name("Page"), "Parent": self._root, "Resources": {}, **boxes}
        entries = {k: v for k, v in entries.items() if v is not None}
        self.pages.append(Indirect({**entries, "Contents": packed(b""), "Tabs": Name("S")}))
        self.labels.append(BLANK_LABEL)

    def _name(self, kind: str, pairs: Mapping[str, Any], copy: Copy, part: int) -> None:
        """Where a name is taken, the part's number comes before it: nothing else leads by it."""
        for name, value in pairs.items():
            key = name if name not in self.names[kind] else f"{part}.{name}"
            self.names[kind][key] = copy.value(value)

    def _layer(self, layers: dict[str, Any]) -> None:
        """Lists grow; what is said once for all layers is what the first part says."""
        for ours, theirs in (
            (self._layers, layers),
            (self._layers.setdefault("D", {}) if layers else {}, entry(layers, "D") or {}),
        ):
            for key, value in theirs.items():
                if key in ("OCGs", "ON", "OFF", "Order", "Locked", "RBGroups", "AS"):
                    ours[key] = listed(ours.get(key)) + listed(value)
                elif key not in ("D", "Configs"):
                    ours.setdefault(key, value)
