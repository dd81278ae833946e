"""What streams hold, unpacked."""

from __future__ import annotations

import zlib
from typing import Any

from deckgen.pdf.objects import Indirect, Name
from deckgen.readback.document import entry, listed

MOST_BYTES = 75 << 20  # of one stream
# Short names of filters, which some programs use where only inline pictures may have them.
_IN_FULL = {
    "AHx": Name("ASCIIHexDecode"),
    "A85": Name("ASCII85Decode"),
    "Fl": Name("FlateDecode"),
    "LZW": Name("LZWDecode"),
    "RL": Name("RunLengthDecode"),
}


def unpacked(stream: Any) -> bytes:
    """What a stream, or several that belong together, hold. ValueError if it can't be told."""
    if not isinstance(stream, Indirect):
        return b"\n".join(unpacked(s) for s in listed(stream))
    if type(stream.value) is list:
        return b"\n".join(unpacked(s) for s in stream.value if s is not stream)
    if stream.stream is None:
        return b""
    filters = [entry(f) for f in listed(stream.value.get("Filter"))]
    if not filters:
        return stream.stream
    if filters != ["FlateDecode"] or "DecodeParms" in stream.value:
        return _unfiltered(stream)
    return _inflated(stream.stream)


def _inflated(packed: bytes) -> bytes:
    work = zlib.decompressobj()
    try:
        data = work.decompress(packed, MOST_BYTES)
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault
    if work.unconsumed_tail:
        raise ValueError("a stream is too large")
    return data


def _unfiltered(stream: Indirect) -> bytes:
    """By pypdf's filters. They raise nearly anything."""
    from pypdf.generic import EncodedStreamObject, NameObject

    made = EncodedStreamObject()
    made._data = stream.stream or b""
    names = [entry(name) for name in listed(stream.value["Filter"])]
    made[NameObject("/Filter")] = _pypdf([_IN_FULL.get(name, name) for name in names])
    if (how := entry(stream, "DecodeParms")) is not None:
        made[NameObject("/DecodeParms")] = _pypdf(how)
    return made.get_data()


def _pypdf(value: Any) -> Any:
    from pypdf import generic

    value = entry(value)
    if isinstance(value, dict):
        pairs = {generic.NameObject(f"/{k}"): _pypdf(v) for k, v in value.items()}
        return generic.DictionaryObject(pairs)
    if isinstance(value, list):
        return generic.ArrayObject(map(_pypdf, value))
    if isinstance(value, Name):
        return generic.NameObject(f"/{value}")
    if isinstance(value, bool):
        return generic.BooleanObject(value)
    return generic.NumberObject(value) if isinstance(value, int) else generic.NullObject()
