"""Drawings and sheets → PDF files: tagged, with fields, bookmarks and page labels."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import partial

from deckgen.design.direction import is_rtl
from deckgen.design.fonts import FontBook
from deckgen.geometry import Rect, Size
from deckgen.model.drawing import Drawing, Field, Link
from deckgen.pdf.fields import Form
from deckgen.pdf.links import link_annotation
from deckgen.pdf.metadata import DocumentInfo, describe
from deckgen.pdf.notation import written_name
from deckgen.pdf.objects import File, Indirect, Name, form, packed, packed_already
from deckgen.pdf.outline import destinations, outline, page_labels, top_of
from deckgen.pdf.paint import cm, painter_for, unmarked
from deckgen.pdf.resources import Resources
from deckgen.pdf.tags import Surface, Tree
from deckgen.sheets.sheet import Placement, SheetSide


class Document:
    """A file in the making, and what its pages share."""

    def __init__(self, info: DocumentInfo, book: FontBook) -> None:
        self.info = info
        self.painter = painter_for(book)
        self.resources = Resources(self.painter)
        self.form = self.form_with(self.resources)
        self.tree = Tree()
        self.pages: list[Indirect] = []
        self.by_name: dict[str, Indirect] = {}
        self.widgets: list[tuple[Field, Indirect]] = []
        self._root = Indirect({"Type": Name("Pages")})

    def form_with(self, resources: Resources) -> Form:
        """A form whose answers are set with these resources."""
        return Form(self.painter, resources, rtl=is_rtl(self.info.language))

    def page(self, size: Size) -> Indirect:
        """A new page; its trim is the whole page."""
        box = [0, 0, size.width_pt, size.height_pt]
        boxes = dict.fromkeys(("MediaBox", "CropBox", "TrimBox"), box)
        made = Indirect({"Type": Name("Page"), "Parent": self._root, **boxes, "Tabs": Name("S")})
        self.pages.append(made)
        return made

    def annotate(self, made: list[Indirect], page: Indirect, mark: Field | Link) -> Indirect:
        """A widget or a link, as the last of the annotations that have been made for a page."""
        if isinstance(mark, Field):
            made.append(self.form.widget(mark, page))
            self.widgets.append((mark, made[-1]))
        else:
            made.append(link_annotation(mark, page, self.by_name))
        return made[-1]

    def whole(self, labels: Sequence[str], bookmarks: list[tuple[str, int, Indirect]]) -> File:
        """The file with everything that is not on a page."""
        file, tops = File(), {name: top_of(page) for name, page in self.by_name.items()}
        self.resources.finish()
        self._root.value |= {"Count": len(self.pages), "Kids": self.pages}
        file.Catalog.value |= {
            "Pages": self._root,
            "StructTreeRoot": self.tree.finish(),
            "PageLabels": page_labels(labels),
            "Outlines": outline(bookmarks),
            "PageMode": Name("UseOutlines") if bookmarks else None,
            "Names": destinations(tops) if tops else None,
            "AcroForm": self.form.finish(),
        }
        describe(file, self.info)
        return file

    def finish(self, labels: Sequence[str], bookmarks: list[tuple[str, int, Indirect]]) -> bytes:
        """The bytes of it all."""
        file = self.whole(labels, bookmarks)
        data = file.to_bytes()
        for made in file.objects:
            if isinstance(made.value, dict):
                # Objects that hold one another would stay until the collector looks for them.
                for back in ("P", "Parent", "Prev", "Dest"):
                    made.value.pop(back, None)
        return data


def write_pages(pages: Sequence[Drawing], info: DocumentInfo, book: FontBook) -> bytes:
    """One page for each Drawing, as big as its trim; fields and links work."""
    document = Document(info, book)
    return document.finish(*draw_pages(document, pages))


def draw_pages(
    document: Document, pages: Sequence[Drawing]
) -> tuple[list[str], list[tuple[str, int, Indirect]]]:
    """Draw the pages of a document; their labels and bookmarks."""
    made = [document.page(drawing.size) for drawing in pages]
    document.by_name |= {drawing.name: page for drawing, page in zip(pages, made, strict=True)}
    bookmarks = []
    for drawing, page in zip(pages, made, strict=True):
        painted = document.resources.paint(drawing)
        annotations: list[Indirect] = []
        surface = Surface(page, annotate=partial(document.annotate, annotations, page))
        page.value |= {
            "Resources": document.resources.of(painted),
            "Contents": packed_already(painted.packed, {}),
            "StructParents": document.tree.add(drawing, painted.nodes, surface),
            "Annots": annotations or None,
        }
        if document.info.carried and page is made[0]:
            page["Annots"] = [*annotations, document.form.carry(document.info.carried, page)]
        bookmarks += [(mark.title, mark.depth, page) for mark in drawing.bookmarks]
    return [drawing.label for drawing in pages], bookmarks


def write_sheets(
    sides: Sequence[SheetSide], info: DocumentInfo, book: FontBook, reading: Sequence[Drawing] = ()
) -> bytes:
    """One page for each side of a sheet; every face is a form XObject named after its Drawing.

    They are read in the order of `reading`, wherever they lie; without it, sheet by sheet.
    """
    document = Document(info, book)
    for face in reading:
        document.tree.group(face)
    faces = _Faces(document)
    for side in sides:
        page = document.page(side.size)
        forms: dict[str, Indirect] = {}
        drawn = [faces.draw(placement, page, forms) for placement in side.placements]
        marks = document.painter.paint_artifacts(side.marks, side.marks_matrix)
        forms |= document.resources.forms(document.resources.use(marks).shapes)
        code = "\n".join(drawn).encode("latin-1") + b"\n" + marks.code
        page.value |= {
            "Resources": {"Font": document.resources.fonts, "XObject": forms},
            "Contents": packed(code),
        }
    labels = [side.label for side in sides]
    bookmarks = [(label, 0, page) for label, page in zip(labels, document.pages, strict=True)]
    return document.finish(labels, bookmarks)


class _Faces:
    """The form XObjects of a document's faces.

    Tagged content may be drawn once only, so where a face comes again (a second set of cards)
    its copies are one more form XObject, without tags, and nothing to be read.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._made: dict[str, tuple[Indirect, Drawing, float]] = {}

    def draw(self, placement: Placement, page: Indirect, forms: dict[str, Indirect]) -> str:
        """The operators that put a face on a sheet; enters it in the page's forms."""
        name, again = self._name(placement)
        if again:
            name += ".copy"
        if name not in self._made:
            made = self._form(placement, page, again)
            self._made[name] = made, placement.face, placement.bleed_pt
        forms[name] = self._made[name][0]
        shown = f"{cm(placement.matrix)} {written_name(name)} Do"
        return f"/Artifact BMC q {shown} Q EMC" if again else f"q {shown} Q"

    def _name(self, placement: Placement) -> tuple[str, bool]:
        """A face's resource name, and whether it has been put on a sheet already."""
        name, n = placement.face.name, 1
        while name in self._made:
            _, known, bleed = self._made[name]
            if known is placement.face and bleed == placement.bleed_pt:
                return name, True
            n += 1
            name = f"{placement.face.name}.{n}"
        return name, False

    def _form(self, placement: Placement, page: Indirect, again: bool) -> Indirect:
        face, resources = placement.face, self._document.resources
        trim = Rect(0, 0, face.size.width_pt, face.size.height_pt)
        painted = resources.paint(face)
        code = zlib.compress(unmarked(painted.code), 9) if again else painted.packed
        made = form(code, trim.grown(placement.bleed_pt).corners, resources.of(painted))
        if not again:
            surface = Surface(page, placement.matrix, made)
            made["StructParents"] = self._document.tree.add(face, painted.nodes, surface)
        return made
