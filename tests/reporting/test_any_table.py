"""Whatever stands in a table of answers, a report can be made of it."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from deckgen.model.answers import Answer, AnswerTable, How, Identity, Source, Verdict
from deckgen.project import Project
from deckgen.reporting.report import CSV, HTML, ICS, make_report
from tests.reporting.made_up import fields_of, handwriting

WORDS = st.one_of(
    st.sampled_from(
        ["", " ", "=1", "12/3/2027", "Heron", "a\r\nb\tc", "\x00\x1f", "<b>&", "\u202e\u200f", "😀"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
CROPS = st.sampled_from([b"", b"", b"x", b"\x89PNG\r\n\x1a\n", handwriting()])


@st.composite
def tables(draw: st.DrawFn, names: list[str]) -> AnswerTable:
    numbers = st.integers(-1, 4)
    identities = st.builds(Identity, workbook=WORDS, edition=WORDS, team=WORDS)
    sources = st.builds(
        Source,
        number=numbers,
        file=WORDS,
        team=WORDS,
        role=WORDS,
        edition=st.sampled_from(["", "1", "2 draft", "x"]),
        verdict=st.sampled_from(Verdict),
        reason=WORDS,
        answers=numbers,
        identity=identities,
    )
    answers = st.builds(
        Answer,
        source=numbers,
        file=WORDS,
        team=WORDS,
        role=WORDS,
        edition=WORDS,
        frame=WORDS,
        activity=WORDS,
        question=WORDS,
        row=numbers,
        value=WORDS,
        how=st.sampled_from(How),
        field=st.one_of(st.sampled_from(names), st.sampled_from(names), WORDS),
        asked_now=WORDS,
        note=WORDS,
        crop=CROPS,
    )
    return AnswerTable(
        draw(WORDS),
        tuple(draw(st.lists(answers, max_size=12))),
        tuple(draw(st.lists(sources, max_size=5))),
    )


@pytest.mark.slow
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_table_becomes_sound_files(deck: Project, data: st.DataObject) -> None:
    names = [field.name for field in fields_of(deck)]
    table = data.draw(tables(names))
    anonymous, expected = data.draw(st.booleans()), data.draw(st.lists(WORDS, max_size=3))
    made = make_report(deck, table, expected=expected, anonymous=anonymous)
    if not made.files:
        assert [p.code for p in made.problems] == ["answers-foreign"]
        return
    ElementTree.fromstring(made.files[HTML].decode().partition("\n")[2])
    rows = list(csv.reader(io.StringIO(made.files[CSV].decode("utf-8-sig"))))
    assert {len(row) for row in rows} == {11}
    assert not any(cell[:1] in ("=", "+", "-", "@") for row in rows for cell in row)
    if ICS in made.files:
        assert Calendar.from_ical(made.files[ICS]).walk("VEVENT")
