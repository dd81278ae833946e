"""One page for the browser on which people see what is doubtful, and say what it says.

It is a file by itself: nothing is fetched, nothing is sent. What was said is saved as a file, which
`confirmations` reads back.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from itertools import groupby

from deckgen.model.answers import Answer, AnswerTable, Asks, How, Question, Source
from deckgen.paper.doubts import PALE, TICKED

_PNG = b"\x89PNG\r\n\x1a\n"
_NAME = "review{part}.json"


def doubtful(table: AnswerTable) -> list[Answer]:
    """The answers that a person must look at: with a note, or a cut-out that nobody typed."""
    looked_at = [one for one in table.answers if one.how is not How.CONFIRMED]
    return [one for one in looked_at if one.note or (one.crop and not one.value)]


def key_of(answer: Answer) -> str:
    """By what an answer is known in the file that is saved."""
    return f"{answer.source}/{answer.field}"


def digest_of(table: AnswerTable) -> str:
    """Which table a review belongs to: that of these files, whatever was confirmed meanwhile."""
    said = [[s.number, s.file, s.identity.code, s.team] for s in table.sources]
    return sha256(json.dumps(said).encode()).hexdigest()[:16]


def review_page(table: AnswerTable, part: int = 1, of: int = 1) -> str:
    """The page as HTML: all that is doubtful, or one of several parts of it for as many people.

    Raises ValueError if there is no such part.
    """
    if not 1 <= part <= of:
        raise ValueError(f"there is no part {part} of {of}")
    open_ = doubtful(table)
    mine = open_[(part - 1) * len(open_) // of : part * len(open_) // of]
    share = f"{part} of {of}" if of > 1 else ""
    facts = {
        "table": digest_of(table),
        "part": share,
        "file": _NAME.format(part=f"-{part}-of-{of}" if of > 1 else ""),
    }
    style, script = _file("review.css"), _file("review.js")
    policy = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
    policy += f"style-src {_hash(style)}; script-src {_hash(script)}"
    title = f"Review of answers: {table.deck}" + f", part {share}" * bool(share)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'{_head(title, len(mine))}<main id="items">\n{_guide(len(mine))}'
        f"{''.join(_sections(table, mine))}</main>\n"
        f'<script type="application/json" id="facts">{_harmless(facts)}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _file(name: str) -> str:
    from importlib.resources import files

    return files("deckgen.paper").joinpath("review_page", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _harmless(facts: dict[str, str]) -> str:
    """JSON that can't end the element it stands in."""
    return json.dumps(facts).replace("<", "\\u003c")


def _head(title: str, count: int) -> str:
    return (
        '<a class="skip" href="#items">Skip to the answers</a>\n<header>\n<div>'
        f"<h1>{escape(title)}</h1>\n"
        f'<label for="done" id="count">0 of {count} done</label>\n'
        f'<progress id="done" max="{max(1, count)}" value="0"></progress>\n'
        '<p id="state" role="status"></p></div>\n'
        '<label class="words">Your name <input type="text" id="by" autocomplete="name"></label>\n'
        '<button type="button" class="main" id="save">Save the file</button>\n</header>\n'
    )


def _guide(count: int) -> str:
    if not count:
        return "<p>There is nothing to look at: no answer is in doubt.</p>\n"
    return (
        "<p>Look at each piece of paper and say what it says. Enter goes to the next that is open; "
        "Shift and Enter begins a new line. What you leave open stays in doubt. When you are done, "
        "save the file and give it back.</p>\n"
    )


def _sections(table: AnswerTable, mine: list[Answer]) -> Iterator[str]:
    """A section for each workbook that came back."""
    asked = {question.field: question for question in table.questions}
    sources = {source.number: source for source in table.sources}
    for number, group in groupby(mine, key=lambda one: one.source):
        answers = list(group)
        yield f"<section>\n<h2>{escape(_named(sources.get(number), answers[0]))}</h2>\n"
        pale = sum(one.note == PALE for one in answers)
        if pale:
            yield (
                f'<p><button type="button" data-group="pale">All {pale} boxes on pages in black '
                "and white are empty</button></p>\n"
            )
        for place, one in enumerate(answers):
            yield _item(one, asked.get(one.field), f"{number}-{place}")
        yield "</section>\n"


def _named(source: Source | None, answer: Answer) -> str:
    """A workbook in words: team, role, file."""
    team = f"Team {answer.team}" if answer.team else ""
    file = source.file if source else answer.file
    return ", ".join(filter(None, (team, answer.role, file)))


def _item(answer: Answer, question: Question | None, name: str) -> str:
    """One answer: where it stands, what is seen, and what can be said."""
    row = f"row {answer.row}" if answer.row else ""
    where = " · ".join(filter(None, (answer.frame, answer.activity, row, answer.asked_now)))
    pale = " data-pale" * (answer.note == PALE)
    described = f"w{name} n{name}"
    return (
        f'<fieldset data-key="{escape(key_of(answer))}"{pale} aria-describedby="{described}">\n'
        f"<legend>{escape(answer.question)}</legend>\n"
        f'<p class="where" id="w{name}">{escape(where)}</p>\n'
        f'<p class="note" id="n{name}">{escape(answer.note or "Type what it says.")}</p>\n'
        f"{_picture(answer)}{_controls(answer, question, name)}"
        '<label><input type="checkbox" class="unread"> I can’t tell</label>\n</fieldset>\n'
    )


def _picture(answer: Answer) -> str:
    if not answer.crop.startswith(_PNG):
        return ""
    words = escape(f"What stands on the paper at: {answer.question}")
    return f'<img alt="{words}" src="data:image/png;base64,{b64encode(answer.crop).decode()}">\n'


def _controls(answer: Answer, question: Question | None, name: str) -> str:
    """Buttons for what can be marked, else room to type; nothing is chosen beforehand."""
    if question and question.asks is Asks.TICK:
        return _radios(name, ((TICKED, "Marked"), ("", "Empty")))
    if question and any(spot.value for spot in question.spots):
        options = tuple((option.value, option.words) for option in question.options)
        return _radios(name, (*options, ("", "None of them")))
    return (
        '<label class="words">What it says '
        f'<textarea rows="2">{escape(answer.value)}</textarea></label>\n'
        '<label><input type="checkbox" class="nothing"> Nothing stands there</label>\n'
    )


def _radios(name: str, options: tuple[tuple[str, str], ...]) -> str:
    return "".join(
        f'<label><input type="radio" name="r{name}" value="{escape(value)}"> '
        f"{escape(words)}</label>\n"
        for value, words in options
    )
