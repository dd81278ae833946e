"""Ratings in a report: a table a scale, in which each team's marks are drawn on a line."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.model.text import Text, words
from deckgen.reporting.document import Block, Cell, Grid, Heading, Para, Strip, Words
from deckgen.reporting.found import Findings, Rated, Scale
from deckgen.reporting.telling import Teller
from deckgen.wording.say import Wording, sentences


def rating_blocks(findings: Findings, tell: Teller) -> Iterator[Block]:
    """All scales that somebody marked; nothing if there is none."""
    if not findings.scales:
        return
    say = tell.say
    yield Heading(2, say("How teams see themselves"), "ratings")
    yield Words(_explained(findings, say), "hint")
    for scale in findings.scales:
        field = scale.field
        yield Heading(3, words(field.activity or field.title))
        below = ": ".join(filter(None, (field.frame, field.title)))
        yield Words(words(below), "hint")
        yield _grid(scale, tell)


def _explained(findings: Findings, say: Wording) -> Text:
    said = say(
        "deckgen drew these lines from what teams marked about themselves. "
        "They are no score, and the deck has none."
    )
    rated = [rated for scale in findings.scales for rated in scale.rated]
    if any(len(r.marks) > 1 for r in rated):
        said = sentences(said, say("A ring is a team’s oldest mark, a dot its newest."))
    if not all(r.team.sure for r in rated if len(r.marks) > 1):
        unsure = say(
            "Where editions don’t tell which workbook is older, the order of the files counts."
        )
        said = sentences(said, unsure)
    return said


def _grid(scale: Scale, tell: Teller) -> Grid:
    say, field = tell.say, scale.field
    several = any(len(rated.marks) > 1 for rated in scale.rated)
    least, most = (words(field.options[end].words) for end in (0, -1))
    scale_head = say("{least} to {most}", least=least, most=most)
    marked = (say("Before"), say("Now")) if several else (say("Marked"),)
    heads = (say("Team"), *marked, scale_head)
    shares = (24.0, 18.0, 18.0, 40.0) if several else (32.0, 24.0, 44.0)
    caption = words(": ".join(filter(None, (field.activity, field.title))))
    rows = tuple(_row(rated, scale, tell, several=several) for rated in scale.rated)
    return Grid(caption, heads, rows, shares)


def _row(rated: Rated, scale: Scale, tell: Teller, *, several: bool) -> tuple[Cell, ...]:
    steps = [step for _, step in rated.marks]
    options = [option.words for option in scale.field.options]
    now = Para(words(options[steps[-1]]))
    before: Cell = ()
    if len(steps) > 1:
        before = tuple(Para(words(options[step])) for step in steps[:-1])
    strip = Strip(len(options), tuple(steps), _alt(steps, options, tell.say))
    return (
        (Para(words(rated.team.name)),),
        *((before,) if several else ()),
        (now,),
        (strip,),
    )


def _alt(steps: list[int], options: list[str], say: Wording) -> Text:
    """The marks in words."""
    of = len(options)
    if len(steps) == 1:
        return say(
            "“{step}”, step {number} of {count}",
            step=words(options[steps[0]]),
            number=steps[0] + 1,
            count=of,
        )
    return say(
        "From “{old}”, step {first}, to “{new}”, step {last} of {count}",
        old=words(options[steps[0]]),
        first=steps[0] + 1,
        new=words(options[steps[-1]]),
        last=steps[-1] + 1,
        count=of,
    )
