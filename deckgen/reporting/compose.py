"""Findings → the blocks of a report, in words of the deck's language."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.model.answers import Answer, Verdict
from deckgen.model.text import Text, word, words
from deckgen.reporting.action_tables import action_blocks, counted
from deckgen.reporting.answer_blocks import answer_blocks
from deckgen.reporting.document import (
    Block,
    Cell,
    Facts,
    Grid,
    Heading,
    Para,
    Points,
    Report,
    Words,
    cell,
)
from deckgen.reporting.found import Findings
from deckgen.reporting.rating_tables import rating_blocks
from deckgen.reporting.telling import Teller
from deckgen.wording.say import Wording, listed

TITLE = word("Report on the workbooks")
_VERDICTS = {
    Verdict.OK: word("ok"),
    Verdict.NOTES: word("ok with notes"),
    Verdict.REVIEW: word("needs review"),
    Verdict.REJECTED: word("rejected"),
}


def composed(
    findings: Findings, tell: Teller, deck: str, stamp: Text, *, anonymous: bool
) -> Report:
    """The whole report. `deck` is the deck's title today, `stamp` says which edition it is."""
    say = tell.say
    blocks = (
        *_front(findings, tell, anonymous=anonymous),
        *action_blocks(findings, tell),
        *rating_blocks(findings, tell),
        *answer_blocks(findings, tell),
        *_silence(findings, tell),
        *_sources(findings, tell),
    )
    return Report(say(TITLE), deck, stamp, blocks)


def _front(findings: Findings, tell: Teller, *, anonymous: bool) -> Iterator[Block]:
    say = tell.say
    if findings.answers:
        yield Words(say("What teams wrote in their workbooks, side by side."), "lead")
    else:
        yield Words(say("There are no answers in these workbooks."), "lead")
    yield Facts(tuple(_facts(findings, say)))
    if anonymous:
        yield Words(
            say(
                "Names of teams, people and files were left out, and handwriting with them. What "
                "people wrote in their own words is as they wrote it, and may name somebody: "
                "read it before you pass this on."
            )
        )
    if findings.to_review or findings.doubts:
        yield Heading(2, say("Look at these first"), "review")
        yield from _doubts(findings, tell)


def _facts(findings: Findings, say: Wording) -> Iterator[tuple[Text, Text]]:
    teams = findings.teams
    sources = [s for s in findings.sources if s.verdict is not Verdict.REJECTED]
    books = say.many("{count} workbook", "{count} workbooks", len(sources))
    people = say.many("{count} team", "{count} teams", len(teams.teams))
    came = say("{workbooks} from {teams}", workbooks=books, teams=people)
    yield say("Came back"), came
    yield say("Answers"), words(f"{findings.answers}")
    if findings.actions:
        count = words(f"{len(findings.actions)}")
        yield say("Actions"), listed((count, *counted(findings.actions, say)), " · ")
    if teams.silent:
        total = say("{count} of {total} teams", count=len(teams.silent), total=teams.expected)
        yield say("Nothing came from"), total
    if findings.to_review or findings.doubts:
        files = say.many("{count} file", "{count} files", len(findings.to_review))
        answers = say.many("{count} answer", "{count} answers", len(findings.doubts))
        said = [files] * bool(findings.to_review) + [answers] * bool(findings.doubts)
        yield say("To look at"), listed(said)


def _doubts(findings: Findings, tell: Teller) -> Iterator[Block]:
    say = tell.say
    if findings.to_review:
        rows = tuple(
            (
                cell(words(source.file)) or cell(words(source.team)),
                cell(say(_VERDICTS[source.verdict]), *tell.quiet(words(source.reason))),
            )
            for source in findings.to_review
        )
        caption = say("Files to look at")
        yield Grid(caption, (say("File"), say("What became of it")), rows, (40, 60))
    if findings.doubts:
        doubts = tuple(_doubt(answer, findings, tell) for answer in findings.doubts)
        heads = say("Team"), say("Question"), say("As written"), say("Look at this")
        yield Grid(say("Answers to look at"), heads, doubts, (18, 30, 26, 26))


def _doubt(answer: Answer, findings: Findings, tell: Teller) -> tuple[Cell, ...]:
    try:
        team = findings.teams.of(answer.source).called(answer.source)
    except KeyError:
        team = answer.team
    where = ": ".join(filter(None, (answer.activity or answer.frame, answer.question)))
    shown: Cell = tuple(tell.paragraphs(answer.value))
    if answer.crop and not shown:
        shown = tuple(tell.quiet(tell.say("Handwriting")))
    return ((Para(words(team)),), (Para(words(where)),), shown, (Para(words(answer.note)),))


def _silence(findings: Findings, tell: Teller) -> Iterator[Block]:
    """Who has not answered, and what others left out."""
    say, teams = tell.say, findings.teams
    gaps = [gap for gap in findings.gaps if gap.answered < gap.blocks]
    if not (teams.silent or teams.strange or gaps):  # unnamed ones alone say nothing
        return
    yield Heading(2, say("Who has not answered"), "silent")
    if teams.silent:
        yield Words(say("Nothing that could be read came from:"))
        yield Points(tuple(words(name) for name in teams.silent))
    if teams.unnamed:
        files = words(", ".join(teams.unnamed))
        yield Words(say("Without a team’s name, so it may be one of these: {files}", files=files))
    if teams.strange:
        names = words(", ".join(teams.strange))
        yield Words(say("Not on the list of teams: {names}", names=names))
    if gaps:
        yield Words(say("What teams left out, in the newest workbook of each:"))
        rows = []
        for gap in gaps:
            counted = say("{count} of {total}", count=gap.answered, total=gap.blocks)
            nothing = [": ".join(dict.fromkeys(filter(None, pair))) for pair in gap.nothing_in]
            points = tuple(Para(words(title)) for title in nothing)
            rows.append((cell(words(gap.team.name)), cell(counted), points))
        heads = say("Team"), say("Questions answered"), say("Nothing written in")
        yield Grid(say("What teams left out"), heads, tuple(rows), (26, 22, 52))


def _sources(findings: Findings, tell: Teller) -> Iterator[Block]:
    say = tell.say
    if not findings.sources:
        return
    yield Heading(2, say("Where this comes from"), "sources")
    yield Words(
        say(
            "Made by deckgen from a table of answers. Nothing was corrected, and nothing left out, "
            "unless it is said here."
        ),
        "hint",
    )
    rows = []
    for source in findings.sources:
        book = [words(source.role)] * bool(source.role)
        if source.edition:
            book.append(say("edition {number}", number=source.edition))
        verdict = say(_VERDICTS[source.verdict])
        rows.append(
            (
                cell(words(source.file)),
                cell(words(source.team)),
                cell(listed(book)),
                cell(words(f"{source.answers}")),
                cell(verdict, *tell.quiet(words(source.reason))),
            )
        )
    heads = say("File"), say("Team"), say("Workbook"), say("Answers"), say("What became of it")
    yield Grid(say("All files"), heads, tuple(rows), (24, 15, 24, 15, 24))
