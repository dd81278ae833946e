"""The table as .json: nothing is lost, and `read` gives the same table again."""

from __future__ import annotations

import msgspec

from deckgen.model.answers import AnswerTable
from deckgen.readback.limits import Refused

FORMAT = 1
_FOREIGN = "it is no table of answers, or was changed", "Collect the answers again."


class _Record(msgspec.Struct, frozen=True):
    """A table, and the form in which it is written; pictures are in base 64."""

    deckgen_answers: int
    table: AnswerTable


def written(table: AnswerTable) -> bytes:
    """The table, in lines that people can read too."""
    return msgspec.json.format(msgspec.json.encode(_Record(FORMAT, table)), indent=1) + b"\n"


def read(data: bytes) -> AnswerTable:
    """The table that was written. Raises Refused."""
    try:
        record = msgspec.json.decode(data, type=_Record)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        raise Refused(*_FOREIGN) from fault
    if record.deckgen_answers != FORMAT:
        raise Refused("a newer deckgen has written it", "Get the newest deckgen.")
    return record.table
