"""The commands that go on until Ctrl-C, as a person runs them."""

from __future__ import annotations

import queue
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deckgen.__main__ import run
from deckgen.exit_codes import ExitCode
from tests.test_cli import ENV

LONG = 30.0


class Running:
    """A command that goes on, and the lines it prints as they come."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, wanted: str) -> str:
        """What is printed up to a line with these words."""
        said, end = "", time.monotonic() + LONG
        while wanted not in said:
            try:
                said += self._lines.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{wanted!r} is not in {said!r}") from None
        return said

    def silent(self) -> bool:
        time.sleep(1.2)
        return self._lines.empty()

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(LONG)


@contextmanager
def running(*words: str) -> Iterator[Running]:
    with subprocess.Popen(
        [sys.executable, "-m", "deckgen", *words],
        env=ENV,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield Running(process)
        finally:
            process.kill()


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "content" / "cards" / "K.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_build_watch(deck_folder: Path, tmp_path: Path) -> None:
    made = deck_folder / "output" / "deck-screen.pdf"
    with running("build", "screen", "--watch", "--project", str(deck_folder)) as watch:
        said = watch.until("Wrote")
        assert "Ctrl-C" in said and "Built in" in said
        first = made.read_bytes()

        edit(deck_folder, "Feedback that", "Answers that")
        said = watch.until("Wrote")
        assert said.startswith("\n") and said[3] == said[6] == ":"  # a block: the time of day
        assert made.read_bytes() != first

        second = made.read_bytes()
        edit(deck_folder, "See also:", "See allso:")
        said = watch.until("1 file.")
        assert "label-unknown" in said and "Nothing was written" in said
        assert made.read_bytes() == second

        edit(deck_folder, "See allso:", "See also:")
        watch.until("up to date")  # all is as it was at the last build
        (deck_folder / "content" / "cards" / "K.md").touch()
        assert watch.silent()

        made.write_bytes(b"filled in")
        edit(deck_folder, "Answers that", "Replies that")
        assert "--force" in watch.until("next save.")
        assert made.read_bytes() == b"filled in"
        made.unlink()
        edit(deck_folder, "Replies that", "Words that")
        watch.until("Wrote")

        deck_folder.rename(tmp_path / "elsewhere")
        watch.until("not there any more")
        (tmp_path / "elsewhere").rename(deck_folder)
        watch.until("up to date")

        assert watch.stop() == ExitCode.DONE
        assert "Stopped watching" in watch.until("half written.")


def test_watching_is_ended_by_sigterm_too(deck_folder: Path) -> None:
    with running("build", "screen", "--watch", "--project", str(deck_folder)) as watch:
        watch.until("Watching")
        assert watch.stop(signal.SIGTERM) == ExitCode.DONE


def test_preview_serve(deck_folder: Path) -> None:
    words = ("preview", "sheets", "--serve", "--guides", "--project")
    with running(*words, str(deck_folder)) as serve:
        said = serve.until("No problems.")
        address = said.split()[4]
        assert address.startswith("http://127.0.0.1:") and address.endswith(
            "?show=sheets&guides=on"
        )
        with urllib.request.urlopen(address, timeout=LONG) as page:
            assert page.status == 200
        edit(deck_folder, "See also:", "See allso:")
        serve.until("1 file.")
        assert serve.stop() == ExitCode.DONE
        assert "Stopped" in serve.until("changes.")
    with pytest.raises(OSError):
        urllib.request.urlopen(address, timeout=1)
    assert not (deck_folder / "output").exists()


def test_a_port_that_is_taken_is_said(
    deck_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        words = ["preview", "--serve", "--port", port, "--project", str(deck_folder)]
        assert run(words) == ExitCode.USAGE
    said = capsys.readouterr().err
    assert port in said and "Traceback" not in said


@pytest.mark.parametrize(
    "words",
    [
        ["build", "--watch", "--json"],
        ["preview", "--serve", "--json"],
        ["preview", "--serve", "--dpi", "72"],
        ["preview", "--serve", "--output", "x"],
        ["preview", "--serve", "workbook"],
        ["preview", "--port", "8000"],
        ["preview", "--open"],
    ],
)
def test_what_does_not_go_together(
    deck_folder: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--project", str(deck_folder)]) == ExitCode.USAGE
    assert "Error:" in capsys.readouterr().err


def test_watching_a_folder_without_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["build", "--watch"]) == ExitCode.USAGE
    assert "deckgen new" in capsys.readouterr().err
