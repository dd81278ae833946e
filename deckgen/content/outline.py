"""Blocks → a tree by heading level: what a workbook file is read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from deckgen.content.blocks import Block, BlockKind
from deckgen.content.misplaced import repeated_label, unknown_heading, unknown_label
from deckgen.model.text import Text, joined, plain
from deckgen.problem import Place, Problem, problem


class Part(Struct):
    """A heading and all that stands below it, up to the next heading of its level."""

    title: str
    place: Place
    level: int
    block: Block | None = None
    labels: dict[str, Block] = field(default_factory=dict)
    paragraphs: list[Block] = field(default_factory=list)
    items: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def text(self) -> Text:
        """The paragraphs, run together."""
        return joined(block.text for block in self.paragraphs)

    @property
    def points(self) -> tuple[Text, ...]:
        """The list."""
        return tuple(block.text for block in self.items)

    def label(self, name: str) -> str:
        """A label's value, or nothing."""
        block = self.labels.get(name)
        return plain(block.text).strip() if block else ""

    def find(self, title: str) -> Part | None:
        """The part below with a title, whatever its capitals."""
        wanted = title.lower()
        return next((p for p in self.parts if p.title.strip().lower() == wanted), None)


def outline(blocks: Sequence[Block], file: str) -> tuple[Part, list[Problem]]:
    """The tree; its root stands for the file. Words before the first heading are Problems."""
    root = Part("", Place(file, 1, 1), 0)
    stack, found = [root], []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            part = Part(plain(block.text).strip(), block.place, block.level, block)
            if not part.title:
                said, todo = "This heading has no words.", "Write them behind the #."
                found.append(problem("part-empty", block.place, said, todo))
            while stack[-1].level >= block.level:
                stack.pop()
            stack[-1].parts.append(part)
            stack.append(part)
        elif len(stack) == 1:
            said = f"Words stand above the first heading: “{plain(block.text)[:40]}”."
            found.append(problem("text-stray", block.place, said, "Move them below a heading."))
        elif block.kind is BlockKind.LABEL and block.name in stack[-1].labels:
            found.append(repeated_label(block))
        elif block.kind is BlockKind.LABEL:
            stack[-1].labels[block.name] = block
        elif block.kind is BlockKind.ITEM:
            stack[-1].items.append(block)
        elif stack[-1].items:
            said = f"A paragraph stands behind a list. It begins “{plain(block.text)[:40]}”."
            found.append(problem("text-stray", block.place, said, "Move it above."))
        else:
            stack[-1].paragraphs.append(block)
    return root, found


def check_names(part: Part, labels: Iterable[str], headings: Sequence[str] | None) -> list[Problem]:
    """Labels and headings directly below a part that can't stand there, and doubled ones.

    `headings` None: any may.
    """
    known = frozenset(labels)
    found = [unknown_label(b, known) for name, b in part.labels.items() if name not in known]
    fit = {name.lower() for name in headings or ()}
    seen: set[str] = set()
    for child in part.parts:
        if headings is not None and child.title.strip().lower() not in fit and child.block:
            found.append(unknown_heading(child.block, headings))
        if child.title.lower() in seen:
            said = f"“{child.title}” stands here a second time."
            todo = "Join the two, or give one another title."
            found.append(problem("part-repeated", child.place, said, todo))
        seen.add(child.title.lower())
    return found


def part_of(part: Part, title: str) -> tuple[Part, list[Problem]]:
    """A part that must be there; an empty one, and a Problem, if it isn't."""
    child = part.find(title)
    if child:
        return child, []
    where = f"“{part.title}”" if part.title else "the workbook"
    said = f"The part “{title}” is missing from {where}."
    todo = f"Add the heading “{'#' * (part.level + 1)} {title}” and words below it."
    missing = Part(title, part.place, part.level + 1)
    return missing, [problem("part-missing", part.place, said, todo)]


def label_of(part: Part, name: str) -> tuple[str, list[Problem]]:
    """A label that must be there."""
    value = part.label(name)
    said, todo = f"“{part.title}” has no line “{name}: …”.", "Add it right below the heading."
    return value, [] if value else [problem("label-missing", part.place, said, todo)]


def text_of(part: Part) -> tuple[Text, list[Problem]]:
    """The words of a part that must not be empty."""
    said, todo = f"“{part.title}” has no words.", "Write some below it."
    return part.text, [] if part.paragraphs else [problem("part-empty", part.place, said, todo)]
