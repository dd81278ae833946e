"""Finished PDFs from anywhere, opened with pypdf, and made plain values."""

from __future__ import annotations

import logging
from io import BytesIO, StringIO
from typing import Any

from pypdf import PdfReader, generic

from deckgen.pdf.objects import Indirect, Name
from deckgen.readback.document import Document, document_of, string

# What pypdf mumbles about odd files is nothing for people: what matters is told as a fault.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
MOST_OBJECTS = 500_000


class Protected(Exception):
    """A file can't be read without a password or a certificate."""


def parsed(data: bytes) -> Document:
    """Any file that pypdf can read. It raises much; Protected if a password is missing."""
    heard, logger, values = StringIO(), logging.getLogger("pypdf"), _Values()
    ear = logging.StreamHandler(heard)
    logger.addHandler(ear)
    try:
        reader = _unlocked(data)
        catalog = values.plain(reader.trailer.raw_get("/Root"))
        info = values.plain(dict.get(reader.trailer, "/Info"))
        values.fill()
    finally:
        logger.removeHandler(ear)
    # Where pypdf says something, it had to guess.
    return document_of(catalog, info, values.objects, bool(heard.getvalue()))


def _unlocked(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(data))
    except NotImplementedError as fault:  # sealed in a way that pypdf does not know
        raise Protected from fault
    if reader.is_encrypted and not reader.decrypt(""):
        raise Protected
    return reader


class _Values:
    """Makes pypdf's objects plain, each once."""

    def __init__(self) -> None:
        self.objects: dict[int, Indirect] = {}
        self._waiting: list[generic.IndirectObject] = []

    def fill(self) -> None:
        """Give every object that was met its value."""
        while self._waiting:
            reference = self._waiting.pop()
            source, made = reference.get_object(), self.objects[reference.idnum]
            if isinstance(source, generic.StreamObject):
                made.stream = source._data  # as it is in the file, still compressed
            made.value = self.plain(source)
            if isinstance(made.value, Indirect):
                made.value = None  # a reference to a reference leads nowhere
            if len(self.objects) > MOST_OBJECTS:
                raise ValueError("the file has too many objects")

    def plain(self, value: Any) -> Any:
        """A value; what it refers to is filled later."""
        if isinstance(value, generic.IndirectObject):
            if value.idnum not in self.objects:
                self.objects[value.idnum] = Indirect()
                self._waiting.append(value)
            return self.objects[value.idnum]
        if isinstance(value, generic.DictionaryObject):
            length = "/Length" if isinstance(value, generic.StreamObject) else None
            pairs = ((k[1:], self.plain(v)) for k, v in dict.items(value) if k != length)
            return {key: made for key, made in pairs if made is not None}
        if isinstance(value, generic.ArrayObject):
            return [self.plain(item) for item in list.__iter__(value)]
        return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, generic.NameObject):
        return Name(value[1:])
    if isinstance(value, generic.TextStringObject | generic.ByteStringObject):
        return string(bytes(value.original_bytes))
    if isinstance(value, generic.BooleanObject):
        return bool(value.value)
    if isinstance(value, generic.NumberObject):
        return int(value)
    return float(value) if isinstance(value, generic.FloatObject) else None
