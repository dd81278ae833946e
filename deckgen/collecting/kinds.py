"""What a file that came back is, by its first bytes; and what to do if it can't be read."""

from __future__ import annotations

from enum import StrEnum

from deckgen.readback.form_data import is_fdf, is_xfdf


class Sort(StrEnum):
    """How a file is read."""

    PDF = "pdf"
    FORM_DATA = "form data"
    PICTURE = "picture"


_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_AS_JPEG = "Save it as JPEG or PNG, and collect that."
_UNPACK = "Unpack it, and collect the folder."
_MAIL = "it is a mail", "Save what is attached to it as files, and collect those."
_OFFICE = "it is a file of an office program", "Ask for the workbook itself, saved as a PDF."
_PAGE = "it is a web page, not a PDF", "Download the workbook again."
_ANY = "it is none of the kinds of file that are read", "Collect PDF files, pictures, FDF or XFDF."
_BY_HEAD = (
    (b"\xd0\xcf\x11\xe0", _OFFICE),
    (b"{\\rtf", _OFFICE),
    (b"Rar!", ("it is a RAR archive", _UNPACK)),
    (b"7z\xbc\xaf", ("it is a 7z archive", _UNPACK)),
    (b"\x1f\x8b", ("it is a packed file", _UNPACK)),
    (b"GIF8", ("it is a GIF picture", _AS_JPEG)),
    (b"BM", ("it is a BMP picture", _AS_JPEG)),
)
_BY_NAME = {
    **dict.fromkeys((".eml", ".msg", ".mbox"), _MAIL),
    **dict.fromkeys((".doc", ".docx", ".odt", ".xls", ".xlsx", ".ods", ".pages", ".rtf"), _OFFICE),
}
_MAIL_HEADS = (
    b"Received:",
    b"Return-Path:",
    b"From ",
    b"From:",
    b"MIME-Version:",
    b"Delivered-To:",
)


def sort_of(data: bytes, name: str) -> Sort | tuple[str, str]:
    """How a file is read; or why not, and what to do. `name` helps with what isn't read."""
    if b"%PDF-" in data[:1024]:
        return Sort.PDF
    if is_fdf(data) or is_xfdf(data):
        return Sort.FORM_DATA
    if data.startswith(_PICTURES):
        return Sort.PICTURE
    return _why_not(data, name)


def _why_not(data: bytes, name: str) -> tuple[str, str]:
    if not data:
        return "it is empty", "Get it again from where it came from."
    dot = name.rfind(".")
    if known := _BY_NAME.get(name[dot:].casefold() if dot >= 0 else ""):
        return known
    if data.startswith(_MAIL_HEADS):
        return _MAIL
    if data[4:8] == b"ftyp" or data[8:12] == b"WEBP":
        return "it is a picture of a kind that is not read", _AS_JPEG
    if b"<html" in data[:1024].lower() or b"<!doctype html" in data[:1024].lower():
        return _PAGE
    return next((why for head, why in _BY_HEAD if data.startswith(head)), _ANY)
