"""MuPDF, through the functions that its own viewers call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import pymupdf
from PIL import Image

from tests.engines.engine import SCALE, Answer

_mupdf = pymupdf.mupdf


class Mupdf:
    """MuPDF in the version that PyMuPDF carries."""

    name = "MuPDF"

    def why_not(self) -> str:
        return ""

    def version(self) -> str:
        return ".".join(str(part) for part in pymupdf.mupdf_version_tuple)

    def fill(self, data: bytes, answers: Sequence[Answer]) -> bytes:
        document = _opened(data)
        for number in sorted({answer.page for answer in answers}):
            page = _mupdf.pdf_load_page(document, number)
            here = {a.name: a for a in answers if a.page == number}
            for widget in _widgets(page):
                answer = here.get(_name(widget))
                if answer:
                    _enter(widget, answer)
            _mupdf.pdf_update_page(page)
        out = _mupdf.FzBuffer(len(data) * 2)
        output = _mupdf.FzOutput(out)
        _mupdf.pdf_write_document(document, output, _mupdf.PdfWriteOptions())
        output.fz_close_output()
        return bytes(_mupdf.fz_buffer_extract_copy(out))

    def read(self, data: bytes) -> Mapping[str, str]:
        document = _opened(data)
        found: dict[str, str] = {}
        for number in range(_mupdf.pdf_count_pages(document)):
            page = _mupdf.pdf_load_page(document, number)
            for widget in _widgets(page):
                found[_name(widget)] = found.get(_name(widget)) or _value(widget)
        return found

    def pictures(self, data: bytes, pages: Sequence[int]) -> Mapping[int, Image.Image]:
        made = {}
        with pymupdf.open(stream=data) as document:
            for number in pages:
                pixels = document[number].get_pixmap(matrix=pymupdf.Matrix(SCALE, SCALE))
                made[number] = Image.open(BytesIO(pixels.tobytes("png"))).convert("L")
        return made


def _opened(data: bytes) -> Any:
    buffer = _mupdf.fz_new_buffer_from_copied_data(data)
    document = _mupdf.fz_open_document_with_buffer("application/pdf", buffer)
    return _mupdf.pdf_document_from_fz_document(document)


def _widgets(page: Any) -> Iterator[Any]:
    widget = _mupdf.pdf_first_widget(page)
    while widget.m_internal:
        yield widget
        widget = _mupdf.pdf_next_widget(widget)


def _name(widget: Any) -> str:
    return str(_mupdf.pdf_load_field_name(_mupdf.pdf_annot_obj(widget)))


def _on_state(widget: Any) -> str:
    return str(_mupdf.pdf_to_name(_mupdf.pdf_button_field_on_state(_mupdf.pdf_annot_obj(widget))))


def _enter(widget: Any, answer: Answer) -> None:
    if answer.kind in ("line", "lines"):
        _mupdf.pdf_set_text_field_value(widget, answer.value)
    elif answer.kind == "choice":
        _mupdf.pdf_set_choice_field_value(widget, answer.value)
    elif answer.kind == "check" or _on_state(widget) == answer.value:
        _mupdf.pdf_toggle_widget(widget)


def _value(widget: Any) -> str:
    node = _mupdf.pdf_annot_obj(widget)
    if _mupdf.pdf_widget_type(widget) in (
        _mupdf.PDF_WIDGET_TYPE_CHECKBOX,
        _mupdf.PDF_WIDGET_TYPE_RADIOBUTTON,
    ):
        state = _mupdf.pdf_to_name(_mupdf.pdf_dict_gets(node, "AS"))
        return "" if state == "Off" else str(state)
    return str(_mupdf.pdf_field_value(node)).strip(" ")
