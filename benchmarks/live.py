"""How long from saving a word to seeing it, in `deckgen preview --serve`? (Linux.)

    python -m benchmarks.live [--cards N] [--saves N] [--toggle]

The real server in a process of its own, on a deck whose second edition is begun. A plain client
does what the page does: it waits for an event, reads the state and gets the pictures that are new
of those that a person sees. With --toggle the saves make the deck a draft after its edition, and
the edition again, which every sheet says; the person looks at sheets then.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import time
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.many_cards import make_project
from benchmarks.measure import DECKGEN, ROOT, edit, issue

WORDS = "Offer several ways"  # on the card that is saved; another word each time
# What Chromium asks for in a window of 1360 x 900: what is in sight, and a little below.
SEEN, SEEN_SHEETS = 36, 12
DRAFT_WORDS = "Offer many ways"
DRAFT = ("Look for causes", "Look for reasons")  # what makes it a draft, before all saves


class Save(NamedTuple):
    """Seconds from the save until each came, CPU seconds of the server, and how many pictures."""

    event_s: float
    state_s: float
    pictures_s: float
    cpu_s: float
    pictures: int


class Page:
    """What the page in the browser has asked for so far."""

    def __init__(self, address: str, *, sheets: bool) -> None:
        self.host = address.removeprefix("http://").rstrip("/")
        self.sheets = sheets
        self.seen: set[str] = set()
        self.events = self._ask("/events")

    def _ask(self, path: str) -> HTTPResponse:
        connection = HTTPConnection(self.host)
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status == 200, (path, answer.status)
        return answer

    def wait(self) -> None:
        """Until there is a state with a number."""
        while not re.match(rb"data: [1-9]", line := self.events.readline()):
            assert line, "the server has gone"

    def state(self) -> set[str]:
        """The names of the pictures that are new; the deck must have no errors."""
        state = json.loads(self._ask("/state.json").read())
        assert state["current"], state["problems"]
        faces = [f for s in state["sections"] for card in s["cards"] for f in card["faces"]]
        shown = state["sheets"][:SEEN_SHEETS] if self.sheets else faces[:SEEN]
        new = {picture["name"] for picture in shown} - self.seen
        self.seen |= new
        return new

    def get(self, names: set[str]) -> None:
        """All these pictures."""
        for name in names:
            assert self._ask(f"/picture/{name}.png").read()[:4] == b"\x89PNG"


def cpu_seconds(process: int) -> float:
    """What a process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def save(page: Page, server: int, card: Path, old: str, new: str) -> Save:
    """Save one word and wait until it is on the screen."""
    cpu_before, start = cpu_seconds(server), time.monotonic()
    edit(card, old, new)
    page.wait()
    event = time.monotonic()
    names = page.state()
    state = time.monotonic()
    page.get(names)
    end = time.monotonic()
    spent = cpu_seconds(server) - cpu_before
    return Save(event - start, state - start, end - start, spent, len(names))


def prepare(home: Path, cards: int, *, begun: bool = True) -> Path:
    """A deck with one edition issued and another begun, or as it was issued."""
    project = make_project(home / "deck", cards)
    issue(project, 1)
    if not begun:
        return project
    edit(project / "content/deck.toml", 'number = "1"', 'number = "2"')
    edit(project / "content/cards/AA.md", *DRAFT)
    return project


def watch(project: Path, saves: int, *, toggle: bool) -> list[Save]:
    """Run the server, save again and again; says how long the beginning took."""
    command = [*DECKGEN, "preview", "--serve", "--project", str(project)]
    start = time.monotonic()
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        address = re.search(r"http://\S+", server.stdout.readline())
        assert address, "it said no address"
        up = time.monotonic() - start
        page = Page(address[0], sheets=toggle)
        page.wait()
        names = page.state()
        page.get(names)
        first = time.monotonic() - start
        print(f"address up {up:.2f} s; first {len(names)} pictures {first:.1f} s", flush=True)
        card, made, old = project / "content/cards/AA.md", [], WORDS
        for number in range(saves):
            time.sleep(0.8 + number * 0.37 % 0.3)  # a save may come at any time between two looks
            new = (DRAFT_WORDS, WORDS)[number % 2] if toggle else f"Offer {number + 2} ways"
            made.append(save(page, server.pid, card, old, new))
            old = new
    finally:
        server.send_signal(signal.SIGINT)
        _, _, usage = os.wait4(server.pid, 0)
        server.returncode = 0
    print(f"peak {usage.ru_maxrss / 1024:.0f} MB")
    return made


def main() -> None:
    """Print medians, with the least and the most."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=250)
    parser.add_argument("--saves", type=int, default=11)
    parser.add_argument("--toggle", action="store_true")
    asked = parser.parse_args()
    with TemporaryDirectory() as home:
        project = prepare(Path(home), asked.cards, begun=not asked.toggle)
        made = watch(project, asked.saves, toggle=asked.toggle)
    names = ("save to event", "save to state", "save to new pictures", "CPU a save", "new pictures")
    for name, side in zip(names, zip(*made, strict=True), strict=True):
        print(f"{name}: {median(side):.2f} ({min(side):.2f}-{max(side):.2f})")


if __name__ == "__main__":
    main()
