"""What faces look like, and what that depends on, so that a new look can be explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from deckgen.design.load import FONTS_FILE, ICONS_FILE, PALETTE_FILE, Design
from deckgen.editions.fingerprint import face_print
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing, Element, Role, TextLine
from deckgen.model.snapshot import LookFact, Snapshot
from deckgen.model.workbook import Workbook

Faces = Mapping[str, tuple[Drawing, Drawing]]  # front and back by printed code


def with_faces(snapshot: Snapshot, faces: Faces) -> Snapshot:
    """The snapshot with the fingerprints of its drawn faces, where they are known."""
    cards = tuple(
        replace(
            card,
            look=face_print(faces[card.code], stamps=False),
            face=face_print(faces[card.code], stamps=True),
        )
        if card.code in faces
        else card
        for card in snapshot.cards
    )
    return replace(snapshot, cards=cards)


def look_facts(
    files: Mapping[str, bytes],
    deck: Deck,
    workbook: Workbook,
    design: Design,
    names: tuple[str, str],
    faces: Faces,
) -> tuple[LookFact, ...]:
    """What the faces depend on. `names` are those of the theme and the stock."""
    theme, stock = names
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
    facts = [LookFact(name, "", value) for name, value in whole]
    for section in deck.sections:
        backs = [faces[str(c)][1] for c in section.codes if str(c) in faces]
        colour = design.palettes.sections[section.palette].srgb("band")
        own = (
            ("section name", section.name),
            ("section colour", colour),
            ("section icon", section.icon),
            ("size of type", f"{_type_pt(backs):g} pt"),
        )
        facts += [LookFact(name, section.prefix, value) for name, value in own]
    for made in deck.cards:
        uses = ", ".join(workbook.uses_of(made.code)) or "none"
        facts.append(LookFact("workbook activities", str(made.code), uses))
    return tuple(facts)


def _type_pt(backs: list[Drawing]) -> float:
    """The size in which the points of a section are set."""
    return max((s for back in backs for e in back.elements for s in _list_sizes(e)), default=0.0)


def _list_sizes(element: Element) -> Iterator[float]:
    if element.role is Role.LIST:
        yield from (m.size_pt for m in element.marks() if isinstance(m, TextLine))
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _list_sizes(kid)


def _sealed(files: Mapping[str, bytes], *names: str) -> str:
    """Fingerprint of some files' bytes; those that are not there count as empty."""
    digest = sha256()
    for name in names:
        digest.update(sha256(files.get(name, b"")).digest())
    return digest.hexdigest()[:16]
