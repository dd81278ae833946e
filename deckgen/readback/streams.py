"""What streams hold, unpacked."""

from __future__ import annotations

import zlib
from typing import Any

from deckgen.pdf.objects import Indirect
from deckgen.readback.document import entry, listed, raw

MOST_BYTES = 75 << 20  # of one stream
# Short names of filters, which some programs use where only inline pictures may have them.
_IN_FULL = {"AHx": "ASCIIHex", "A85": "ASCII85", "Fl": "Flate", "LZW": "LZW", "RL": "RunLength"}


def unpacked(stream: Any) -> bytes:
    """What a stream, or several that belong together, hold. ValueError if it can't be told."""
    several = stream if not isinstance(stream, Indirect) else stream.value
    if not isinstance(stream, Indirect) or type(several) is list:
        return b"\n".join(unpacked(s) for s in listed(several) if s is not stream)
    if stream.stream is None or not (filters := [entry(f) for f in listed(raw(stream, "Filter"))]):
        return stream.stream or b""
    if filters != ["FlateDecode"] or "DecodeParms" in stream.value:
        return _unfiltered(stream, filters)
    work = zlib.decompressobj()
    try:
        data = work.decompress(stream.stream, MOST_BYTES)
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault
    if work.unconsumed_tail:
        raise ValueError("a stream is too large")
    return data


def _unfiltered(stream: Indirect, filters: list[Any]) -> bytes:
    """By pypdf's filters, which are told in full and with numbers alone. They raise much."""
    from pypdf.generic import ArrayObject, EncodedStreamObject, NameObject, NumberObject
    from pypdf.generic import DictionaryObject as Pairs

    names = [f"/{_IN_FULL[name]}Decode" if name in _IN_FULL else f"/{name}" for name in filters]
    made = EncodedStreamObject()
    made._data = stream.stream or b""
    made[NameObject("/Filter")] = ArrayObject(map(NameObject, names))
    if sets := [entry(one) or {} for one in listed(raw(stream, "DecodeParms"))]:
        made[NameObject("/DecodeParms")] = ArrayObject(
            Pairs({NameObject(f"/{k}"): NumberObject(v) for k, v in one.items() if type(v) is int})
            for one in sets
        )
    return made.get_data()
