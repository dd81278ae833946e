"""A program of its own: a file from standard input, what a function says of it on standard output.

A file may come from anywhere, so it is read in a process that may take only so much memory. One
line of JSON for each thing said, so that what was read is there if it ends early.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module


def main() -> None:
    """Arguments: where deckgen is, the function, its memory in bytes, what else it is given."""
    root, task, memory, given = sys.argv[1:5]
    sys.path.insert(0, root)
    data = sys.stdin.buffer.read()
    module, _, name = task.partition(":")
    function = getattr(import_module(f"deckgen.readback.{module}"), name)
    from deckgen.readback.limits import Refused, guarded

    _limit_memory(int(memory))
    try:
        guarded(partial(_say_all, function, json.loads(given)), data)
    except Refused as refusal:
        _say({"refused": [refusal.why, refusal.todo]})


def _say_all(function: Callable[..., Iterator[object]], given: list[int], data: bytes) -> None:
    for said in function(data, *given):
        _say(said)


def _limit_memory(most: int) -> None:
    """Where the system can: not on Windows, where only the time is limited."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, ValueError, OSError):
        return


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
