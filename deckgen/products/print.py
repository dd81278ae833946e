"""For a print shop: the cards in a trade size, a face a page, and a ticket to go with them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from deckgen.design.load_press import press_problems
from deckgen.design.press import Press, TradeSize
from deckgen.layout.faces.deck import CardFaces
from deckgen.layout.papers.ticket import lay_out_ticket
from deckgen.layout.setting.panel import Fact
from deckgen.model.deck import SMALLEST_PT
from deckgen.model.drawing import Drawing
from deckgen.model.text import plain, word, words
from deckgen.options import Options
from deckgen.problem import Found, Problem, blocks
from deckgen.products.gate import BuildFault, checked
from deckgen.products.job import Job
from deckgen.wording.say import Wording

_PAGE_ORDERS = {
    "front-back": word("front, back, front, back …"),
    "back-front": word("back, front, back, front …"),
    "fronts-backs": word("all fronts, then all backs in the same order"),
}


def needs(job: Job) -> list[Problem]:
    """The cards' in their trade size, and those of the press; then the ticket's."""
    found, job = Found(), _seen(job)
    pair = found.take(job.proof.press(job.look.size))
    found += job.of_cards()
    design = job.proof.design(job.look)[0]
    if pair and design:
        found += press_problems(pair[0], design.palettes)
    return found if blocks(found) else [*found, *_ticket(job)[1]]


def file_names(job: Job) -> tuple[str, ...]:
    """The print file, and its ticket."""
    options = job.options
    selection = "-selection" * options.selects
    name = f"deck-print-{options.print_size}-{options.standard}{selection}"
    return f"{name}.pdf", f"{name}-ticket.pdf"


def draw(job: Job) -> tuple[bytes, ...]:
    """The print file, which has passed its own preflight, and the ticket."""
    from deckgen.pdf.press import Standard, write_press
    from deckgen.pdf.write import write_pages
    from deckgen.preflight.check import preflight

    job = _seen(job)
    (press, size), design = _press(job), job.design
    say = design.say
    about = say(
        "{title}: cards for the print shop, {size}",
        title=words(job.content.deck.title),
        size=say.given(size.name),
    )
    title = plain(about)
    info = replace(job.info(title), title=title)
    faces = in_page_order(job.chosen(), job.options.page_order)
    standard = Standard(job.options.standard)
    data = write_press(faces, info, design.book, design.palettes, press, standard)
    result = preflight(data)
    # That a picture of theirs has few dots was said as a warning.
    if findings := [f for f in result.findings if f.rule.key != "PICTURES"]:
        said = "; ".join(f"{f.rule.key}: {f.found}" for f in findings[:5])
        raise BuildFault(f"the print file failed its preflight: {said}")
    named = replace(info, title=plain(say("{title}: ticket", title=about)))
    return data, *checked("ticket", write_pages(_ticket(job)[0], named, design.book))


def in_page_order(cards: Sequence[CardFaces], order: str) -> list[Drawing]:
    """Faces as shops want them: "front-back", "back-front", or "fronts-backs" (all, then all)."""
    fronts, backs = [card.front for card in cards], [card.back for card in cards]
    if order == "fronts-backs":
        return [*fronts, *backs]
    pairs = zip(fronts, backs, strict=True)
    return [face for pair in pairs for face in (pair if order == "front-back" else pair[::-1])]


def _seen(job: Job) -> Job:
    """The cards in their trade size."""
    return job.seen(replace(job.look, size=job.options.print_size))


def _press(job: Job) -> tuple[Press, TradeSize]:
    pair = job.proof.press(job.look.size)[0]
    assert pair is not None
    return pair


def _ticket(job: Job) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """What the shop is told: the job, and what is only suggested."""
    say = job.design.say
    asked, wishes = _asked(*_press(job), job.options, len(job.chosen()), say)
    smallest_pt = job.content.deck.smallest_pt
    if smallest_pt < SMALLEST_PT:
        least = say("none under {size} points", size=f"{smallest_pt:g}")
        asked.append((say("Smallest letters"), least))
    return lay_out_ticket(job.content.deck, job.design, asked, wishes)


def _asked(
    press: Press, size: TradeSize, options: Options, cards: int, say: Wording
) -> tuple[list[Fact], list[Fact]]:
    settings, order = press.settings, say(_PAGE_ORDERS[options.page_order])
    of_cards = say.many("{count} card", "{count} cards", cards)
    decks = say.many("{count} deck", "{count} decks", options.copies)
    area = f"{size.width:g} × {size.height:g} mm"
    bleed = f"{settings.bleed:g} mm"
    job: list[Fact] = [
        (say("Cards"), say("{cards}, each printed on both sides", cards=of_cards)),
        (say("Quantity"), say("{decks} of {cards}", decks=decks, cards=of_cards)),
        (say("Size"), say("{name}: {size} after cutting", name=say.given(size.name), size=area)),
        (
            say("Bleed"),
            say("{length} on every side, with colour in it; no marks", length=bleed),
        ),
        (say("Pages"), say("{count}, one face a page: {order}", count=2 * cards, order=order)),
        (say("Colour"), say("4 inks on both sides, {profile}", profile=settings.condition)),
        (say("Most ink"), f"{settings.ink_limit:g} %"),
        (say("Standard"), {"x-4": "PDF/X-4", "x-1a": "PDF/X-1a:2003"}[options.standard]),
        (say("Black words"), say("black ink alone; nothing overprints")),
        (say("Delivered"), say("sorted as in the file, one deck after the other")),
    ]
    wishes = ((say("Paper"), settings.paper), (say("Finish"), settings.finish))
    return job, [(label, say.given(wish)) for label, wish in wishes]
