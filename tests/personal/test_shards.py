"""Lists in parts: the same files whatever the parts, also after somebody has stopped one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec import json

from deckgen import CannotWrite, Shard, build_all, merge_all
from deckgen.cli.group import cli
from deckgen.exit_codes import ExitCode
from deckgen.personal.making import Batch
from tests.conftest import DAY_OF_ISSUE, ROOT
from tests.personal.lists import deck, listed

COUNT = 29
PROJECT = deck()


def write_list(folder: Path, count: int = COUNT) -> Path:
    path = folder / "teams.csv"
    rows = [
        (f"Team {n}", ("", "Night staff")[n % 2], f"2027-01-{n % 28 + 1}") for n in range(count)
    ]
    path.write_bytes(listed(*rows, head=("Team", "Role", "Date")))
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def workbooks(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in files(folder).items() if name.endswith(".pdf")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    done = build_all(PROJECT, write_list(folder), folder / "out")
    assert done.manifest and len(done.made) == COUNT
    return folder


@pytest.mark.parametrize("shards", [4, 7])
def test_files_are_the_same_whatever_the_shards(whole: Path, tmp_path: Path, shards: int) -> None:
    teams = whole / "teams.csv"
    for number in range(shards, 0, -1):
        done = build_all(PROJECT, teams, tmp_path, shard=Shard(number, shards))
        assert done.manifest and done.manifest.name == f"workbooks.{number}-of-{shards}.json"
    merged = merge_all(PROJECT, teams, tmp_path)
    assert merged.problems == () and merged.manifest
    assert workbooks(tmp_path) == workbooks(whole / "out")
    assert merged.manifest.read_bytes() == (whole / "out" / "workbooks.json").read_bytes()
    told = json.decode(merged.manifest.read_bytes())
    assert [f["number"] for f in told["files"]] == [*range(1, COUNT + 1)]


def test_what_is_right_stays(whole: Path) -> None:
    folder = whole / "out"
    before, times = files(folder), [p.stat().st_mtime_ns for p in sorted(folder.glob("*.pdf"))]
    done = build_all(PROJECT, whole / "teams.csv", folder)
    assert all(made.kept for made in done.made)
    assert [p.stat().st_mtime_ns for p in sorted(folder.glob("*.pdf"))] == times
    assert files(folder) == before


def test_any_executor_will_do(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deckgen.personal.build_all.BATCH", 5)

    class AtOnce(Executor):
        """One that works when it is asked, and takes only what can go elsewhere."""

        def submit(self, task: Any, *given: Any, **named: Any) -> Future[Any]:  # type: ignore[override]
            import pickle

            done: Future[Any] = Future()
            assert isinstance(given[0], Batch)
            done.set_result(pickle.loads(pickle.dumps(task))(*pickle.loads(pickle.dumps(given))))
            return done

    steps: list[str] = []
    for number, executor in enumerate((AtOnce(), ThreadPoolExecutor(1), ProcessPoolExecutor(2))):
        folder = tmp_path / str(number)
        with executor:
            build_all(
                PROJECT, whole / "teams.csv", folder, executor=executor, progress=steps.append
            )
        assert files(folder) == files(whole / "out")
    assert steps[-1] == f"[####################] {COUNT} of {COUNT} workbooks"


def test_a_filled_in_workbook_is_never_replaced(tmp_path: Path) -> None:
    teams, out = write_list(tmp_path, 3), tmp_path / "out"
    build_all(PROJECT, teams, out)
    teams.write_bytes(listed(("Team 0", "", "2028-01-01"), head=("Team", "Role", "Date")))
    assert not build_all(PROJECT, teams, out).made[0].kept  # ours, and nobody touched it
    filled = out / "Team 0 workbook.pdf"
    filled.write_bytes(filled.read_bytes() + b"\n% filled in\n")
    mine = filled.read_bytes()
    with pytest.raises(CannotWrite, match="filled it in"):
        build_all(PROJECT, teams, out)
    assert filled.read_bytes() == mine
    assert build_all(PROJECT, teams, out, force=True).manifest


def test_merging_names_what_is_missing(tmp_path: Path) -> None:
    teams = write_list(tmp_path, 6)

    def lacking() -> list[str]:
        done = merge_all(PROJECT, teams, tmp_path)
        assert {p.code for p in done.problems} == {"workbook-lacking"} and not done.manifest
        return [p.found for p in done.problems]

    assert lacking() == ["No shard of this list has been built here."]
    for number in (1, 3):
        build_all(PROJECT, teams, tmp_path, shard=Shard(number, 3))
    assert lacking() == ["Of 3 shards these have not been built to their end: 2."]
    build_all(PROJECT, teams, tmp_path, shard=Shard(2, 3))
    (tmp_path / "Team 1 workbook.pdf").unlink()
    (tmp_path / "Team 4 workbook.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "workbooks.9-of-9.json").write_text("[")
    assert lacking() == [
        "The workbook of “Team 1” is missing.",
        "The workbook of “Team 4” is not as it was made.",
    ]
    teams.write_bytes(teams.read_bytes().replace(b"Team 5", b"Team Five"))
    assert lacking() == ["No shard of this list has been built here."]


def test_a_shard_that_is_killed_is_finished_by_the_next_run(tmp_path: Path) -> None:
    """A real process, killed in the middle again and again."""
    teams, calm, rough = write_list(tmp_path, 60), tmp_path / "calm", tmp_path / "rough"
    project = project_on_disk(tmp_path)
    command = [sys.executable, "-m", "deckgen", "build", "workbook", "--teams", str(teams)]
    command += ["--project", str(project), "--shard", "1/2", "--output"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": DAY_OF_ISSUE}
    kills = 0
    for enough in (3, 12, 20):
        running = subprocess.Popen(
            [*command, str(rough)], env=environment, start_new_session=True, cwd=ROOT
        )
        while running.poll() is None and len([*rough.glob("*.pdf")]) < enough:
            time.sleep(0.002)
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            kills += 1
        running.wait()
        assert not (rough / "workbooks.1-of-2.json").exists() or running.returncode == 0
    assert kills
    for folder in (rough, calm):
        assert subprocess.run([*command, str(folder)], env=environment, cwd=ROOT).returncode == 0
    assert files(rough) == files(calm) and len(workbooks(calm)) == 30


def project_on_disk(folder: Path) -> Path:
    for name, data in PROJECT.files.items():
        path = folder / "deck" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / "deck"


def command(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["build", *words], standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.return_value, done.output


def test_the_command(tmp_path: Path) -> None:
    teams, project = write_list(tmp_path, 4), project_on_disk(tmp_path)
    given = "workbook", "--teams", str(teams), "--project", str(project)
    for shard in ("1/2", "2/2"):
        code, said = command(*given, "--shard", shard, "--name", "{number}.pdf")
        assert code == ExitCode.DONE and "Wrote 2 workbooks." in said
    assert command(*given, "--merge")[0] == ExitCode.NOT_MET
    code, said = command(*given, "--merge", "--name", "{number}.pdf")
    assert code == ExitCode.DONE and said.strip().endswith("workbooks.json")
    out = project / "output" / "teams"
    assert sorted(workbooks(out)) == ["1.pdf", "2.pdf", "3.pdf", "4.pdf"]
    teams.write_bytes(listed(("A",), ("a",)))
    code, said = command(*given, "--json")
    assert code == ExitCode.CONTENT and json.decode(said)["outputs"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("--teams", "teams.csv"),
        ("sheets", "--teams", "teams.csv"),
        ("workbook", "--shard", "1/2"),
        ("workbook", "--merge"),
        ("workbook", "--teams", "teams.csv", "--shard", "3/2"),
        ("workbook", "--teams", "teams.csv", "--watch"),
        ("workbook", "--teams", "teams.csv", "--merge", "--force"),
        ("workbook", "--teams", "missing.csv"),
    ],
)
def test_what_makes_no_sense_is_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    import click

    write_list(tmp_path, 1)
    project = project_on_disk(tmp_path)
    with pytest.raises(click.UsageError), pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        command(*words, "--project", str(project))


def test_the_list_can_be_gone(tmp_path: Path) -> None:
    done = build_all(PROJECT, tmp_path / "teams.csv", tmp_path / "out")
    assert [p.code for p in done.problems] == ["table-unreadable"] and not done.manifest
    assert not (tmp_path / "out").exists()
