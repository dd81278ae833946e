"""The print shop's files of this project, and ways to save changed copies of them."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from deckgen.building.build import build_files
from deckgen.options import Options
from deckgen.preflight.rules import X1A, X4
from deckgen.project import read_project
from tests.preflight.breaks import Break

ROOT = Path(__file__).resolve().parents[2]
AS_THEY_ARE = {
    "compress_streams": False,
    "stream_decode_level": pikepdf.StreamDecodeLevel.none,
}
STANDARDS = {X4: "x-4", X1A: "x-1a"}


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The print shop's file in both standards."""
    project, folder = read_project(ROOT), tmp_path_factory.mktemp("press")
    return {
        standard: build_files(
            project, ["print"], Options(standard=short, cards="KC1-2"), output=folder
        ).outputs[0]
        for standard, short in STANDARDS.items()
    }


def broken(data: bytes, spoil: Break, **saving: object) -> bytes:
    with pikepdf.open(BytesIO(data)) as document:
        spoil(document)
        out = BytesIO()
        with warnings.catch_warnings(action="ignore"):  # of what we broke
            document.save(out, fix_metadata_version=False, **(saving or AS_THEY_ARE))  # type: ignore[arg-type]
        return out.getvalue()
