"""The `deckgen` command: runs one command line and turns whatever happens into an exit code."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from deckgen import __version__
from deckgen.cli import cli
from deckgen.exit_codes import ExitCode


def main() -> None:
    """Run the words after `deckgen` and leave with the exit code."""
    # A build makes many small objects that live to its end: seldom look for rubbish among them.
    gc.set_threshold(1_000_000, 20, 100)
    code = run(sys.argv[1:])
    gc.freeze()  # nor at the very end, when all of them go at once
    sys.exit(code)


def run(args: Sequence[str]) -> int:
    """Run one command line; returns the exit code, whatever happens."""
    _stop_cleanly()
    _print_anything()
    try:
        code = cli.main(list(args), "deckgen", standalone_mode=False)
        if sys.stdout:
            sys.stdout.flush()
    except click.ClickException as refusal:
        refusal.show()
        return refusal.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("deckgen: stopped. No file is half written.", err=True)
        return ExitCode.INTERRUPTED
    except SystemExit as leaving:  # click's answer to a reader that has left, as `head` does
        return _unheard() if leaving.code else ExitCode.DONE  # or the shell was helped out
    except OSError as fault:
        click.echo(f"deckgen: {fault.strerror or fault}: {fault.filename or 'output'}", err=True)
        return _unheard()
    except Exception as fault:
        return _our_bug(fault)
    return int(code or ExitCode.DONE)


def _unheard() -> int:
    """Give up on printing, so that Python doesn't try again at its end."""
    if sys.stdout:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.CANNOT_WRITE


def _our_bug(fault: Exception) -> int:
    if os.environ.get("DECKGEN_DEBUG"):
        import traceback

        traceback.print_exception(fault)
    what = " ".join(f"{type(fault).__name__}: {fault}".split())
    click.echo(
        f"deckgen: a fault in deckgen {__version__} itself ({what}). No file was written. Please "
        "report this line and what you did; DECKGEN_DEBUG=1 shows more.",
        err=True,
    )
    return ExitCode.BUG


def _print_anything() -> None:
    """Print a question mark for a letter that the terminal doesn't have, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _stop_cleanly() -> None:
    """Take SIGTERM like Ctrl-C, and only once: the tidying up after it is not interrupted."""

    def stop(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, stop)


if __name__ == "__main__":
    main()
