"""The words of a swap slip's table."""

from __future__ import annotations

from deckgen.model.change import Kind
from deckgen.model.swap import Swap, Swaps
from deckgen.model.text import Text, word, words
from deckgen.wording.names import edition_mark
from deckgen.wording.say import Wording, listed

# What a tick says, the card's name, and what is said of it below; all may be empty.
Cell = tuple[Text, Text, Text]


def cells_of(swap: Swap, say: Wording) -> tuple[Cell, Cell]:
    """What is taken out for a card, and what is put in."""
    return _out(swap, say), _in(swap, say)


def _out(swap: Swap, say: Wording) -> Cell:
    old = swap.old
    if old is None:
        return (), (), say("Nothing: this card is new")
    tick = say("{code} of edition {number} is taken out", code=old.code, number=old.edition)
    return tick, words(old.name), edition_mark(old.edition, old.check, say)


def _in(swap: Swap, say: Wording) -> Cell:
    new, old = swap.new, swap.old
    if new is None:
        return (), (), say("Nothing: {code} is withdrawn", code=old.code if old else "")
    said = [edition_mark(new.edition, new.check, say)]
    if swap.kind is Kind.NEW:
        behind = swap.behind
        said.append(say("behind {code}", code=behind) if behind else say("at the front"))
    if old and old.code != new.code:
        said.append(say("was {code}", code=old.code))
    tick = say("{code} of edition {number} is put in", code=new.code, number=new.edition)
    return tick, words(new.name), listed(said)


def index_cells(swaps: Swaps, say: Wording, *, several: bool) -> tuple[Cell, Cell]:
    """The same for the index card, or for `several`."""
    name = say("All index cards") if several else say("Index card")
    out = word("The index card of edition {number} is taken out")
    come = word("The index card of edition {number} is put in")
    if several:
        out = word("All index cards of edition {number} are taken out")
        come = word("All index cards of edition {number} are put in")
    return (
        (say(out, number=swaps.since), name, edition_mark(swaps.since, swaps.old_code, say)),
        (say(come, number=swaps.edition), name, edition_mark(swaps.edition, swaps.new_code, say)),
    )
