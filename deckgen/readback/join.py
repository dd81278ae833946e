"""Several finished files → one, with nothing lost: tags, fields, bookmarks, labels, links.

The usual ways of merging PDFs lose the structure tree and much else. Here all objects that a
part's catalog reaches are copied, and the few trees that there can be only one of are joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from deckgen.pdf.metadata import DocumentInfo, describe
from deckgen.pdf.objects import File, Indirect, Name, packed
from deckgen.pdf.outline import page_labels, tie_parts
from deckgen.readback.copying import Copy, name_tree
from deckgen.readback.document import Document, entry, listed, raw
from deckgen.readback.join_tags import JoinedTags
from deckgen.readback.reading import read
from deckgen.readback.ways import labels_of, names_of

BLANK_LABEL = "blank"
_LISTS_OF_LAYERS = ("OCGs", "ON", "OFF", "Order", "Locked", "RBGroups", "AS")
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
        self.form: dict[str, Any] = {"Fields": [], "DR": {}, "DA": None}
        self.tags, self.layers = JoinedTags(language), dict[str, Any]()
        self._root, self._fonts = Indirect({"Type": Name("Pages")}), dict[Any, Indirect]()
        self._made, self._taken = {self._root}, set[Indirect]()

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
        self.outlines.append((part.title, copy.pages[0], copy.value(raw(catalog, "Outlines"))))
        for kind, ours in self.names.items():
            theirs = {name: copy.value(to) for name, to in names_of(document, kind).items()}
            # Where a name is taken, the part's number comes before it: nothing else leads by it.
            ours |= {f"{number}.{n}" if n in ours else n: to for n, to in theirs.items()}
        form = copy.value(entry(catalog, "AcroForm"))
        layers = copy.value(entry(catalog, "OCProperties"))
        copy.finish()
        _join_form(self.form, form, copy, number)
        self._layer(layers or {})
        self.tags.add(place, copy, number)
        objects = {*copy.objects.values(), *copy.pages}
        self._made |= objects
        self._taken |= set() if part.sound else objects - copy.known

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
            "AcroForm": Indirect(self.form) if self.form["Fields"] else None,
            "OCProperties": self.layers or None,
        }
        describe(file, info)
        if self._taken:
            packet = file.Catalog["Metadata"]
            packet.stream = _CLAIM.sub(b"", packet.stream)
        objects = dict(enumerate(self._made))
        taken, pages = frozenset(self._taken), tuple(self.pages)
        return Joined(file.to_bytes(), Document(file.Catalog, file.info, pages, objects, taken))

    def _blank_page(self) -> None:
        boxes = ("MediaBox", "CropBox", "TrimBox", "Rotate")
        same = {k: self.pages[-1][k] for k in boxes if k in self.pages[-1].value}
        entries = {"Type": Name("Page"), "Parent": self._root, "Resources": {}, **same}
        self.pages.append(Indirect({**entries, "Contents": packed(b""), "Tabs": Name("S")}))
        self.labels.append(BLANK_LABEL)

    def _layer(self, layers: dict[str, Any]) -> None:
        """Lists grow; what is said once for all layers is what the first part says."""
        ways = self.layers.setdefault("D", {}) if layers else {}
        for ours, theirs in ((self.layers, layers), (ways, entry(layers, "D") or {})):
            for key, value in theirs.items():
                if key in _LISTS_OF_LAYERS:
                    ours[key] = listed(ours.get(key)) + listed(value)
                elif key not in ("D", "Configs"):
                    ours.setdefault(key, value)


def _join_form(ours: dict[str, Any], form: Any, copy: Copy, part: int) -> None:
    """Take in a part's fields. Where a name is taken, the part's number comes before it."""
    fields = [f for f in listed(entry(form, "Fields")) if isinstance(f, Indirect)]
    if not fields:
        return
    for field in fields:
        field.value |= {k: form[k] for k in ("DA", "Q") if k in form and k not in field.value}
    for kind, offered in (entry(form, "DR") or {}).items():
        if type(entry(offered)) is dict:
            _offer(ours["DR"].setdefault(kind, {}), entry(offered), copy, part * (kind == "Font"))
    taken = {field.value.get("T") for field in ours["Fields"]}
    if any(field.value.get("T") in taken for field in fields):
        above = Indirect({"T": f"part-{part}", "Kids": fields})
        for field in fields:
            field["Parent"] = above
        fields = [above]
    ours["Fields"] += fields
    ours["DA"] = ours["DA"] or form.get("DA")


def _offer(ours: dict[str, Any], theirs: dict[str, Any], copy: Copy, part: int) -> None:
    """Add what a part's fields are drawn with; a font's name that is taken gets the part's number.

    `part` is 0 for what is no font.
    """
    for name, made in theirs.items():
        if part and ours.get(name, made) is not made:
            copy.change("DA", partial(_rename, name, f"{name}.{part}"))
            name = f"{name}.{part}"
        ours.setdefault(name, made)


def _rename(old: str, new: str, field: dict[str, Any]) -> None:
    if isinstance(field["DA"], str):
        field["DA"] = re.sub(rf"/{re.escape(old)}(?=\s)", f"/{new}", field["DA"])
