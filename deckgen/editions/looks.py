"""What faces look like, and what that depends on, so that a new look can be explained."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256

from msgspec import json
from msgspec.structs import replace

from deckgen.content.load import Content
from deckgen.design.fonts import FontBook
from deckgen.design.load import ICONS_FILE, PAPER_FILE, Design
from deckgen.design.load_fonts import FONTS_FILE
from deckgen.design.load_palettes import PALETTE_FILE
from deckgen.editions.fingerprint import face_prints
from deckgen.model.deck import SMALLEST_PT, Section
from deckgen.model.drawing import Drawing, Element, Role, TextLine
from deckgen.model.picture import Picture
from deckgen.model.snapshot import SMALLEST_TYPE, LookFact, Snapshot
from deckgen.model.workbook import Workbook
from deckgen.wording.say import SAY_ENGLISH, Wording

Faces = Mapping[str, tuple[Drawing, Drawing]]  # front and back by printed code


def with_faces(snapshot: Snapshot, prints: Mapping[str, tuple[str, str]]) -> Snapshot:
    """The snapshot with fingerprints of its drawn faces, without and with their marks, by code."""
    known = ((card, prints.get(card.code, (card.look, card.face))) for card in snapshot.cards)
    cards = tuple(replace(card, look=look, face=face) for card, (look, face) in known)
    return replace(snapshot, cards=cards)


def with_pages(
    snapshot: Snapshot, drawn: Mapping[str, Sequence[Drawing]], book: FontBook
) -> Snapshot:
    """The snapshot with the fingerprints of drawn pages, by the keys of its pages."""
    fonts = font_prints(book)
    pages = tuple(
        replace(page, look=face_prints(drawn[page.key], fonts)[0]) if page.key in drawn else page
        for page in snapshot.pages
    )
    return replace(snapshot, pages=pages)


def pages_by_key(book: Workbook, drawn: Sequence[Drawing]) -> dict[str, list[Drawing]]:
    """A workbook's drawn pages, by the keys that its pages have in a snapshot."""
    pages: dict[str, list[Drawing]] = {}
    for drawing in drawn:
        key = drawing.groups[-1].key.removeprefix("workbook-")
        pages.setdefault(f"{book.key}/{key}", []).append(drawing)
    return pages


def font_prints(book: FontBook) -> dict[str, str]:
    """Fingerprints of the font files by the names that runs use."""
    return {name: face.digest for name, face in book.faces.items()}


def look_facts(
    files: Mapping[str, bytes], content: Content, design: Design, faces: Faces
) -> tuple[LookFact, ...]:
    """What the faces depend on in the deck's own look."""
    theme, stock = content.theme, content.stock
    theme_file, stock_file = f"templates/themes/{theme}.toml", f"templates/stocks/{stock}.toml"
    fonts = sorted(name for name in files if name.startswith("fonts/"))
    card = design.stock.card
    whole = (
        ("theme", theme),
        ("theme files", _sealed(files, theme_file, PALETTE_FILE, ICONS_FILE)),
        ("font files", _sealed(files, FONTS_FILE, *fonts)),
        ("stock", stock),
        ("stock files", _sealed(files, stock_file)),
        ("card size", f"{card.width:g} × {card.height:g} mm"),
    )
    all_facts = (*whole, *_added_words(design.say), *_other_looks(files))
    facts = [LookFact(name, "", value) for name, value in all_facts]
    if content.deck.smallest_pt != SMALLEST_PT:
        facts.append(LookFact(SMALLEST_TYPE, "", f"{content.deck.smallest_pt:g} pt"))
    for section in content.deck.sections:
        backs = [faces[str(c)][1] for c in section.codes if str(c) in faces]
        colour = design.palettes.sections[section.palette].srgb("band")
        own = (
            ("section name", section.name),
            ("section colour", colour),
            ("section icon", _icon_fact(section, design)),
            ("size of type", f"{_type_pt(backs):g} pt"),
        )
        facts += [LookFact(name, section.prefix, value) for name, value in own]
    for made in content.deck.cards:
        uses = ", ".join(content.workbook.uses_of(made.code)) or "none"
        facts.append(LookFact("workbook activities", str(made.code), uses))
        if shown := _pictures(faces.get(str(made.code), ())):
            facts.append(LookFact("picture files", str(made.code), shown))
    return tuple(facts)


def _added_words(say: Wording) -> tuple[tuple[str, str], ...]:
    """The words that deckgen adds; English ones are no fact, as locks always were without it."""
    if say == SAY_ENGLISH:
        return ()
    said = repr((say.language, say.entries))
    return ((WORDS, sha256(said.encode()).hexdigest()[:16]),)


WORDS = "catalogue files"


def _icon_fact(section: Section, design: Design) -> str:
    """An icon's name; what is drawn elsewhere can change under the same name."""
    if section.icon.replace("-", "").isalnum() and not section.own_icon:
        return section.icon
    print_ = sha256(json.encode(design.icons[section.icon])).hexdigest()[:8]
    return f"{'mark' if section.own_icon else section.icon} {print_}"


THEMES, STOCKS = "templates/themes/", "templates/stocks/"
PRESS_FILE = "templates/press.toml"
# What lies beyond the cut is on no card: another bleed is no other look.
_BLEED = re.compile(rb"(?m)^(bleed *= *)(?!3(?:[ \t\r#]|$))[0-9.]+")


def _other_looks(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Every look that can be asked for beside the deck's own, and what the workbook depends on."""
    for kind, folder in (("theme", THEMES), ("stock", STOCKS)):
        for name in sorted(files):
            if name.startswith(folder) and name.endswith(".toml"):
                key = name.removeprefix(folder).removesuffix(".toml")
                yield f"{kind} {key} files", _sealed(files, name)
    yield "colour and icon files", _sealed(files, PALETTE_FILE, ICONS_FILE)
    yield "workbook look files", _sealed(files, PAPER_FILE)
    press = _BLEED.sub(rb"\g<1>3", files.get(PRESS_FILE, b""))
    yield "print shop files", _sealed({PRESS_FILE: press}, PRESS_FILE)


def changed_looks(old: Snapshot, new: Snapshot, names: Collection[str]) -> list[str]:
    """Which of these facts are not as they were, or were not known then."""
    then, now = ({fact.name: fact.value for fact in s.facts_of("")} for s in (old, new))
    names = [*names, *({WORDS} & (then.keys() | now.keys()))]
    return [name for name in names if name not in then or then[name] != now.get(name)]


def facts_of_look(theme: str, stock: str, *, press: bool) -> tuple[str, ...]:
    """The facts that a look depends on: of a theme on a stock, or in the print shop's sizes."""
    where = "print shop files" if press else f"stock {stock} files"
    return (f"theme {theme} files", where, "colour and icon files", "font files", SMALLEST_TYPE)


def _type_pt(backs: list[Drawing]) -> float:
    """The size in which the points of a section are set."""
    return max((s for back in backs for e in back.elements for s in _list_sizes(e)), default=0.0)


def _list_sizes(element: Element) -> Iterator[float]:
    if element.role is Role.LIST:
        yield from (m.size_pt for m in element.marks() if isinstance(m, TextLine))
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _list_sizes(kid)


def _pictures(faces: Sequence[Drawing]) -> str:
    """Fingerprint of the pictures on a card; "" if it has none."""
    shown = [m.file.digest for face in faces for m in face.marks() if isinstance(m, Picture)]
    return sha256(" ".join(shown).encode()).hexdigest()[:16] if shown else ""


def _sealed(files: Mapping[str, bytes], *names: str) -> str:
    """Fingerprint of some files' bytes; those that are not there count as empty."""
    digests = b"".join(sha256(files.get(name, b"")).digest() for name in names)
    return sha256(digests).hexdigest()[:16]
