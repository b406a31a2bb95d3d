"""Temporary files left by killed processes are removed, and no others."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fxdiffuse_gui.core import stale_files
from fxdiffuse_gui.core.atomic import atomic_path
from fxdiffuse_gui.core.stale_files import STALE_AFTER, remove_stale_files, temporary_name

ROOT = Path(__file__).resolve().parents[2]

WRITE_HALF = """
import sys, time
from pathlib import Path
from fxdiffuse_gui.core.atomic import atomic_path
with atomic_path(Path(sys.argv[1])) as temporary:
    temporary.write_bytes(b"half")
    Path(str(temporary) + "~").write_bytes(b"other half")
    print("ready", flush=True)
    time.sleep(60)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def start_writing(target: Path) -> "subprocess.Popen[bytes]":
    """A process that is in the middle of writing `target`."""
    writer = subprocess.Popen([sys.executable, "-c", WRITE_HALF, target], cwd=ROOT, stdout=subprocess.PIPE)
    assert writer.stdout is not None and writer.stdout.readline() == b"ready\n"
    return writer


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_the_next_write_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    target = tmp_path / "photo.png"
    target.write_bytes(b"old")
    with start_writing(target) as writer:
        left = names(tmp_path)
        assert len(left) == 3 and left[0].startswith(".photo-fxd-")
        # While it is running, its file is not removed.
        with atomic_path(tmp_path / "other.png") as temporary:
            temporary.write_bytes(b"new")
        assert names(tmp_path) == sorted([*left, "other.png"])
        writer.send_signal(signal.SIGKILL)
    assert target.read_bytes() == b"old"
    with atomic_path(tmp_path / "other.png") as temporary:
        temporary.write_bytes(b"newer")
    assert names(tmp_path) == ["other.png", "photo.png"]


def dead_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    return ended.pid


@pytest.mark.skipif(os.name == "nt", reason="cannot look for processes")
def test_only_our_own_names_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getpid", dead_process)
    ours = temporary_name(tmp_path / "photo.tar.png")
    monkeypatch.undo()
    kept = [
        ours[1:],
        ours + ".txt",
        ours.replace("fxd-", "fxe-"),
        ".photo-0123abcd.png",
        ".photo-fxd-01234567-x-01234567.png",
        "photo.png",
    ]
    for name in (ours, ours + "~", *kept):
        (tmp_path / name).touch()
    folder, link = ours.replace(".photo", ".folder"), ours.replace(".photo", ".link")
    (tmp_path / folder).mkdir()
    (tmp_path / link).symlink_to(tmp_path / "photo.png")
    remove_stale_files(tmp_path)
    assert names(tmp_path) == sorted([*kept, folder, link])


def test_files_of_unknown_processes_go_after_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stale_files, "_system_id", lambda: "00000000")
    monkeypatch.setattr(os, "getpid", dead_process)
    path = tmp_path / temporary_name(tmp_path / "photo.png")
    path.touch()
    monkeypatch.undo()
    remove_stale_files(tmp_path)
    assert path.exists()
    now = time.time()
    os.utime(path, (now, now - STALE_AFTER + 60))
    remove_stale_files(tmp_path)
    assert path.exists()
    os.utime(path, (now, now - STALE_AFTER - 60))
    remove_stale_files(tmp_path)
    assert not path.exists()


def test_a_folder_that_cannot_be_read_is_no_obstacle(tmp_path: Path) -> None:
    remove_stale_files(tmp_path / "none")
    assert temporary_name(Path("x" * 300 + ".png")).endswith(".png")
    assert len(temporary_name(Path("x" * 300 + ".png"))) < 100


@pytest.mark.skipif(os.name == "nt", reason="cannot look for processes")
def test_two_machines_of_one_name_leave_each_other_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As two laptops on one network drive, on a system that does not say when it was started."""
    monkeypatch.setattr(stale_files, "_BOOT", tmp_path / "none")
    monkeypatch.setattr(os, "getpid", dead_process)
    stale_files._system_id.cache_clear()
    theirs = tmp_path / temporary_name(tmp_path / "photo.png")
    theirs.touch()
    stale_files._system_id.cache_clear()
    remove_stale_files(tmp_path)
    assert theirs.exists()
    stale_files._system_id.cache_clear()
