"""The two commands: open the app (or, without a screen, render an edit), and check the code."""

import subprocess
import time
from pathlib import Path

from bootstrap import environment, system
from bootstrap.environment import PYTHON, ROOT

SAMPLES = ROOT / "resources" / "samples"
SAMPLE = SAMPLES / "mountains.jpg"
REFERENCE = SAMPLES / "seeds.jpg"
SAMPLE_EDIT = ["--grain", "0.05", "--sharpen", "1.5", "--reference", str(REFERENCE), "--seed", "7"]

# The wheel contains pyright, and its extra `nodejs` contains node; these variables keep it from looking for
# newer versions in the network.
PYRIGHT_OFFLINE = {
    "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
    "PYRIGHT_PYTHON_FORCE_VERSION": "",
    "PYRIGHT_PYTHON_PYLANCE_VERSION": "",
}


def run_app(photo: Path | None, headless: bool) -> int:
    """Open the app with `photo` or a sample; without a screen, render an edit. Returns the exit code."""
    headless = headless or not system.has_display()
    system.provide(screen=not headless, venv=not environment.VENV.exists())
    environment.prepare(dev=False)
    photo = (photo or SAMPLE).resolve()
    if headless:
        return _render(photo)
    print(f"Opening {photo}", flush=True)
    return subprocess.run(
        [PYTHON, "-m", "fxdiffuse_gui", photo], cwd=ROOT, env=environment.child_environment(), check=False
    ).returncode


def _render(photo: Path) -> int:
    target = ROOT / "out" / "sample-edit.png"
    target.parent.mkdir(exist_ok=True)
    print(f"Without a window: editing {photo.name} with grain, sharpening and color transfer", flush=True)
    command = [PYTHON, "-m", "fxdiffuse_gui", "edit", photo, "-o", target, *SAMPLE_EDIT]
    code = subprocess.run(command, cwd=ROOT, env=environment.child_environment(), check=False).returncode
    if code == 0:
        print(f"The edited photo is {target}")
    return code


def run_checks(pytest_arguments: list[str]) -> int:
    """Run all checks, then print a summary. Returns 0 when all passed, otherwise 1."""
    system.provide(screen=False, venv=not environment.VENV.exists())
    environment.prepare(dev=True)
    variables = environment.child_environment(**PYRIGHT_OFFLINE, QT_QPA_PLATFORM="offscreen")
    python = str(PYTHON)
    checks = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "pyright": [python, "-m", "pyright"],
        "import-linter": [environment.script("lint-imports")],
        "pytest": [python, "-m", "pytest", *pytest_arguments],
    }
    summary: list[str] = []
    passed = True
    for name, command in checks.items():
        print(f"\n== {name}", flush=True)
        start = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode
        passed = passed and code == 0
        outcome = "ok" if code == 0 else f"FAILED (exit {code})"
        summary.append(f"{name:<14} {outcome:<18} {time.monotonic() - start:6.1f} s")
    print("\n== Summary\n" + "\n".join(summary), flush=True)
    return 0 if passed else 1
