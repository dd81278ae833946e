"""A proof → what a screen shows of it: cards by section and sheets; no picture is drawn for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from deckgen.design.palette import INDEX_PALETTE, TOKENS
from deckgen.layout.faces.face_maker import INDEX_NAME
from deckgen.live.pictures import Subject
from deckgen.model.drawing import Drawing
from deckgen.model.snapshot import INDEX_CODE, marked_as
from deckgen.options import Options
from deckgen.preview import Guide, guides_for
from deckgen.problem import Problem, blocks
from deckgen.products.job import Job, check
from deckgen.proof.proof import Proof


class Shown(Struct, frozen=True):
    """A picture by its name, the words for those who don't see it, and its guides in points.

    `codes` are those of the cards on it.
    """

    name: str
    subject: Subject
    alt: str
    codes: tuple[str, ...]
    guides: tuple[Guide, ...]


class CardShown(Struct, frozen=True):
    """A card's two faces."""

    code: str
    title: str
    faces: tuple[Shown, ...]


class SectionShown(Struct, frozen=True):
    """The cards of a section, and its colours by token."""

    prefix: str
    name: str
    colours: Mapping[str, str]
    cards: tuple[CardShown, ...]


class DeckShown(Struct, frozen=True):
    """A deck without errors."""

    title: str
    edition: str
    language: str
    sections: tuple[SectionShown, ...]
    sheets: tuple[Shown, ...]

    @property
    def subjects(self) -> dict[str, Subject]:
        """What there are pictures of, by their names."""
        faces = [f for s in self.sections for card in s.cards for f in card.faces]
        return {shown.name: shown.subject for shown in (*faces, *self.sheets)}


def show(proof: Proof, options: Options) -> tuple[DeckShown | None, list[Problem]]:
    """Lay out a deck; None if any problem is an error."""
    job = Job(proof, options)
    problems = check(proof, options)
    if blocks(problems):
        return None, problems
    deck = job.content.deck
    shown = DeckShown(
        title=deck.title,
        edition=deck.edition.label,
        language=deck.language,
        sections=_sections(job, _cards(job)),
        sheets=_sheets(job),
    )
    return shown, problems


def _cards(job: Job) -> list[CardShown]:
    deck, book = job.content.deck, job.design.book
    info, guides = job.info(deck.title), guides_for("cards", job)
    titles = {str(card.code): card.title for card in deck.cards} | {INDEX_CODE: deck.title}

    def shown(face: Drawing, code: str, side: str) -> Shown:
        subject = Subject(face, book, info)
        lines = guides(0, face.size.width_pt, face.size.height_pt)
        alt = f"{code} {titles[marked_as(code)]}, {side}"
        return Shown(subject.name, subject, alt, (code,), tuple(lines))

    cards = []
    for card in dict.fromkeys(job.chosen()):
        sides = (shown(card.front, card.code, "front"), shown(card.back, card.code, "back"))
        cards.append(CardShown(card.code, titles[card.marked_as], sides))
    return cards


def _sections(job: Job, cards: Sequence[CardShown]) -> tuple[SectionShown, ...]:
    """Sections in printing order, the index card's last; without those that have no card here."""
    rows = [
        (s.prefix, s.name, s.palette, {str(code) for code in s.codes})
        for s in job.content.deck.sections
    ]
    rows.append((INDEX_CODE, INDEX_NAME, INDEX_PALETTE, {INDEX_CODE}))
    palettes = job.design.palettes.sections
    return tuple(
        SectionShown(prefix, name, {t: palettes[palette].srgb(t) for t in TOKENS}, own)
        for prefix, name, palette, codes in rows
        if (own := tuple(card for card in cards if marked_as(card.code) in codes))
    )


def _sheets(job: Job) -> tuple[Shown, ...]:
    info, guides = job.info(job.content.deck.title), guides_for("sheets", job)
    shown = []
    for number, side in enumerate(job.sides()):
        codes = tuple(p.face.name.rsplit("-", 1)[0] for p in side.placements)
        subject = Subject(side, job.design.book, info)
        lines = guides(number, side.size.width_pt, side.size.height_pt)
        alt = f"{side.label}: {', '.join(codes)}"
        shown.append(Shown(subject.name, subject, alt, codes, tuple(lines)))
    return tuple(shown)
