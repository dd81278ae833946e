"""A made-up deck's workbook, what came back of it, and a reader of files that are easy to write."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from deckgen.collecting.known import Known
from deckgen.geometry import Rect
from deckgen.model.answers import (
    Asked,
    Asks,
    Copy,
    Identity,
    Option,
    Question,
    Returned,
    Said,
    Spot,
)

BOOK = Identity("Baking", "bakers", "2", "en", code="222222", pages=2)
QUESTIONS = (
    Question("cover.home", Asks.LINE, "Home", spots=(Spot(1, Rect(50, 700, 300, 20)),)),
    Question("rise.now", Asks.LINES, "What we do now", "Tonight", "Let it rise", digest="new"),
    Question(
        "rise.status",
        Asks.OPTION,
        "Status",
        "Tonight",
        "Let it rise",
        options=(Option("begun", "We have begun"), Option("done", "Done")),
    ),
    Question("rise.actions.1.who", Asks.LINE, "Our actions: Who", "Tonight", "Let it rise", 1),
    Question("rise.check.heard", Asks.TICK, "Everybody was heard", "Tonight", "Let it rise"),
)
ASKED = Asked(BOOK, "Let it rise", "Bakers", QUESTIONS)
FIELDS = frozenset(q.field for q in QUESTIONS)


KNOWN = Known("Baking", (ASKED,), (ASKED,))


def copy(team: str = "", edition: str = "2", **said: str) -> Copy:
    """A filled-in workbook; "rise__now" is the field rise.now."""
    identity = replace(BOOK, team=team, edition=edition)
    given = tuple(Said(name.replace("__", "."), value) for name, value in said.items())
    return Copy(identity, given, FIELDS)


def returned(*copies: Copy, **more: object) -> Returned:
    return Returned(copies, **more)  # type: ignore[arg-type]


def exported(team: str = "", **said: str) -> bytes:
    """The same as a file that some program has exported: FDF."""
    told = msgspec.json.encode(replace(BOOK, team=team)).decode()
    values = {"deckgen.workbook": told} | {k.replace("__", "."): v for k, v in said.items()}
    fields = b"".join(
        b"<</T(%b)/V(%b)>>" % (name.encode(), b"\xfe\xff" + _escaped(value))
        for name, value in values.items()
    )
    root = b"1 0 obj\n<</FDF<</Fields[" + fields + b"]>>>>\nendobj\n"
    return b"%FDF-1.2\n" + root + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def _escaped(value: str) -> bytes:
    wide = value.encode("utf-16-be")
    return b"".join(b"\\" + bytes([c]) if c in b"\\()\r" else bytes([c]) for c in wide)
