"""Files of cards with some cards put in, exchanged or taken out; all others keep their bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from deckgen.content.cards import card_headings
from deckgen.model.deck import CardCode
from deckgen.source import as_saved, read_source

_ENDS = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")


class CardFile(Struct, frozen=True):
    """A file as its author saved it, card by card."""

    mark: bytes
    encoding: str
    end: str  # of its lines
    above: str  # what stands above the first card: nothing but blank lines
    cards: Mapping[CardCode, str]

    @classmethod
    def of(cls, raw: bytes, file: str) -> CardFile:
        """A file that can be read without errors; one in an old encoding becomes UTF-8."""
        typed, mark, encoding = as_saved(raw, file)
        lines = [line for line in _ENDS.split(typed) if line]
        text, _ = read_source(raw, file)
        headings = [(line, code) for line, code, _ in card_headings(text or "", file) if code]
        starts = [line - 1 for line, _ in headings]
        stretches = zip(headings, starts, [*starts[1:], len(lines)], strict=True)
        cards = {
            code: "".join(lines[begin:end])
            for (_, written), begin, end in stretches
            if (code := CardCode.parse(written))
        }
        end = "\r\n" if "\r\n" in typed else "\n"
        return cls(mark, encoding, end, "".join(lines[: starts[0]] if starts else []), cards)

    def with_cards(self, cards: Mapping[CardCode, str | None]) -> bytes:
        """The file with these cards in place of those that it has; None stays as it is.

        Those that are new stand behind the one whose number comes before theirs; what isn't among
        these cards is taken out.
        """
        order = [code for code in self.cards if code in cards]
        for code in sorted(code for code in cards if code not in self.cards):
            before = [at for at, other in enumerate(order) if other < code]
            order.insert(before[-1] + 1 if before else 0, code)
        made, new = self.above, False
        for code in order:
            written = cards[code]
            text = self.cards[code] if written is None else written.replace("\n", self.end)
            if made.strip() and (new or written is not None):
                made = made.rstrip("\r\n") + 2 * self.end
            made += text
            new = written is not None
        return self.mark + made.encode(self.encoding)
