#!/usr/bin/env python3
"""Run deckgen from a checkout: sets up everything it needs in the folder .venv first.

python3 start.py build [...]   build the deck's files into the folder "output"
python3 start.py check [...]   any other deckgen command works too
python3 start.py test [...]    run the tests (more words go to pytest)
python3 start.py cover [...]   the same; fails if they run too little of the code
python3 start.py lint          style and types
"""

import hashlib
import os
import shutil
import subprocess
import sys

# Written for old versions of Python too, so that they can say what is wrong.
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
COVERED_PERCENT = 95  # of lines and branches, by "cover"; a little less than is reached
LINTERS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "--strict", "deckgen"),
)


def main(words):
    """Do what the first word says; returns an exit code."""
    if not words or words[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if words else 2
    if sys.version_info < OLDEST:
        return complain("deckgen needs Python 3.11 or newer, not " + sys.version.split()[0])
    task, rest = words[0], words[1:]
    if not set_up(dev=task in ("test", "cover", "lint")):
        return 1
    if task == "test":
        return run_in(ROOT, "pytest", *side_by_side(rest), *rest)
    if task == "cover":
        return cover(rest)
    if task == "lint":
        return max([run_in(ROOT, *linter) for linter in LINTERS])
    return call(PYTHON, "-m", "deckgen", *words, stdin=None)  # it may ask the person something


def cover(words):
    """Run the tests and measure; what is measured is in pyproject.toml."""
    found = os.path.join(VENV, "coverage.json")
    tests = ("-m", "pytest", *side_by_side(words), *words)
    code = run_in(ROOT, "slipcover", "--json", "--out", found, *tests)
    # A step of its own: slipcover forgets what other processes ran once it has compared.
    return code or run_in(
        ROOT, "slipcover", "--merge", found, "--out", found, "--fail-under", str(COVERED_PERCENT)
    )


def side_by_side(words):
    """Words for pytest that use every core, if all tests or all quick ones are asked for.

    Whoever names tests, stops at a fault or says -n wants to see one after the other.
    """
    shared = ("-m", "-q", "-v", "--dur", "--junit")
    options = [word for at, word in enumerate(words) if words[at - 1 : at] != ["-m"]]
    if all(word.startswith(shared) for word in options) and (os.cpu_count() or 1) > 1:
        return ["-n", "auto", "--dist", "worksteal"]
    return []


def set_up(dev):
    """Make .venv hold what pyproject.toml and constraints.txt ask for; False if it can't."""
    wanted = fingerprint(dev)
    if wanted in stamps():
        return True
    say("Setting up .venv; this is done once ...")
    if not stamps() and os.path.isdir(VENV):
        shutil.rmtree(VENV)  # begun and never finished, or from a folder that has moved
    if not os.path.exists(PYTHON) and call(sys.executable, "-m", "venv", VENV):
        complain("Python can't make a .venv. On Debian and Ubuntu: sudo apt install python3-venv")
        return False
    package = ROOT + ("[dev]" if dev else "")
    constraints = os.path.join(ROOT, "constraints.txt")
    if call(PYTHON, "-m", "pip", "install", "-q", "-c", constraints, "-e", package):
        complain("What deckgen needs could not be installed; is there a network? See above.")
        return False
    with open(stamp_file(), "w", encoding="utf-8") as file:
        file.write("\n".join([wanted, fingerprint(False)]))
    return True


def fingerprint(dev):
    """What .venv should hold, as one word; the folder counts, as a .venv can't be moved."""
    digest = hashlib.sha256(ROOT.encode() + (b"dev" if dev else b""))
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def stamps():
    """What .venv is known to hold."""
    try:
        with open(stamp_file(), encoding="utf-8") as file:
            return file.read().split()
    except OSError:
        return []


def stamp_file():
    """Where .venv says what it holds."""
    return os.path.join(VENV, "deckgen-ready.txt")


def run_in(folder, module, *words):
    """Run a module of .venv."""
    return call(PYTHON, "-m", module, *words, cwd=folder)


def call(*command, **options):
    """Run a command; it has no input to wait for unless `stdin` is None. Returns its exit code."""
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    try:
        options.setdefault("stdin", subprocess.DEVNULL)
        code = subprocess.call(command, env=environment, **options)
    except KeyboardInterrupt:
        return 130
    return code if code >= 0 else 128 - code


def say(text):
    """Say something that is not output."""
    print(text, file=sys.stderr)


def complain(text):
    """Say what is wrong; returns an exit code."""
    say("start.py: " + text)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
