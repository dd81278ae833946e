"""The process that reads files stands ready for the next one, whatever the last one did to it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from deckgen.readback import standing
from deckgen.readback.limits import Limits, in_child
from deckgen.readback.standing import CAN_STAND, HEAD, LEFT, Standing

pytestmark = pytest.mark.skipif(not CAN_STAND, reason="no copies of processes here")

TASK = "tests.readback.test_standing:"


def who(data: bytes) -> object:
    yield {"me": os.getpid(), "before": os.getppid(), "said": len(data)}


def dies(_data: bytes) -> object:
    yield {"first": 1}
    os.kill(os.getpid(), 11)


def sleeps(_data: bytes) -> object:
    yield {"me": os.getpid()}
    time.sleep(60)


def asked(name: str, data: bytes = b"x", seconds: float = 30) -> tuple[list[dict[str, int]], str]:
    limits = Limits(seconds=seconds)
    return in_child(TASK + name, data, limits=limits, at_sight=lambda *_: None)


def ended_soon(process: int) -> bool:
    """Whether a process is gone, or only waits for somebody to notice."""
    for _ in range(100):
        status = Path(f"/proc/{process}/stat")
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] in "ZX":
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(autouse=True)
def _with_tests_in_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other process finds this file."""
    standing.end_all()
    root = str(Path(__file__).resolve().parents[2])
    monkeypatch.setenv("PYTHONPATH", root)


def test_each_file_has_a_process_of_its_own_and_one_stands() -> None:
    first, second = asked("who", b"a")[0][0], asked("who", bytes(3 << 20))[0][0]
    assert first["before"] == second["before"] and first["me"] != second["me"]
    assert second["said"] == 3 << 20
    assert len(standing._idle) == 1


def test_what_ends_early_says_so_and_harms_no_other() -> None:
    before = asked("who")[0][0]["before"]
    said, ended = asked("dies")
    assert said == [{"first": 1}] and "damaged" in ended
    assert asked("who")[0][0]["before"] == before


def test_what_takes_too_long_is_ended_with_all_it_started() -> None:
    before, begun = asked("who")[0][0]["before"], time.monotonic()
    said, ended = asked("sleeps", seconds=1.5)
    assert ended == "it took more than 1.5 seconds to read"
    assert time.monotonic() - begun < 30
    assert asked("who")[0][0]["before"] != before
    assert not said or ended_soon(said[0]["me"])


def test_two_at_once_are_two_processes() -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: asked("who")[0][0], range(8)))
    assert len({f["me"] for f in found}) == 8
    assert 1 <= len({f["before"] for f in found}) <= 2


def test_whoever_stops_need_not_wait() -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(asked, "sleeps")
        while not standing._busy:
            time.sleep(0.01)
        begun = time.monotonic()
        standing.end_all()
        assert waiting.result()[1]
    assert time.monotonic() - begun < 20


def test_a_process_that_is_gone_says_nothing() -> None:
    process = Standing([sys.executable, "-c", "pass"])
    assert process.ask(b"x" * 1_000_000, 30) == (b"", None)
    babbles = f"import sys; print('a'); sys.stdout.buffer.write({LEFT!r} + b'7\\n')"
    other = Standing([sys.executable, "-c", babbles])
    assert other.ask(b"", 30) == (b"a\n", 7)
    other.end()
    assert HEAD.size == 8
