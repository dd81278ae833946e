"""pdfium, the engine of Chrome and Edge: clicked and typed into as a person does."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image

from tests.engines.engine import SCALE, Answer, button_values
from tests.pdf.pdfium_form import PdfiumForm


class Pdfium:
    """pdfium in the version that pypdfium2 carries."""

    name = "pdfium (Chrome, Edge)"

    def why_not(self) -> str:
        return ""

    def version(self) -> str:
        return str(pypdfium2.PDFIUM_INFO.build)

    def fill(self, data: bytes, answers: Sequence[Answer]) -> bytes:
        buttons = button_values(data)
        with PdfiumForm(data) as form:
            for number in sorted({answer.page for answer in answers}):
                here = [answer for answer in answers if answer.page == number]
                form.fill(number, dict(_entry(answer, form, buttons) for answer in here))
            return form.saved()

    def read(self, data: bytes) -> Mapping[str, str]:
        found: dict[str, str] = {}
        with PdfiumForm(data) as form:
            for page in form.document:
                for i in range(raw.FPDFPage_GetAnnotCount(page.raw)):
                    widget = raw.FPDFPage_GetAnnot(page.raw, i)
                    if raw.FPDFAnnot_GetSubtype(widget) == raw.FPDF_ANNOT_WIDGET:
                        name, value = form.name_of(widget), _value(form, widget)
                        found[name] = found.get(name) or value
                    raw.FPDFPage_CloseAnnot(widget)
        return found

    def pictures(self, data: bytes, pages: Sequence[int]) -> Mapping[int, Image.Image]:
        with PdfiumForm(data) as form:
            return {number: form.picture(number, SCALE).convert("L") for number in pages}


def _entry(
    answer: Answer, form: PdfiumForm, buttons: Mapping[str, list[str]]
) -> tuple[str, str | int]:
    if answer.kind == "radio":
        return f"{answer.name}#{buttons[answer.name].index(answer.value) + 1}", 1
    if answer.kind == "choice":
        return answer.name, form.options(answer.page, answer.name).index(answer.value)
    # Its keyboard sends a carriage return for a new line.
    return answer.name, answer.value.replace("\n", "\r")


def _value(form: PdfiumForm, widget: object) -> str:
    kind = raw.FPDFAnnot_GetFormFieldType(form.engine, widget)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        on = raw.FPDFAnnot_IsChecked(form.engine, widget)
        return _text(raw.FPDFAnnot_GetFormFieldExportValue, form, widget) if on else ""
    return _text(raw.FPDFAnnot_GetFormFieldValue, form, widget).strip(" ")


def _text(ask: object, form: PdfiumForm, widget: object) -> str:
    length = ask(form.engine, widget, None, 0)  # type: ignore[operator]
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    ask(form.engine, widget, buffer, length)  # type: ignore[operator]
    return bytes(buffer)[: length - 2].decode("utf-16-le")
