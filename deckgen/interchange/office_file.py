"""Files of office programs, which come from anywhere: told apart, and opened within limits.

They are read by another process, see `deckgen.readback.limits`.
"""

from __future__ import annotations

import io
import re
from importlib import import_module
from typing import Any

from deckgen.readback.limits import BROKEN, PROTECTED, Limits, Refused, in_child

LIMITS = Limits(megabytes=20, seconds=60, memory_megabytes=1536)
SPREADSHEET, DOCUMENT = "xl/workbook.xml", "word/document.xml"
_NAMES = {SPREADSHEET: (".xlsx", "spreadsheet"), DOCUMENT: (".docx", "Word document")}
_MOST_MB = 200  # of all of its parts when they are unpacked
_MOST_PARTS = 5000
_PACKAGES = {"openpyxl": "openpyxl", "xlsxwriter": "xlsxwriter", "docx": "python-docx"}
# XML of office programs never declares types or entities; files made to do harm do.
_DECLARED = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T|E\0?N\0?T)")


class NotInstalled(Exception):
    """A package that reads or writes such files is not there; says what to install."""

    def __init__(self, name: str, what: str) -> None:
        needed = f"{what} need the package {_PACKAGES[name]}, which is not installed"
        super().__init__(f'{needed}. Install it with: pip install "deckgen-cards[office]"')


def needs(name: str, what: str) -> Any:
    """The package of a name, for files called `what`. Raises NotInstalled."""
    try:
        return import_module(name)
    except ImportError as fault:
        raise NotInstalled(name, what) from fault


def said_by(task: str, data: bytes, *given: int) -> list[Any]:
    """All that a reader says of a file. Raises Refused, also if it ended before it was through."""
    lines, ended = in_child(task, data, *given, limits=LIMITS, at_sight=refuse_at_sight)
    if ended or not lines or lines[-1] != "end":
        raise Refused(ended or BROKEN[0], BROKEN[1])
    return lines[:-1]


def refuse_at_sight(data: bytes, megabytes: int) -> None:
    """Raise Refused for what is no file of an office program that can be read here."""
    if not data:
        raise Refused("it is empty", "Get it again from where it came from.")
    if len(data) > megabytes << 20:
        raise Refused(f"it is larger than {megabytes} MB", "Take pictures out, or split it.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused(*PROTECTED)
        old = "it is of an old kind (.xls or .doc)"
        raise Refused(old, "Open it and save it as .xlsx or .docx.")
    if not data.startswith(b"PK"):
        todo = "Save it as .xlsx, .csv or .docx from the program that made it."
        raise Refused("it is none of an office program's files", todo)
    if b"application/vnd.oasis.opendocument" in data[:200]:
        raise Refused("it is an OpenDocument file", "Save it as .xlsx, .csv or .docx.")


def refuse_unfit(data: bytes, main: str) -> None:
    """Raise Refused for a file without this main part, or one that unpacks to too much."""
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(data)) as parts:
        infos = parts.infolist()
        if main not in parts.namelist():
            suffix, what = _NAMES[main]
            raise Refused(
                f"it is no {what}", f"Its name ends in {suffix}; look for the right file."
            )
        if any(info.flag_bits & 1 for info in infos):
            raise Refused(*PROTECTED)
        if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_MB << 20:
            raise Refused(f"it unpacks to more than {_MOST_MB} MB", "Take out what is no card.")
        for info in infos:
            if info.filename.endswith((".xml", ".rels")) and _declares(parts.read(info)):
                raise Refused(*BROKEN)


def _declares(xml: bytes) -> bool:
    return bool(_DECLARED.search(xml))
