"""Teams' workbooks keep to PDF/UA-1, filled in and empty, in every script."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import json

from deckgen.options import Options
from deckgen.personal.build_all import build_all
from deckgen.project import Project
from tests.accessible.verapdf import failed_rules, why_not
from tests.personal.lists import deck, listed
from tests.personal.test_planning import rtl

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "veraPDF runs"),
]
HEAD = ("Team", "Role", "Activities", "Large print", "Answers")


def test_every_sort_of_team_s_workbook(tmp_path: Path) -> None:
    rows = (
        ("Łódź", "", "", "", "a.json"),
        ("B", "", "Look for heat", "", ""),
        ("C", "night staff", "", "yes", ""),
        ("D", "", "Tonight 1; Look for heat", "yes", ""),
    )
    answers = {"overview.message": "Mind the stairs"}
    (tmp_path / "a.json").write_bytes(json.encode(answers))
    decks: dict[str, tuple[Project, bytes]] = {
        "en": (deck(), listed(*rows, head=HEAD)),
        "he": (rtl("he"), listed(("צוות הלילה",))),
        "ar": (rtl("ar"), listed(("فريق الليل",))),
    }
    made: list[Path] = []
    for name, (project, data) in decks.items():
        (tmp_path / f"{name}.csv").write_bytes(data)
        for options in (Options(), Options(ink_saver=True)):
            out = tmp_path / f"{name}{options.ink_saver}"
            done = build_all(project, tmp_path / f"{name}.csv", out, options=options)
            assert done.manifest, done.problems
            made += [out / one.file for one in done.made]
    assert len(made) == 12
    assert failed_rules(made) == {path: {} for path in made}
