"""Blocks of a card → its parts, as its kind has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from deckgen.content.blocks import Block, BlockKind
from deckgen.content.misplaced import unknown_heading
from deckgen.letters import unbroken
from deckgen.model.card_kind import CardKind, PartRule, Takes
from deckgen.model.deck import CardPart
from deckgen.model.text import Run, Text, joined, plain, word
from deckgen.problem import Found, Place, Problem, problem
from deckgen.wording.say import Wording

SHORT = word("In short")
# What a part takes, of the blocks that a file is read as.
_BLOCKS = {
    Takes.SENTENCE: (BlockKind.PARAGRAPH,),
    Takes.PARAGRAPHS: (BlockKind.PARAGRAPH,),
    Takes.POINTS: (BlockKind.ITEM,),
    Takes.STEPS: (BlockKind.STEP,),
    Takes.QUESTIONS: (BlockKind.ITEM, BlockKind.PARAGRAPH),
    Takes.QUOTATION: (BlockKind.QUOTE,),
    Takes.FACTS: (BlockKind.ROW,),
    Takes.PICTURE: (BlockKind.PICTURE,),
    Takes.ADDRESS: (BlockKind.PARAGRAPH,),
}
_SINGLE = (Takes.PICTURE, Takes.ADDRESS)  # one makes a part
TAKEN = frozenset({BlockKind.STEP, BlockKind.QUOTE, BlockKind.ROW, BlockKind.PICTURE})
# What blocks are called: one, many.
_CALLED = {
    BlockKind.PARAGRAPH: ("a paragraph", "paragraphs"),
    BlockKind.ITEM: ("a point", "points"),
    BlockKind.STEP: ("a numbered step", "numbered steps"),
    BlockKind.QUOTE: ("a quotation", "quotations"),
    BlockKind.ROW: ("a table", "tables"),
    BlockKind.PICTURE: ("a picture", "pictures"),
}
# What each takes is called (one, many), and how it is written.
_WORDS = {
    Takes.SENTENCE: ("sentence", "sentences", "Write one as ordinary text"),
    Takes.PARAGRAPHS: ("paragraph", "paragraphs", "Write ordinary text"),
    Takes.POINTS: ("point", "points", "Write lines that begin with “- ”"),
    Takes.STEPS: ("step", "steps", "Write lines that begin with “1. ”, “2. ” and so on"),
    Takes.QUESTIONS: ("question", "questions", "Write lines that begin with “- ”"),
    Takes.QUOTATION: ("quotation", "quotations", "Write lines that begin with “> ”"),
    Takes.FACTS: ("row", "rows", "Write rows such as | Name | Value |"),
    Takes.PICTURE: ("picture", "pictures", "Write ![what it shows](picture.jpg)"),
    Takes.ADDRESS: ("address", "addresses", "Write one such as https://www.example.org"),
}


class _Filling(Struct):
    """A part while it is read."""

    rule: PartRule
    blocks: list[Block] = field(default_factory=list)


class PartReader:
    """Puts the blocks of one card where its kind takes them.

    Headings are known in English and in the deck's language, in which `say` has them.
    """

    def __init__(
        self, kind: CardKind, say: Wording, code: str, place: Place, files: Mapping[str, bytes]
    ) -> None:
        self.kind, self.say, self.code, self.place, self.files = kind, say, code, place, files
        self.found = Found()
        self._fillings = [_Filling(rule) for rule in kind.parts]
        self._short: list[_Filling] = []
        self._now, self._all = self._fillings, (self._fillings,)
        self._scope = self._opening()
        self._skipping = False
        self._last: _Filling | None = None
        self._wrong: set[tuple[str, BlockKind]] = set()

    def take(self, block: Block) -> None:
        """The next block below the card's labels."""
        if block.kind is BlockKind.HEADING:
            self._heading(block)
        elif not self._skipping:
            self._words(block)

    def finished(self) -> tuple[tuple[CardPart, ...], tuple[CardPart, ...], list[Problem]]:
        """The parts, those of the short form, and what is wrong with both."""
        if any(filling.blocks for filling in self._fillings):
            for rule in self.kind.parts:
                self.found += self._amiss(rule, self._fillings, rule.least)
                self.found += self._amiss(rule, self._short, 0)
        else:
            todo = f"{self._asked(self.kind.parts)}."
            self.found.append(problem("part-empty", self.place, f"{self.code} is empty.", todo))
        return self._made(self._fillings), self._made(self._short), self.found

    def _opening(self) -> list[_Filling]:
        return [filling for filling in self._now if not filling.rule.heading]

    def _heading(self, block: Block) -> None:
        title = self.say.key_in(block.name, (*self.kind.headings, SHORT))
        self._skipping = False
        if title == SHORT and block.level == 2 and not self._short:
            self._short = [_Filling(rule) for rule in self.kind.parts]
            self._now = self._short
            self._scope = self._opening()
            return
        deep = 3 if self._now is self._short else 2
        fitting = [f for f in self._now if title and f.rule.heading == title]
        if fitting and 2 <= block.level <= deep:
            self._scope = fitting
            return
        self._skipping = True
        known = (*self.kind.headings, *([SHORT] if not self._short else []))
        self.found.append(unknown_heading(block, [self._said(heading) for heading in known]))

    def _said(self, heading: str) -> str:
        """A heading in the deck's language, as people write it there."""
        return plain(self.say.given(heading))

    def _words(self, block: Block) -> None:
        """A block for the first part that takes it, from the one that was filled last."""
        filled = [n for n, filling in enumerate(self._scope) if filling.blocks]
        fits = [n for n, f in enumerate(self._scope) if block.kind in _BLOCKS[f.rule.takes]]
        behind = [n for n in fits if n >= (filled[-1] if filled else 0)]
        if self.kind.in_any_order and fits:
            self._put(block, self._again(self._scope[fits[0]]))
        elif behind:
            self._put(block, self._scope[behind[0]])
        elif fits:
            self._stray(block, self._scope[filled[-1]].rule)
        else:
            self._unfit(block)

    def _put(self, block: Block, into: _Filling) -> None:
        address = into.rule.takes is Takes.ADDRESS
        into.blocks.append(block if address else self._unlinked(block))
        self._last = into

    def _again(self, first: _Filling) -> _Filling:
        """The filling that goes on, or one more of the same part behind another."""
        if self._last and self._last.rule is first.rule and first.rule.takes not in _SINGLE:
            return self._last
        if not first.blocks:
            self._now.remove(first)  # it stands where it is written, not where the kind has it
        else:
            first = _Filling(first.rule)
        self._now.append(first)
        return first

    def _stray(self, block: Block, last: PartRule) -> None:
        """What stands behind a part that it belongs before, once for blocks of a sort."""
        if (last.name, block.kind) in self._wrong:
            return
        self._wrong.add((last.name, block.kind))
        called, before = _CALLED[block.kind][0], _WORDS[last.takes][1]
        said = f"On {self.code} there is {called} behind the {before}."
        todo = "Move it above them"
        if block.kind is BlockKind.PARAGRAPH and last.takes is Takes.POINTS:
            todo = "Make it a point (begin with “- ”), or move it above the list"
        self.found.append(problem("text-stray", block.place, said, f"{todo}."))

    def _unlinked(self, block: Block) -> Block:
        """The block without links: those that are written out stay, and no other would show."""
        text, *cells = (tuple(map(shown, text)) for text in (block.text, *block.cells))
        hidden = [run for words in (text, *cells) for run in words if run.link]
        if hidden:
            said = f"Nobody who holds the card could see where “{hidden[0].text[:40]}” leads."
            todo = f"Write the address itself: {hidden[0].link[:60]}"
            self.found.append(problem("markup-unknown", block.place, said, todo))
        return replace(block, text=text, cells=tuple(cells))

    def _unfit(self, block: Block) -> None:
        """What no part here takes, once for all blocks of a sort that stand together."""
        where = self._said(self._scope[0].rule.heading) if self._scope else ""
        if (where, block.kind) in self._wrong:
            return
        self._wrong.add((where, block.kind))
        below = f"Below “{where}” on {self.code}" if where else f"On {self.code}"
        said = f"{below} there is {_CALLED[block.kind][0]}"
        kind = f"a card of the kind “{self.kind.key}”"
        if takes := [filling.rule for filling in self._scope]:
            names = " and ".join(_WORDS[rule.takes][1] for rule in takes)
            said += f", where {kind} takes {names}."
            todo = f"{self._asked(takes)}, or give the card another kind."
        else:
            said += f"; {kind} has only parts with headings."
            todo = f"Move it below one of: {', '.join(map(self._said, self.kind.headings))}."
        self.found.append(problem("part-unfit", block.place, said, todo))

    def _amiss(self, rule: PartRule, among: Sequence[_Filling], least: int) -> Iterator[Problem]:
        """Too few or too many of what a part takes."""
        there = sum(_count(each) for each in among if each.rule is rule)
        one, many, todo = _WORDS[rule.takes]
        heading = self._said(rule.heading)
        where = f"below “{heading}”" if heading else "below the heading"
        kind = f"a card of the kind “{self.kind.key}”"
        if not there and least:
            a = "an" if one[0] in "aeiou" else "a"
            named = f"“{heading}”" if heading else f"{rule.label}: {a} {one}"
            said = f"{self.code} has no {named}. {kind.capitalize()} needs it."
            yield problem("part-empty", self.place, said, f"{todo} {where}.")
        most = 1 if rule.takes in _SINGLE and not self.kind.in_any_order else rule.most
        if there and not least <= there <= most:
            wanted = f"{most}" if least == most else f"{least} to {most}"
            those = f"{one if there == 1 else many} in “{heading or rule.label}”"
            said = f"{self.code} has {there} {those}; {kind} takes {wanted}."
            yield problem("part-count", self.place, said, f"{todo} {where}: {wanted} of them.")

    def _asked(self, rules: Sequence[PartRule]) -> str:
        """What to write for some parts."""
        asked = [rule for rule in rules if rule.least] or list(rules)
        first, *rest = [
            _WORDS[r.takes][2] + (f" below “## {self._said(r.heading)}”" if r.heading else "")
            for r in asked
        ]
        return ", ".join([first, *(other[0].lower() + other[1:] for other in rest)])

    def _made(self, fillings: Sequence[_Filling]) -> tuple[CardPart, ...]:
        filled = (filling for filling in fillings if filling.blocks)
        return tuple(self.found.take(_part(filling, self.files)) for filling in filled)


def shown(run: Run) -> Run:
    """Words whose link is written out are words."""
    return replace(run, link="") if run.link.endswith(unbroken(run.text)) else run


def _count(filling: _Filling) -> int:
    """How many of what its part takes there are; a sentence is one, however it is broken up."""
    if filling.rule.takes is Takes.SENTENCE:
        return bool(filling.blocks)
    if filling.rule.takes is Takes.QUOTATION:
        return sum(not _is_source(block.text) for block in filling.blocks)
    return sum(not block.header for block in filling.blocks)


def _is_source(text: Text) -> bool:
    return plain(text).lstrip().startswith(("—", "–"))


def _part(filling: _Filling, files: Mapping[str, bytes]) -> tuple[CardPart, list[Problem]]:
    """A part from its blocks."""
    rule, blocks = filling.rule, filling.blocks
    part = CardPart(rule, tuple((block.text,) for block in blocks))
    if rule.takes is Takes.SENTENCE:
        return replace(part, rows=((joined(block.text for block in blocks),),)), []
    if rule.takes is Takes.QUOTATION:
        return replace(part, sourced=len(blocks) > 1 and _is_source(blocks[-1].text)), []
    if rule.takes is Takes.FACTS:
        return _facts(part, blocks)
    if rule.takes is Takes.PICTURE:
        return _picture(part, blocks[0], files)
    if rule.takes is Takes.ADDRESS:
        return _address(part, blocks[0])
    return part, []


_MOST_COLUMNS = 4


def _facts(part: CardPart, blocks: Sequence[Block]) -> tuple[CardPart, list[Problem]]:
    """Rows of as many cells as the first; a last one that is short is filled up."""
    columns, found = len(blocks[0].cells), Found()
    rows = []
    for block in blocks:
        if len(block.cells) > columns or columns > _MOST_COLUMNS:
            most = min(columns, _MOST_COLUMNS)
            said = f"This row has {len(block.cells)} cells; there is room for {most}."
            todo = "Join some, or write each fact in a row of its own."
            found.append(problem("part-count", block.place, said, todo))
        cells = block.cells[:columns]
        rows.append((*cells, *((),) * (columns - len(cells))))
    return replace(part, rows=tuple(rows), head=blocks[0].header), found


def _picture(
    part: CardPart, block: Block, files: Mapping[str, bytes]
) -> tuple[CardPart, list[Problem]]:
    """A picture with what it shows; options such as “focus 30% 20%” say what to keep of it."""
    from deckgen.pictures.library import DECORATIVE, shown_picture

    bare = block.alt.strip().lower() == DECORATIVE
    said = ("", f"{block.options} {DECORATIVE}") if bare else (block.alt, block.options)
    picture, found = shown_picture(files, said[0], block.file, said[1], block.place)
    return replace(part, rows=(), picture=picture), found


def _address(part: CardPart, block: Block) -> tuple[CardPart, list[Problem]]:
    """An address alone, or [words](address)."""
    targets = {run.link for run in block.text if run.link}
    if len(targets) == 1:
        return replace(part, target=targets.pop()), []
    said = f"“{plain(block.text)[:40]}” is no address."
    todo = "Write one that begins with https:// or mailto: and nothing else in its line."
    return part, [problem("part-unfit", block.place, said, todo)]
