"""How the arithmetic shares the machine with everything else that runs on it."""

import os

MOST_THREADS = 8
"""More threads than this gain nothing on pictures of preview size."""


def let_idle_threads_sleep() -> None:
    """Call before torch is imported, which reads the variable. What the user has set is kept.

    By default idle threads of OpenMP spin: as soon as anything else wants a core, an edit takes several
    times as long, since those that spin keep those that work from running.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def thread_count() -> int:
    """How many threads an edit is worth: one for each core that this process may use, 1 to MOST_THREADS.

    Always the same on one machine, and not the fastest of a trial: sums are taken in another order with
    another number, so the last bits of an edit (about 1e-7) depend on it, and an export shall replay: on the
    command line too, so `OMP_NUM_THREADS` counts nowhere.
    """
    affinity = getattr(os, "sched_getaffinity", None)
    cores = (os.cpu_count() or 1) if affinity is None else len(affinity(0))
    return max(1, min(cores, MOST_THREADS))
