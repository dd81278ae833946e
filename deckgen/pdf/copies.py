"""Many workbooks that differ in little: drawn once, and only what differs is written for each.

Answers that are there from the start, what a file says of itself, and the page codes differ.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from deckgen.design.fonts import FontBook
from deckgen.geometry import Matrix, Rect
from deckgen.model.drawing import Drawing, Field, FieldKind
from deckgen.pdf.fields import Form
from deckgen.pdf.metadata import DocumentInfo, information, tagged_packet
from deckgen.pdf.objects import Indirect, Name, packed_already
from deckgen.pdf.paint import cm
from deckgen.pdf.resources import Resources
from deckgen.pdf.shared_file import QUICK, SharedFile
from deckgen.pdf.write import Document, draw_pages

_DARK = re.compile("1+")
IDENTITY = "deckgen.workbook"  # the hidden field that says of which workbook a file is


class PageCode(Struct, frozen=True):
    """A square code: so many modules a side, its dark ones as bits from the upper left on."""

    side: int
    bits: int
    box: Rect


class Copies:
    """A workbook of which copies are made. `codes` are the pages' codes, or None, in order.

    `words` are what will stand in fields, so that all copies have the same fonts.
    """

    def __init__(
        self,
        pages: Sequence[Drawing],
        codes: Sequence[PageCode | None],
        info: DocumentInfo,
        book: FontBook,
        words: Iterable[str] = (),
    ) -> None:
        self._document = document = Document(info, book)
        said = draw_pages(document, pages)
        self._codes: list[Indirect] = []
        for page, code in zip(document.pages, codes, strict=True):
            if code:
                self._codes.append(code_drawn(code))
                page["Contents"] = [page["Contents"], self._codes[-1]]
        self._fields: dict[str, list[tuple[Field, Indirect]]] = defaultdict(list)
        for field, widget in document.widgets:
            self._fields[field.name].append((field, widget))
        if lines := document.form.lines_of(words):
            document.resources.use(document.painter.paint_lines(lines))
        file = document.whole(*said)
        self._info, self._packet = file.info, file.Catalog["Metadata"]
        self._file = SharedFile(file, self._loose())

    def copy(
        self,
        info: DocumentInfo,
        fields: Sequence[Field],
        codes: Sequence[PageCode],
    ) -> bytes:
        """The bytes of a copy. `fields` have their answers; of others the answers are empty.

        Letters that were not foreseen are in fonts of the copy's own.
        """
        packet = tagged_packet(info)
        changed = {self._info: Indirect(information(info)), self._packet: packet}
        changed |= zip(self._codes, map(code_drawn, codes), strict=True)
        resources = Resources(self._document.painter)
        form = self._document.form_with(resources)
        for field in fields:
            changed |= self._answered(field, form)
        shared, alike = self._document.resources, dict[Indirect, Indirect]()
        if shared.has(resources):
            alike[shared.fonts] = resources.fonts
        else:
            resources.finish()
        hidden = self._document.form.node(IDENTITY)
        if hidden:
            changed[hidden] = Indirect({**hidden.value, "V": info.carried})
        return self._file.copy(changed, alike)

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

    def _answered(self, field: Field, form: Form) -> Iterator[tuple[Indirect, Indirect]]:
        """A field's objects with its answer, beside those that they take the place of."""
        for known, widget in self._fields[field.name]:
            old = widget.value
            if field.kind is FieldKind.RADIO:
                if field.chosen and known.value == field.value:
                    yield widget, Indirect({**old, "AS": Name(field.value)})
                    group = old["Parent"]
                    yield group, Indirect({**group.value, "V": Name(field.value)})
                continue
            new = form.answered(field)
            if field.kind is FieldKind.CHECK:
                yield widget, Indirect({**old, "V": new["V"], "AS": new["AS"]})
                continue
            look = old["AP"]["N"]
            yield look, new["AP"]["N"]
            yield widget, Indirect({**old, **new, "AP": {"N": look}})


def code_drawn(code: PageCode) -> Indirect:
    """A page code as content of its own, which nobody hears: in modules, as it is drawn a lot."""
    side = code.side
    dark = "".join([_row(y, code.bits >> y * side & (1 << side) - 1, side) for y in range(side)])
    look = f"/Artifact BMC q 0 g {_place(code.box, side)}\n{dark}f Q EMC"
    return packed_already(zlib.compress(look.encode(), QUICK), {})


@lru_cache(maxsize=1 << 10)
def _place(box: Rect, side: int) -> str:
    module_pt = box.width_pt / side
    return cm(Matrix(module_pt, 0, 0, module_pt, box.x_pt, box.y_pt))


@lru_cache(maxsize=1 << 15)
def _row(y: int, bits: int, side: int) -> str:
    """Dark neighbours of a row as one rectangle each: most rows come again with other teams."""
    runs = [found.span() for found in _DARK.finditer(f"{bits:0{side}b}")]
    return "".join([f"{start} {y} {end - start} 1 re\n" for start, end in runs])
