"""How many pages are lost and how many marks are misread, under one camera, with one seed."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

import msgspec
from PIL import Image

from deckgen.model.answers import Asked, Asks, Question, Spot
from deckgen.paper.looking import look
from deckgen.paper.seen import Seen, packed
from tests.paper.cameras import CAMERAS, jpeg
from tests.paper.pens import MEANT, MIX, NOT_MEANT, ORDINARY, SOME_MARK, WEAK, mark, write

Blank = Callable[[int, str], Image.Image]


@dataclass
class Count:
    """Of one camera. `lost`: pages not read, or taken for others."""

    camera: str
    pages: int = 0
    lost: int = 0
    marks: dict[str, list[int]] = field(default_factory=dict)  # of a kind: all, wrong, unsure
    written: list[int] = field(default_factory=lambda: [0, 0, 0])  # all, missed, seen where none is
    cpu_s: float = 0.0

    def of(self, kinds: tuple[str, ...]) -> tuple[int, int, int]:
        rows = [self.marks.get(kind, [0, 0, 0]) for kind in kinds]
        return tuple(map(sum, zip(*rows, strict=True)))  # type: ignore[return-value]


def saved(picture: Image.Image) -> bytes:
    """As scanners and phones save: JPEG, or TIFF if there is only black and white."""
    if picture.mode != "1":
        return jpeg(picture, 80)
    out = BytesIO()
    picture.save(out, "TIFF", compression="group4")
    return out.getvalue()


def looked(data: bytes, book: Asked) -> list[Seen]:
    """What is seen in one file, without another process."""
    lines = list(look(*packed([data], (book,))))
    return [one for one in msgspec.convert(lines, list[Seen]) if one.place]


def boxes(book: Asked, page: int) -> Iterator[tuple[Question, Spot]]:
    for question in book.questions:
        for spot in question.spots:
            if spot.page == page:
                yield question, spot


def is_box(question: Question, spot: Spot) -> bool:
    return question.asks is Asks.TICK or bool(spot.value)


def count(
    camera: str,
    book: Asked,
    blank: Blank,
    pages: int,
    seed: int,
    numbers: tuple[int, ...],
    *,
    teams: bool = True,
) -> Count:
    """Fill in pages, take pictures of them, read them, compare. Pages of `teams` say whose."""
    rng, counted = random.Random(seed), Count(camera)
    for turn in range(pages):
        number, team = numbers[turn % len(numbers)], str(rng.randint(1, 99)) * teams
        page = blank(number, team)
        kinds: dict[tuple[str, str], str] = {}
        hands: dict[str, bool] = {}
        meant = {q.field: rng.choice(q.options).value for q, _ in boxes(book, number) if q.options}
        for question, spot in boxes(book, number):
            if is_box(question, spot):
                mix = MIX
                if spot.value:
                    mix = SOME_MARK if meant[question.field] == spot.value else NOT_MEANT
                kind = rng.choice(mix)
                kinds[question.field, spot.value] = kind
                mark(page, spot.rect, kind, rng)
            else:
                hands[question.field] = rng.random() < 0.5
                if hands[question.field]:
                    write(page, spot.rect, rng, rng.randint(1, 3))
        data = saved(CAMERAS[camera](page, rng))
        began = time.process_time()
        found = looked(data, book)
        counted.cpu_s += time.process_time() - began
        counted.pages += 1
        if [(s.page, s.team, s.trouble) for s in found] != [(number, team, "")]:
            counted.lost += 1
            continue
        _compare(found[0], kinds, hands, counted)
    return counted


def _compare(
    seen: Seen, kinds: dict[tuple[str, str], str], hands: dict[str, bool], counted: Count
) -> None:
    said = {one.field: one for one in seen.said}
    meant: dict[str, tuple[str, str]] = {}  # of a question, the kind of mark and what it means
    for (name, value), kind in kinds.items():
        if name not in meant or kind not in NOT_MEANT:
            meant[name] = kind, (value or "Yes") * MEANT[kind]
    for name, (kind, value) in meant.items():
        one, row = said.get(name), counted.marks.setdefault(kind, [0, 0, 0])
        row[0] += 1
        if one is not None and one.note:
            row[2] += 1
        else:
            row[1] += (one.value if one else "") != value
    for name, is_written in hands.items():
        counted.written[0] += 1
        counted.written[1] += is_written and name not in said
        counted.written[2] += not is_written and name in said


def row(counted: Count) -> str:
    """A row of the table, in Markdown."""
    ordinary, weak = counted.of(ORDINARY), counted.of(WEAK)
    return (
        f"| {counted.camera} | {counted.lost} of {counted.pages} "
        f"| {ordinary[1]} of {ordinary[0]:,} | {ordinary[2]} | {weak[1]} of {weak[0]} | {weak[2]} "
        f"| {counted.written[1]} / {counted.written[2]} of {counted.written[0]} "
        f"| {counted.cpu_s / max(1, counted.pages):.2f} s |"
    )
