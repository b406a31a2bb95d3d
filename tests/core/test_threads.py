"""How many threads are used, and what they do while idle."""

import os
import subprocess
import sys

import pytest

from fxdiffuse_gui.core import threads


def test_one_thread_for_each_core_that_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3}, raising=False)
    assert threads.thread_count() == 1
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert threads.thread_count() == threads.MAX_THREADS
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert threads.thread_count() == 2


def test_idle_threads_sleep_unless_the_user_wants_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    threads.let_idle_threads_sleep()
    assert os.environ["OMP_WAIT_POLICY"] == "ACTIVE"
    monkeypatch.delenv("OMP_WAIT_POLICY")
    threads.let_idle_threads_sleep()
    assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"


def test_the_command_line_uses_as_many_as_the_app() -> None:
    """Another number rounds differently, and neither could replay an export of the other."""
    script = (
        "import sys, torch; from fxdiffuse_gui.batch import runner;"
        "from fxdiffuse_gui.app.render.engine_port import TorchEngine;"
        "TorchEngine().load() if sys.argv[1] == 'app' else runner.load_model(None, 'cpu');"
        "print(torch.get_num_threads())"
    )
    environment = {**os.environ, "OMP_NUM_THREADS": str(threads.thread_count() + 1)}
    counts = [
        subprocess.run(
            [sys.executable, "-c", script, which], env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()
        for which in ("app", "command line")
    ]
    assert counts == [str(threads.thread_count())] * 2
