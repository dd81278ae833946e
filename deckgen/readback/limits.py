"""The boundary at which somebody's file is read: whatever goes wrong is that file's, in words.

Files that we have just written are read by this process. Those from elsewhere are read by another
(`stand`), which has only so much time and memory: one that is made to do harm costs it its life.
It says one line of JSON for each thing, so that what was read is there if it ends early.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from math import ceil
from typing import Any, TypeVar

from msgspec import Struct

import deckgen
from deckgen.readback.standing import CAN_STAND, HEAD, LEFT, asked

Read = TypeVar("Read")
BROKEN = "it is damaged, or not complete", "Get it again from where it came from."
CUT = "it is not complete: its end is missing, and what was saved last with it", BROKEN[1]
_BEHIND = re.compile(
    rb"[\s\0]{0,4096}(?:--[\w'()+,./:=? -]{1,80}--[\s\0]{0,4096})?"
)  # a mail's last boundary
_NEXT_FILE = re.compile(rb"%%EOF[\s\0]{0,64}%PDF-\d")
JOINED = "it is several files, one behind the other", "Ask for each as a file of its own."
_GUESSED = "This file was damaged, and has been mended by guesswork: something may be missing."
MENDED = _GUESSED, "Compare what came out with the file, or get it again from where it came from."
_LOCKED = "it is protected by a password; save a copy without one"
PROTECTED = _LOCKED, "Ask for a copy without protection."
_HEAVY = ("deckgen.readback.parsed", "pypdfium2")
_LONGEST_LINE = 16 << 20
_START = "import sys; sys.path.insert(0, sys.argv[1])"
_START += "; from deckgen.readback.limits import stand; stand()"


class Limits(Struct, frozen=True):
    """How much of one file is read, in how long, with how much memory (beside the file's own)."""

    megabytes: int = 20
    seconds: float = 30
    memory_megabytes: int = 1024


class Refused(Exception):
    """A file can't be read: why, as a clause, and what can be done about it."""

    def __init__(self, why: str, todo: str) -> None:
        super().__init__(f"{why}. {todo}")
        self.why, self.todo = why, todo


def guarded(read: Callable[[bytes], Read], data: bytes) -> Read:
    """Read a file from elsewhere in this process. Raises Refused, and nothing else.

    The library that reads raises nearly anything on files that are damaged or made to do harm.
    """
    try:
        return read(data)
    except Refused:
        raise
    except MemoryError as fault:
        raise Refused("reading it took too much memory", BROKEN[1]) from fault
    except Exception as fault:
        locked = type(fault).__name__ in ("Protected", "DependencyError", "FileNotDecryptedError")
        raise Refused(*(PROTECTED if locked else BROKEN)) from fault


def refuse_at_sight(data: bytes, megabytes: int) -> None:
    """Raise Refused for what is no PDF, or too large to be read."""
    if not data:
        raise Refused("it is empty", "Get it again from where it came from.")
    if len(data) > megabytes << 20:
        raise Refused(f"it is larger than {megabytes} MB", "Save a smaller copy.")
    if b"%PDF-" not in data[:1024]:
        raise Refused("it is not a PDF file", "Save it as a PDF, or look for the right file.")


def refuse_cut(data: bytes) -> None:
    """Raise Refused for a file whose end is missing: what was saved last would be missing too.
    The same if another file begins behind an end.

    Lines that a mail program put behind the file are no part of it.
    """
    end = data.rfind(b"%%EOF")
    if end < 0 or not _BEHIND.fullmatch(data, end + 5):
        raise Refused(*CUT)
    if _NEXT_FILE.search(data):  # only the last would be read
        raise Refused(*JOINED)


def in_child(
    task: str,
    data: bytes,
    *given: object,
    limits: Limits,
    at_sight: Callable[[bytes, int], None] = refuse_at_sight,
) -> tuple[list[Any], str]:
    """What a function ("module:name", of this package if no other) says of a file, and why it
    ended early.

    Each thing that it yields comes back, even if it ends before the last. Raises Refused for
    what can be seen of the file, or what the function refuses.
    """
    at_sight(data, limits.megabytes)
    root = deckgen.__path__[0].removesuffix("deckgen")
    memory = (limits.memory_megabytes << 20) + 3 * len(data)
    # What is told goes in with the file: other people can read a process's arguments.
    told = json.dumps([task, memory, ceil(limits.seconds), given]).encode() + b"\n"
    said, left = asked([sys.executable, "-P", "-c", _START, root], told + data, limits.seconds)
    ended = "reading it took too much memory, or it is damaged" * bool(left)
    if left is None:
        ended = f"it took more than {limits.seconds:g} seconds to read"
    lines = [json.loads(s) for s in said.splitlines(keepends=True) if s.endswith(b"\n")]
    if lines and "refused" in lines[-1]:
        raise Refused(*lines[-1]["refused"])
    return lines, ended


def one_from_child(task: str, data: bytes, *given: object, limits: Limits) -> Any:
    """The one thing that a function says. Raises Refused if it never came to that."""
    lines, ended = in_child(task, data, *given, limits=limits)
    if not lines:
        raise Refused(ended or BROKEN[0], BROKEN[1])
    return lines[0]


def stand() -> None:
    """The other process: answers requests one by one, each by a copy of itself that ends with it.

    A request is a line of JSON and a file; see `standing` for how it comes.
    """
    source, out = sys.stdin.buffer, sys.stdout.buffer
    several = False
    while head := source.read(HEAD.size):
        request = memoryview(source.read(*HEAD.unpack(head)))
        line = bytes(request[: bytes(request[:_LONGEST_LINE]).index(b"\n") + 1])
        task, memory, seconds, given = json.loads(line)
        module, _, name = task.partition(":")
        function = getattr(import_module(_home(module)), name)
        for heavy in _HEAVY * several:  # whoever asks twice will ask more often
            with suppress(ImportError):
                import_module(heavy)
        left = _in_copy(child, function, bytes(request[len(line) :]), given, memory, seconds)
        del request
        out.write(LEFT + b"%d\n" % left)
        out.flush()
        if not CAN_STAND:
            return
        several = True


def _home(module: str) -> str:
    return module if "." in module else f"deckgen.readback.{module}"


def _in_copy(work: Callable[..., None], *given: Any) -> int:
    """Do something in a copy of this process, where there can be one; 0 if it came to its end."""
    if not CAN_STAND:
        work(*given)
        return 0
    if pid := os.fork():
        return os.waitpid(pid, 0)[1]
    left = 1
    try:
        work(*given)
        left = 0
    finally:
        os._exit(left)


def child(
    function: Callable[..., Iterable[Any]], data: bytes, given: list[Any], memory: int, seconds: int
) -> None:
    """Print what a function says of a file, a line for each thing, within limits."""
    with suppress(ImportError, ValueError, OSError):  # on Windows only the time is limited
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 2))  # if nobody is left

    def say_all(data: bytes) -> None:
        for said in function(data, *given):
            print(json.dumps(said), flush=True)

    try:
        guarded(say_all, data)
    except Refused as refusal:
        print(json.dumps({"refused": [refusal.why, refusal.todo]}), flush=True)
