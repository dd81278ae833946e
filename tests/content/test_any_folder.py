"""Whatever one file of a sound project becomes, reading the whole gives a deck or says why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.content.known_headings import FILE as HEADINGS
from deckgen.content.load import load_content
from deckgen.problem import Severity
from tests.conftest import ROOT
from tests.content.test_any_words import PIECES

MINI = ROOT / "tests/problems/mini"
FILES = {
    path.relative_to(MINI).as_posix(): path.read_bytes()
    for path in sorted(MINI.rglob("*"))
    if path.is_file()
}
TEMPLATES = {
    path.relative_to(ROOT).as_posix(): path.read_bytes()
    for path in sorted(ROOT.glob("templates/cards/*.toml"))
}
FILES[HEADINGS] = (ROOT / HEADINGS).read_bytes()
pieces = st.lists(
    st.one_of(st.binary(max_size=4), st.sampled_from(PIECES).map(str.encode)), max_size=8
).map(b"".join)


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, bytes]:
    """The small project; a stretch of one file is taken out, and something else put there."""
    file = draw(st.sampled_from(sorted(FILES)))
    data = FILES[file]
    start = draw(st.integers(0, len(data)))
    end = draw(st.integers(start, min(len(data), start + 80)))
    return {**FILES, file: data[:start] + draw(pieces) + data[end:]}


@given(spoilt())
def test_a_spoilt_file_is_read_or_told(files: dict[str, bytes]) -> None:
    content, found = load_content({**TEMPLATES, **files})
    assert content is not None or any(p.severity is Severity.ERROR for p in found)
    for problem in found:
        assert problem.found and problem.todo
        if problem.place.file in files:
            lines = files[problem.place.file].count(b"\n") + files[problem.place.file].count(b"\r")
            assert problem.place.line <= lines + 2, problem
    if content is not None and not found:
        assert [str(card.code) for card in content.deck.cards] == ["D1", "D2", "OV1"]


@given(st.sampled_from(sorted(FILES)), st.binary(max_size=300))
def test_a_file_of_any_bytes_is_read_or_told(file: str, data: bytes) -> None:
    _, found = load_content({**TEMPLATES, **FILES, file: data})
    assert found or file == "content/references.toml"  # a deck may do without it


@pytest.mark.parametrize("file", sorted(FILES))
def test_a_file_that_is_gone_is_told(file: str) -> None:
    found = load_content(TEMPLATES | {name: data for name, data in FILES.items() if name != file})[
        1
    ]
    assert found or file == "content/references.toml"


def test_the_small_project_is_sound() -> None:
    assert load_content({**TEMPLATES, **FILES})[1] == []
