"""What is made once a run and read by many tests, also by those of another worker."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from filelock import FileLock

T = TypeVar("T")


@dataclass(frozen=True)
class Shared:
    """A folder that all workers of one run, and no other run, write to once and read from."""

    root: Path
    _known: dict[str, Any] = field(default_factory=dict)

    def folder(self, name: str, fill: Callable[[Path], object]) -> Path:
        """A folder that was filled by whoever came first; nobody may write into it after that."""
        folder, done = self.root / name, self.root / f"{name}.done"
        with FileLock(self.root / f"{name}.lock"):
            if not done.exists():
                folder.mkdir(parents=True)
                fill(folder)
                done.touch()
        return folder

    def value(self, name: str, make: Callable[[], T]) -> T:
        """A value, from memory or the disk; made by whoever came first."""
        if name not in self._known:
            file = self.root / f"{name}.pickle"
            with FileLock(self.root / f"{name}.lock"):
                if file.exists():
                    self._known[name] = pickle.loads(file.read_bytes())
                else:
                    self._known[name] = made = make()
                    file.write_bytes(pickle.dumps(made))
        return self._known[name]  # type: ignore[no-any-return]


def of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """The folder of this run: a worker's own one lies in it."""
    own = tmp_path_factory.getbasetemp()
    root = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    root.mkdir(exist_ok=True)
    return Shared(root)
