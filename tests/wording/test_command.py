"""deckgen words: what is missing in a deck's language, as lines to fill in."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.__main__ import run
from deckgen.exit_codes import ExitCode
from deckgen.wording.catalogue import all_keys
from tests.wording.orchard import Orchard


def test_it_lists_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deck = Orchard(tmp_path / "deck", {"Goes with": ("Zu",)})
    assert run(["words", "--project", str(deck.folder)]) == ExitCode.DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "[words]" and len(lines) == len(all_keys())
    assert '# "Turn over" = "Turn over"' in lines
    assert '# "{count} sheet" = "{count} sheet | {count} sheets"' in lines
    assert run(["words", "--all", "--project", str(deck.folder)]) == ExitCode.DONE
    assert '# "Goes with" = "Zu"' in capsys.readouterr().out


def test_mistakes_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deck = Orchard(tmp_path / "deck", {"Goes wth": ("Zu",)})
    assert run(["words", "--project", str(deck.folder)]) == ExitCode.CONTENT
    said = capsys.readouterr()
    assert '# "Goes with"' in said.out and "words-unknown" in said.err
