"""Processes that stand ready: each answers one request after the other, and can be ended any time.

To start one, and to load what it needs, takes far longer than to read most files.
"""

from __future__ import annotations

import atexit
import os
import selectors
import signal
import struct
from collections.abc import Sequence
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from time import monotonic

HEAD = struct.Struct(">Q")  # of a request: how many bytes it has
LEFT = b"\x04"  # begins the last line of an answer, which says how its reader ended
CAN_STAND = hasattr(os, "fork")  # elsewhere a process answers once
_AT_ONCE, _MOST_BYTES = 1 << 20, 512 << 20
_idle: list[Standing] = []
_busy: set[Standing] = set()


def asked(words: Sequence[str], request: bytes, seconds: float) -> tuple[bytes, int | None]:
    """What a process that these `words` start says, and how its reader ended.

    That is None if it took more than so many seconds, or said more than anybody would.
    """
    process = _idle.pop() if _idle else Standing(words)
    _busy.add(process)
    try:
        said, left = process.ask(request, seconds)
    finally:
        _busy.discard(process)
    if left is not None and CAN_STAND:
        _idle.append(process)
    return said, left


class Standing:
    """One process. It reads requests from one end, and writes answers to the other."""

    def __init__(self, words: Sequence[str]) -> None:
        # A group of its own, so that it ends together with what it has started.
        self._process = Popen(
            words, 0, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=CAN_STAND
        )

    def ask(self, request: bytes, seconds: float) -> tuple[bytes, int | None]:
        """All that it says, and how its reader ended. Without that, the process is ended."""
        whole = HEAD.pack(len(request)) + request
        try:
            said = self._heard(whole, seconds) if CAN_STAND else self._once(whole, seconds)
        except BaseException:
            self.end()
            raise
        begins = said.rfind(b"\n", 0, max(0, len(said) - 1)) + 1
        if not said.endswith(b"\n") or said[begins : begins + 1] != LEFT:
            self.end()
            return said, None
        return said[:begins], int(said[begins + 1 :])

    def _heard(self, request: bytes, seconds: float) -> bytes:
        """What it says to a request, until a line that is the last, or the time is up."""
        give_up, said, rest = monotonic() + seconds, bytearray(), memoryview(request)
        into, out = self._process.stdin, self._process.stdout
        assert into and out
        with suppress(BrokenPipeError):  # it is gone; so it will say nothing
            while rest:
                rest = rest[into.write(rest[:_AT_ONCE]) or 0 :]
        with selectors.DefaultSelector() as waiting:
            waiting.register(out, selectors.EVENT_READ)
            while len(said) < _MOST_BYTES and waiting.select(max(0, give_up - monotonic())):
                part = os.read(out.fileno(), _AT_ONCE)
                said += part
                line = said.rfind(b"\n", 0, max(0, len(said) - 1)) + 1
                if not part or (said.endswith(b"\n") and said[line : line + 1] == LEFT):
                    break
        return bytes(said)

    def _once(self, request: bytes, seconds: float) -> bytes:
        try:
            return bytes(self._process.communicate(request, timeout=seconds)[0])
        except TimeoutExpired as late:
            return bytes(late.output or b"")

    def stop(self) -> None:
        """Stop it, and what it has started; whoever asks it just now hears no more."""
        with suppress(OSError):
            if self._process.returncode is None and CAN_STAND:
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def end(self) -> None:
        """Stop it, and let go of it."""
        self.stop()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        self._process.wait()


@atexit.register
def end_all() -> None:
    """End all processes, also those that are being asked."""
    for process in tuple(_busy):
        process.stop()
    while _idle:
        _idle.pop().end()


def _forget_all() -> None:
    _idle.clear()
    _busy.clear()


if CAN_STAND:  # a copy of this process would talk to the same ones
    os.register_at_fork(after_in_child=_forget_all)
