from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deckgen.disk import CannotWrite
from deckgen.store.output_folder import MANIFEST, output_folder

OLD = {"pack.pdf": b"old pack", "workbook.pdf": b"old workbook"}
NEW = {"pack.pdf": b"new pack", "workbook.pdf": b"new workbook", "deck-screen.pdf": b"new deck"}
LATER = dict.fromkeys(NEW, b"later")


def write(folder: Path, files: dict[str, bytes], *, force: bool = False) -> None:
    with output_folder(folder) as outputs:
        outputs.replace(files, force=force)


def held(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if not p.name.startswith(".")}


def leftovers(folder: Path) -> list[str]:
    return [p.name for p in folder.iterdir() if p.name.startswith(".deckgen-")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "output", OLD)
    return tmp_path / "output"


def test_a_set_is_written_with_a_manifest_of_it(folder: Path) -> None:
    assert held(folder) == OLD
    manifest = json.loads((folder / MANIFEST).read_text())
    assert manifest["complete"] is True
    assert set(manifest["outputs"]) == set(OLD)
    assert leftovers(folder) == []


def test_building_one_target_keeps_what_is_known_of_the_others(folder: Path) -> None:
    write(folder, {"deck-screen.pdf": b"deck"})
    write(folder, NEW)
    assert held(folder) == NEW


def test_a_file_changed_by_a_person_is_not_replaced(folder: Path) -> None:
    (folder / "workbook.pdf").write_bytes(b"filled in")
    with pytest.raises(CannotWrite, match=r"workbook\.pdf was changed .* --force") as refusal:
        write(folder, NEW)
    assert refusal.value.code == "output-changed"
    assert held(folder) == {**OLD, "workbook.pdf": b"filled in"}
    write(folder, NEW, force=True)
    assert held(folder) == NEW


def test_a_file_that_deckgen_never_made_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").write_bytes(b"mine")
    with pytest.raises(CannotWrite, match="not made by deckgen"):
        write(tmp_path, NEW)
    assert held(tmp_path) == {"pack.pdf": b"mine"}


ODD_MANIFESTS = {
    "broken": b"{ broken",
    "empty": b"",
    "a list": b"[]",
    "no text": b'{"outputs": {"pack.pdf": ["\xff"]}}',
    "numbers": b'{"outputs": {"pack.pdf": [7]}}',
    "nested": b"[" * 100_000,
    "nested in tables": b'{"x": ' * 100_000,
    "nested outputs": b'{"outputs": ' * 100_000,
    "leads out": b'{"outputs": {}, "replacing": {"../pack.pdf": "0"}}',
}


@pytest.mark.parametrize("kind", ODD_MANIFESTS)
def test_an_odd_manifest_is_none_and_the_same_bytes_no_reason_to_refuse(
    folder: Path, kind: str
) -> None:
    (folder / MANIFEST).write_bytes(ODD_MANIFESTS[kind])
    with pytest.raises(CannotWrite, match="not made by deckgen"):
        write(folder, NEW)
    assert held(folder) == OLD
    write(folder, OLD)
    assert set(json.loads((folder / MANIFEST).read_text())["outputs"]) == set(OLD)
    with pytest.raises(CannotWrite):
        (folder / MANIFEST).unlink()
        write(folder, NEW)


def test_a_link_is_replaced_and_what_it_points_to_is_left_alone(folder: Path) -> None:
    victim = folder.parent / "victim.txt"
    victim.write_bytes(b"precious")
    (folder / "pack.pdf").unlink()
    (folder / "pack.pdf").symlink_to(victim)
    write(folder, NEW)
    assert victim.read_bytes() == b"precious"
    assert not (folder / "pack.pdf").is_symlink()


def test_a_link_in_the_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / ".deckgen.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotWrite):
        write(tmp_path, NEW)
    assert not (tmp_path / "elsewhere").exists()


def test_two_at_once_are_refused_and_the_lock_ends_with_its_holder(folder: Path) -> None:
    with (
        output_folder(folder),
        pytest.raises(CannotWrite, match="Another deckgen"),
        output_folder(folder),
    ):
        pass
    write(folder, NEW)


def test_remains_of_a_killed_run_are_swept(folder: Path) -> None:
    (folder / ".deckgen-new-pack.pdf").write_bytes(b"half")
    write(folder, NEW)
    assert leftovers(folder) == []


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_files_have_the_modes_that_the_umask_leaves(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write(tmp_path / "o", NEW)
    finally:
        os.umask(before)
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "o").glob("*.pdf")} == {mode}


def test_a_folder_in_the_place_of_a_file(folder: Path) -> None:
    (folder / "deck-screen.pdf").mkdir()
    with pytest.raises(CannotWrite, match=r"deck-screen\.pdf"):
        write(folder, NEW, force=True)
    assert (folder / "pack.pdf").read_bytes() == b"old pack"
    assert leftovers(folder) == []


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file")
    with pytest.raises(CannotWrite, match="not a folder") as refusal:
        write(tmp_path / "output", NEW)
    assert refusal.value.code == "cannot-write"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(folder: Path) -> None:
    folder.chmod(0o555)
    try:
        with pytest.raises(CannotWrite, match="may not be written"):
            write(folder, NEW)
    finally:
        folder.chmod(0o755)
    assert held(folder) == OLD


@pytest.mark.parametrize("name", ["../pack.pdf", "/pack.pdf", ".hidden", "", "a/b.pdf"])
def test_names_that_leave_the_folder_are_our_bug(folder: Path, name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        write(folder, {name: b""})


# Faults at every single operation on the disk.

OPERATIONS = ("open", "write", "fsync", "replace", "link", "symlink", "unlink", "close")


class Faults:
    """Stands before the functions of `os` and does something at the n-th call."""

    def __init__(self, at: int, fault: Callable[[], None]) -> None:
        self.at, self.fault, self.calls = at, fault, 0

    @contextmanager
    def armed(self, patch: pytest.MonkeyPatch) -> Iterator[None]:
        with patch.context() as inner:
            for name in OPERATIONS:
                inner.setattr(os, name, self._watched(name, getattr(os, name)))
            yield

    def _watched(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            self.calls += 1
            now = self.calls - 1 == self.at
            if now and name == "close":  # a handle is closed even when closing it fails
                real(*args, **options)
            if now:
                self.fault()
            return real(*args, **options)

        return call


def raising(fault: BaseException) -> Callable[[], None]:
    def do() -> None:
        raise fault

    return do


def count_operations(folder: Path, patch: pytest.MonkeyPatch) -> int:
    never = Faults(-1, lambda: None)
    with never.armed(patch):
        write(folder, NEW)
    assert never.calls > 20
    return never.calls


FAULTS = {
    "disk full": OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    "disk broken": OSError(errno.EIO, os.strerror(errno.EIO)),
    "not allowed": PermissionError(errno.EACCES, os.strerror(errno.EACCES)),
    "Ctrl-C": KeyboardInterrupt(),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_at_any_operation_leaves_a_whole_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    write(tmp_path / "count", OLD)
    refused = 0
    for at in range(count_operations(tmp_path / "count", monkeypatch)):
        folder = tmp_path / str(at)
        write(folder, OLD)
        faults = Faults(at, raising(FAULTS[kind]))
        try:
            with faults.armed(monkeypatch):
                write(folder, NEW)
        except (CannotWrite, KeyboardInterrupt):
            refused += 1
            # Only a stop after the last step may find the new set in place, and then all of it.
            assert held(folder) == OLD or (kind == "Ctrl-C" and held(folder) == NEW), at
        else:
            assert held(folder) == NEW, at
        write(folder, NEW)  # nothing of ours now looks like a person's
        assert held(folder) == NEW
        assert leftovers(folder) == []
    assert refused > 15


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_at_any_operation_leaves_a_whole_set_for_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "count", OLD)
    for at in range(count_operations(tmp_path / "count", monkeypatch)):
        folder = tmp_path / str(at)
        write(folder, OLD)
        child = os.fork()
        if not child:
            with Faults(at, lambda: os._exit(9)).armed(monkeypatch):
                write(folder, NEW)
            os._exit(0)
        os.waitpid(child, 0)
        for name, data in held(folder).items():
            assert data in (OLD.get(name), NEW[name]), (at, name)
        with output_folder(folder):  # what any command does first
            assert held(folder) in (OLD, NEW), at
        write(folder, LATER)  # nothing of ours looks like a person's
        assert held(folder) == LATER
        assert leftovers(folder) == []


def killed_after_the_first_move(folder: Path) -> None:
    """One file is new, two are still waiting."""
    moved: list[object] = []

    def kill_at_the_second(new: Path, target: Path) -> None:
        if target.name.endswith(".pdf"):
            moved.append(target)
            if len(moved) == 2:
                os._exit(9)
        os.replace(new, target)

    child = os.fork()
    if not child:
        from deckgen.store import output_folder as outputs

        outputs.swap_in = kill_at_the_second
        write(folder, NEW)
        os._exit(0)
    os.waitpid(child, 0)
    assert held(folder) not in (OLD, NEW)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_what_was_begun_is_finished_by_the_next_command(folder: Path) -> None:
    killed_after_the_first_move(folder)
    with output_folder(folder):
        assert held(folder) == NEW
    assert leftovers(folder) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_what_a_person_has_changed_meanwhile_is_left_alone(folder: Path) -> None:
    killed_after_the_first_move(folder)
    (folder / "workbook.pdf").write_bytes(b"filled in")
    with output_folder(folder):
        assert held(folder) == {**NEW, "workbook.pdf": b"filled in"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_damaged_file_that_waits_is_not_used(folder: Path) -> None:
    killed_after_the_first_move(folder)
    for waiting in folder.glob(".deckgen-new-*.pdf"):
        waiting.write_bytes(b"damaged")
    with output_folder(folder):
        assert b"damaged" not in held(folder).values()


def test_drives_without_links_or_flushing_will_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(*_args: object, **_options: object) -> None:
        raise OSError(errno.ENOTSUP, "not supported")

    monkeypatch.setattr(os, "link", no)
    monkeypatch.setattr(os, "fsync", no)
    monkeypatch.setattr("deckgen.disk._lock_handle", no)
    write(folder, NEW)
    assert held(folder) == NEW


def test_what_reads_back_differently_is_not_handed_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, b"?" * len(data)))
    with pytest.raises(CannotWrite, match="reads back differently"):
        write(folder, NEW)
    monkeypatch.undo()
    assert held(folder) == OLD


def test_a_limit_on_file_size_is_said_in_one_line(folder: Path) -> None:
    """A real refusal by the system, like a full disk."""
    script = (
        "import sys; from pathlib import Path\n"
        "from deckgen.store.output_folder import output_folder\n"
        "with output_folder(Path(sys.argv[1])) as o: o.replace({'pack.pdf': b'x' * 100_000})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "CannotWrite" in done.stderr
    assert held(folder) == OLD


def test_a_real_ctrl_c_while_writing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync
    flushed: list[int] = []

    def pressed(handle: int) -> None:
        flushed.append(handle)
        if len(flushed) == 2:
            signal.raise_signal(signal.SIGINT)
        real(handle)

    monkeypatch.setattr(os, "fsync", pressed)
    with pytest.raises(KeyboardInterrupt):
        write(folder, NEW)
        raise AssertionError("nothing was flushed to the disk")
    assert held(folder) == OLD
    assert leftovers(folder) == []
