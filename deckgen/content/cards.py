"""A section's file → its cards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from deckgen.content.blocks import Block, BlockKind, read_blocks
from deckgen.content.ids import unfit_id
from deckgen.content.references import read_codes
from deckgen.content.slips import card_headings_mended
from deckgen.letters import bare
from deckgen.model.deck import Card, CardCode, Reference, Section, in_words
from deckgen.model.text import Text, joined, plain
from deckgen.problem import Found, Place, Problem, one_of, problem

LABELS = frozenset({"Id", "See also", "Printed as"})
TALK = "Talk about it"
QUESTIONS = 2
_TITLE = re.compile(
    r"(?P<code>[A-Za-z]{1,6}\s?[0-9]{1,3})(?![0-9A-Za-z])[\s:–—-]*(?P<title>.*)\Z", re.DOTALL
)


class _Draft(Struct):
    """A card while its blocks are read."""

    code: CardCode
    title: str
    place: Place
    lead: list[Text] = field(default_factory=list)
    points: list[Text] = field(default_factory=list)
    questions: list[Text] = field(default_factory=list)
    see_also: tuple[Reference, ...] = ()
    printed_as: str = ""
    id: str = ""
    id_at: Place | None = None
    labels: set[str] = field(default_factory=set)
    talking: bool = False


def read_cards(text: str, file: str, section: Section) -> tuple[list[Card], list[Problem]]:
    """Every card of a file, and what is wrong in it."""
    found = Found()
    drafts: list[_Draft] = []
    skipping = False
    text = found.take(card_headings_mended(text, file, section.prefix, LABELS))
    for block in found.take(read_blocks(text, file, LABELS)):
        if _begins(block):
            draft = found.take(_begin(block, section))
            skipping = draft is None
            drafts += [draft] if draft else []
        elif drafts and not skipping:
            found += _take(drafts[-1], block)
        elif not skipping:
            said = f"Words stand above the first card: “{(plain(block.text) or block.name)[:40]}”."
            todo = "Move them below a heading that begins a card."
            found.append(problem("text-stray", block.place, said, todo))
    for draft in drafts:
        found += _complete(draft)
    return [_finished(draft) for draft in drafts], found


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
        found.append(_empty(f"{code} has no title.", block.place, "Write it behind the code."))
    return _Draft(code, title, block.place), found


def _code_and_title(heading: Block) -> tuple[CardCode | None, str]:
    match = _TITLE.match(plain(heading.text))
    code = CardCode.parse(re.sub(r"\s", "", match["code"]).upper()) if match else None
    return code, match["title"].strip() if match and code else ""


def card_headings(text: str, file: str) -> list[tuple[int, str, str]]:
    """Line, code and title of every heading of level 1; code and title are empty if it has none."""
    lines = (line if line.strip().startswith("#") else "" for line in text.split("\n"))
    blocks, _ = read_blocks("\n".join(lines), file, LABELS)
    headings = ((block.place.line, *_code_and_title(block)) for block in blocks if _begins(block))
    return [(line, str(code or ""), title) for line, code, title in headings]


def _begins(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and block.level == 1


def _take(draft: _Draft, block: Block) -> list[Problem]:
    """Put a block where it belongs."""
    if block.kind is BlockKind.LABEL:
        return _label(draft, block)
    if block.kind is BlockKind.HEADING:
        draft.talking = block.level == 2 and block.name.lower() == TALK.lower()
        return [] if draft.talking else [unknown_heading(block, (TALK,))]
    if draft.talking:
        draft.questions.append(block.text)
    elif block.kind is BlockKind.ITEM:
        draft.points.append(block.text)
    elif draft.points:
        said = f"On {draft.code} there is a paragraph behind the points."
        todo = "Make it a point (begin with “- ”), or move it above the list."
        return [problem("text-stray", block.place, said, todo)]
    else:
        draft.lead.append(block.text)
    return []


def _label(draft: _Draft, block: Block) -> list[Problem]:
    if block.name not in LABELS:
        return [unknown_label(block, LABELS)]
    if block.name in draft.labels:
        return [repeated_label(block)]
    draft.labels.add(block.name)
    value = plain(block.text).strip()
    if block.name == "Printed as":
        draft.printed_as = value
        return []
    if block.name == "Id":
        draft.id, draft.id_at = bare(value), block.place
        return unfit_id(draft.id, draft.title, block.place)
    draft.see_also, found = read_codes(bare(value), block.place)
    return found


def _complete(draft: _Draft) -> list[Problem]:
    """What a card lacks."""
    code, place = draft.code, draft.place
    found = []
    if not (draft.lead or draft.points or draft.questions):
        return [_empty(f"{code} is empty.", place, "Write a lead sentence, points and questions.")]
    if not draft.lead:
        found.append(_empty(f"{code} has no lead sentence.", place, "Write one below the heading."))
    if not draft.points:
        found.append(_empty(f"{code} has no points.", place, "Write lines that begin with “- ”."))
    if len(draft.questions) != QUESTIONS:
        said = f"{code} has {len(draft.questions)} questions under “{TALK}”; it needs two."
        todo = f"Write two lines that begin with “- ” below “## {TALK}”."
        found.append(problem("questions-wrong", place, said, todo))
    return found


def _finished(draft: _Draft) -> Card:
    parts = (joined(draft.lead), tuple(draft.points), tuple(draft.questions), draft.see_also)
    after = (draft.printed_as, draft.place, draft.id, draft.id_at)
    return Card(draft.code, draft.title, *parts, *after)


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


def _empty(found: str, place: Place, todo: str) -> Problem:
    return problem("part-empty", place, found, todo)


def unknown_heading(block: Block, known: Sequence[str]) -> Problem:
    """A heading that can't stand here, with the nearest that can."""
    said = f"The heading “{plain(block.text)}” is not known."
    todo = one_of(plain(block.text), known, "Take it out.")
    return problem("heading-unknown", block.place, said, todo)


def unknown_label(block: Block, known: Iterable[str]) -> Problem:
    """A label that is not known, with the nearest that is."""
    todo = one_of(f"{block.name}:", [f"{name}:" for name in known], "There are none here.")
    todo += " Ordinary text goes below a blank line."
    return problem("label-unknown", block.place, f"“{block.name}:” is not a label.", todo)


def repeated_label(block: Block) -> Problem:
    """A label that stands a second time."""
    said = f"“{block.name}:” stands here a second time."
    return problem("label-repeated", block.place, said, "Put everything on one line.")
