"""Every word of a report that deckgen adds goes through the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from deckgen.model.answers import AnswerTable, Verdict
from deckgen.reporting.asked import Sort
from deckgen.reporting.report import CSV, HTML, ICS, PDF, Made, make_report
from tests.reporting.made_up import answer, fields_of, handwriting, source
from tests.wording.orchard import Orchard, disguised_words
from tests.wording.strings import beside_pages, on_pages
from tests.wording.test_every_word import leaks

# What is of a file's own form, and so in no language.
_FORM = {"pdf", "deckgen", "report"}


def made_in(deck: Orchard, *, anonymous: bool = False) -> Made:
    """A report that says as much as one can."""
    project = deck.project()
    fields = fields_of(project)
    sources = [
        replace(source(1, "Ølmé"), role="Grøwérs"),
        replace(source(2, "Ølmé", edition="2"), role="Grøwérs"),
        replace(source(3, "Åsh"), role="Grøwérs", verdict=Verdict.NOTES, reason="Réåd"),
        replace(source(4, "", file="ø.pdf", verdict=Verdict.REVIEW), role="Grøwérs"),
        replace(source(5, "", file="å.pdf", verdict=Verdict.REJECTED), role="Grøwérs"),
    ]
    answers = []
    for of in sources[:4]:
        for at, field in enumerate(fields):
            value = {Sort.DAY: ("2027-03-12", "søøn", "")[of.number % 3], Sort.TICK: "Yés"}.get(
                field.sort, "Wåtér thé tréés"
            )
            if field.options:
                value = field.options[(at + of.number) % len(field.options)].value
            more = {"note": "Løøk"} if at == 3 else {}
            more |= {"asked_now": "Åskéd"} if at == 4 else {}
            crop = handwriting() if not value or (at + of.number) % 7 == 0 else b""
            answers.append(answer(of, field, "" if crop else value, crop=crop, **more))
    answers = [a for a in answers if (a.source, a.activity) != (3, answers[-1].activity)]
    table = AnswerTable("D", tuple(answers), tuple(sources))
    return make_report(project, table, expected=("Élm", "Øåk"), anonymous=anonymous)


def words_of(made: Made) -> list[str]:
    page = re.sub(r"(?s)<head>.*?</head>|base64,[^\"]*", "", made.files[HTML].decode())
    said = re.findall(r'(?:alt|aria-label)="([^"]*)"', page)
    calendar = made.files[ICS].decode().replace("\r\n ", "")
    said += re.findall(r"(?m)^(?:SUMMARY|DESCRIPTION):(.*)\r$", calendar.replace("\\n", " "))
    return [
        *on_pages(made.files[PDF]),
        *beside_pages(made.files[PDF]),
        re.sub("<[^>]*>", " ", page),
        made.files[CSV].decode(),
        *said,
    ]


def test_no_word_goes_past_the_catalogue(tmp_path: Path) -> None:
    deck = Orchard(tmp_path, disguised_words())
    for anonymous in (False, True):
        assert leaks(words_of(made_in(deck, anonymous=anonymous)), _FORM) == set()


def test_a_word_that_did_would_be_found(tmp_path: Path) -> None:
    words = disguised_words()
    words["Actions by date"] = ("Actions by date",)
    assert leaks(words_of(made_in(Orchard(tmp_path, words))), _FORM) >= {"Actions", "date"}
