"""Journals: written, left behind, found by the next program; locks tell who still runs."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from fxdiffuse_gui.app.files.journal import Journal, left_behind
from fxdiffuse_gui.core.file_lock import FileLock
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.project_file import read_project
from tests.document.projects import assert_same_state, full_project

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return full_project(tmp_path)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journals"


def abandoned(root: Path, project: Project) -> Journal:
    journal = Journal.create(root)
    journal.write(project)
    journal.leave()
    return journal


def test_a_lock_is_held_once_and_free_after_its_process(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    code = (
        "import sys; from pathlib import Path; from fxdiffuse_gui.core.file_lock import FileLock\n"
        "lock = FileLock.take(Path(sys.argv[1])); print(lock is not None, flush=True); sys.stdin.read()"
    )
    arguments = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(
        arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == "True\n"
        assert FileLock.take(path) is None
        process.kill()
        process.wait()
    lock = FileLock.take(path)
    assert lock is not None and FileLock.take(path) is None
    lock.release(remove=True)
    assert not path.exists()


def test_what_is_left_behind_is_found_exactly(project: Project, root: Path) -> None:
    journal = abandoned(root, project)
    (found,), aside = left_behind(root)
    assert aside == [] and found.journal.path == journal.path and found.manifest.link.name == "photo.png"
    loaded = read_project(found.journal.path, parts=found.journal.folder).project
    assert_same_state(loaded.state, project.state)
    # It is held now.
    assert left_behind(root) == ([], [])
    found.journal.remove()
    assert list(root.iterdir()) == []


def test_a_journal_in_use_is_nobody_elses(project: Project, root: Path) -> None:
    journal = Journal.create(root)
    journal.write(project)
    assert left_behind(root) == ([], [])
    other = Journal.create(root)
    other.write(project)
    assert other.folder != journal.folder
    journal.remove()
    assert other.check().link.name == "photo.png"
    other.remove()


def test_the_newest_comes_first(project: Project, root: Path) -> None:
    journals = [abandoned(root, replace(project, state=replace(project.state, seed=n))) for n in range(3)]
    for age, journal in zip((50, 10, 90), journals, strict=True):
        os.utime(journal.path, (1_700_000_000 - age,) * 2)
    found, _ = left_behind(root)
    assert [one.manifest.states[0].state.seed for one in found] == [1, 0, 2]
    for one in found:
        one.journal.leave()


def test_an_empty_journal_is_cleared_away(root: Path) -> None:
    Journal.create(root).leave()
    (root / "0123456789abcdef.lock").touch()
    assert left_behind(root) == ([], [])
    assert list(root.iterdir()) == []
    assert left_behind(root / "none") == ([], [])


@pytest.mark.parametrize("content", [b"", b"nonsense", None], ids=["empty", "nonsense", "cut"])
def test_an_unreadable_journal_is_set_aside(project: Project, root: Path, content: bytes | None) -> None:
    good, bad = abandoned(root, project), abandoned(root, project)
    bad.path.write_bytes(bad.path.read_bytes()[:-100] if content is None else content)
    found, aside = left_behind(root)
    assert [one.journal.path for one in found] == [good.path]
    assert len(aside) == 1 and (aside[0] / "edit.fxd").is_file()
    found[0].journal.leave()
    # It is not looked at again, and the other one still is.
    found, aside = left_behind(root)
    assert len(found) == 1 and aside == []
    found[0].journal.remove()


def test_a_journal_whose_reference_is_gone_is_set_aside(project: Project, root: Path) -> None:
    journal = abandoned(root, project)
    for part in journal.folder.iterdir():
        if part != journal.path:
            part.unlink()
    assert len(left_behind(root)[1]) == 1


def test_few_are_kept_aside(project: Project, root: Path) -> None:
    for _ in range(5):
        abandoned(root, project).path.write_bytes(b"nonsense")
    assert len(left_behind(root)[1]) == 5
    assert len(list(root.iterdir())) == 3


def test_parts_that_are_needed_no_more_go(project: Project, root: Path) -> None:
    journal = Journal.create(root)
    journal.write(project)
    assert len(list(journal.folder.iterdir())) == 2
    (journal.folder / ".edit-1234.fxd").write_bytes(b"left by a kill")
    bare = replace(project, state=replace(project.state, reference=None), snapshots=())
    journal.write(bare)
    assert [path.name for path in journal.folder.iterdir()] == ["edit.fxd"]
    journal.remove()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_at_any_moment_leaves_an_edit_that_can_be_read(project: Project, root: Path) -> None:
    """Forty writers are killed while they write; every one leaves one of its own edits, complete."""
    code = "from tests.app.files.kill_journal import main; main()"
    arguments = [sys.executable, "-c", code, str(root), "40"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        arguments, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    written, unreadable, lost = (int(word) for word in done.stdout.split())
    assert (unreadable, lost) == (0, 0) and written > 10
