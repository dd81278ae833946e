"""The watcher, on real files: every change once, no change never."""

from __future__ import annotations

import os
import queue
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckgen.live.watch import Pace, changes, fingerprint
from deckgen.project import Project

QUICK = Pace(look=0.03, quiet=0.4, patience=3.0)
LONG = 10.0
SHORT = 1.0  # several looks and the quiet after them: what had to come would have come


class Watched:
    """A folder that a thread watches."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stop = folder, threading.Event()
        self.seen: queue.Queue[Project | None] = queue.Queue()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        assert self.next() is not None

    def _run(self) -> None:
        for project in changes(self.folder, self.stop, QUICK):
            self.seen.put(project)

    @property
    def cards(self) -> Path:
        return self.folder / "content" / "cards" / "K.md"

    def next(self) -> Project | None:
        return self.seen.get(timeout=LONG)

    def text(self) -> str:
        project = self.next()
        assert project is not None
        return project.files["content/cards/K.md"].decode("utf-8")

    def silent(self) -> bool:
        time.sleep(SHORT)
        return self.seen.empty()


@pytest.fixture
def watched(deck_folder: Path) -> Iterator[Watched]:
    watched = Watched(deck_folder)
    yield watched
    watched.stop.set()
    watched.thread.join(LONG)
    assert not watched.thread.is_alive()


def test_an_edit_is_seen_once(watched: Watched) -> None:
    watched.cards.write_text("# K1 New\n", encoding="utf-8")
    assert watched.text() == "# K1 New\n"
    assert watched.silent()


def test_an_edit_of_the_same_length_is_seen(watched: Watched) -> None:
    text = watched.cards.read_text(encoding="utf-8")
    watched.cards.write_text(text.replace("Feedback", "Backfeed", 1), encoding="utf-8")
    assert "Backfeed" in watched.text()


def test_a_new_file_a_deleted_one_and_a_renamed_one(watched: Watched) -> None:
    new = watched.cards.with_name("ZZ.md")
    new.write_text("# ZZ1 New\n", encoding="utf-8")
    project = watched.next()
    assert project and "content/cards/ZZ.md" in project.files
    new.rename(new.with_name("ZY.md"))
    project = watched.next()
    assert project and "content/cards/ZY.md" in project.files
    new.with_name("ZY.md").unlink()
    project = watched.next()
    assert project and "content/cards/ZY.md" not in project.files


@pytest.mark.parametrize("part", ["templates", "printers"])
def test_a_folder_that_was_not_there(watched: Watched, part: str) -> None:
    (watched.folder / part).mkdir()
    (watched.folder / part / "office.toml").write_text("", encoding="utf-8")
    project = watched.next()
    assert project and f"{part}/office.toml" in project.files


def test_a_touch_is_no_change(watched: Watched) -> None:
    before = fingerprint(watched.folder)
    os.utime(watched.cards, (1, 1))
    assert fingerprint(watched.folder) != before
    assert watched.silent()


def test_what_is_never_read_is_no_change(watched: Watched) -> None:
    before = fingerprint(watched.folder)
    for name in (".K.md.swp", "K.md~", "~$K.md", "K.md.tmp"):
        watched.cards.with_name(name).write_text("half", encoding="utf-8")
    (watched.folder / "output").mkdir()
    (watched.folder / "output" / "deck.pdf").write_bytes(b"%PDF")
    assert fingerprint(watched.folder) == before
    assert watched.silent()


def test_a_burst_of_saves_is_one_change(watched: Watched) -> None:
    for n in range(12):
        watched.cards.write_text(f"# K1 Number {n}\n", encoding="utf-8")
        time.sleep(0.04)
    assert watched.text() == "# K1 Number 11\n"
    assert watched.silent()


def test_a_half_written_file_is_waited_for(watched: Watched) -> None:
    text = watched.cards.read_text(encoding="utf-8") + "\n"
    with watched.cards.open("w", encoding="utf-8") as file:
        for start in range(0, len(text), len(text) // 8):
            file.write(text[start : start + len(text) // 8])
            file.flush()
            time.sleep(0.08)
    assert watched.text() == text
    assert watched.silent()


def test_a_file_that_is_away_for_a_moment_is_waited_for(watched: Watched) -> None:
    text = watched.cards.read_text(encoding="utf-8")
    backup = watched.cards.with_name("K.md~")
    watched.cards.rename(backup)
    time.sleep(0.08)
    watched.cards.write_text(text + "\n", encoding="utf-8")
    assert watched.text() == text + "\n"
    assert watched.silent()


def test_saves_without_end_are_not_waited_for(watched: Watched) -> None:
    end = time.monotonic() + LONG
    n, whole = 0, watched.cards.with_name(".whole")  # never seen half written
    while watched.seen.empty() and time.monotonic() < end:
        whole.write_text(f"# K1 Number {(n := n + 1)}\n", encoding="utf-8")
        whole.replace(watched.cards)
        time.sleep(0.04)
    assert watched.text().startswith("# K1 Number")


def test_a_folder_that_goes_and_comes_back(watched: Watched, tmp_path: Path) -> None:
    watched.folder.rename(tmp_path / "elsewhere")
    assert watched.next() is None
    assert watched.silent()
    (tmp_path / "elsewhere").rename(watched.folder)
    assert "# K1 " in watched.text()
    shutil.rmtree(watched.folder)
    while watched.next() is not None:
        pass  # it went piece by piece
    assert watched.silent()


def test_a_link_to_itself_is_lived_with(watched: Watched) -> None:
    watched.cards.with_name("L.md").symlink_to("L.md")
    project = watched.next()
    assert project and any(p.place.file == "content/cards/L.md" for p in project.problems)


def test_a_slow_drive_is_looked_at_less_often() -> None:
    pace = Pace(look=0.1)
    assert (pace.pause(0.0), pace.pause(0.001), pace.pause(0.05)) == (0.1, 0.1, 0.5)
