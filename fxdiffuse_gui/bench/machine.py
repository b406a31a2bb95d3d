"""A description of the machine, for a report."""

import os
import platform
from pathlib import Path

import torch


def machine() -> str:
    """Processor, cores, threads, load, system and version of torch."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    system = f"{platform.system()} {platform.machine()}, torch {torch.__version__}"
    return f"{_processor()}, {os.cpu_count()} cores, {torch.get_num_threads()} threads{load}; {system}"


def _processor() -> str:
    """The name of the processor, as far as the system reports it."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
