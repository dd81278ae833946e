"""A finished file as plain values: what every step that looks into it works on.

The values are those of `pdf.objects`, so that what was read can be written again, and a file that
is being joined can be looked at like one that was read. A text string is str if its bytes come
back from that (ASCII, or UTF-16 with its mark); any other string is bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from msgspec import Struct

from deckgen.pdf.objects import Indirect

_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
_BOM = b"\xfe\xff"
MOST_BYTES = 75 << 20  # of one stream
# Short names of filters, which some programs use where only inline pictures may have them.
_IN_FULL = {"AHx": "ASCIIHex", "A85": "ASCII85", "Fl": "Flate", "LZW": "LZW", "RL": "RunLength"}
Step = TypeVar("Step")


class Document(Struct, frozen=True, eq=False):
    """A file; don't change what it holds. Pages have what they inherit.

    `taken` are objects that nobody here vouches for: those of files from elsewhere. A file was
    `mended` if it was damaged, and read by guesswork.
    """

    catalog: Indirect
    info: Indirect
    pages: tuple[Indirect, ...]
    objects: Mapping[int, Indirect]
    taken: frozenset[Indirect] = frozenset()
    mended: bool = False


def document_of(
    catalog: Any, info: Any, objects: Mapping[int, Indirect], mended: bool = False
) -> Document:
    """A Document, once all values are there. ValueError if there is no catalog."""
    if not isinstance(catalog, Indirect) or type(catalog.value) is not dict:
        raise ValueError("the file has no catalog")
    info = info if isinstance(info, Indirect) else Indirect(info)
    return Document(catalog, info, tuple(_pages(catalog)), objects, mended=mended)


def _pages(catalog: Indirect) -> Iterator[Indirect]:
    """Pages in order. Each knot of the tree is entered once, so that a circle comes to an end."""
    waiting: list[tuple[Any, dict[str, Any]]] = [(catalog.value.get("Pages"), {})]
    seen: set[Indirect] = set()
    while waiting:
        node, inherited = waiting.pop()
        if not isinstance(node, Indirect) or type(node.value) is not dict:
            continue
        if "Kids" not in node.value:
            node.value |= {k: v for k, v in inherited.items() if k not in node.value}
            yield node
        elif node not in seen:
            seen.add(node)
            own = inherited | {k: node.value[k] for k in _INHERITED if k in node.value}
            waiting += [(kid, own) for kid in reversed(listed(node.value["Kids"]))]


def entry(value: Any, *keys: str) -> Any:
    """What dictionaries hold under a path of keys; None where it ends early."""
    for key in keys:
        if type(value) is Indirect:
            value = value.value
        value = value.get(key) if type(value) is dict else None
    return value.value if type(value) is Indirect else value


def raw(value: Any, key: str) -> Any:
    """What a dictionary holds, references as they are."""
    value = entry(value)
    return value.get(key) if type(value) is dict else None


def listed(value: Any) -> list[Any]:
    """The items of a list; one thing alone is a list of it, nothing is an empty one."""
    plain = entry(value)
    return plain if type(plain) is list else [] if plain is None else [value]


def text(value: Any) -> str:
    """The words of a text string; of a name, the name. Empty for anything else."""
    value = entry(value)
    if not isinstance(value, bytes):
        return str(value) if isinstance(value, str) else ""
    if value.isascii():
        return value.decode()
    if value.startswith((_BOM, b"\xef\xbb\xbf")):
        return value.decode("utf-16" if value[0] == _BOM[0] else "utf-8-sig", "replace")
    from pypdf.generic import ByteStringObject, create_string_object

    made = create_string_object(value)
    return value.decode("latin-1") if isinstance(made, ByteStringObject) else str(made)


def string(found: bytes) -> str | bytes:
    """A string's bytes as a value: see the head of this file."""
    if found.isascii():
        return found.decode("ascii")
    if found.startswith(_BOM):
        words = found[2:].decode("utf-16-be", "replace")
        if not words.isascii() and _BOM + words.encode("utf-16-be", "replace") == found:
            return words
    return found


def string_bytes(value: str | bytes) -> bytes:
    """What stands in a file for a string."""
    if isinstance(value, bytes):
        return value
    return value.encode() if value.isascii() else _BOM + value.encode("utf-16-be", "replace")


def each_once(waiting: list[Step]) -> Iterator[Step]:
    """What waits, the last first, none twice, so that circles end; more may come to wait meanwhile.

    Of a tuple it is the first thing that counts.
    """
    seen = set[int]()
    while waiting:
        step = waiting.pop()
        thing = id(entry(step[0] if isinstance(step, tuple) else step))
        if thing not in seen:
            seen.add(thing)
            yield step


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
