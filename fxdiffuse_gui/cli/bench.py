"""`fxdiffuse bench`: measures how fast this machine is, next to the budgets for a desktop."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from fxdiffuse_gui.bench.figure import Figure
from fxdiffuse_gui.cli.console import EXIT_FAILED, EXIT_OK, Parser, complain
from fxdiffuse_gui.core.threads import let_idle_threads_sleep, thread_count

_PROG = "fxdiffuse bench"
_TIMEOUT = 1800


def run_bench(arguments: list[str]) -> int:
    """Runs `fxdiffuse bench` and returns the exit code: 0 for any figures, 1 when it cannot run."""
    options = _build_parser().parse_args(arguments)
    let_idle_threads_sleep()
    import torch

    torch.set_num_threads(thread_count())
    from fxdiffuse_gui.bench.machine import machine

    here = machine()
    if not options.json:
        print(here)
    figures: list[Figure] = []
    try:
        for figure in _measure(options.device, options.full):
            figures.append(figure)
            if not options.json:
                print(_line(figure), flush=True)
    except (ValueError, OSError, subprocess.SubprocessError) as error:
        complain(f"the measurement ended early: {error}", _PROG)
        return EXIT_FAILED
    if options.json:
        listed = [asdict(figure) | {"holds": figure.holds} for figure in figures]
        print(json.dumps({"machine": here, "figures": listed}))
    return EXIT_OK


def _measure(device: str, full: bool) -> Iterator[Figure]:
    from fxdiffuse_gui.bench.engine import measure
    from fxdiffuse_gui.engine.checkpoint import load_model

    yield from _window()
    yield from measure(load_model(None, device))
    megapixels = 100 if full else 12
    found = _in_process("fxdiffuse_gui.bench.memory", str(megapixels))
    name = f"{found['megapixels']:.0f} MP from file to file: sharpening, fill"
    yield Figure(f"{name}, peak memory", found["gigabytes"], "GB", most=2.5)
    yield Figure(f"{name}, time", found["seconds"], "s")


def _window() -> Iterator[Figure]:
    found = _in_process("fxdiffuse_gui.views.bench_window")
    yield Figure("window visible", found["window"], "s", most=1.0)
    yield Figure("sample photo shown", found["photo"], "s", most=1.5)
    yield Figure("event loop during a drag, 99 % of gaps", 1000 * found["gap_p99"], "ms", most=50)
    yield Figure("event loop during a drag, longest gap", 1000 * found["gap_max"], "ms", most=100)


def _in_process(module: str, *arguments: str) -> dict[str, Any]:
    """Runs a module and returns the JSON that it prints. Raises SubprocessError when it fails."""
    command = [sys.executable, "-m", module, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
    if ran.returncode:
        raise subprocess.SubprocessError((ran.stderr.strip().splitlines() or ["unknown reason"])[-1])
    return json.loads(ran.stdout.strip().splitlines()[-1])


def _line(figure: Figure) -> str:
    mark = {True: "✓", False: "✗", None: " "}[figure.holds]
    value = "not measured" if figure.value is None else f"{figure.value:.3g} {figure.unit}"
    return f"{mark} {figure.name:<52} {value:>12}   {figure.budget or figure.note}".rstrip()


def _build_parser() -> Parser:
    parser = Parser(
        prog=_PROG,
        allow_abbrev=False,
        description="Measures how fast fxdiffuse is here, in a few minutes. The budgets are for "
        "a quiet two-core desktop; figures of a busy machine are upper limits.",
    )
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto", help="where to compute")
    parser.add_argument(
        "--full", action="store_true", help="a photo of 100 megapixels instead of 12: minutes more"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON on stdout")
    return parser
