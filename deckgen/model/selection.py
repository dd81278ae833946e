"""Which cards, and how many of each: what people write for "only these"."""

from __future__ import annotations

import re
from collections.abc import Collection

from deckgen.model.deck import CardCode, Deck
from deckgen.model.workbook import Workbook
from deckgen.problem import Found, Place, Problem, problem

INDEX = "INDEX"
Chosen = tuple[str, int]  # a card's code, or INDEX, and how many

_ITEM = re.compile(
    r"(?P<prefix>[A-Za-z]+)"
    r"(?:(?P<first>\d{1,6})(?:\s*[-–]\s*(?:[A-Za-z]+)?(?P<last>\d{1,6}))?)?"
    r"(?:\s*[*x×]\s*(?P<count>\d{1,3}))?\Z"
)
_CARDS, _FRAME = Place("--cards"), Place("--time-frame")


def selected(
    deck: Deck, workbook: Workbook, cards: str, time_frame: str, *, used: bool = False
) -> tuple[list[Chosen], list[Problem]]:
    """The cards asked for, in the order asked; of a time frame, those its activities lay out.

    `cards` is a list such as "KC, K1-3, R2*4, Index". With `used` or a time frame, only cards
    that the workbook's activities lay out are left: of all time frames, or of that one.
    """
    found = Found()
    chosen = found.take(_listed(deck, cards)) if cards else []
    if time_frame or used:
        laid_out = found.take(_used(workbook, time_frame))
        kept = [item for item in chosen if item[0] in laid_out]
        chosen = kept if cards else [(code, 1) for code in laid_out]
    if not chosen and not found:
        found.append(_invalid(_FRAME, "No card is left.", "Choose other cards or another frame."))
    return chosen, found


def _listed(deck: Deck, cards: str) -> tuple[list[Chosen], list[Problem]]:
    found = Found()
    items = filter(None, (part.strip() for part in re.split(r"[,;]", cards)))
    return [chosen for item in items for chosen in found.take(_meant(deck, item))], found


def _meant(deck: Deck, item: str) -> tuple[list[Chosen], list[Problem]]:
    """The cards that one item of a list stands for."""
    match = _ITEM.match(item)
    if not match:
        todo = "Write codes, sections or rows of codes, as in: KC, K1-3, R2*4, Index."
        return [], [_invalid(_CARDS, f"“{item[:60]}” is no card.", todo)]
    count = int(match["count"] or 1)
    if not count:
        todo = "Leave it out of the list, or write how many you want, as in R2*4."
        return [], [_invalid(_CARDS, f"“{item}” asks for no card at all.", todo)]
    prefix = match["prefix"].upper()
    if prefix == INDEX and not match["first"]:
        return [(INDEX, count)], []
    known = {card.code for card in deck.cards if card.code.prefix == prefix}
    section = next((s for s in deck.sections if s.prefix == prefix), None)
    asked = _row(prefix, match["first"], match["last"]) if match["first"] else sorted(known)
    codes = [code for code in asked if not (section and section.was_withdrawn(code))]
    missing = [code for code in codes if code not in known]
    if section and asked and not codes:
        todo = f"The section has {section.span}."
        return [], [_invalid(_CARDS, f"{asked[0]} was withdrawn.", todo)]
    if missing or not codes:
        todo = f"The deck has {', '.join(section.span for section in deck.sections)}."
        return [], [_invalid(_CARDS, f"There is no {missing[0] if missing else item}.", todo)]
    return [(str(code), count) for code in codes], []


def _row(prefix: str, first: str, last: str | None) -> list[CardCode]:
    numbers = range(int(first), int(last or first) + 1)
    return [CardCode(prefix, number) for number in numbers[:999]]


def _used(workbook: Workbook, time_frame: str) -> tuple[Collection[str], list[Problem]]:
    """Codes in the order in which activities name them: of one frame, or of all of them ("")."""
    asked = time_frame.strip().lower()
    keys = {frame.key for frame in workbook.frames if asked in (frame.key, frame.name.lower())}
    keys |= {frame.key for frame in workbook.frames if asked.replace(" ", "-") in ("", frame.key)}
    if asked and not keys:
        names = ", ".join(frame.key for frame in workbook.frames)
        todo = f"Use one of: {names}." if names else "The workbook has no time frames."
        return (), [_invalid(_FRAME, f"There is no “{time_frame}”.", todo)]
    pairs = [pair for pair in workbook.activities if pair[0].key in keys]
    return dict.fromkeys(str(card.code) for _, activity in pairs for card in activity.cards), []


def _invalid(place: Place, said: str, todo: str) -> Problem:
    return problem("selection-invalid", place, said, todo)
