"""Filled-in workbooks as programs leave them: what they spoil, forget, rename and join.

Each maker takes a file and gives one; the answers are there in all of them, but for those in which
a reason says why not.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pypdf
import pypdfium2
import pypdfium2.raw as raw
from pikepdf import Array, Dictionary, Name, String

from tests.readback.conftest import edited

Make = Callable[[bytes], bytes]


def full_name(node: Any) -> str:
    parts = []
    while node is not None:
        parts += [str(node.T)] if "/T" in node else []
        node = node.get("/Parent")
    return ".".join(reversed(parts))


def widgets(document: pikepdf.Pdf) -> Iterator[Any]:
    for page in document.pages:
        yield from (a for a in page.get("/Annots", []) if a.get("/Subtype") == "/Widget")


def field_of(widget: Any) -> Any:
    """What has the value: the widget, or the group above it."""
    return widget if "/T" in widget else widget.Parent


def named(document: pikepdf.Pdf, name: str) -> list[Any]:
    return [w for w in widgets(document) if full_name(w) == name]


def filled(data: bytes, answers: Mapping[str, str], **how: Any) -> bytes:
    """Answers set as a careful program does: values, and the states of buttons."""

    def change(document: pikepdf.Pdf) -> None:
        for widget in widgets(document):
            value = answers.get(full_name(widget))
            if value is None:
                continue
            states = widget.AP.N.keys() if "/FT" not in widget or widget.FT == "/Btn" else ()
            if not states or isinstance(widget.AP.N, pikepdf.Stream):
                field_of(widget).V = String(value)
            else:
                field_of(widget).V = Name(f"/{value}")
                widget.AS = Name(f"/{value}") if f"/{value}" in states else Name.Off

    return edited(data, change, **how)


def _every(what: Callable[[Any], None]) -> Make:
    def change(document: pikepdf.Pdf) -> None:
        for widget in list(widgets(document)):
            what(widget)

    return lambda data: edited(data, change)


def _words(widget: Any) -> bool:
    return "/V" in widget and widget.get("/FT") == "/Tx"


def _value(make: Callable[[str, Any], Any]) -> Make:
    """The values of text fields stored in another way."""

    def one(widget: Any) -> None:
        if _words(widget):
            widget.V = make(str(widget.V), widget)

    return _every(one)


def _stream(data: bytes) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        for widget in widgets(document):
            if _words(widget):
                words = b"\xfe\xff" + str(widget.V).encode("utf-16-be")
                widget.V = document.make_stream(words)

    return edited(data, change)


def changed(data: bytes, field: str, **entries: Any) -> bytes:
    """Entries of a field's first widget, or, as `group_V`, of the field above it."""

    def change(document: pikepdf.Pdf) -> None:
        widget = named(document, field)[0]
        for key, value in entries.items():
            target = field_of(widget) if key.startswith("group_") else widget
            target[f"/{key.removeprefix('group_')}"] = value

    return edited(data, change)


def joined(*files: bytes) -> bytes:
    writer, out = pypdf.PdfWriter(), BytesIO()
    for file in files:
        writer.append(BytesIO(file))
    writer.write(out)
    return out.getvalue()


def joined_by_pikepdf(*files: bytes) -> bytes:
    with pikepdf.open(BytesIO(files[0])) as document:
        for file in files[1:]:
            with pikepdf.open(BytesIO(file)) as other:
                document.add_pages_from(other)
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def joined_by_mupdf(*files: bytes) -> bytes:
    with pymupdf.open(stream=files[0]) as document:
        for file in files[1:]:
            with pymupdf.open(stream=file) as other:
                document.insert_pdf(other)
        return bytes(document.tobytes())


def joined_with_prefixes(*files: bytes) -> bytes:
    return joined(*(prefixed(file, f"form{i}") for i, file in enumerate(files)))


def no_form(data: bytes) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        del document.Root.AcroForm

    return edited(data, change)


def no_fields(data: bytes) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.AcroForm.Fields = Array([])

    return edited(data, change)


def one_field_listed(data: bytes) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        fields = document.Root.AcroForm.Fields
        document.Root.AcroForm.Fields = Array([fields[-1]])

    return edited(data, change)


def two_copies_of_fields(data: bytes) -> bytes:
    """As macOS 26.5 saves: the list of fields leads to blank ones, pages have filled ones."""

    def change(document: pikepdf.Pdf) -> None:
        with pikepdf.open(BytesIO(data)) as other:
            for widget in widgets(other):
                for node in (widget, widget.get("/Parent")):
                    if node is not None and "/V" in node:
                        del node["/V"]
                if "/AS" in widget:
                    widget.AS = Name.Off
            copied = document.copy_foreign(other.make_indirect(other.Root.AcroForm.Fields))
            document.Root.AcroForm.Fields = copied

    return edited(data, change)


def orphan_buttons(data: bytes) -> bytes:
    """As Preview does: the buttons on the page are new ones that name no group."""

    def change(document: pikepdf.Pdf) -> None:
        for page in document.pages:
            for place, widget in enumerate(page.Annots):
                if "/Parent" in widget and "/T" not in widget:
                    new = Dictionary({k: v for k, v in widget.items() if k != "/Parent"})
                    page.Annots[place] = document.make_indirect(new)
                    widget.Parent.V = Name.Off
                    widget.AS = Name.Off

    return edited(data, change)


def _drop_look(widget: Any) -> None:
    if "/T" not in widget and widget.get("/AS") == "/Off":
        del widget["/AP"]


def prefixed(data: bytes, before: str = "form1") -> bytes:
    reader = pypdf.PdfReader(BytesIO(data))
    reader.add_form_topname(before)
    writer, out = pypdf.PdfWriter(), BytesIO()
    writer.append(reader)
    writer.write(out)
    return out.getvalue()


def _behind(sign: str) -> Make:
    def change(document: pikepdf.Pdf) -> None:
        for field in document.Root.AcroForm.Fields:
            field.T = String(f"{field.T}{sign}")

    return lambda data: edited(data, change)


def _last_part(sign: str) -> Make:
    def one(widget: Any) -> None:
        if "/T" in widget:
            widget.T = String(f"{widget.T}{sign}")

    return _every(one)


def mapped_names(data: bytes) -> bytes:
    def one(widget: Any) -> None:
        field_of(widget).TM = String("another name")

    return _every(one)(data)


def sealed(password: str = "", revision: int = 6) -> Make:
    """Protected against changes; with a password for opening it as well."""

    def make(data: bytes) -> bytes:
        new = revision >= 4
        how = pikepdf.Encryption("boss", password, R=revision, aes=new, metadata=new)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return edited_with(data, how)

    return make


def edited_with(data: bytes, how: pikepdf.Encryption) -> bytes:
    with pikepdf.open(BytesIO(data)) as document:
        out = BytesIO()
        document.save(out, encryption=how)
    return out.getvalue()


def incremental(data: bytes) -> bytes:
    """Saved once more, with what was saved before still in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.pdf")
        path.write_bytes(data)
        with pymupdf.open(path) as document:
            document.set_metadata(document.metadata | {"keywords": "again"})
            document.saveIncr()
        return path.read_bytes()


def copied_pages(data: bytes) -> bytes:
    """Pages copied one by one: the names above fields are gone, and so is the form."""
    writer, out = pypdf.PdfWriter(), BytesIO()
    for page in pypdf.PdfReader(BytesIO(data)).pages:
        writer.add_page(page)
    writer.write(out)
    return out.getvalue()


def flattened(data: bytes) -> bytes:
    document, out = pypdfium2.PdfDocument(data), BytesIO()
    document.init_forms()
    for page in document:
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT)
        page.close()
    document.save(out)
    document.close()
    return out.getvalue()


def baked(data: bytes) -> bytes:
    with pymupdf.open(stream=data) as document:
        document.bake()
        return bytes(document.tobytes())


def scanned(data: bytes) -> bytes:
    document, pages = pypdfium2.PdfDocument(data), []
    document.init_forms()
    for page in document:
        pages.append(page.render(scale=1, may_draw_forms=True).to_pil().convert("L"))
        page.close()
    document.close()
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    return out.getvalue()


def with_xfa(data: bytes) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.AcroForm.XFA = document.make_stream(b"<xdp:xdp/>")

    return edited(data, change)


def mail_wrapped(data: bytes) -> bytes:
    return b"X-Mail: hello\r\n\r\n" + data + b"\r\n--boundary--\r\n"


def other_line_ends(data: bytes) -> bytes:
    """As a transfer as text leaves it; streams are kept, or nothing could be read."""
    return edited(data, lambda _: None, qdf=True).replace(b"\nendobj\n", b"\r\nendobj\r\n")


ANSWERS_KEPT: dict[str, Make] = {
    "saved anew": lambda data: edited(data, lambda _: None),
    "saved once more behind its end": incremental,
    "all objects in streams": lambda data: edited(
        data, lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.generate
    ),
    "made for the web (linearized)": lambda data: edited(data, lambda _: None, linearize=True),
    "no list of fields": no_fields,
    "no form": no_form,
    "one field of many listed": one_field_listed,
    "blank fields listed, filled ones on pages": two_copies_of_fields,
    "values in arrays": _value(lambda words, _: Array([String(words)])),
    "values in streams": _stream,
    "values as names": _value(lambda words, _: Name("/" + words) if "\n" not in words else words),
    "values in UTF-16, least byte first": _value(
        lambda words, _: String(b"\xff\xfe" + words.encode("utf-16-le"))
    ),
    "values in UTF-8 with its mark": _value(
        lambda words, _: String(b"\xef\xbb\xbf" + words.encode())
    ),
    "names for export (/TM)": mapped_names,
    "buttons without a look": _every(_drop_look),
    "a word before all names": prefixed,
    "a number behind names (+1)": _behind("+1"),
    "a number behind names ([808])": _behind(" [808]"),
    "a number behind names (#1)": _last_part("#1"),
    "a number behind names (_2)": _last_part("_2"),
    "protected against changes (AES, 256 bits)": sealed(),
    "protected against changes (AES, 128 bits)": sealed(revision=4),
    "protected against changes (RC4)": sealed(revision=3),
    "a second form (XFA)": with_xfa,
    "a mail around it": mail_wrapped,
    "other line ends": other_line_ends,
}
# With what the project knows of its workbooks.
ANSWERS_KEPT_BY_PLACE: dict[str, Make] = {"pages copied one by one": copied_pages}
