"""What a check sees of a content stream: where marked content opens and closes, what is painted."""

from __future__ import annotations

import re
from functools import lru_cache

_STRINGS = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
_OPERATORS = re.compile(
    rb"(?<!\S)(?:/(\S+)\s+Do|/Artifact\s+(?:<<.*?>>\s*)?(?:BDC|BMC)|<</MCID (\d+)>>\s*BDC"
    rb"|(BMC|BDC)|(EMC)|(Tj|TJ|'|\"|f\*?|F|S|s|B\*?|b\*?|sh))(?!\S)"
)

# A form to draw, or the number of marked content, or whether it closes, or paints; else it opens.
Event = tuple[bytes | None, int | None, bool, bool]


@lru_cache(maxsize=1024)
def events_of(code: bytes) -> tuple[Event, ...]:
    """What matters in a stream. A card's is the same in three files, so it is kept."""
    events: list[Event] = []
    for found in _OPERATORS.finditer(_STRINGS.sub(b"()", code)):
        form, marked, _opens, closes, paints = found.groups()
        number = None if marked is None else int(marked)
        event = (form, number, closes is not None, paints is not None)
        # Nothing changes between one thing painted and the next.
        if not (paints and events and events[-1][3]):
            events.append(event)
    return tuple(events)
