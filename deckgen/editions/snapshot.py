"""The content of today as a snapshot, so that it can be compared with an edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from deckgen.editions.fingerprint import check_code, words_print
from deckgen.letters import unbroken
from deckgen.model.deck import Card, CardCode, CardPart, Deck
from deckgen.model.snapshot import CardState, LookFact, PageState, Snapshot, WordsPart
from deckgen.model.text import Text, as_text, plain, word
from deckgen.model.workbook import (
    Activity,
    Block,
    Checklist,
    Choice,
    Part,
    Rating,
    Steps,
    Table,
    Words,
    Workbook,
)

DECK_PAGE = "deck/covers"  # with a slash, as no card's Id has one


def snapshot_of(
    deck: Deck, workbooks: Sequence[Workbook], looks: Sequence[LookFact] = ()
) -> Snapshot:
    """Everything that an edition consists of; what was drawn is not known yet."""
    ids = {card.code: card.id for card in deck.cards}
    several = len(workbooks) > 1
    edition, cards = deck.edition, tuple(_card(deck, card, ids) for card in deck.cards)
    pages = (_deck_page(deck), *(page for book in workbooks for page in _pages(book, several)))
    parts = (edition.issued, edition.review, cards, pages, tuple(looks), deck.language)
    return Snapshot(deck.title, edition.number, *parts)


def written(text: Text) -> str:
    """Words in one line, as in a content file: **strong**, {cy: another language}."""
    out = ""
    for run in text:
        piece = f"{{{run.language}: {run.text}}}" if run.language else run.text
        if run.link and unbroken(run.text) not in (run.link, run.link.removeprefix("mailto:")):
            piece = f"[{piece}]({run.link})"
        out += f"**{piece}**" if run.strong else piece
    return " ".join(out.replace("****", "").split())


def card_check(card: CardState, edition: str) -> str:
    """The check code of a card that came to be in an edition."""
    return check_code(card.id, card.code, edition, words_print(card.parts))


def deck_check(edition: str, checks: Mapping[str, str]) -> str:
    """The check code of a whole edition, on its index card: `checks` are those of its cards."""
    return check_code(edition, *(f"{code}={check}" for code, check in sorted(checks.items())))


def _card(deck: Deck, card: Card, ids: Mapping[CardCode, str]) -> CardState:
    codes = tuple(str(ref.code) for ref in card.see_also)
    parts = (
        WordsPart("title", (card.title,)),
        *([WordsPart("kind", (card.kind,))] if card.kind else ()),
        *_numbered(_card_part(part) for part in card.parts),
        *_numbered(_card_part(part, " in short") for part in card.short),
        WordsPart("goes with", codes),
        WordsPart("printed as", (card.printed_as,) if card.printed_as else ()),
    )
    links = tuple(ids.get(ref.code, str(ref.code)) for ref in card.see_also)
    return CardState(card.id, str(card.code), deck.section_of(card.code).name, parts, links)


def _card_part(part: CardPart, suffix: str = "") -> WordsPart:
    """A part's words, row by row; of a picture, what it shows, as its look is known otherwise."""
    shown = (part.picture.alt,) if part.picture else ()
    rows = tuple(" | ".join(map(written, row)) for row in part.rows)
    target = (part.target,) if part.target not in rows else ()
    name = part.rule.name + suffix
    return WordsPart(name, (*shown, *rows, *filter(None, target)))


def _deck_page(deck: Deck) -> PageState:
    """What the index card and the covers say."""
    parts = (
        WordsPart("title", (deck.title, deck.subtitle)),
        WordsPart("publisher", (deck.publisher, deck.contact)),
        WordsPart("how to use", tuple(map(written, deck.how_to_use))),
    )
    return PageState(DECK_PAGE, word("Index card and covers"), parts)


def _pages(book: Workbook, several: bool) -> Iterator[PageState]:
    """Every page of a workbook, named after its role if there are `several`."""
    for page in _own_pages(book):
        yield replace(page, name=f"{page.name} ({book.role})") if several else page


def _own_pages(book: Workbook) -> Iterator[PageState]:
    key = book.key
    cover = (book.title, book.subtitle, book.role, *book.cover_fields)
    yield PageState(f"{key}/cover", word("Cover"), (WordsPart("words", cover),))
    for part in book.parts:
        if isinstance(part, Part):
            yield PageState(f"{key}/{part.key}", part.title, _numbered(_part(part)))
    for frame in book.frames:
        parts = (WordsPart("when", (frame.when,)), _words("meaning", frame.meaning))
        own = _numbered((*parts, *_blocks(frame.blocks)))
        yield PageState(f"{key}/{frame.key}", frame.name, own)
        for activity in frame.activities:
            name = f"{frame.name} {activity.number}: {activity.title}"
            yield PageState(f"{key}/{activity.key}", name, _numbered(_activity(activity)))


def _part(part: Part) -> Iterator[WordsPart]:
    yield _words("lead", part.lead)
    if not isinstance(part.blocks[0] if part.blocks else None, Steps):
        yield WordsPart("points", tuple(map(written, part.points)))
    yield from _blocks(part.blocks)


def _activity(activity: Activity) -> Iterator[WordsPart]:
    yield WordsPart("title", (activity.title,))
    yield _words("goal", activity.goal)
    yield WordsPart("cards", tuple(str(ref.code) for ref in activity.cards))
    yield WordsPart("printed as", (activity.printed_as,) if activity.printed_as else ())
    yield WordsPart("time", (activity.minutes,))
    yield from _blocks(activity.blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[WordsPart]:
    """What each says; a block without a title or words of its own is a look, and so are the
    columns of a table. What a template gives is no word of the workbook's.
    """
    for block in blocks:
        said, title = written(block.hint), plain(as_text(block.title))
        match block:
            case Block(given=True):
                continue
            case Words():
                points = map(written, block.points)
                yield WordsPart("notes", (title, said, *points))
            case Steps():
                steps = (f"{step.title} {written(step.text)}".lstrip() for step in block.steps)
                yield WordsPart(title or "steps", (*filter(None, (said,)), *steps))
            case Rating():
                yield WordsPart(title or "steps", (said, *block.steps))
            case Choice():
                options = map(written, block.options)
                yield WordsPart(title or "options", (said, *options))
            case Table():
                rows = (said, f"{block.rows} rows", *block.options)
                yield WordsPart(title or "table", rows)
            case Checklist():
                yield WordsPart(title or "items", tuple(map(written, block.items)))
            case _ if title:
                yield _words(title, block.hint)


def _numbered(parts: Iterable[WordsPart]) -> tuple[WordsPart, ...]:
    """The parts, those of a name that is taken with a number behind it."""
    seen: dict[str, int] = {}
    made = []
    for part in parts:
        seen[part.name] = count = seen.get(part.name, 0) + 1
        made.append(replace(part, name=f"{part.name} {count}") if count > 1 else part)
    return tuple(made)


def _words(name: str, text: Text) -> WordsPart:
    said = written(text)
    return WordsPart(name, (said,) if said else ())
