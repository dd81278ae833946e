"""A project → what a screen shows of it: cards by section and sheets, each with its picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from deckgen.design.palette import TOKENS
from deckgen.layout.faces.deck import INDEX_NAME, INDEX_PALETTE, CardFaces
from deckgen.live.pictures import FACE_DPI, SHEET_DPI, Picture, Studio
from deckgen.model.snapshot import INDEX_CODE, marked_as
from deckgen.options import Options
from deckgen.pdf.write import write_pages, write_sheets
from deckgen.preview import Guide, guides_for
from deckgen.problem import Problem, blocks
from deckgen.products.job import Job, check
from deckgen.project import Project
from deckgen.proof.proof import Proof


class Shown(Struct, frozen=True):
    """A picture with the words for those who don't see it, and its guides in points."""

    picture: Picture
    alt: str
    width_pt: float
    height_pt: float
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
    def pictures(self) -> dict[str, Picture]:
        """Every picture by its name."""
        faces = [f for s in self.sections for card in s.cards for f in card.faces]
        return {shown.picture.name: shown.picture for shown in (*faces, *self.sheets)}


def show(
    project: Project, options: Options, studio: Studio
) -> tuple[DeckShown | None, list[Problem]]:
    """Lay out a project and draw what has changed; None if any problem is an error."""
    job = Job(Proof(project), options)
    problems = check(job.proof, options)
    if blocks(problems):
        return None, problems
    deck = job.content.deck
    cards = tuple(dict.fromkeys(job.chosen()))
    shown = DeckShown(
        title=deck.title,
        edition=deck.edition.label,
        language=deck.language,
        sections=_sections(job, _cards(job, cards, studio)),
        sheets=_sheets(job, studio),
    )
    studio.tidy()
    return shown, problems


def _cards(job: Job, cards: Sequence[CardFaces], studio: Studio) -> list[CardShown]:
    deck, book = job.content.deck, job.design.book
    info = job.info(deck.title)
    faces = [side for card in cards for side in (card.front, card.back)]
    pictures = studio.draw(faces, book, FACE_DPI, lambda new: write_pages(new, info, book))
    titles = {str(card.code): card.title for card in deck.cards} | {INDEX_CODE: deck.title}
    guides = guides_for("cards", job)
    shown = []
    for card, front, back in zip(cards, pictures[::2], pictures[1::2], strict=True):
        code = card.code
        title, size = titles[card.marked_as], card.front.size
        lines = tuple(guides(0, size.width_pt, size.height_pt))
        sides = tuple(
            Shown(picture, f"{code} {title}, {side}", size.width_pt, size.height_pt, lines)
            for picture, side in ((front, "front"), (back, "back"))
        )
        shown.append(CardShown(code, title, sides))
    return shown


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


def _sheets(job: Job, studio: Studio) -> tuple[Shown, ...]:
    sides, book = job.sides(), job.design.book
    info = job.info(job.content.deck.title)
    pictures = studio.draw(sides, book, SHEET_DPI, lambda new: write_sheets(new, info, book))
    guides = guides_for("sheets", job)
    shown = []
    for number, (side, picture) in enumerate(zip(sides, pictures, strict=True)):
        codes = ", ".join(p.face.name.rsplit("-", 1)[0] for p in side.placements)
        width, height = side.size.width_pt, side.size.height_pt
        lines = tuple(guides(number, width, height))
        shown.append(Shown(picture, f"{side.label}: {codes}", width, height, lines))
    return tuple(shown)
