"""How many threads computing uses, and what they do while idle."""

import os

MAX_THREADS = 8
"""More threads do not speed up pictures of preview size."""


def let_idle_threads_sleep() -> None:
    """Sets OMP_WAIT_POLICY, unless the user has set it. Call it before torch is imported, which reads it.

    By default, idle OpenMP threads spin. As soon as another program needs a core, an edit takes several times
    as long, because spinning threads keep working ones from running.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def thread_count() -> int:
    """The number of threads for an edit: one per core that this process may use, 1 to MAX_THREADS.

    It is constant on one machine, not tuned by a trial: another number of threads sums in another order and
    changes the last bits of an edit (about 1e-7), and an export must replay exactly. The app and the command
    line have to agree, so `OMP_NUM_THREADS` is ignored.
    """
    affinity = getattr(os, "sched_getaffinity", None)
    cores = (os.cpu_count() or 1) if affinity is None else len(affinity(0))
    return max(1, min(cores, MAX_THREADS))
