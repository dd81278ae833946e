"""A section's file → its cards, each of a kind that says which parts it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from deckgen.content.blocks import Block, BlockKind, read_blocks
from deckgen.content.card_parts import TAKEN, PartReader
from deckgen.content.ids import unfit_id
from deckgen.content.kinds import Kinds
from deckgen.content.misplaced import repeated_label, unknown_label
from deckgen.content.references import read_codes
from deckgen.content.slips import card_headings_mended
from deckgen.letters import bare, unbroken
from deckgen.model.card_kind import CardKind
from deckgen.model.deck import Card, CardCode, Reference, Section, in_words
from deckgen.model.text import plain, word
from deckgen.problem import Found, Place, Problem, problem
from deckgen.wording.say import Wording

LABELS = (word("Id"), word("Kind"), word("See also"), word("Printed as"))
_TITLE = re.compile(
    r"(?P<code>[A-Za-z]{1,6}\s?[0-9]{1,3})(?![0-9A-Za-z])[\s:–—-]*(?P<title>.*)\Z", re.DOTALL
)


class _Draft(Struct):
    """A card while its blocks are read."""

    code: CardCode
    title: str
    place: Place
    labels: dict[str, Block] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    see_also: tuple[Reference, ...] = ()

    def label(self, name: str) -> str:
        """A label's value, or nothing."""
        return plain(self.labels[name].text).strip() if name in self.labels else ""

    def bare(self, name: str) -> str:
        """The same without marks that nobody sees, for what is no text to print."""
        return bare(self.label(name))


def read_cards(
    text: str,
    file: str,
    section: Section,
    kinds: Kinds,
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[list[Card], list[Problem]]:
    """Every card of a file, and what is wrong in it; their pictures are in `files`."""
    found = Found()
    drafts: list[_Draft] = []
    skipping = False
    names = kinds.say.names_of(LABELS)
    labels = frozenset(names)
    text = found.take(card_headings_mended(text, file, section.prefix, labels))
    for block in found.take(read_blocks(text, file, labels, takes=TAKEN, links=True)):
        if _begins(block):
            draft = found.take(_begin(block, section))
            skipping = draft is None
            drafts += [draft] if draft else []
        elif drafts and not skipping:
            found += _take(drafts[-1], block, names)
        elif not skipping:
            said = f"Words stand above the first card: “{(plain(block.text) or block.name)[:40]}”."
            todo = "Move them below a heading that begins a card."
            found.append(problem("text-stray", block.place, said, todo))
    return [found.take(_finished(draft, section, kinds, files)) for draft in drafts], found


def _begin(block: Block, section: Section) -> tuple[_Draft | None, list[Problem]]:
    code, title = _code_and_title(block)
    if not code:
        said = f"The heading “{block.name[:40]}” does not begin with a card's code."
        todo = f"Begin it with a code: # {section.prefix}1 Title."
        return None, [problem("card-code-invalid", block.place, said, todo)]
    found = []
    if code.prefix != section.prefix:
        said = f"{code} stands in the file of section {section.prefix}."
        todo = f"Move it to content/cards/{code.prefix}.md, or correct its code."
        found.append(problem("card-code-misplaced", block.place, said, todo))
    if not title:
        said, todo = f"{code} has no title.", "Write it behind the code."
        found.append(problem("part-empty", block.place, said, todo))
    return _Draft(code, title, block.place), found


def title_of(heading: Block) -> str:
    """The title behind the code in a card's heading."""
    return _code_and_title(heading)[1]


def _code_and_title(heading: Block) -> tuple[CardCode | None, str]:
    first, space, rest = plain(heading.text).partition(" ")
    match = _TITLE.match(unbroken(first) + space + rest)
    code = CardCode.parse(re.sub(r"\s", "", match["code"]).upper()) if match else None
    return code, match["title"].strip() if match and code else ""


def card_headings(text: str, file: str) -> list[tuple[int, str, str]]:
    """Line, code and title of every heading of level 1; code and title are empty if it has none."""
    lines = (line if line.strip().startswith("#") else "" for line in text.split("\n"))
    blocks, _ = read_blocks("\n".join(lines), file, frozenset(LABELS))
    headings = ((block.place.line, *_code_and_title(block)) for block in blocks if _begins(block))
    return [(line, str(code or ""), title) for line, code, title in headings]


def _begins(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and block.level == 1


def _take(draft: _Draft, block: Block, names: Mapping[str, str]) -> list[Problem]:
    """Put a block where it belongs; `names` are those of labels."""
    if block.kind is not BlockKind.LABEL:
        draft.blocks.append(block)
        return []
    label = names.get(block.name)
    if label is None:
        return [unknown_label(block, names)]
    if label in draft.labels:
        return [repeated_label(block)]
    draft.labels[label] = block
    if label == "Id":
        return unfit_id(draft.bare("Id"), draft.title, block.place)
    if label == "See also":
        draft.see_also, found = read_codes(draft.bare("See also"), block.place)
        return found
    return []


def _finished(
    draft: _Draft, section: Section, kinds: Kinds, files: Mapping[str, bytes]
) -> tuple[Card, list[Problem]]:
    """A card with its parts, as far as they can be read."""
    found = Found()
    named = draft.labels.get("Kind")
    name = draft.bare("Kind").lower() if named else section.kind
    kind = found.take(kinds.named(name, named.place if named else section.place))
    id_at = draft.labels["Id"].place if "Id" in draft.labels else None
    card = Card(
        code=draft.code,
        title=draft.title,
        parts=(),
        see_also=draft.see_also,
        printed_as=draft.label("Printed as"),
        place=draft.place,
        id=draft.bare("Id"),
        id_at=id_at,
    )
    return (
        found.take(_with_parts(card, draft.blocks, kind, kinds.say, files)) if kind else card
    ), found


def _with_parts(
    card: Card, blocks: Iterable[Block], kind: CardKind, say: Wording, files: Mapping[str, bytes]
) -> tuple[Card, list[Problem]]:
    reader = PartReader(kind, say, str(card.code), card.place, files)
    for block in blocks:
        reader.take(block)
    parts, short, found = reader.finished()
    looks = (kind.key if not kind.default else "", kind.front, kind.back)
    return replace(
        card, parts=parts, short=short, kind=looks[0], front=looks[1], back=looks[2]
    ), found


def count_problems(cards: Sequence[Card], sections: Iterable[Section]) -> list[Problem]:
    """Doubled, missing and extra cards, against the counts in deck.toml."""
    found = []
    seen: dict[CardCode, Card] = {}
    for card in cards:
        if card.code in seen:
            found.append(_doubled(card, seen[card.code]))
        seen.setdefault(card.code, card)
    for section in sections:
        wanted = set(section.codes)
        there = {code for code in seen if code.prefix == section.prefix}
        withdrawn = {code for code in there if section.was_withdrawn(code)}
        found += [_withdrawn(seen[code]) for code in sorted(withdrawn)]
        if wanted - there:
            found.append(_missing(section, sorted(wanted - there)))
        found += [_extra(seen[code], section) for code in sorted(there - wanted - withdrawn)]
    return found


def _doubled(card: Card, first: Card) -> Problem:
    said = f"{card.code} is here a second time; the first is at {first.place}."
    todo = "Give one of them another code, or delete it."
    return problem("card-repeated", card.place, said, todo)


def _withdrawn(card: Card) -> Problem:
    said = f"{card.code} was withdrawn, says content/deck.toml, but it is here."
    todo = f"Take the card out, or take {card.code.number} out of “withdrawn”."
    return problem("card-withdrawn", card.place, said, todo)


def _missing(section: Section, codes: list[CardCode]) -> Problem:
    names = in_words(codes)
    left = section.count - len(codes)
    numbers = sorted({*section.withdrawn, *(code.number for code in codes)})
    withdrawn = f", or, if they were withdrawn, write cards = {left} and withdrawn = {numbers}"
    said = f"Section {section.prefix} should have {section.count} cards; missing: {names}."
    todo = f"Write them in content/cards/{section.prefix}.md{withdrawn if left else ''}."
    return problem("card-missing", section.place, said, todo)


def _extra(card: Card, section: Section) -> Problem:
    said = f"{card.code} is more than the {section.count} cards that section {section.prefix} has."
    todo = "Raise “cards” in content/deck.toml, or take the card out."
    return problem("card-extra", card.place, said, todo)
