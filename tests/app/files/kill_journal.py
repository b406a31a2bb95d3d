"""Kills writers of journals at random moments and looks at what they leave.

Without Qt or threads, so that processes can be forked and hundreds of them take seconds. Prints how many had
written something, how many journals could not be read, and how many had lost more than the write under way.
"""

import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from fxdiffuse_gui.app.files.journal import Journal, left_behind
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.project_file import read_project
from tests.document.projects import assert_same_state, full_project, reference_of, write_picture


def main() -> None:
    root, count = Path(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(3)
    written = unreadable = lost = 0
    with tempfile.TemporaryDirectory() as folder:
        project = full_project(Path(folder))
        references = [reference_of(write_picture(Path(folder) / f"{n}.png", 20, 20, n)) for n in range(3)]
        states = [
            replace(
                project, state=replace(project.state, seed=n, reference=references[n // 7 % 3], mask=mask(n))
            )
            for n in range(1000)
        ]
        for _ in range(count):
            last = killed(root, states, rng.random() * 0.15)
            found, aside = left_behind(root)
            unreadable += len(aside)
            if last < 0:
                continue
            written += 1
            if len(found) != 1:
                lost += 1
                continue
            journal = found[0].journal
            loaded = read_project(journal.path, parts=journal.folder).project
            lost += loaded.state.seed not in (last, last + 1)
            assert_same_state(loaded.state, states[loaded.state.seed].state)
            journal.remove()
    print(written, unreadable, lost)


def mask(number: int) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    painted = np.zeros((60, 90), np.uint8)
    painted[: number % 60 + 1, number % 90 :] = 255
    return painted


def killed(root: Path, states: list[Project], seconds: float) -> int:
    """Starts a writer, kills it `seconds` after its first write began; the last write that it has ended."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        journal = Journal.create(root)
        os.write(writer, b"\xff\xff\xff\xff")
        for number, state in enumerate(states):
            journal.write(state)
            os.write(writer, number.to_bytes(4, "little"))
        os._exit(0)
    os.close(writer)
    os.read(reader, 4)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = b""
    while block := os.read(reader, 1 << 16):
        told += block
    os.close(reader)
    return int.from_bytes(told[-4:], "little") if told else -1
