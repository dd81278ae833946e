"""Whatever is changed in a file, it is a picture that can be drawn, or a Problem."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deckgen.geometry import Rect
from deckgen.pictures.dots import dots_of, wanted
from deckgen.pictures.fit import fitted
from deckgen.pictures.library import picture_named
from deckgen.problem import Place
from deckgen.source import PICTURES
from tests.pictures.made import jpeg, png, see_through, svg, tiff, webp

FILES = (jpeg(), jpeg(progressive=True), png(), png(see_through()), webp(), tiff(), svg())
CHANGE = st.tuples(st.integers(0, 4000), st.binary(max_size=6), st.integers(0, 6))


@given(st.sampled_from(FILES), st.lists(CHANGE, min_size=1, max_size=5))
def test_any_change_to_a_file_ends_well(data: bytes, changes: list[tuple[int, bytes, int]]) -> None:
    for at, new, taken in changes:
        at %= len(data) or 1
        data = data[:at] + new + data[at + taken :]
    file, found = picture_named({f"{PICTURES}a.png": data}, "a.png", Place("K.md", 1))
    if file is None:
        assert [p.code for p in found] == ["picture-unusable"]
        return
    picture = fitted(file, Rect(0, 0, 40, 60))
    want = wanted(picture, 300)
    assert dots_of(picture, want).image.size == want.size
