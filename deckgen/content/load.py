"""All content files → a Deck and a Workbook, and everything wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.content.cards import count_problems, read_cards
from deckgen.content.deck import FILE, DeckSettings, load_deck_settings, sections_of
from deckgen.content.ids import id_problems
from deckgen.content.inline import inline
from deckgen.content.references import (
    dead_references,
    over_holes,
    text_problems,
    workbook_over_holes,
)
from deckgen.content.register import FILE as REGISTER
from deckgen.content.register import read_register, register_problems
from deckgen.content.workbook import read_workbook
from deckgen.model.deck import Card, CardCode, Deck, Edition, ReferenceEntry, Section
from deckgen.model.workbook import Workbook
from deckgen.problem import Place, Problem, blocks, in_order, one_of, problem
from deckgen.settings import locate
from deckgen.source import read_source

CARDS, WORKBOOKS = "content/cards/", "content/workbooks/"


class Content(Struct, frozen=True):
    """The words of a project, and which looks deck.toml asks for.

    `workbook` is the one that deck.toml names; `others` are for other roles.
    """

    deck: Deck
    workbook: Workbook
    theme: str
    stock: str
    theme_place: Place
    stock_place: Place
    others: tuple[Workbook, ...] = ()

    def workbook_of(self, role: str) -> Workbook | None:
        """The workbook of a role: by the name of its file, or the words of it."""
        name = role.strip().lower().replace(" ", "-")
        return next((b for b in (self.workbook, *self.others) if b.key == name), None)


def load_content(files: Mapping[str, bytes]) -> tuple[Content | None, list[Problem]]:
    """Read everything below content/; `files` maps project-relative names to bytes.

    None if deck.toml or its workbook can't be understood. Where cards have errors, the deck has
    those that could be read: enough for a workbook, which shows no words of theirs.
    """
    settings, text, found = load_deck_settings(files)
    if settings is None:
        return None, in_order(found)
    sections, faults = sections_of(settings, text)
    found += faults
    texts: dict[str, str] = {}
    cards = _cards(files, sections, texts, found)
    workbook = _workbook(files, settings, text, texts, found)
    others = _others(files, settings.workbook, texts, found)
    books = [workbook_over_holes(book, sections) for book in (workbook, *others) if book]
    entries = _register(files, cards, found)
    known = frozenset(code for section in sections for code in section.codes)
    known |= {card.code for card in cards}
    read = [section for section in sections if f"{CARDS}{section.prefix}.md" in texts]
    found += count_problems(cards, read)
    found += id_problems(cards)
    found += dead_references(cards, None, sections, known)
    for book in books:
        found += dead_references([], book, sections, known)
    found += _passed_over(files, sections)
    for file, words in texts.items():
        found += text_problems(file, words, sections, known)
    if workbook is None or any(_about_all(problem, workbook) for problem in found):
        return None, in_order(found)
    deck = _deck(settings, sections, cards)
    review_at = Place(FILE, *locate(text, ["edition", "review"]))
    deck = replace(deck, references=entries, review_at=review_at)
    theme_at, stock_at = (Place(FILE, *locate(text, [key])) for key in ("theme", "stock"))
    looks = (settings.theme, settings.stock, theme_at, stock_at)
    return Content(deck, books[0], *looks, tuple(books[1:])), in_order(found)


def about_cards(problem: Problem) -> bool:
    """Whether a problem is one of the cards' own words, which no workbook shows."""
    file = problem.place.file
    return file == REGISTER or file.startswith(CARDS) or problem.code.startswith("card-")


def _about_all(problem: Problem, workbook: Workbook) -> bool:
    """Whether a problem is an error in what cards and pages alike are made of."""
    mine = problem.place.file in (FILE, workbook.place.file)
    return mine and blocks([problem]) and not about_cards(problem)


def role_of(files: Mapping[str, bytes], title: str) -> str:
    """Whose workbook has this title, as `Content.workbook_of` takes it; "" if none has."""
    for file in sorted(files):
        if file.startswith(WORKBOOKS) and title:
            heading = files[file].lstrip(b"\xef\xbb\xbf\r\n ").split(b"\n", 1)[0]
            if heading.decode("utf-8", "replace").lstrip("# ").strip() == title:
                return file[len(WORKBOOKS) : -len(".md")]
    return ""


def _text(files: Mapping[str, bytes], file: str, found: list[Problem]) -> str | None:
    if file not in files:
        found.append(problem("file-missing", Place(file), "This file is missing.", "Put it back."))
        return None
    text, faults = read_source(files[file], file)
    found += faults
    return text


def _cards(
    files: Mapping[str, bytes],
    sections: Sequence[Section],
    texts: dict[str, str],
    found: list[Problem],
) -> list[Card]:
    """The cards of all sections in printing order."""
    cards: list[Card] = []
    for section in sections:
        file = f"{CARDS}{section.prefix}.md"
        text = _text(files, file, found)
        if text is not None:
            texts[file] = text
            read, faults = read_cards(text, file, section)
            read = [replace(c, see_also=over_holes(c.see_also, sections)) for c in read]
            cards += sorted(read, key=lambda card: card.code.number)
            found += faults
    return cards


def _register(
    files: Mapping[str, bytes], cards: Sequence[Card], found: list[Problem]
) -> tuple[ReferenceEntry, ...]:
    """Who looks after the references; a deck may do without."""
    text = _text(files, REGISTER, found) if REGISTER in files else None
    entries, faults = read_register(text) if text is not None else ((), [])
    found += [*faults, *register_problems(cards, entries)]
    return entries


def _passed_over(files: Mapping[str, bytes], sections: Sequence[Section]) -> list[Problem]:
    """Files in content/ that no part of the deck takes. Further workbooks may wait there."""
    waiting = (WORKBOOKS, "content/editions/")
    ours = {f"{CARDS}{section.prefix}.md" for section in sections}
    return [
        _unused(file)
        for file in files
        if file.startswith("content/")
        and file not in (FILE, REGISTER)
        and file not in ours
        and not file.startswith(waiting)
    ]


def _unused(file: str) -> Problem:
    said = "No section in content/deck.toml takes this file, so nothing of it is printed."
    todo = f"Name it after a section's prefix, as in {CARDS}K.md, or move it out of content."
    return problem("file-ignored", Place(file), said, todo)


def _workbook(
    files: Mapping[str, bytes],
    settings: DeckSettings,
    deck_toml: str,
    texts: dict[str, str],
    found: list[Problem],
) -> Workbook | None:
    file = f"{WORKBOOKS}{settings.workbook}.md"
    if file not in files:
        found.append(_no_workbook(files, settings.workbook, deck_toml))
        return None
    text = _text(files, file, found)
    if text is None:
        return None
    texts[file] = text
    workbook, faults = read_workbook(text, file, settings.workbook)
    found += faults
    return workbook


def _others(
    files: Mapping[str, bytes], first: str, texts: dict[str, str], found: list[Problem]
) -> list[Workbook]:
    """The workbooks that deck.toml doesn't name. What can't be a role's name doesn't count."""
    books = []
    for file in files:
        name = file.removeprefix(WORKBOOKS).removesuffix(".md")
        fit = file == f"{WORKBOOKS}{name.strip().lower().replace(' ', '-')}.md"
        text = _text(files, file, found) if fit and name != first else None
        if text is not None:
            texts[file] = text
            book, faults = read_workbook(text, file, name)
            found += faults
            books.append(book)
    return books


def _no_workbook(files: Mapping[str, bytes], name: str, deck_toml: str) -> Problem:
    there = [f[len(WORKBOOKS) : -3] for f in files if f.startswith(WORKBOOKS)]
    said = f"There is no workbook {WORKBOOKS}{name}.md."
    todo = one_of(name, there, "Write one; see docs/cards.md.")
    return problem("file-missing", Place(FILE, *locate(deck_toml, ["workbook"])), said, todo)


def _deck(settings: DeckSettings, sections: tuple[Section, ...], cards: list[Card]) -> Deck:
    edition = settings.edition
    order = {section.prefix: i for i, section in enumerate(sections)}

    def position(card: Card) -> tuple[int, CardCode]:
        return order[card.code.prefix], card.code

    known = {card.code: card for card in cards if card.code.prefix in order}
    return Deck(
        title=settings.title,
        subtitle=settings.subtitle,
        publisher=settings.publisher,
        contact=settings.contact,
        language=settings.language,
        edition=Edition(edition.number, edition.issued, edition.review),
        sections=sections,
        cards=tuple(sorted(known.values(), key=position)),
        how_to_use=tuple(inline(" ".join(sentence.split())) for sentence in settings.how_to_use),
        place=Place(FILE, 1, 1),
    )
