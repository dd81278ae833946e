"""All content files → a Deck and a Workbook, and everything wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from deckgen.content.cards import count_problems, read_cards
from deckgen.content.deck import (
    FILE,
    DeckSettings,
    load_deck_settings,
    sections_of,
    small_type,
    text_in,
)
from deckgen.content.ids import id_problems
from deckgen.content.inline import read_inline
from deckgen.content.kinds import Kinds, load_kinds
from deckgen.content.known_headings import Known, load_known_headings
from deckgen.content.references import (
    dead_references,
    over_holes,
    text_problems,
    workbook_over_holes,
)
from deckgen.content.register import FILE as REGISTER
from deckgen.content.register import read_register, register_problems
from deckgen.content.words import wording_of
from deckgen.content.workbook import read_workbook
from deckgen.model.deck import Card, Deck, Edition, ReferenceEntry, Section
from deckgen.model.text import Text
from deckgen.model.workbook import NO_WORKBOOK, Workbook
from deckgen.problem import Found, Place, Problem, blocks, in_order, one_of, problem
from deckgen.settings import locate
from deckgen.source import EDITIONS, ICONS, PICTURES
from deckgen.wording.say import SAY_ENGLISH, Wording

CARDS, WORKBOOKS = "content/cards/", "content/workbooks/"


class Content(Struct, frozen=True):
    """The words of a project, and which looks deck.toml asks for.

    `workbook` is the one that deck.toml names, NO_WORKBOOK if it names none; `others` are for other
    roles. `say` has the words that deckgen adds, in the deck's language.
    """

    deck: Deck
    workbook: Workbook
    theme: str
    stock: str
    theme_place: Place
    stock_place: Place
    others: tuple[Workbook, ...] = ()
    say: Wording = SAY_ENGLISH

    @property
    def books(self) -> tuple[Workbook, ...]:
        """All workbooks that are there, the deck's own first."""
        return tuple(book for book in (self.workbook, *self.others) if book != NO_WORKBOOK)

    def workbook_of(self, role: str) -> Workbook | None:
        """The workbook of a role: by the name of its file, or the words of it."""
        name = normalize("NFC", role).strip().lower().replace(" ", "-")
        return next((book for book in self.books if book.key == name), None)


def load_content(files: Mapping[str, bytes]) -> tuple[Content | None, list[Problem]]:
    """Read everything below content/; `files` maps project-relative names to bytes.

    None if deck.toml or its workbook can't be understood. Where cards have errors, the deck has
    those that could be read: enough for a workbook, which shows no words of theirs.
    """
    settings, toml, faults = load_deck_settings(files)
    found = Found(faults)
    if settings is None:
        return None, in_order(found)
    found += small_type(settings, toml)
    sections = found.take(sections_of(settings, toml))
    say = found.take(wording_of(settings, toml))
    roles = _roles(files)
    if settings.workbook and settings.workbook not in roles:
        found.append(_no_workbook(files, roles, settings.workbook, toml))
    wanted = (*map(_cards_file, sections), *(f"{WORKBOOKS}{role}.md" for role in roles))
    texts = found.take(_texts(files, wanted))
    cards = found.take(_cards(texts, sections, found.take(load_kinds(files, say)), files))
    headings = found.take(load_known_headings(files)) if roles else {}
    books = found.take(_workbooks(texts, sections, headings, say))
    entries = found.take(_register(files, cards))
    known = frozenset(code for section in sections for code in section.codes)
    known |= {card.code for card in cards}
    found += count_problems(cards, [s for s in sections if _cards_file(s) in texts])
    found += id_problems(cards)
    found += dead_references(cards, books.values(), sections, known)
    found += _passed_over(files, sections)
    found += _unused_pictures(files, cards)
    told = found.take(_told(settings.how_to_use, toml))
    for file, words in texts.items():
        found += text_problems(file, words, sections, known)
    workbook = books.pop(settings.workbook, None) if settings.workbook else NO_WORKBOOK
    if workbook is None or any(_about_all(problem, workbook) for problem in found):
        return None, in_order(found)
    paths = (["edition", "review"], ["theme"], ["stock"])
    review_at, theme_at, stock_at = (Place(FILE, *locate(toml, path)) for path in paths)
    deck = _deck(settings, sections, cards)
    deck = replace(deck, how_to_use=told, smallest_pt=settings.smallest_type)
    deck = _written_at(replace(deck, references=entries, review_at=review_at), toml)
    looks = (settings.theme, settings.stock, theme_at, stock_at)
    return Content(deck, workbook, *looks, tuple(books.values()), say), in_order(found)


def load_cards(
    files: Mapping[str, bytes],
) -> tuple[tuple[Sequence[Section], Sequence[Card], Kinds] | None, list[Problem]]:
    """The sections, the cards and their kinds alone, and what is wrong with their own words.

    None if deck.toml can't be understood. A section whose file isn't there has no cards.
    """
    settings, toml, found = load_deck_settings(files)
    if settings is None:
        return None, found
    met = Found(found)
    sections = met.take(sections_of(settings, toml))
    kinds = met.take(load_kinds(files))
    texts = met.take(_texts(files, [f for f in map(_cards_file, sections) if f in files]))
    cards = met.take(_cards(texts, sections, kinds, files))
    return (sections, cards, kinds), in_order(met)


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


def _cards_file(section: Section) -> str:
    return f"{CARDS}{section.prefix}.md"


def _roles(files: Iterable[str]) -> list[str]:
    """Whose workbooks there are. What can't be a role's name doesn't count."""
    ends = (f.removeprefix(WORKBOOKS) for f in files if f.startswith(WORKBOOKS))
    names = (end.removesuffix(".md") for end in ends if end.endswith(".md"))
    return [name for name in names if name == name.strip().lower().replace(" ", "-")]


def _texts(
    files: Mapping[str, bytes], wanted: Iterable[str]
) -> tuple[dict[str, str], list[Problem]]:
    """Files that can be read; any other is a Problem."""
    found = Found()
    texts = {file: found.take(text_in(files, file)) for file in wanted}
    return {file: text for file, text in texts.items() if text is not None}, found


def _cards(
    texts: Mapping[str, str],
    sections: Sequence[Section],
    kinds: Kinds,
    files: Mapping[str, bytes],
) -> tuple[list[Card], list[Problem]]:
    """The cards of all sections in printing order."""
    cards, found = list[Card](), Found()
    for section in sections:
        file = _cards_file(section)
        text = texts.get(file)
        read = [] if text is None else found.take(read_cards(text, file, section, kinds, files))
        read = [replace(card, see_also=over_holes(card.see_also, sections)) for card in read]
        cards += sorted(read, key=lambda card: card.code.number)
    return cards, found


def _workbooks(
    texts: Mapping[str, str], sections: Sequence[Section], known: Known, say: Wording
) -> tuple[dict[str, Workbook], list[Problem]]:
    """All workbooks by their roles."""
    books, found = {}, Found()
    for file in texts:
        if file.startswith(WORKBOOKS):
            key = file[len(WORKBOOKS) : -len(".md")]
            book = found.take(read_workbook(texts[file], file, key, known, say))
            books[key] = workbook_over_holes(book, sections)
    return books, found


def _register(
    files: Mapping[str, bytes], cards: Sequence[Card]
) -> tuple[tuple[ReferenceEntry, ...], list[Problem]]:
    """Who looks after the references; a deck may do without."""
    found = Found()
    text = found.take(text_in(files, REGISTER)) if REGISTER in files else None
    entries = found.take(read_register(text)) if text is not None else ()
    found += register_problems(cards, entries)
    return entries, found


def _unused_pictures(files: Mapping[str, bytes], cards: Iterable[Card]) -> list[Problem]:
    """Picture files that no card shows; what knows pictures is loaded only if there are any."""
    if not any(name.startswith(PICTURES) for name in files):
        return []
    from deckgen.pictures.library import unused_pictures

    return list(unused_pictures(files, (s.file for card in cards for s in card.pictures)))


def _passed_over(files: Iterable[str], sections: Iterable[Section]) -> Iterator[Problem]:
    """Files in content/ that no part of the deck takes. Further workbooks may wait there."""
    ours = {FILE, REGISTER, *map(_cards_file, sections)}
    waiting = (WORKBOOKS, EDITIONS, PICTURES, *ICONS)
    for file in files:
        if file.startswith("content/") and file not in ours and not file.startswith(waiting):
            said = "No section in content/deck.toml takes this file, so nothing of it is printed."
            todo = (
                f"Name it after a section's prefix, as in {CARDS}K.md, or move it out of content."
            )
            yield problem("file-ignored", Place(file), said, todo)


def _no_workbook(files: Iterable[str], there: list[str], name: str, toml: str) -> Problem:
    said = f"There is no workbook {WORKBOOKS}{name}.md."
    todo = one_of(name, there, "Write one; see docs/cards.md.")
    named = (file.removeprefix(WORKBOOKS) for file in files if file.startswith(WORKBOOKS))
    near = [file for file in named if file.lower().replace(" ", "-") == f"{name}.md"]
    if near:
        todo = f"Rename {near[0]} to {name}.md."
    return problem("file-missing", Place(FILE, *locate(toml, ["workbook"])), said, todo)


_NAMES = ("title", "subtitle", "publisher", "contact")


def _deck(settings: DeckSettings, sections: tuple[Section, ...], cards: Iterable[Card]) -> Deck:
    edition = settings.edition
    order = {section.prefix: i for i, section in enumerate(sections)}
    known = {card.code: card for card in cards if card.code.prefix in order}
    dealt = sorted(known.values(), key=lambda card: (order[card.code.prefix], card.code))
    names = (settings.title, settings.subtitle, settings.publisher, settings.contact)
    made = Edition(edition.number, edition.issued, edition.review)
    place = Place(FILE, 1, 1)
    return Deck(*names, settings.language, made, sections, tuple(dealt), (), place)


def _written_at(deck: Deck, toml: str) -> Deck:
    """The deck with the places of its words: its own is that of its title."""
    at = {name: Place(FILE, *locate(toml, [name])) for name in _NAMES}
    said = tuple((getattr(deck, name), place) for name, place in at.items())
    return replace(deck, place=at["title"], said_at=said)


def _told(sentences: Sequence[str], toml: str) -> tuple[tuple[Text, ...], list[Problem]]:
    """How to use the deck; markup that can't be set is a Problem where the sentence stands."""
    texts, found = [], []
    line, column = locate(toml, ["how_to_use"])
    lines = toml.split("\n")
    for sentence in sentences:
        written = " ".join(sentence.split())
        read = read_inline(written)
        texts.append(read.text)
        rows = ((n, row.find(written)) for n, row in enumerate(lines, start=1) if n >= line)
        number, at = next((row for row in rows if row[1] >= 0), (0, 0))
        for fault in read.faults:
            spot = (number, at + fault.at + 1) if number else (line, column)
            found.append(problem(fault.code, Place(FILE, *spot), fault.said, fault.todo))
    return tuple(texts), found
