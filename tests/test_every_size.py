"""The deck that ships, in every trade size of the print shop and on every stock."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pikepdf
import pytest

from deckgen import Options, build_files, read_project
from deckgen.preflight.check import preflight
from tests.conftest import ROOT
from tests.sheets.test_imposition import STOCKS

PRESS = tomllib.loads((ROOT / "templates" / "press.toml").read_text())
SIZES = tuple(PRESS["sizes"])


@pytest.mark.parametrize("size", SIZES)
def test_the_deck_is_built_in_every_trade_size(tmp_path: Path, size: str) -> None:
    result = build_files(read_project(ROOT), ["print"], Options(size=size), output=tmp_path)
    assert result.problems == ()
    data = result.outputs[0].read_bytes()
    assert preflight(data).passed
    with pikepdf.open(result.outputs[0]) as document:
        left, bottom, right, top = (float(v) for v in document.pages[0].TrimBox)
    wanted = PRESS["sizes"][size]["width"], PRESS["sizes"][size]["height"]
    assert ((right - left) * 25.4 / 72, (top - bottom) * 25.4 / 72) == pytest.approx(wanted)


@pytest.mark.parametrize("stock", STOCKS)
def test_the_deck_is_built_on_every_stock(tmp_path: Path, stock: str) -> None:
    options = Options(stock=stock)
    result = build_files(read_project(ROOT), ["sheets", "pack"], options, output=tmp_path)
    assert result.problems == ()
    assert len(result.outputs) == 2
