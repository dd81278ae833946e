"""A workbook's file → Workbook: parts and time frames in any order, as docs/workbooks.md says.

A heading says what it is by a label below it; a template says what known headings stand for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from deckgen.content.blocks import read_blocks
from deckgen.content.field_names import COVER, alike
from deckgen.content.known_headings import Known, nearest, spell_out
from deckgen.content.outline import Part, check_labels, label_of, outline
from deckgen.content.point_ids import Point, named_points, points_in, without_ids
from deckgen.content.references import read_codes
from deckgen.content.workbook_blocks import (
    BLOCK_LABELS,
    KINDS,
    id_of,
    kind_of,
    pieces_of,
    sentences_only,
    slug_of,
)
from deckgen.content.workbook_words import by_key, in_language, names_for, title_of
from deckgen.model.text import plain, word, words
from deckgen.model.workbook import (
    MOST_FRAMES,
    Activity,
    Block,
    TimeFrame,
    Words,
    Workbook,
)
from deckgen.model.workbook import Part as Pages
from deckgen.problem import Found, Place, Problem, blocks, problem
from deckgen.wording.say import SAY_ENGLISH, Wording

_BOOK = (word("Subtitle"), word("Role"), word("Cover fields"))
_PART = (word("Id"), word("Fields"), word("Points"), word("Kind"))
_FRAME = (word("When"), "Id", "Kind")
_ACTIVITY = (word("Goal"), word("Cards"), word("Printed as"), word("Time"))
_KINDS = frozenset({*KINDS, "Kind"})
_FRAME_KIND = "time frame"
FLAGS = frozenset({*KINDS, "New page"})  # labels that may stand without a colon
LABELS = frozenset({*_BOOK, *_PART, *_FRAME, *_ACTIVITY, *BLOCK_LABELS, *KINDS})


def read_workbook(
    text: str, file: str, key: str, known: Known | None = None, say: Wording = SAY_ENGLISH
) -> tuple[Workbook, list[Problem]]:
    """Read a whole workbook; what is missing is empty in the value and a Problem.

    `known` headings need no label. Labels are known in English and in the language that `say` has.
    """
    names = say.names_of(sorted(LABELS))
    written, faults = read_blocks(text, file, frozenset(names), names_for(names, FLAGS))
    root, more = outline(by_key(written, names), file)
    found = Found()
    book = found.take(_titled(root, [*faults, *more]))
    reader = _Reader(known or {}, say)
    spell_out(book, reader.known, _KINDS)
    found += check_labels(book, _BOOK)
    for stray in (book.paragraphs + book.items)[:1]:
        said, todo = "Words stand between the title and the first part.", "Begin a part: “## …”."
        found.append(problem("text-stray", stray.place, said, todo))
    pieces = found.take(pieces_of(book, "Cover fields"))
    asked_at = book.labels["Cover fields"].place if pieces else book.place
    cover = found.take(named_points((words(said), asked_at) for said in dict.fromkeys(pieces)))
    workbook = Workbook(
        key=key,
        role=found.take(label_of(book, "Role")) if book.level else "",
        title=book.title,
        subtitle=book.label("Subtitle"),
        cover_fields=tuple(plain(point.text) for point in cover),
        parts=found.take(reader.parts(book)),
        place=book.place,
        cover_ids=tuple(point.id for point in cover),
    )
    found += [] if blocks(found) else without_ids(reader.nameless, reader.pointless)
    told = {p.code for p in found} & {"id-repeated", "part-repeated"}
    return workbook, [*found, *([] if told else alike(workbook))]


def _titled(root: Part, found: list[Problem]) -> tuple[Part, list[Problem]]:
    """The part that has the title, with all others below it: one Problem if there are several, or
    if there is none.
    """
    first = next((part for part in root.parts if part.level == 1), None)
    if first is None:
        first = next(
            (part for part in root.parts[:1] if not part.labels.keys().isdisjoint(_BOOK)), root
        )
        todo = "Write it on the first line, as in “# Our workbook”."
        said = "The workbook has no title."
        if first is not root:
            said, todo = f"“{first.title}” is the title, but no heading of one #.", "Use one #."
            first.parts += [part for part in root.parts if part is not first]
        # What stands above would have been the title and its labels.
        begins = root.parts[0].place if root.parts else None
        found = [p for p in found if begins and p.place > begins]
        return first, [*found, problem("part-missing", first.place, said, todo)]
    for extra in [part for part in root.parts if part is not first][:1]:
        said, todo = f"“{extra.title}” is a second title.", "Put one more # before it."
        if extra.level > 1:
            said, todo = f"“{extra.title}” stands above the title.", "Move it below the title."
        found = [*found, problem("heading-unknown", extra.place, said, todo)]
    return first, found


class _Reader:
    """Reads parts and what is in them."""

    def __init__(self, known: Known, say: Wording) -> None:
        self.known, self.say = known, say
        self.titles = Counter[str]()  # how many parts have a heading of this name below them
        self.nameless, self.pointless = list[tuple[str, Place]](), list[Point]()  # without Ids

    def parts(self, book: Part) -> tuple[tuple[Pages | TimeFrame, ...], list[Problem]]:
        """All parts in order; two that go by one name are a Problem."""
        found, made, frames = Found(), list[Pages | TimeFrame](), 0
        seen, parts = {COVER: ""}, found.take(_deepened(book.parts))
        self.titles = Counter(slug for part in parts for slug in {slug_of(p) for p in part.parts})
        for part in parts:
            key = found.take(_key(part, seen))
            if self._is_frame(part, found):
                frames += 1
                if frames == MOST_FRAMES + 1:
                    said = f"“{part.title}” is one time frame too many: there can be {MOST_FRAMES}."
                    todo = "Make it a part without “When:”, or join it with another."
                    found.append(problem("number-invalid", part.place, said, todo))
                made.append(found.take(self._frame(part, key, seen)))
            else:
                made.append(found.take(self._pages(part, key)))
        return tuple(made), found

    def _is_frame(self, part: Part, found: Found) -> bool:
        """What says when is a time frame; so is what has activities, once that is put right."""
        if "When" in part.labels or part.label("Kind").lower() == _FRAME_KIND:
            return True
        labels = [name for child in part.parts for name in _ACTIVITY if name in child.labels]
        if labels:
            said = f"“{part.title}” has activities, but doesn't say how long a change takes."
            todo = "Add a line “When: …” right below its heading: that makes it a time frame."
            found.append(problem("label-missing", part.place, said, todo))
        return bool(labels)

    def _pages(self, part: Part, key: str) -> tuple[Pages, list[Problem]]:
        """A part: what it is itself by its label, and blocks below it."""
        kind, found = kind_of(part)
        found = Found(found)
        found += check_labels(part, (*_PART, *_labels_of(kind)))
        found += self._slips(part, kind)
        blocks = found.take(self._blocks(part.parts))
        points = part.points
        if kind and kind != "Words":
            takes = kind in ("Steps", "Rating", "Choice", "Checklist")
            own = replace(part, paragraphs=[], items=part.items * takes)
            read = in_language(found.take(KINDS[kind](own)), part, self.say)
            self._without_ids(part, kind)
            points = () if takes else points
            single = read.field_names(()) == ("",)
            blocks = (replace(read, id="answer" * single, place=part.place), *blocks)
        elif not (part.paragraphs or part.items or blocks):
            found += KINDS["Words"](part)[1]
        fields = found.take(id_of(part, key, "Fields"))
        ends = part.label("Points").lower() == "last"
        if "Points" in part.labels and not ends:
            said, todo = "“Points:” can only say that they come last.", "Write: Points: last"
            found.append(problem("block-invalid", part.labels["Points"].place, said, todo))
        made = (key, part.title, part.text, points, blocks, part.place, fields, ends)
        return Pages(*made), found

    def _slips(self, part: Part, kind: str) -> list[Problem]:
        """A heading without a label that is nearly one that needs none, or is one elsewhere."""
        depths = [depth for depth, title in self.known if title == part.title.strip().lower()]
        if depths and not kind and part.level not in depths:
            said = f"“{part.title}” has {part.level} #, and none of its labels says what it is."
            todo = f"Write it with {depths[0]}: {'#' * depths[0]} {part.title}"
            return [problem("heading-unknown", part.place, said, todo)]
        near = "" if kind or depths or part.parts else nearest(part, self.known)
        if not near:
            return []
        said = f"The heading “{part.title}” says nothing of what it is."
        todo = f"Did you mean “{near}”? If not, say what it is by a label: see docs/workbooks.md."
        return [problem("heading-unknown", part.place, said, todo)]

    def _frame(self, part: Part, key: str, seen: dict[str, str]) -> tuple[TimeFrame, list[Problem]]:
        found = Found(check_labels(part, _FRAME))
        found += sentences_only(part)
        own = [p for p in part.parts if kind_of(p)[0]]
        activities: list[Activity] = []
        for child in part.parts:
            if child not in own:
                number = len(activities) + 1
                # One title in several time frames: the frame tells them apart.
                apart = f"{key}-" if self.titles[slug_of(child)] > 1 else ""
                named = found.take(_key(child, seen, apart + slug_of(child)))
                if "Id" not in child.labels:
                    self.nameless.append((child.title, child.place))
                activities.append(found.take(self._activity(child, named, number)))
            elif activities:
                said = f"“{child.title}” stands behind an activity."
                todo = f"Give it one more #, or move it up, right below “{part.title}”."
                found.append(problem("heading-unknown", child.place, said, todo))
        if not part.parts:
            todo = "Add a heading “### …” and what belongs to an activity."
            said = f"“{part.title}” has no activity."
            found.append(problem("part-missing", part.place, said, todo))
        blocks = found.take(self._blocks(own))
        head = (key, part.title, part.label("When"), part.text)
        return TimeFrame(*head, tuple(activities), part.place, blocks), found

    def _activity(self, part: Part, key: str, number: int) -> tuple[Activity, list[Problem]]:
        slips = self._slips(part, "")
        found = Found(slips or check_labels(part, (*_ACTIVITY, "Id")))
        place = part.labels["Cards"].place if "Cards" in part.labels else part.place
        cards = found.take(read_codes(part.label("Cards"), place))
        blocks = found.take(self._blocks(part.parts))
        if part.paragraphs or part.items:
            blocks = (Words(hint=part.text, points=part.points, place=part.place), *blocks)
        if not blocks and not slips:
            said = f"“{part.title}” has nothing to talk about or to write in."
            todo = "Add a heading “#### …” with a label such as “Box: large” below it."
            found.append(problem("part-missing", part.place, said, todo))
        goal = part.labels["Goal"].text if "Goal" in part.labels else ()
        head = (key, number, part.title, goal, part.label("Time"), cards, part.label("Printed as"))
        return Activity(*head, blocks, part.place), found

    def _without_ids(self, part: Part, kind: str) -> None:
        """Note the ticks that are called by their words."""
        if kind == "Checklist":
            self.pointless += [point for point in points_in(part)[0] if not point.given]

    def _blocks(self, parts: Iterable[Part]) -> tuple[tuple[Block, ...], list[Problem]]:
        """The blocks of one part or activity; two that go by one name are a Problem."""
        found, made, seen = Found(), list[Block](), dict[str, str]()
        for part in parts:
            kind = found.take(kind_of(part))
            slips = self._slips(part, kind)
            allowed = (*_labels_of(kind or "Words"), "New page", "Id", "Kind")
            block, faults = KINDS[kind or "Words"](part)
            found += slips or [*check_labels(part, allowed), *faults]
            self._without_ids(part, kind)
            key = found.take(_key(part, seen))
            for deep in part.parts[:1]:
                said = f"“{deep.title}” stands too deep: “{part.title}” holds no other headings."
                todo = f"Write it with {'#' * part.level}, as that one is."
                found.append(problem("heading-unknown", deep.place, said, todo))
            title = title_of(part, self.say)
            head = {"id": key, "title": title, "place": part.place, "given": part.given}
            block = in_language(block, part, self.say)
            made.append(replace(block, new_page="New page" in part.labels, **head))
        return tuple(made), found


def _deepened(parts: Iterable[Part]) -> tuple[list[Part], list[Problem]]:
    """The parts; an activity among them, which has one # too few, goes to the part before it."""
    found, made = [], list[Part]()
    for part in parts:
        if part.labels.keys().isdisjoint(_ACTIVITY):
            made.append(part)
            continue
        said = f"“{part.title}” has what an activity has, such as cards, but {part.level} # only."
        todo = f"Write it with one more, below a time frame: {'#' * (part.level + 1)} {part.title}"
        found.append(problem("heading-unknown", part.place, said, todo))
        if made:
            made[-1].parts.append(part)
    return made, found


def _labels_of(kind: str) -> tuple[str, ...]:
    """What may stand below a heading of a kind. That it is of two at once is said elsewhere."""
    return (*(KINDS if kind else ()), *("Rows", "Statuses", "Each row") * (kind == "Table"))


def _key(part: Part, seen: dict[str, str], usual: str = "") -> tuple[str, list[Problem]]:
    """What a part is called by programs; `seen` are those that are taken, with their headings."""
    key, found = id_of(part, usual)
    if key not in seen:
        seen[key] = part.title
        return key, found
    place = part.labels["Id"].place if "Id" in part.labels else part.place
    if part.title == seen[key]:
        said = f"“{part.title}” stands here a second time."
        todo = "Join the two, or give one of them another title, or a line “Id: …” of its own."
        return key, [*found, problem("part-repeated", place, said, todo)]
    said = f"“{part.title}” and “{seen[key] or 'the cover'}” go by one name, “{key}”."
    todo = "Add a line “Id: …” right below one of the two headings, with another name."
    return key, [*found, problem("id-repeated", place, said, todo)]
