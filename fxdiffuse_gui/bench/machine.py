"""What to call the machine beside its figures."""

import os
import platform
from pathlib import Path

import torch


def machine() -> str:
    """Processor, cores, what else they were doing, system and torch."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    system = f"{platform.system()} {platform.machine()}, torch {torch.__version__}"
    return f"{_processor()}, {os.cpu_count()} cores, {torch.get_num_threads()} threads{load}; {system}"


def _processor() -> str:
    """The processor's name, where the system tells it."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
