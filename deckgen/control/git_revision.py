"""A project as it was in a revision of git, read without checking anything out.

Git is asked as a program, and only when a person names a revision.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from deckgen.problem import Place, Problem, problem
from deckgen.project import (
    BUILT_IN,
    STARTING_PARTS,
    Project,
    built_in,
    newer_templates,
    size_limit,
)

_PATIENCE_S = 60
_LINK, _FILES = "120000", ("100644", "100755")
# These would make git look at another repository than that of the project's folder.
_MISLEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE")


class NoRevision(Exception):
    """There is no such revision, or no git; says so in words for a person."""


def project_at(folder: Path, revision: str) -> Project:
    """The project in `folder`, which may be part of a repository, at a revision.

    Raises NoRevision.
    """
    commit = _commit(folder, revision)
    inside = _ask(folder, "rev-parse", "--show-prefix").decode("utf-8", "replace").rstrip("\n")
    problems: list[Problem] = []
    wanted: dict[str, str] = {}
    for mode, blob, size, name in _listed(folder, commit, inside):
        limit = size_limit(name)
        if mode == _LINK and limit:
            said = "This is a link, and links in a git revision are not followed."
            todo = "Compare with a folder instead."
            problems.append(problem("file-unreadable", Place(name), said, todo))
        elif mode in _FILES and 0 < limit < size:
            said = "It was larger than deckgen reads in that revision."
            todo = "Compare with another revision."
            problems.append(problem("file-too-large", Place(name), said, todo))
        elif mode in _FILES and limit:
            wanted[name] = blob
    files = dict(zip(wanted, _contents(folder, [*wanted.values()]), strict=True))
    for part in BUILT_IN:
        if not any(name.startswith(f"{part}/") for name in files):
            files |= built_in(part)
    files |= newer_templates(files)
    return Project(folder.resolve(), dict(sorted(files.items())), tuple(problems))


def _commit(folder: Path, revision: str) -> str:
    """The full name of a revision. Nothing that looks like an option ever reaches git."""
    unknown = NoRevision(f"Git knows no revision called “{revision[:60]}” here.")
    if revision.startswith("-") or not revision.strip() or not revision.isprintable():
        raise unknown
    _ask(folder, "rev-parse", "--git-dir")
    exact = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    name = revision
    try:
        for kind in ("", "^{commit}"):  # in two steps, as ":/words" takes all that follows
            name = _ask(folder, *exact, f"{name}{kind}").decode("ascii", "replace").strip()
    except NoRevision:
        raise unknown from None
    if not name or not all(c in "0123456789abcdef" for c in name):
        raise unknown
    return name


def _listed(folder: Path, commit: str, inside: str) -> Iterator[tuple[str, str, int, str]]:
    """Mode, blob, size and project-relative name of each file below the project's folders."""
    paths = [f"{inside}{part}" for part in STARTING_PARTS]
    listing = _ask(folder, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *paths)
    for entry in filter(None, listing.split(b"\0")):
        facts, _, path = entry.partition(b"\t")
        mode, _, blob, size = facts.decode("ascii").split()
        name = path.decode("utf-8", "replace").removeprefix(inside)
        stem = Path(name)
        name = stem.with_suffix(stem.suffix.lower()).as_posix()
        yield mode, blob, int(size) if size.isdigit() else 0, name


def _contents(folder: Path, blobs: Sequence[str]) -> list[bytes]:
    """The bytes of some blobs, all from one call of git."""
    given = "".join(f"{blob}\n" for blob in blobs).encode()
    answer = _ask(folder, "cat-file", "--batch", given=given) if blobs else b""
    contents, at = [], 0
    for blob in blobs:
        head, _, _ = answer[at : at + 200].partition(b"\n")
        name, kind, size = [*head.decode("ascii", "replace").split(), "", "", ""][:3]
        if name != blob or kind != "blob":
            raise NoRevision("Git's answer can't be understood; the repository may be damaged.")
        start = at + len(head) + 1
        contents.append(answer[start : start + int(size)])
        at = start + int(size) + 1
    return contents


def _ask(folder: Path, *words: str, given: bytes = b"") -> bytes:
    """What git answers. Raises NoRevision with the first line of its complaint."""
    env = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    quiet = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words],
            input=given,
            capture_output=True,
            timeout=_PATIENCE_S,
            env={**env, **quiet, "GIT_OPTIONAL_LOCKS": "0"},
            check=False,
        )
    except FileNotFoundError:
        raise NoRevision("To compare with a revision, install git first.") from None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        raise NoRevision("Git could not be run, or did not answer.") from None
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
    if "not a git repository" in said:
        raise NoRevision(f"{folder} is not in a git repository.")
    raise NoRevision(f"Git says: {said.removeprefix('fatal: ') or 'no'}.")
