"""Engines × ways of saving × odd cases: the same answers come back, or a named reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deckgen.answers.asked import asked_today
from deckgen.building.build import build_files
from deckgen.model.answers import Asked, Returned
from deckgen.project import read_project
from deckgen.proof.proof import Proof
from deckgen.readback.flattened import read_flattened
from deckgen.readback.returned import read_returned
from tests.conftest import ROOT
from tests.engines.matrix import ANSWERS, ENGINES
from tests.engines.returned import (
    BY_PLACE,
    FLAT,
    JOINED,
    KEPT,
    PAGE,
    REFUSED,
    SAVED,
    limits,
    returned_page,
)
from tests.readback import odd_files as odd
from tests.shared import Shared

EXPECTED = {answer.name: answer.value for answer in ANSWERS.values()}
OTHERS = EXPECTED | {"cover.agency-or-team": "Team B"}

engine = pytest.mark.parametrize("engine", [one.name for one in ENGINES])
way = pytest.mark.parametrize("way", SAVED)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    made = build_files(read_project(ROOT), ["workbook"], output=tmp_path_factory.mktemp("blank"))
    return Path(made.outputs[0]).read_bytes()


@pytest.fixture(scope="module")
def asked() -> Asked:
    found = asked_today(Proof(read_project(ROOT)))
    assert found
    return found


@pytest.fixture
def saved(blank: bytes, shared: Shared, engine: str, way: str) -> bytes:
    """What an engine saved, in one of the ways."""
    able = next(one for one in ENGINES if one.name == engine)
    if why := able.why_not():
        pytest.skip(f"{engine}: {why}")
    name = re.sub(r"\W+", "-", f"returned {engine}")
    return SAVED[way](shared.value(name, lambda: able.fill(blank, list(ANSWERS.values()))))


def answers(returned: Returned) -> list[dict[str, str]]:
    assert returned.refused is None
    return [{s.field: s.value for s in copy.said if s.value} for copy in returned.copies]


@pytest.mark.slow
@engine
@way
def test_answers_come_back_and_nothing_needs_to_be_looked_at(saved: bytes) -> None:
    returned = read_returned(saved, "x.pdf")
    assert answers(returned) == [EXPECTED]
    assert not returned.notes and not returned.beside and not returned.copies[0].notes
    assert not any(said.note or said.others for said in returned.copies[0].said)


@pytest.mark.slow
@engine
@way
@pytest.mark.parametrize("case", [*KEPT, *BY_PLACE])
def test_answers_come_back_from_spoilt_files(saved: bytes, asked: Asked, case: str) -> None:
    data = (KEPT | BY_PLACE)[case](saved)
    assert answers(read_returned(data, "x.pdf", asked=[asked])) == [EXPECTED]
    if case in KEPT:  # a file that says what it is needs nobody to tell
        assert answers(read_returned(data, "x.pdf")) == [EXPECTED]


@pytest.mark.slow
@engine
@way
@pytest.mark.parametrize("case", JOINED)
def test_two_teams_in_one_file_stay_two(saved: bytes, blank: bytes, case: str) -> None:
    other = odd.filled(blank, OTHERS)
    assert answers(read_returned(JOINED[case](saved, other), "x.pdf")) == [EXPECTED, OTHERS]


@pytest.mark.slow
@engine
@way
@pytest.mark.parametrize("case", FLAT)
def test_flattened_answers_come_back_by_place(
    saved: bytes, asked: Asked, engine: str, case: str
) -> None:
    copy = read_flattened(FLAT[case](saved), asked)
    # Where a line that was broken ends, a page doesn't tell.
    found = {said.field: "".join(said.value.split()) for said in copy.said}
    right = {name for name, words in EXPECTED.items() if found.get(name) == "".join(words.split())}
    assert EXPECTED.keys() - right == set(limits(engine, case)), found
    assert all(said.note for said in copy.said)


@pytest.mark.slow
@engine
@way
@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_says_why(saved: bytes, case: str) -> None:
    make, why = REFUSED[case]
    refused = read_returned(make(saved), "x.pdf").refused
    assert refused and why in refused[0] and refused[1]


def test_the_page_of_returned_files_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == returned_page() + "\n"
