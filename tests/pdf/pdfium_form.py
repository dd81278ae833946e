"""Fills a form the way a person does in Chrome: with clicks and keys, through pdfium's engine."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image


class PdfiumForm:
    """An open document with its form engine; use as a context manager."""

    def __init__(self, data: bytes) -> None:
        self.document = pdfium.PdfDocument(data)
        self.document.init_forms()
        self.engine = self.document.formenv.raw

    def __enter__(self) -> PdfiumForm:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.document.close()

    def fill(self, page_number: int, answers: Mapping[str, str | int]) -> None:
        """Type text into fields, choose options by number, and click on the rest (any value).

        A radio button is called after its group and its number there: "rating#1".
        """
        page = self.document[page_number]
        seen: dict[str, int] = {}
        for i in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            annotation = raw.FPDFPage_GetAnnot(page.raw, i)
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
                name = self.name_of(annotation)
                seen[name] = seen.get(name, 0) + 1
                for key in (name, f"{name}#{seen[name]}"):
                    if key in answers:
                        self._answer(page, annotation, answers[key])
            raw.FPDFPage_CloseAnnot(annotation)
        page.close()

    def _answer(self, page: pdfium.PdfPage, annotation: object, answer: str | int) -> None:
        kind = raw.FPDFAnnot_GetFormFieldType(self.engine, annotation)
        box = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(annotation, ctypes.byref(box))
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        raw.FORM_OnMouseMove(self.engine, page.raw, 0, x, y)
        raw.FORM_OnLButtonDown(self.engine, page.raw, 0, x, y)
        raw.FORM_OnLButtonUp(self.engine, page.raw, 0, x, y)
        if kind == raw.FPDF_FORMFIELD_COMBOBOX:
            raw.FORM_SetIndexSelected(self.engine, page.raw, answer, True)
        elif kind == raw.FPDF_FORMFIELD_TEXTFIELD:
            for letter in str(answer):
                raw.FORM_OnChar(self.engine, page.raw, ord(letter), 0)
        raw.FORM_ForceToKillFocus(self.engine)

    def options(self, page_number: int, name: str) -> list[str]:
        """What a drop-down list offers."""
        page, found = self.document[page_number], []
        for i in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            annotation = raw.FPDFPage_GetAnnot(page.raw, i)
            if self.name_of(annotation) == name:
                for k in range(raw.FPDFAnnot_GetOptionCount(self.engine, annotation)):
                    found.append(self._option(annotation, k))
            raw.FPDFPage_CloseAnnot(annotation)
        return found

    def _option(self, annotation: object, number: int) -> str:
        length = raw.FPDFAnnot_GetOptionLabel(self.engine, annotation, number, None, 0)
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        raw.FPDFAnnot_GetOptionLabel(self.engine, annotation, number, buffer, length)
        return bytes(buffer)[: length - 2].decode("utf-16-le")

    def name_of(self, annotation: object) -> str:
        """A field's full name."""
        length = raw.FPDFAnnot_GetFormFieldName(self.engine, annotation, None, 0)
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        raw.FPDFAnnot_GetFormFieldName(self.engine, annotation, buffer, length)
        return bytes(buffer)[: length - 2].decode("utf-16-le")

    def saved(self) -> bytes:
        """The file as Chrome would save it."""
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()

    def picture(self, page_number: int, scale: float = 2) -> Image.Image:
        """A page with its fields."""
        page = self.document[page_number]
        image = page.render(scale=scale, may_draw_forms=True).to_pil()
        page.close()
        return image
