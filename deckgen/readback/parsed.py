"""Finished PDFs, opened with pypdf: once each, however many steps look into them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from deckgen.pdf.objects import Indirect, Name

# What pypdf mumbles about odd files is nothing for people: what matters is told as a fault.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


@lru_cache(maxsize=8)
def opened(data: bytes) -> PdfReader:
    """A reader of a file's bytes. It is shared: don't change what it gives."""
    return PdfReader(BytesIO(data))


def resolved(value: Any) -> Any:
    """A value, with a reference followed; a null is None."""
    if isinstance(value, IndirectObject):
        value = value.get_object()
    return None if isinstance(value, NullObject) else value


def entry(value: Any, *keys: str) -> Any:
    """What dictionaries hold under a path of keys; None where it ends early."""
    for key in keys:
        value = resolved(value)
        value = value.get(key) if isinstance(value, DictionaryObject) else None
    return resolved(value)


def tree_pairs(node: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a name tree ("/Names") or a number tree ("/Nums")."""
    node = resolved(node)
    if not isinstance(node, DictionaryObject):
        return
    flat = list(entry(node, key) or ())
    yield from zip(map(resolved, flat[::2]), flat[1::2], strict=False)
    for kid in entry(node, "/Kids") or ():
        yield from tree_pairs(kid, key)


# What makes a document act by itself is left behind.
_UNWANTED = frozenset(("/AA", "/OpenAction", "/JS", "/JavaScript"))
_WANTED_ACTIONS = frozenset(("/URI", "/GoTo"))


class Copy:
    """Copies a file's objects into values that can be written again, each object once."""

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader
        self.objects: dict[int, Indirect] = {}
        self.pages = [self._page(page) for page in reader.pages]

    def _page(self, page: Any) -> Indirect:
        made = Indirect()
        self.objects[page.indirect_reference.idnum] = made
        return made

    def fill_pages(self, parent: Indirect) -> None:
        """Copy what is on the pages, and hang them under a new page tree."""
        for source, made in zip(self._reader.pages, self.pages, strict=True):
            made.value = self._dictionary(source)
            made["Parent"] = parent

    def value(self, value: Any) -> Any:
        """A value, and all that it refers to."""
        if isinstance(value, IndirectObject):
            return self._object(value)
        if isinstance(value, StreamObject):
            raise ValueError("a stream must be an object of its own")
        if isinstance(value, DictionaryObject):
            return self._dictionary(value)
        if isinstance(value, ArrayObject):
            return [self.value(item) for item in list(value)]
        return _plain(value)

    def _object(self, reference: IndirectObject) -> Any:
        made = self.objects.get(reference.idnum)
        if made is None:
            source = reference.get_object()
            if source is None or isinstance(source, NullObject):
                return None
            made = self.objects[reference.idnum] = Indirect()
            if isinstance(source, StreamObject):
                made.value = self._dictionary(source)
                made.stream = source._data  # as it is in the file, still compressed
            else:
                made.value = self.value(source)
        return made

    def _dictionary(self, source: DictionaryObject) -> dict[str, Any]:
        kept = {}
        for key, value in source.items():
            if key in _UNWANTED or key == "/Length":
                continue
            if key == "/A" and entry(value, "/S") is not None and _acts(value):
                continue
            kept[key[1:]] = self.value(value)
        return kept


def _acts(action: Any) -> bool:
    """True for an action that does more than lead somewhere."""
    return entry(action, "/S") not in _WANTED_ACTIONS


def _plain(value: Any) -> Any:
    if isinstance(value, NameObject):
        return Name(value[1:])
    if isinstance(value, TextStringObject):
        return str(value)
    if isinstance(value, ByteStringObject):
        return bytes(value)
    if isinstance(value, BooleanObject):
        return bool(value.value)
    if isinstance(value, NumberObject):
        return int(value)
    if isinstance(value, FloatObject):
        return float(value)
    return None
