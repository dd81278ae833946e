"""PDF objects as Python values, numbered and laid out in the file by reportlab's PDFDocument.

Values are dict, list, str (a text string), bytes (a byte string), int, float, bool, None,
Name, and Indirect for what has an object number of its own. reportlab's own dictionaries
and arrays are left aside: they are several times slower, and their bytes depend on settings
that a user may have made in the environment.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from deckgen.pdf.notation import fine, written_name

_ESCAPES = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r", "\n": "\\n"})
_NO_ID = b"<" + b"0" * 32 + b">"


class Name(str):
    """A PDF name, without its slash."""

    __slots__ = ()

    def written(self) -> str:
        """The name as it stands in a file."""
        return written_name(str(self))


class Indirect(pdfdoc.PDFObject):  # type: ignore[misc]
    """A value with its own object number; used inside other values it is a reference."""

    __RefOnly__ = 1

    def __init__(self, value: Any = None, stream: bytes | None = None) -> None:
        self.value: Any = {} if value is None else value
        self.stream = stream

    def __getitem__(self, key: str) -> Any:
        return self.value[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.value[key] = value

    def format(self, document: File) -> bytes:
        """The object's body."""
        if self.stream is None:
            return written(self.value, document).encode("latin-1")
        self.value["Length"] = len(self.stream)
        head = written(self.value, document).encode("latin-1")
        return b"".join((head, b"\nstream\n", self.stream, b"\nendstream\n"))


def packed(data: bytes, entries: Mapping[str, Any] | None = None) -> Indirect:
    """A stream, compressed."""
    value = {**(entries or {}), "Filter": Name("FlateDecode")}
    return Indirect(value, zlib.compress(data, 9))


def text_string(text: str) -> str:
    """A text string: ASCII as it is, anything else in UTF-16 with its mark."""
    if text.isascii():
        return "(" + text.translate(_ESCAPES) + ")"
    return "<FEFF" + text.encode("utf-16-be").hex().upper() + ">"


def written(value: Any, document: File) -> str:
    """A value as it stands in the file (characters stand for bytes)."""
    kind = type(value)
    if kind is Indirect:
        return document.reference(value)
    if kind is Name:
        return str(value.written())
    if kind is dict:
        entries = [
            f"{written_name(k)} {written(v, document)}" for k, v in value.items() if v is not None
        ]
        return "<<" + " ".join(entries) + ">>"
    if kind is int:
        return str(value)
    if kind is list or kind is tuple:
        return "[" + " ".join([written(v, document) for v in value]) + "]"
    if isinstance(value, str):
        return text_string(value)
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return "<" + value.hex().upper() + ">"
    return str(value) if isinstance(value, int) else fine(value)


class File(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A PDF file in the making: a catalog, an information dictionary and what they reach."""

    def __init__(self, version: tuple[int, int] = (1, 7)) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=version)
        self.idToObject.clear()
        self.idToObjectNumberAndVersion.clear()
        self.numberToId.clear()
        self.objectcounter = 0
        self.Catalog = Indirect({"Type": Name("Catalog")})
        self.info = Indirect()
        self._ID = b"[" + _NO_ID + _NO_ID + b"]"

    def reference(self, indirect: Indirect) -> str:
        """The reference to an object, which gets its number when first asked for."""
        name = getattr(indirect, "__InternalName__", None)
        if name is None:
            name = self.Reference(indirect).name
        return f"{self.idToObjectNumberAndVersion[name][0]} 0 R"

    def to_bytes(self) -> bytes:
        """The whole file. Its /ID is a hash of everything else in it."""
        kept = rl_config.invariant, rl_config.pdfComments, rl_config.pdfMultiLine
        rl_config.invariant, rl_config.pdfComments, rl_config.pdfMultiLine = 1, 0, 1
        try:
            data: bytes = self.format()
        finally:
            rl_config.invariant, rl_config.pdfComments, rl_config.pdfMultiLine = kept
        digest = hashlib.md5(data, usedforsecurity=False).hexdigest().upper().encode()
        at = data.rindex(_NO_ID + _NO_ID)
        return data[:at] + (b"<" + digest + b">") * 2 + data[at + 2 * len(_NO_ID) :]
