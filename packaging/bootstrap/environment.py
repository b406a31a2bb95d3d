"""The virtual environment `.venv` next to pyproject.toml, with fxdiffuse installed in it.

A stamp in the environment holds a digest of the inputs of the last installation. While they are unchanged, a
run starts without calling pip.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bootstrap.system import SetupError

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMP = VENV / "fxdiffuse-setup.json"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")


def child_environment(**changes: str) -> dict[str, str]:
    """This process's environment without variables that make `.venv` import from elsewhere."""
    drop = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    return {**{name: value for name, value in os.environ.items() if name not in drop}, **changes}


def script(name: str) -> str:
    """The path of a command installed in `.venv`."""
    return str(SCRIPTS / (f"{name}.exe" if os.name == "nt" else name))


def prepare(dev: bool) -> None:
    """Make `.venv` and install the project in it, editable, unless that is done.

    dev: with the tools for checks. Raises SetupError when the environment cannot be made or pip fails.
    """
    if not VENV.exists():
        _make()
    if not _usable():
        raise SetupError(f"The environment {VENV} cannot be used: delete it and run this command again.")
    stamp = _read_stamp()
    dev = dev or bool(stamp.get("dev"))
    digest = _digest()
    if stamp == {"digest": digest, "dev": dev}:
        return
    target = ".[dev]" if dev else "."
    print(f"Installing fxdiffuse into {VENV} (pip install -e '{target}')", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-e", target]
    if subprocess.run(command, cwd=ROOT, env=child_environment(), check=False).returncode != 0:
        raise SetupError(
            "pip could not install fxdiffuse; its message is above."
            " Check the network connection and that 2 GB of disk are free, then run this command again."
        )
    STAMP.write_text(json.dumps({"digest": digest, "dev": dev}), encoding="utf-8")


def _make() -> None:
    version = ".".join(str(part) for part in sys.version_info[:3])
    print(f"Making the environment {VENV} with Python {version}", flush=True)
    command = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(command, env=child_environment(), check=False).returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupError(f"'{' '.join(command)}' failed; its message is above.")


def _usable() -> bool:
    """Whether the Python in `.venv` starts, is new enough and has pip."""
    check = (
        "import importlib.util as u, sys; sys.exit(sys.version_info < (3, 11) or u.find_spec('pip') is None)"
    )
    try:
        return subprocess.run([PYTHON, "-c", check], env=child_environment(), check=False).returncode == 0
    except OSError:
        return False


def _digest() -> str:
    """SHA-256 of everything that an installation depends on."""
    parts = [(ROOT / "pyproject.toml").read_bytes(), (VENV / "pyvenv.cfg").read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _read_stamp() -> dict[str, object]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}
