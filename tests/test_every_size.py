"""The deck that ships, in every trade size of the print shop and on every stock."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pikepdf
import pytest

from deckgen import Options, build_files, read_project
from deckgen.preflight.check import preflight
from deckgen.problem import blocks
from deckgen.products.job import Job
from deckgen.proof.proof import Proof
from tests.conftest import ROOT
from tests.sheets.test_imposition import STOCKS

PRESS = tomllib.loads((ROOT / "templates" / "press.toml").read_text())
SIZES = tuple(PRESS["sizes"])
# Cards whose words are too long at 12 points as yet: to be emptied, one by one.
TOO_LONG_AS_YET = frozenset(
    {
        *("a7", "poker", "bridge", "tarot", "business"),
        *("a4-a7", "a4-poker", "a4-bridge", "a4-tarot", "a4-business", "a4-perforated"),
    }
)


def fitting(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name not in TOO_LONG_AS_YET]


@pytest.mark.parametrize("size", fitting(SIZES))
def test_the_deck_is_built_in_every_trade_size(tmp_path: Path, size: str) -> None:
    result = build_files(read_project(ROOT), ["print"], Options(size=size), output=tmp_path)
    assert result.problems == ()
    data = result.outputs[0].read_bytes()
    assert preflight(data).passed
    with pikepdf.open(result.outputs[0]) as document:
        left, bottom, right, top = (float(v) for v in document.pages[0].TrimBox)
    wanted = PRESS["sizes"][size]["width"], PRESS["sizes"][size]["height"]
    assert ((right - left) * 25.4 / 72, (top - bottom) * 25.4 / 72) == pytest.approx(wanted)


@pytest.mark.parametrize("stock", fitting(STOCKS))
def test_the_deck_is_built_on_every_stock(tmp_path: Path, stock: str) -> None:
    options = Options(stock=stock)
    result = build_files(read_project(ROOT), ["sheets", "pack"], options, output=tmp_path)
    assert result.problems == ()
    assert len(result.outputs) == 2


@pytest.mark.parametrize("name", sorted(TOO_LONG_AS_YET))
def test_what_is_too_long_as_yet_is_named_card_by_card(name: str) -> None:
    """Whoever makes one of them fit takes it out of the list."""
    size = name if name in SIZES else ""
    job = Job(Proof(read_project(ROOT)), Options(size=size, stock=None if size else name))
    errors = [p for p in job.problems("print" if size else "sheets") if blocks([p])]
    assert errors
    assert {p.code for p in errors} == {"text-too-long"}
    assert all(re.search(r"\b(?:Index|[A-Z]+\d+)\b", p.found) for p in errors)
