"""The new edition's workbook with the answers of an old one: each is in its box, or behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.answers.came_back import CameBack, came_back
from deckgen.answers.moving import fits, unsettled, unsure
from deckgen.answers.settle import Placed
from deckgen.answers.told import told
from deckgen.design.load import Design
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.page import Page
from deckgen.layout.setting.shapes import stroked
from deckgen.layout.workbooks.answers import undrawn
from deckgen.layout.workbooks.continued import Piece, pages_behind
from deckgen.model.answers import Asks, Kept, Said
from deckgen.model.drawing import Drawing, Element, Field, Mark, Role
from deckgen.model.text import Text, plain, word, words
from deckgen.options import Options
from deckgen.problem import Place, Problem, blocks, problem
from deckgen.project import Project
from deckgen.wording.names import edition_called_inside
from deckgen.wording.say import Wording

_DIFFERENT = word("Questions that were asked differently")
_NO_BOX = word("Answers that no box can hold")
_GONE = word("Answers to questions that are no longer asked")

_BAR_PT, _BAR_GAP_PT = 3.0, 18.0  # its width, and how far it stands left of the words


class CarriedOver(Struct, frozen=True):
    """A workbook with old answers: how many are in boxes, how many of these were asked in other
    words, and how many stand on pages behind it.
    """

    data: bytes
    in_boxes: int
    differing: int
    behind: int


def carry_workbook(
    project: Project,
    filled: bytes,
    file: str,
    options: Options | None = None,
    *,
    password: str = "",
) -> tuple[CarriedOver | None, list[Problem]]:
    """Fill the workbook of today with the answers of a file of any edition; every one is in it.

    An answer whose question has other words now says so, and how it was asked. What no longer has
    a box stands behind the workbook. Only what is beside a file's boxes stays in the old file: each
    such thing is a warning. None if there is an error.
    """
    came, problems = came_back(project, filled, file, options or Options(), password)
    problems += unsettled(came.settled, file) if came else []
    if came is None or blocks(problems):
        return None, problems
    boxed, rest = _divided(came.settled.answers)
    problems += [*told(came.returned, file), *_of_another(came)]
    for one in boxed.values():
        problems += unsure(one, Place(file))
    made = came.filled({field: one.said.value for field, one in boxed.items()})
    differing = {field: one for field, one in boxed.items() if one.asked_now}
    pages = tuple(_marked(page, differing, came.made.design) for page in made.pages)
    pages = _with_pages_behind(came, pages, differing, rest)
    setter = Setter(came.job.design.book, came.job.content.deck.language)
    problems += made.problems
    for one in rest:
        what = f"“{one.question.words}” behind the workbook"
        problems += undrawn(what, one.shown, setter, file)
    kept = (*(_kept(one) for one in differing.values()), *(_kept(one, gone=True) for one in rest))
    data = came.written(pages, kept)
    return CarriedOver(data, len(boxed), len(differing), len(rest)), problems


def _of_another(came: CameBack) -> Iterator[Problem]:
    """A Problem if the deck has no workbook any more for those whose answers they are."""
    was, now = came.settled.was, came.job.asked
    if was and was.identity.workbook != now.identity.workbook:
        found = f"The deck no longer has the workbook “{was.title}” for “{was.role}”. Its answers "
        found += f"stand behind the one for “{now.role}”."
        todo = "Copy what is needed to its boxes."
        yield problem("answers-odd", Place(came.file), found, todo)


def _divided(answers: Iterable[Placed]) -> tuple[dict[str, Placed], list[Placed]]:
    """The answers that today's boxes take, by field, and all others, in order."""
    boxed, rest = dict[str, Placed](), list[Placed]()
    for one in answers:
        field = one.said.field
        if not fits(one) or field in boxed:
            rest.append(one if one.gone else _held(one, one.said.value))
        elif one.said.value:
            boxed[field] = one
        rest += [_held(one, value) for value in one.said.others]
    return boxed, rest


def _held(one: Placed, value: str) -> Placed:
    """An answer that its box can't hold: it is gone, but its question isn't."""
    return replace(one, said=Said(f"{one.said.field}?", value), gone=True)


def _kept(one: Placed, *, gone: bool = False) -> Kept:
    asked = one.question
    value = one.shown if gone else one.said.value
    return Kept(
        *(one.said.field, value, asked.words, asked.activity, asked.row),
        *(one.edition, gone),
    )


def _marked(page: Drawing, differing: Mapping[str, Placed], design: Design) -> Drawing:
    """A page whose fields say of an answer that it was asked for in other words; for eyes there
    is a bar in the margin beside each.
    """
    heights = {(f.rect.y_pt, f.rect.top_pt) for f in _boxes(page) if f.name in differing}
    if not heights:
        return page
    maker = Page(design, Setter(design.book, design.say.language))
    x = maker.left - _BAR_GAP_PT
    bars = tuple(
        stroked((("m", x, low), ("l", x, high)), maker.colour("teal"), _BAR_PT)
        for low, high in sorted(heights)
    )

    def of(element: Element) -> Element:
        return replace(element, kids=tuple(map(kid, element.kids)))

    def kid(one: Element | Mark) -> Element | Mark:
        if isinstance(one, Element):
            return of(one)
        if isinstance(one, Field) and one.name in differing:
            said = plain(_differently(differing[one.name], design.say))
            return replace(one, tooltip=f"{one.tooltip} ({said})")
        return one

    beside = Element(Role.ARTIFACT, bars)
    return replace(page, elements=(*map(of, page.elements), beside))


def _differently(one: Placed, say: Wording) -> Text:
    edition = edition_called_inside(one.edition, say)
    if edition:
        return say("asked differently in {edition}", edition=edition)
    return say("asked differently before")


def _with_pages_behind(
    came: CameBack,
    pages: tuple[Drawing, ...],
    differing: Mapping[str, Placed],
    rest: Sequence[Placed],
) -> tuple[Drawing, ...]:
    """The pages, and those on which questions of then stand, and answers without a box."""
    made, say = came.made, came.made.design.say
    now = {mark.name: (page, mark.tooltip) for page in made.drawings for mark in _boxes(page)}
    parts = (
        ("different", _DIFFERENT, _then(differing, now, say)),
        ("no-box", _NO_BOX, _left((one for one in rest if _asked(one, now)), now, say)),
        ("gone", _GONE, _left((one for one in rest if not _asked(one, now)), now, say)),
    )
    for key, title, pieces in parts:
        pages += pages_behind(made, pages, say(title), pieces, key).drawings
    return pages


def _boxes(page: Drawing) -> Iterator[Field]:
    return (mark for mark in page.marks() if isinstance(mark, Field))


_Now = Mapping[str, tuple[Drawing, str]]


def _asked(one: Placed, now: _Now) -> bool:
    """Whether the question of an answer without a box is still there."""
    return one.said.field.endswith("?") and one.said.field[:-1] in now


def _then(differing: Mapping[str, Placed], now: _Now, say: Wording) -> Iterator[Piece]:
    """Each question as it is, and below it how it was."""
    for field, one in differing.items():
        page, tooltip = now[field]
        said = _differently(one, say)
        origin = say("Page {page}, at the bar in the margin: {asked}", page=page.label, asked=said)
        yield Piece(field, tooltip, _question(one, say), origin, page.name)


def _left(rest: Iterable[Placed], now: _Now, say: Wording) -> Iterator[Piece]:
    """Each question as it was, and below it the answer."""
    for number, one in enumerate(rest):
        edition = edition_called_inside(one.edition, say)
        origin = say("Asked in {edition}", edition=edition) if edition else ()
        page = now[one.said.field[:-1]][0] if _asked(one, now) else None
        if page:
            origin = say("See page {page}", page=page.label)
        tick = one.question.asks is Asks.TICK and one.shown == "Yes"
        said = plain(say("Yes")) if tick else one.shown
        target = page.name if page else ""
        yield Piece(f"{number}", _question(one, say), said, origin, target)


def _question(one: Placed, say: Wording) -> str:
    """A question as it was asked, so that it makes sense by itself."""
    asked = one.question
    said = f"{asked.activity}: {asked.words}" if asked.activity else asked.words
    if asked.row:
        return plain(say("{question}, row {row}", question=words(said), row=asked.row))
    return said
