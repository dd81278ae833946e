"""What a template names must exist: styles, faces and colours. And nothing is set too small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from deckgen.design.fonts import FontBook
from deckgen.design.palette import TOKENS, Palettes
from deckgen.design.paper import PaperLook
from deckgen.design.theme import (
    PANEL,
    AnyPart,
    Body,
    EditionMark,
    Fill,
    Pips,
    QrCode,
    ReviewMark,
    Theme,
    TypeStyle,
)
from deckgen.model.deck import SMALLEST_PT
from deckgen.model.edition import names_in
from deckgen.problem import Place, Problem, one_of, problem

SMALLEST_QR_MM = 10.0  # read from 150 dots an inch, a little blurred
CARD_STYLES = frozenset(
    "code title section note small uses back_code back_title lead point talk question".split()
)
PAGE_STYLES = frozenset(
    "display subtitle h1 h2 h3 eyebrow lead goal body hint label strong small folio table_head "
    "step_number rail rail_here section_code section_name panel_title".split()
)


_Fault = tuple[str, str]  # what was found, and what to do


def theme_problems(
    theme: Theme, palettes: Palettes, book: FontBook, file: str, floor_pt: float = SMALLEST_PT
) -> list[Problem]:
    """Faults in a theme that its grammar alone does not show."""
    known = {*TOKENS, *palettes.neutral}
    faults = [*_styles(theme.styles, CARD_STYLES, known, book, floor_pt)]
    for token in (*theme.saver.colours, *theme.saver.colours.values(), *_colours(theme)):
        if token not in known:
            faults.append(_unknown("colour", token, known))
    faults += [*_left_out(theme), *_unmarked(theme)]
    for size, leading in theme.size_classes:
        if size < floor_pt or leading < size:
            faults.append(_too_small(f"size class [{size:g}, {leading:g}]", floor_pt))
    return _invalid(faults, file)


def paper_problems(
    paper: PaperLook,
    palettes: Palettes,
    book: FontBook,
    file: str,
    floor_pt: float = SMALLEST_PT,
) -> list[Problem]:
    """Faults in the workbook's look."""
    known = {*TOKENS, *palettes.neutral}
    return _invalid(_styles(paper.styles, PAGE_STYLES, known, book, floor_pt), file)


def _invalid(faults: Iterable[_Fault], file: str) -> list[Problem]:
    return [problem("template-invalid", Place(file), said, todo) for said, todo in faults]


def _left_out(theme: Theme) -> Iterator[_Fault]:
    """Words of a card that a theme prints on neither side, or on both."""
    for name in sorted({name for _, parts in theme.sides for name in _contents(parts)}):
        if name not in theme.styles and name != PANEL:
            yield _unknown('style in the "contents" of a part "body"', name, theme.styles)
    usual = (*theme.front, *theme.back)
    twice = Counter(_contents(usual))
    for name in sorted(name for name, times in twice.items() if times > 1):
        said = f'The parts "body" print "{name}" {twice[name]} times.'
        yield said, 'Name it once under "contents", on the front or on the back.'
    if not any(isinstance(part, Body) and not part.contents for part in theme.back):
        said = 'No part "body" on the back takes all that is nowhere else.'
        yield said, 'Add one without "contents"; look at the themes that came with deckgen.'
    for kind in ("heading", "back_heading"):
        if kind not in [part.part for part in usual]:
            said = f'No part "{kind}" prints the code and the title.'
            yield said, "Add it; look at the themes that came with deckgen."


def _contents(parts: Iterable[AnyPart]) -> list[str]:
    return [name for part in parts if isinstance(part, Body) for name in part.contents]


def _unmarked(theme: Theme) -> Iterator[_Fault]:
    """Sides that don't say of which edition they are, and fronts without the check code."""
    for side, parts in theme.sides:
        for kind, what in (("edition", "edition"), ("review", "date of review")):
            if kind not in [part.part for part in parts]:
                said = f'No part "{kind}" prints the {what} on the {side}.'
                yield said, "Add it, so that old cards and new ones can be told apart."
        marks = [part for part in parts if isinstance(part, EditionMark | ReviewMark)]
        told = side == "back" or any("code" in names_in(part.text[0]) for part in marks)
        if marks and not told:
            todo = 'Write {code} into the "text" of its part "edition".'
            yield "The check code is not on the front.", todo


def qr_problems(theme: Theme, file: str) -> list[Problem]:
    """Why a theme, in the size it has now, can't have a QR code."""
    codes = [part for part in theme.front if isinstance(part, QrCode)]
    todo = "Leave --qr out, or use another theme or larger cards."
    said = "" if codes else "This look has no place for a QR code."
    if codes and codes[0].size < SMALLEST_QR_MM:
        said = f"On cards of this size the QR code would be {codes[0].size:.1f} mm wide; "
        said += f"phones need {SMALLEST_QR_MM:g} mm."
    return [problem("qr-no-room", Place(file), said, todo)] if said else []


def _colours(theme: Theme) -> Iterator[str]:
    for part in (part for _, parts in theme.sides for part in parts):
        if isinstance(part, Fill | Pips):
            yield part.colour
        elif isinstance(part, Body):
            yield part.panel


def _styles(
    styles: Mapping[str, TypeStyle],
    needed: frozenset[str],
    colours: set[str],
    book: FontBook,
    floor_pt: float,
) -> Iterator[_Fault]:
    for name in sorted(needed - set(styles)):
        todo = "Add it below [styles], or copy the template that came with deckgen."
        yield f'The style "{name}" is missing.', todo
    for name, style in styles.items():
        if style.face not in book.faces:
            yield _unknown(f'face of the style "{name}"', style.face, book.faces)
        if style.colour not in colours:
            yield _unknown(f'colour of the style "{name}"', style.colour, colours)
        if style.size and style.size < floor_pt:
            yield _too_small(f'style "{name}"', floor_pt)


def _unknown(what: str, name: str, known: Iterable[str]) -> _Fault:
    return f'"{name}", the {what}, is not known.', one_of(name, known)


def _too_small(what: str, floor_pt: float) -> _Fault:
    said = f"The {what} is smaller than {floor_pt:g} points, or its lines are too near."
    if floor_pt < SMALLEST_PT:
        return said, "Make it larger; deck.toml says how small letters may be (smallest_type)."
    return said, f"Many people can't read less than {floor_pt:g} points: make it larger."
