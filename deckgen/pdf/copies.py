"""Many workbooks that differ in little: drawn once, and only what differs is written for each.

Answers that are there from the start, what a file says of itself, and the page codes differ.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from deckgen.design.fonts import FontBook
from deckgen.geometry import Matrix
from deckgen.model.drawing import Drawing, Element, Field, FieldKind, Role, Shape
from deckgen.pdf.metadata import DocumentInfo, information, tagged_packet
from deckgen.pdf.objects import Indirect, Name, packed_already
from deckgen.pdf.shared_file import SharedFile
from deckgen.pdf.write import Document, draw_pages

IDENTITY = "deckgen.workbook"  # the hidden field that says of which workbook a file is


class Copies:
    """A workbook of which copies are made. `codes` are the pages' codes, or None, in order.

    `set_answer` puts an answer into a field, as the workbook's own layout does.
    """

    def __init__(
        self,
        pages: Sequence[Drawing],
        codes: Sequence[Shape | None],
        info: DocumentInfo,
        book: FontBook,
    ) -> None:
        self._document = document = Document(info, book)
        said = draw_pages(document, pages)
        self._codes: list[Indirect] = []
        for page, code in zip(document.pages, codes, strict=True):
            if code:
                self._codes.append(self._drawn(code))
                page["Contents"] = [page["Contents"], self._codes[-1]]
        self._fields: dict[str, list[tuple[Field, Indirect]]] = defaultdict(list)
        for field, widget in document.widgets:
            self._fields[field.name].append((field, widget))
        file = document.whole(*said)
        self._info, self._packet = file.info, file.Catalog["Metadata"]
        self._file = SharedFile(file, self._loose())

    def copy(
        self, info: DocumentInfo, fields: Sequence[Field], codes: Sequence[Shape], team: str
    ) -> bytes:
        """The bytes of a copy. `fields` have their answers; of others the answers are empty."""
        packet = tagged_packet(info)
        changed = {self._info: Indirect(information(info)), self._packet: packet}
        changed |= zip(self._codes, map(self._drawn, codes), strict=True)
        for field in fields:
            changed |= self._answered(field)
        hidden = self._document.form.node(IDENTITY)
        if hidden:
            known = hidden["V"]
            says = json.dumps({**json.loads(known), "team": team}, ensure_ascii=False)
            changed[hidden] = Indirect({**hidden.value, "V": says})
        return self._file.copy(changed)

    def _drawn(self, code: Shape) -> Indirect:
        painter = self._document.painter
        painted = painter.paint_artifacts([Element(Role.ARTIFACT, (code,))], Matrix())
        return packed_already(painted.packed, {})

    def _loose(self) -> Iterator[Indirect]:
        """What differs between copies, or may."""
        yield from (self._packet, *self._codes)
        hidden = self._document.form.node(IDENTITY)
        yield from (hidden,) if hidden else ()
        for field, widget in self._document.widgets:
            yield widget
            if field.kind is FieldKind.RADIO:
                yield widget["Parent"]
            elif field.kind is not FieldKind.CHECK:
                yield widget["AP"]["N"]

    def _answered(self, field: Field) -> Iterator[tuple[Indirect, Indirect]]:
        """A field's objects with its answer, beside those that they take the place of."""
        for known, widget in self._fields[field.name]:
            old = widget.value
            if field.kind is FieldKind.RADIO:
                if known.value == field.value:
                    yield widget, Indirect({**old, "AS": Name(field.value)})
                    group = old["Parent"]
                    yield group, Indirect({**group.value, "V": Name(field.value)})
                continue
            new = self._document.form.answered(field)
            if field.kind is FieldKind.CHECK:
                yield widget, Indirect({**old, "V": new["V"], "AS": new["AS"]})
                continue
            look = old["AP"]["N"]
            yield look, new["AP"]["N"]
            yield widget, Indirect({**old, **new, "AP": {"N": look}})
