"""Zip archives, which come from anywhere: looked at before they are opened, unpacked in memory.

Nothing of an archive is ever written to the disk, so the names in it can lead nowhere.
"""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from deckgen.readback.limits import BROKEN, PROTECTED, Refused

MOST_ENTRIES, MOST_UNPACKED_MB, MOST_NESTED_MB = 5_000, 2_000, 100
OFFICE = ("[Content_Types].xml", "mimetype")
_END, _END_64 = struct.Struct("<4s4H2IH"), struct.Struct("<4sQ2H2I4Q")
_LONGEST_END = _END.size + (1 << 16)
_MOST_LIST_MB = 4  # of the archive's own list of what is in it
_UNPACK = "Unpack it, and collect the folder."
_MODE, _LINK = 0xF000, 0xA000


def is_zip(head: bytes) -> bool:
    """Whether a file that begins so is a zip archive, or one of the files that are such inside."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


@lru_cache(maxsize=4)
def opened(path: Path, *inside: int) -> ZipFile:
    """An archive, or one that is so-and-so many entries behind the first in it.

    Raises Refused for one that is damaged, or that lists too much.
    """
    try:
        if inside:
            outer = opened(path, *inside[:-1])
            data = unpacked(outer, outer.infolist()[inside[-1]], MOST_NESTED_MB)
            _refuse_long_list(data[-_LONGEST_END - _END_64.size - 20 :])
            return ZipFile(io.BytesIO(data))
        with path.open("rb") as file:
            size = file.seek(0, io.SEEK_END)
            file.seek(max(0, size - _LONGEST_END - _END_64.size - 20))
            _refuse_long_list(file.read())
        return ZipFile(path)
    except (BadZipFile, NotImplementedError, ValueError, EOFError, struct.error) as fault:
        raise Refused(*BROKEN) from fault


def _refuse_long_list(tail: bytes) -> None:
    """Raise Refused if the list at an archive's end would take much memory: it is read whole."""
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise Refused(*BROKEN)
    _, _, _, _, count, size, _, _ = _END.unpack(tail[at : at + _END.size])
    if tail[at - 20 : at].startswith(b"PK\x06\x07"):
        before = tail.rfind(b"PK\x06\x06", 0, at)
        if before < 0:
            raise Refused(*BROKEN)
        found = _END_64.unpack(tail[before : before + _END_64.size])
        count, size = found[7], found[8]
    if count > MOST_ENTRIES or size > _MOST_LIST_MB << 20:
        raise Refused(f"it holds more than {MOST_ENTRIES:,} files", "Make several archives of it.")


def unpacked(archive: ZipFile, entry: ZipInfo, most_mb: int) -> bytes:
    """What an entry holds. Raises Refused; never unpacks more than that many megabytes."""
    if entry.flag_bits & 1:
        raise Refused(PROTECTED[0], _UNPACK)
    if (entry.external_attr >> 16) & _MODE == _LINK:
        raise Refused("it is a link, not a file", "Put the file itself into the archive.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Refused("it is packed in a way that is not known here", _UNPACK)
    if entry.file_size > most_mb << 20:
        raise Refused(f"it is larger than {most_mb} MB", "Save a smaller copy.")
    try:
        with archive.open(entry) as file:
            data = file.read((most_mb << 20) + 1)
    except (BadZipFile, NotImplementedError, EOFError, zlib.error, RuntimeError, OSError) as fault:
        raise Refused(*BROKEN) from fault
    except (ValueError, struct.error, UnicodeError) as fault:
        raise Refused(*BROKEN) from fault
    if len(data) > most_mb << 20:
        raise Refused(f"it is larger than {most_mb} MB", "Save a smaller copy.")
    return data
