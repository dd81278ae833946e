"""Pictures of handwriting: looked at before they are shown, and without what they say of others."""

from __future__ import annotations

from deckgen.pictures.kinds import PNG, kind_of

_START = 8
# All that dots need; the rest of a PNG may say who made it, and when.
_KEPT = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"))


def shown(png: bytes) -> tuple[bytes, tuple[int, int]] | None:
    """A picture that can be shown, and its width and height in dots; None if it is damaged."""
    from deckgen.pictures.opening import Unfit, look

    if kind_of(png) != PNG:
        return None
    bare = _bare(png)
    try:
        seen = look(bare, PNG)
    except Unfit:
        return None
    return bare, (int(seen.width), int(seen.height))


def _bare(png: bytes) -> bytes:
    """The same dots, without words and times beside them."""
    parts, at = [png[:_START]], _START
    while at + 12 <= len(png):
        end = at + 12 + int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] in _KEPT:
            parts.append(png[at:end])
        at = end
    return b"".join(parts)
