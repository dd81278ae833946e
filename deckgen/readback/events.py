"""What a check sees of a content stream: where marked content opens and closes, what is painted."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

from deckgen.readback.streams import unpacked

_STRINGS = re.compile(rb"\((?:[^\\()]++|\\.)*+\)", re.DOTALL)
# Each way begins with a letter of its own: that lets Python skip quickly to where one can begin.
_WAYS = (
    rb"/(?<!R/)(?P<form>R+)\s+Do",
    rb"/(?<!R/)(?P<font>R+)\s+[-+.\d]+\s+Tf",
    rb"/(?<!R/)Artifact(?P<artifact>)\s*(?:<<.*?>>\s*|/R+\s+)?B(?:DC|MC)",
    rb"<<[^<>]*/MCID\s+(?P<tag>\d+)[^<>]*>>\s*BDC",
    rb"B(?<!RB)(?P<opens>[MD]C)",
    rb"E(?<!RE)(?P<closes>MC)",
    *(rb"T(?<!RT)[jJ]", rb"'", rb'"', rb"f(?<!Rf)\*?", rb"F(?<!RF)", rb"S(?<!RS)"),
    *(rb"s(?<!Rs)h?", rb"B(?<!RB)\*?", rb"b(?<!Rb)\*?"),
)
_OPERATORS = re.compile(
    b"(?:" + b"|".join(_WAYS).replace(b"R", rb"[^\s()<>[\]{}/%]") + rb")(?![^\s()<>[\]{}/%])"
)

Kind = Literal["form", "font", "artifact", "tag", "opens", "closes", "paints"]
# What happens, and the name of the form or the font, or the number of the tag.
Event = tuple[Kind, bytes]


def events_in(content: Any) -> tuple[Event, ...]:
    """What matters in a stream. ValueError if it can't be unpacked."""
    return _events(unpacked(content))


@lru_cache(maxsize=1024)
def _events(code: bytes) -> tuple[Event, ...]:
    """A card's stream is the same in three files, so what is in it is kept."""
    events: list[Event] = []
    fonts: set[bytes] = set()
    for found in _OPERATORS.finditer(_STRINGS.sub(b"()", code)):
        kind: Any = found.lastgroup or "paints"
        word = found[found.lastgroup or 0]
        # Nothing changes between one thing painted and the next, nor where a font comes again.
        if kind == "font":
            if word in fonts:
                continue
            fonts.add(word)
        elif kind == "paints" and events and events[-1][0] == "paints":
            continue
        events.append((kind, word))
    return tuple(events)
